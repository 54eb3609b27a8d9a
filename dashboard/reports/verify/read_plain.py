"""Tables of a CSV or JSON file, whose numbers must agree with the words beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from dashboard.reports.cells import printed
from dashboard.reports.renderers.plain_csv import bare
from dashboard.reports.verify import Contents


def read(path: Path) -> Contents:
    """Read a file by its suffix."""
    text = path.read_text(encoding="utf-8-sig")
    return _json(text) if path.suffix.casefold() == ".json" else _csv(text)


def _json(text: str) -> Contents:
    content = json.loads(text)
    grids = tuple(
        [table["columns"], *([row["label"], *(c["text"] for c in row["cells"])] for row in table["rows"])]
        for table in content["tables"]
    )
    wrong = [
        f"{table['title']}: {row['label']}"
        for table in content["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if _disagrees(cell["number"], cell["text"])
    ]
    return Contents(grids, content["checksum"], tuple(wrong))


def _csv(text: str) -> Contents:
    lines = list(csv.reader(io.StringIO(text, newline="")))
    notes = [line[0] for line in lines if line and line[0].startswith("#")]
    cells = [[bare(cell) for cell in line] for line in lines[len(notes) + 1 :]]
    numbers = list(dict.fromkeys(line[0] for line in cells))
    grids = tuple(list(_grid([line for line in cells if line[0] == number])) for number in numbers)
    wrong = [f"{line[1]}: {line[2]}" for line in cells if line[4] and _disagrees(float(line[4]), line[5])]
    return Contents(grids, "\n".join(notes), tuple(wrong))


def _grid(cells: list[list[str]]) -> Iterator[list[str]]:
    """Turn lines of cells into rows: the first line names the label column, then every row has every column."""
    head, *body = cells
    columns = list(dict.fromkeys(line[3] for line in body))
    yield [head[3], *columns]
    for start in range(0, len(body), len(columns) or 1):
        row = body[start : start + len(columns)]
        yield [row[0][2], *(line[5] for line in row)]


def _disagrees(number: float | None, words: str) -> bool:
    return number is not None and printed(number, is_percent=words.endswith("%")) != words

"""CSV: one line per cell of every table, with the exact number and the words it is printed in."""

from __future__ import annotations

import csv
import io

from dashboard.reports.document import Document
from dashboard.reports.renderers.lines import checksum, covers

HEADER = ("table", "title", "row", "column", "number", "printed")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document) -> dict[str, bytes]:
    """Return the tables as one file; lines on top say what it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    about = (document.organization, document.title, document.subtitle, document.stamp)
    writer.writerows([f"# {safe(text)}"] for text in (*about, covers(document), checksum(document)))
    writer.writerow(HEADER)
    for number, table in enumerate(document.tables, 1):
        head = (str(number), safe(table.title))
        writer.writerow((*head, "", safe(table.columns[0]), "", ""))
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row.cells, strict=True):
                exact = "" if cell.number is None else repr(cell.number)
                writer.writerow((*head, safe(row.label), safe(column), exact, safe(cell.text)))
    # A byte order mark lets spreadsheets read dashes and names right.
    return {f"{document.name}.csv": out.getvalue().encode("utf-8-sig")}


def safe(text: str) -> str:
    """Set an apostrophe before a text that a spreadsheet would read as a formula."""
    return f"'{text}" if text.startswith(RISKY) and not _is_number(text) else text


def bare(text: str) -> str:
    """Take that apostrophe away again."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _is_number(text: str) -> bool:
    return text.lstrip("-+").replace(",", "").replace(".", "").isdecimal()

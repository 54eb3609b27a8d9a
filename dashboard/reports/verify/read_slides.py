"""Tables of a deck: those in the speaker notes, which the charts of the same slide must agree with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pptx import Presentation
from pptx.slide import Slide

from dashboard.reports.cells import DIGITS, HIGH_END, LOW_END, printed
from dashboard.reports.renderers.slide_charts import TARGET
from dashboard.reports.renderers.slide_notes import BETWEEN, NUMBERS
from dashboard.reports.verify import Contents

Shapes: TypeAlias = Any  # python-pptx gives every shape the type without contents
Rows = list[list[str]]


def read(path: Path) -> Contents:
    """Read the tables of every slide in order, and compare each chart with the tables beside it."""
    grids: list[Rows] = []
    texts, wrong = [], []
    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        own = list(_grids(slide))
        grids += own
        shapes: Shapes = slide.shapes
        texts += [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        wrong += [f"slide {number}: {words}" for words in _disagreeing(slide, own)]
    return Contents(tuple(grids), "\n".join(texts), tuple(wrong))


def _grids(slide: Slide) -> Iterator[Rows]:
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for part in (notes.text if notes else "").split("\n\n"):
        if part.startswith(NUMBERS):
            yield [line.split(BETWEEN) for line in part.splitlines()[1:]]


def _disagreeing(slide: Slide, grids: list[Rows]) -> Iterator[str]:
    """Name the numbers of charts and tables on the slide that the notes do not hold."""
    shapes: Shapes = slide.shapes
    for shape in shapes:
        if shape.has_chart:
            plot = shape.chart.plots[0]
            for series in plot.series:
                percent = "%" in series.data_labels.number_format
                for category, value in zip(plot.categories, series.values, strict=True):
                    known = _known(grids, str(category), series.name)
                    if value is not None and series.name != TARGET and printed(value, is_percent=percent) not in known:
                        yield f"{category}, {series.name}"
                yield from _wrong_limits(plot, series, grids, percent=percent)
        elif shape.has_table:
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            if rows not in grids:
                yield "a table"
        elif shape.name.startswith("Card "):
            label, value = (paragraph.text for paragraph in shape.text_frame.paragraphs[:2])
            if value not in _known(grids, label, "Value"):
                yield label


def _wrong_limits(plot: Shapes, series: Shapes, grids: list[Rows], *, percent: bool) -> Iterator[str]:
    """Name the interval bars that do not reach from the lower to the upper limit in the tables."""
    for side, sign, column_end in (("minus", -1, LOW_END), ("plus", 1, HIGH_END)):
        distances = {int(point.get("idx")): float(point[0].text) for point in _points(series, side)}
        for place, (category, value) in enumerate(zip(plot.categories, series.values, strict=True)):
            if value is None or (place not in distances and not distances):
                continue
            limit = round(value + sign * distances.get(place, 0.0), DIGITS)
            columns = {column for head, *_ in grids for column in head if column.endswith(column_end)}
            known = {text for column in columns for text in _known(grids, str(category), column)}
            if printed(limit, is_percent=percent) not in known:
                yield f"{category}, interval of {series.name}"


def _points(series: Shapes, side: str) -> list[Any]:
    return list(series._element.findall(f".//{{*}}errBars/{{*}}{side}//{{*}}pt"))


def _known(grids: list[Rows], row: str, column: str) -> set[str]:
    """Return what the tables print in a row and column."""
    return {line[head.index(column)] for head, *lines in grids if column in head for line in lines if line[0] == row}

"""Native charts of a sheet: bars with direct labels, points with interval bars; data are the sheet's cells."""

from __future__ import annotations

from math import isnan

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.document import Chart, Row, Series
from dashboard.reports.renderers.look import BLUE, GRAY, SERIES

WIDTH, ROW_HEIGHT, LEAST_HEIGHT = 640, 26, 260


def add_chart(workbook: Workbook, sheet: Worksheet, drawn: Chart, header_row: int, place: int) -> None:
    """Put the chart below its table, at row `place`."""
    chart = workbook.add_chart({"type": "bar" if drawn.kind == "bars" else "line"})
    rows = _rows(drawn, header_row)
    for number, series in enumerate(drawn.series):
        column = drawn.table.columns.index(series.name, 1)
        chart.add_series(_series(sheet, drawn, series, number, column, rows, header_row))
    number_format = "0 %" if drawn.is_percent else "#,##0"
    value = {"num_format": number_format, "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
    category = {"reverse": drawn.kind == "bars", "num_font": {"size": 9}}
    chart.set_x_axis({**category, "label_position": "low"} if drawn.kind == "line" else value)
    chart.set_y_axis(value if drawn.kind == "line" else category)
    if drawn.kind == "bars":
        chart.set_x_axis({**value, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_title({"name": drawn.table.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True} if len(drawn.series) == 1 else {"position": "top"})
    height = max(LEAST_HEIGHT, 90 + ROW_HEIGHT * len(drawn.categories) * len(drawn.series))
    chart.set_size({"width": WIDTH, "height": min(height, 560) if drawn.kind == "bars" else LEAST_HEIGHT})
    sheet.insert_chart(place, 0, chart, {"description": drawn.alt, "object_position": 2})


def _rows(drawn: Chart, header_row: int) -> tuple[int, int]:
    """Return the first and last sheet row of the table's rows, its total left out."""
    parts: list[Row] = [row for row in drawn.table.rows if not row.is_total]
    return header_row + 1, header_row + len(parts)


def _series(
    sheet: Worksheet, drawn: Chart, series: Series, number: int, column: int, rows: tuple[int, int], header_row: int
) -> dict[str, object]:
    color = SERIES[number]
    name = sheet.get_name()
    made: dict[str, object] = {
        "name": [name, header_row, column],
        "categories": [name, rows[0], 0, rows[1], 0],
        "values": [name, rows[0], column, rows[1], column],
        "data_labels": {"value": True, "num_format": "0 %" if drawn.is_percent else "#,##0"},
        "gap": 50,
    }
    if drawn.kind == "bars":
        return made | {"fill": {"color": color}, "border": {"color": color}}
    path = {"color": color, "width": 2} if drawn.joined else {"none": True}
    line: dict[str, object] = {"line": path, "marker": {"type": "circle", "size": 6, "fill": {"color": BLUE}}}
    if drawn.break_before is not None:  # no line crosses the day an instrument changed
        line["points"] = [
            {"line": {"none": True}} if i == drawn.break_before else None for i in range(len(series.values))
        ]
    if series.lower:
        line["y_error_bars"] = {"type": "custom", "line": {"color": GRAY}, **_distances(series)}
    labels = {"value": True, "num_format": "0 %" if drawn.is_percent else "#,##0", "position": "above"}
    return made | line | {"data_labels": labels}


def _distances(series: Series) -> dict[str, list[float]]:
    """Return how far the limits lie from the value; nothing where there is none."""
    pairs = list(zip(series.values, series.lower, series.upper, strict=True))
    return {
        "plus_values": [_bare(high - value) for value, _, high in pairs],
        "minus_values": [_bare(value - low) for value, low, _ in pairs],
    }


def _bare(distance: float) -> float:
    return 0.0 if isnan(distance) else distance

"""Native charts of a sheet: bars with direct labels, points with interval bars; data are the sheet's cells.

Bars read the table itself. Points read hidden columns beside it, because a chart over time needs cells that are
empty where nothing may be joined (a missing number, the day an instrument changed) and the distances of the limits.
"""

from __future__ import annotations

from math import isnan

from xlsxwriter.chart import Chart as SheetChart
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.document import Chart, Row, Series
from dashboard.reports.renderers.axis import value_axis
from dashboard.reports.renderers.excel_names import BESIDE, define
from dashboard.reports.renderers.look import BLUE, GRAY, GRID, SERIES

LEAST_WIDTH, BAR_HEIGHT, AROUND, LINE_HEIGHT = 560, 15, 110, 300  # pixels
FIRST_BESIDE = 30  # column, beyond table and chart
Spec = dict[str, object]


def add_chart(
    workbook: Workbook, sheet: Worksheet, drawn: Chart, header_row: int, place: int, number: int, wide: int
) -> int:
    """Put the chart below its table, at row `place`, as wide as it; return its height in pixels."""
    rows = header_row + 1, header_row + len(_parts(drawn))
    if drawn.kind == "bars":
        chart, high = _bars(workbook, sheet, drawn, rows)
    else:
        chart, high = _points(workbook, sheet, drawn, rows, number), LINE_HEIGHT
    chart.set_title({"name": drawn.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True} if drawn.kind == "line" or len(drawn.series) == 1 else {"position": "top"})
    chart.set_size({"width": max(wide, LEAST_WIDTH), "height": high})
    sheet.insert_chart(place, 0, chart, {"description": drawn.alt, "object_position": 2})
    return high


def _bars(workbook: Workbook, sheet: Worksheet, drawn: Chart, rows: tuple[int, int]) -> tuple[SheetChart, int]:
    chart = workbook.add_chart({"type": "bar"})
    name, first, names = sheet.get_name(), rows[0], _names(sheet, drawn, rows[0])
    for place, series in enumerate(drawn.series):
        column = drawn.table.columns.index(series.name, 1)
        # A text is drawn as 0 and would be labeled so; what it is stands beside the row's name.
        labels = [{"delete": True} if row.cells[column - 1].number is None else None for row in _parts(drawn)]
        color = {"color": SERIES[place]}
        chart.add_series(
            {
                "name": [name, first - 1, column],
                "categories": [name, first, names, rows[1], names],
                "values": [name, first, column, rows[1], column],
                "data_labels": {**_labels(drawn), "custom": labels} if any(labels) else _labels(drawn),
                "gap": 50,
                "fill": color,
                "border": color,
            }
        )
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "interval_unit": 1})
    chart.show_hidden_data()
    return chart, AROUND + (rows[1] - first + 1) * (BAR_HEIGHT * len(drawn.series) + 9)


def _parts(drawn: Chart) -> list[Row]:
    return [row for row in drawn.table.rows if not row.is_total]


def _names(sheet: Worksheet, drawn: Chart, first: int) -> int:
    """Return the column of the rows' names; with marks of what has no number, they stand in a hidden one."""
    columns = [drawn.table.columns.index(series.name, 1) - 1 for series in drawn.series]
    marks = [[row.cells[c].text for c in columns if row.cells[c].number is None] for row in _parts(drawn)]
    if not any(marks):
        return 0
    for at, (row, texts) in enumerate(zip(_parts(drawn), marks, strict=True)):
        sheet.write_string(first + at, FIRST_BESIDE, "  ".join([row.label, *texts]))
    sheet.set_column(FIRST_BESIDE, FIRST_BESIDE, None, None, {"hidden": True})
    return FIRST_BESIDE


def _points(workbook: Workbook, sheet: Worksheet, drawn: Chart, rows: tuple[int, int], number: int) -> SheetChart:
    chart = workbook.add_chart({"type": "line"})
    name = sheet.get_name()
    for column in _write_beside(workbook, sheet, drawn, rows, number):
        chart.add_series(_line(drawn, name, rows, column) | _interval(drawn, name, rows, column))
    axis, number_format = value_axis(drawn), _labels(drawn)["num_format"]
    scale = {"min": 0, "max": axis.top, "major_unit": axis.step, "num_format": number_format}
    chart.set_y_axis({**scale, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    chart.set_x_axis({"label_position": "low", "num_font": {"size": 9}})
    chart.show_hidden_data()
    return chart


def _line(drawn: Chart, name: str, rows: tuple[int, int], column: int) -> Spec:
    path: Spec = {"color": BLUE, "width": 2} if drawn.joined else {"none": True}
    marker = {"type": "circle", "size": 7, "fill": {"color": BLUE}, "border": {"color": BLUE}}
    return {
        "name": [name, rows[0] - 1, column],
        "categories": [name, rows[0], 0, rows[1], 0],
        "values": [name, rows[0], column, rows[1], column],
        "data_labels": {**_labels(drawn), "position": "right"},
        "line": path,
        "marker": marker,
    }


def _interval(drawn: Chart, name: str, rows: tuple[int, int], column: int) -> Spec:
    """Return interval bars from the two cells beside each value: down to the lower limit, up to the upper one."""
    if not drawn.series[0].lower:
        return {}
    minus, plus = (f"='{name}'!{xl_range_abs(rows[0], c, rows[1], c)}" for c in (column + 1, column + 2))
    return {
        "y_error_bars": {"type": "custom", "minus_values": minus, "plus_values": plus, "line": {"color": GRAY}},
    }


def _write_beside(workbook: Workbook, sheet: Worksheet, drawn: Chart, rows: tuple[int, int], number: int) -> list[int]:
    """Write value and distances of every joined stretch into hidden columns; return the columns of the values."""
    start, series = FIRST_BESIDE, drawn.series[0]
    cut = drawn.break_before or 0
    stretches = [range(cut), range(cut, len(series.values))] if cut else [range(len(series.values))]
    look = workbook.add_format({"num_format": _labels(drawn)["num_format"]})
    for place, stretch in enumerate(stretches):
        for offset, words in enumerate((series.name, *drawn.limit_columns)):
            sheet.write_string(rows[0] - 1, start + 3 * place + offset, words)
        for at in stretch:
            for offset, value in enumerate(_cells(series, at)):
                if not isnan(value):
                    sheet.write_number(rows[0] + at, start + 3 * place + offset, value, look)
    last = start + 3 * len(stretches) - 1
    sheet.set_column(start, last, None, None, {"hidden": True})
    define(workbook, sheet, f"{BESIDE}{number + 1:02}", (rows[0] - 1, start, rows[1], last))
    return [start + 3 * place for place in range(len(stretches))]


def _cells(series: Series, at: int) -> tuple[float, ...]:
    value = series.values[at]
    return (value, value - series.lower[at], series.upper[at] - value) if series.lower else (value,)


def _labels(drawn: Chart) -> Spec:
    return {"value": True, "num_format": "0 %" if drawn.is_percent else "#,##0"}

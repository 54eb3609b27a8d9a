"""Native charts of a slide: bars, or points with interval bars and a target line, all editable.

The embedded workbook holds the chart's own numbers and nothing else (platform.md 4). Interval bars are written
as XML, because python-pptx has no name for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any, TypeAlias

from pptx.chart.chart import Chart as DeckChart
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries, LineSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide as DeckSlide
from pptx.util import Pt

from dashboard.reports.document import Chart, Series
from dashboard.reports.renderers.axis import value_axis
from dashboard.reports.renderers.look import GRAY, GRID, OFFICE_FONT, SERIES, SLATE
from dashboard.reports.renderers.slide_tables import Box, rgb, write_line

LABELS, CATEGORIES = 18, 16  # points
FEW = 8  # categories whose labels keep the full size
TARGET = "Target"
Frame: TypeAlias = Any  # the frame of a chart; python-pptx declares the wrong type


def add_chart(slide: DeckSlide, drawn: Chart, box: Box) -> None:
    """Add the chart with its alt text."""
    kind = XL_CHART_TYPE.BAR_CLUSTERED if drawn.kind == "bars" else XL_CHART_TYPE.LINE_MARKERS
    frame: Frame = slide.shapes.add_chart(kind, *box, _data(drawn))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", drawn.alt)
    chart: DeckChart = frame.chart
    chart.font.name, chart.font.size = OFFICE_FONT, Pt(CATEGORIES)
    chart.has_title = True
    write_line(chart.chart_title.text_frame.paragraphs[0], drawn.title, CATEGORIES, bold=True)
    chart.chart_title.include_in_layout = False
    _axes(chart, drawn)
    _legend(chart, drawn)
    for number, series in enumerate(chart.plots[0].series):
        if series.name == TARGET and drawn.target is not None:
            _target(series)
        elif drawn.kind == "bars":
            _bars(series, SERIES[number], drawn)
        else:
            _points(series, SERIES[number], drawn, drawn.series[number])


def _data(drawn: Chart) -> ChartData:
    data = ChartData(number_format=number_format(drawn))
    data.categories = [_category(drawn, place) for place in range(len(drawn.categories))]
    for series in drawn.series:
        data.add_series(series.name, [None if isnan(value) else value for value in series.values])
    if drawn.target is not None:
        data.add_series(TARGET, [drawn.target] * len(drawn.categories))
    return data


def _category(drawn: Chart, place: int) -> str:
    """Return the label, with the mark of what is withheld: a gap alone says nothing."""
    gaps = [series for series in drawn.series if isnan(series.values[place])]
    return "  ".join([drawn.categories[place], *(drawn.table_text(place, series.name) for series in gaps)])


def number_format(drawn: Chart) -> str:
    """Return the number format of labels and axis."""
    return "0 %" if drawn.is_percent else "#,##0"


def _axes(chart: DeckChart, drawn: Chart) -> None:
    values, categories = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    values.has_major_gridlines = drawn.kind == "line"
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number_format(drawn), False
    values.format.line.fill.background()
    categories.format.line.color.rgb = rgb(GRAY)
    categories.tick_labels.font.size = Pt(CATEGORIES if len(drawn.categories) <= FEW else CATEGORIES - 4)
    if drawn.kind == "bars":
        values.visible = False
        categories.reverse_order = True
    else:
        values.major_gridlines.format.line.color.rgb = rgb(GRID)
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis = value_axis(drawn)
        values.maximum_scale, values.major_unit = axis.top, axis.step


def _legend(chart: DeckChart, drawn: Chart) -> None:
    chart.has_legend = len(drawn.series) > 1 or drawn.target is not None
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False


def _bars(series: BarSeries, color: str, drawn: Chart) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(color)
    _labels(series, drawn, XL_LABEL_POSITION.OUTSIDE_END)


def _points(series: LineSeries, color: str, drawn: Chart, source: Series) -> None:
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = rgb(color), Pt(2.5)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 10
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(color)
    _labels(series, drawn, XL_LABEL_POSITION.RIGHT)
    if not drawn.joined:
        series.format.line.fill.background()
    if drawn.break_before is not None:  # no line crosses the day an instrument changed
        series.points[drawn.break_before].format.line.fill.background()
    if source.lower:
        _interval_bars(series, source)


def _labels(series: BarSeries | LineSeries, drawn: Chart, position: XL_LABEL_POSITION) -> None:
    labels = series.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format, labels.number_format_is_linked = number_format(drawn), False
    labels.font.size = Pt(LABELS if len(drawn.categories) <= FEW else LABELS - 4)


def _target(series: LineSeries) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb, series.format.line.width = rgb(SLATE), Pt(2)
    series.format.line.dash_style = MSO_LINE.DASH


def _interval_bars(series: LineSeries, source: Series) -> None:
    """Write the limits as distances from each point, so that an interval need not be symmetric."""
    plus = [high - value for high, value in zip(source.upper, source.values, strict=True)]
    minus = [value - low for low, value in zip(source.lower, source.values, strict=True)]
    xml = (
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{_numbers("plus", plus)}{_numbers("minus", minus)}'
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{GRAY.lstrip("#")}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    series._element.find(".//c:cat", series._element.nsmap).addprevious(parse_xml(xml))


def _numbers(name: str, distances: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{d!r}</c:v></c:pt>' for i, d in enumerate(distances) if not isnan(d))
    count = f'<c:ptCount val="{len(distances)}"/>'
    return f"<c:{name}><c:numLit><c:formatCode>General</c:formatCode>{count}{points}</c:numLit></c:{name}>"

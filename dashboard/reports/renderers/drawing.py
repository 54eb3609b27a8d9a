"""Charts as SVG, drawn without a browser: bars with direct labels, points with interval bars.

Text uses the font shipped for reports; sizes are in points of the drawing, which is as wide as a page's text.
"""

from __future__ import annotations

from math import ceil, isnan
from xml.sax.saxutils import escape, quoteattr

from dashboard.reports.cells import printed
from dashboard.reports.document import Chart, Series
from dashboard.reports.renderers.axis import ValueAxis, value_axis
from dashboard.reports.renderers.look import FONT, GRAY, GRID, INK, ON_DARK, SERIES, SLATE

WIDTH, BAR, GAP, TOP = 520.0, 13.0, 7.0, 8.0
LINE_HEIGHT, SIZE = 190.0, 10.0
TALL = 4  # sizes of the text
MOST_BARS = 20  # of full thickness
LETTER_WIDTH = 0.57  # of the size; wide, so that no label is cut in a font that stands in for ours


def svg(chart: Chart, width: float = WIDTH, size: float = SIZE) -> str:
    """Return the drawing of a chart; `width` and `size` of its text in points."""
    draw = _bars if chart.kind == "bars" else _line
    height, marks = draw(chart, width, size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label={quoteattr(chart.alt)} '
        f'font-family="{FONT}, sans-serif" font-size="{size:g}" fill="{INK}">{"".join(marks)}</svg>'
    )


def on_dark(drawing: str) -> str:
    """Return a drawing in the colors that can be read on a page's dark ground."""
    for light, dark in ON_DARK.items():
        drawing = drawing.replace(f'"{light}"', f'"{dark}"')
    return drawing


def _bars(chart: Chart, width: float, size: float) -> tuple[float, list[str]]:
    """Horizontal bars from zero, in the order of the table, each with its number."""
    left = min(width * 0.42, max(len(label) for label in chart.categories) * size * LETTER_WIDTH + 10)
    room = width - left - 6 * size
    top = _largest(chart) or 1.0
    thin = min(1.0, MOST_BARS / (len(chart.series) * len(chart.categories)))  # many bars are thinner, not a page
    thick, gap = BAR * thin * size / SIZE, GAP * thin * size / SIZE
    legend = 2.2 * size if len(chart.series) > 1 else 0.0
    group = thick * len(chart.series) + gap
    marks = _legend(chart, left, size) if legend else []
    for row, label in enumerate(chart.categories):
        y = TOP + legend + row * group
        middle = y + (group - gap) / 2
        marks.append(_text(left - 6, middle + size * 0.35, _cut(label, left, size), "end"))
        for number, series in enumerate(chart.series):
            marks += _bar(chart, series, row, left, y + number * thick, room / top, thick - 1.5, SERIES[number], size)
    height = TOP * 2 + legend + group * len(chart.categories)
    marks.insert(0, f'<path d="M{left:.1f} {TOP + legend:.1f}V{height - TOP:.1f}" stroke="{GRAY}"/>')
    return height, marks


def _bar(
    chart: Chart, series: Series, row: int, x: float, y: float, scale: float, thick: float, color: str, size: float
) -> list[str]:
    value = series.values[row]
    if isnan(value):
        hidden = chart.table_text(row, series.name)
        return [_text(x + 5, y + thick * 0.5 + size * 0.35, hidden, "start", GRAY)]
    length = value * scale
    label = _text(x + length + 5, y + thick * 0.5 + size * 0.35, printed(value, is_percent=chart.is_percent), "start")
    return [f'<rect x="{x:.1f}" y="{y:.1f}" width="{length:.1f}" height="{thick:.1f}" fill="{color}"/>', label]


def _legend(chart: Chart, left: float, size: float) -> list[str]:
    marks, x = [], left
    for number, series in enumerate(chart.series):
        marks.append(f'<rect x="{x:.1f}" y="{TOP:.1f}" width="{size}" height="{size * 0.8}" fill="{SERIES[number]}"/>')
        marks.append(_text(x + size * 1.4, TOP + size * 0.75, series.name, "start"))
        x += size * 2.6 + len(series.name) * size * LETTER_WIDTH
    return marks


def _line(chart: Chart, width: float, size: float) -> tuple[float, list[str]]:
    """Points by period, joined where they belong together, with interval bars, a target line and a break."""
    series = chart.series[0]
    height = LINE_HEIGHT * size / SIZE
    left, right, top, bottom = 4.2 * size, width - 2.5 * size, 2.6 * size, height - 2.6 * size
    axis = value_axis(chart)
    most = axis.top
    step = (right - left) / max(len(chart.categories), 1)
    xs = [left + step * (i + 0.5) for i in range(len(chart.categories))]
    ys = [bottom - value / most * (bottom - top) for value in series.values]
    marks = _grid(chart, axis, left, right, top, bottom, size)
    marks += _break(chart, xs, step, top, bottom, size)
    marks += _target(chart, left, right, bottom - (chart.target or 0) / most * (bottom - top), size)
    marks += _joined(chart, xs, ys)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if isnan(y):
            marks.append(_text(x, bottom - 4, chart.table_text(i, series.name), "middle", GRAY))
            continue
        highest = y
        if series.lower and not isnan(series.lower[i]):
            low, highest = (bottom - limit[i] / most * (bottom - top) for limit in (series.lower, series.upper))
            marks.append(f'<path d="M{x:.1f} {low:.1f}V{highest:.1f}" stroke="{GRAY}" stroke-width="1.4"/>')
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.36:.1f}" fill="{SERIES[0]}"/>')
        label = printed(series.values[i], is_percent=chart.is_percent)
        if y - highest > TALL * size:  # at the far end of a long interval it would read as the number there
            marks.append(_text(x + size * 0.6, y - size * 0.5, label, "start"))
        else:
            marks.append(_text(x, highest - size * 0.5, label, "middle"))  # above the interval, clear of the line
    every = max(1, ceil(5 * size * len(xs) / (right - left)))  # labels that would touch are left out
    marks += [_text(xs[i], bottom + 1.6 * size, chart.categories[i], "middle") for i in range(0, len(xs), every)]
    return height, marks


def _grid(
    chart: Chart, axis: ValueAxis, left: float, right: float, top: float, bottom: float, size: float
) -> list[str]:
    marks = []
    for tick in axis.ticks:
        y = bottom - tick / axis.top * (bottom - top)
        marks.append(f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{GRID if tick else GRAY}"/>')
        marks.append(_text(left - 6, y + size * 0.35, printed(tick, is_percent=chart.is_percent), "end", GRAY))
    return marks


def _joined(chart: Chart, xs: list[float], ys: list[float]) -> list[str]:
    """Lines between neighbors; none over a gap or over the day an instrument changed."""
    marks = []
    for i in range(1, len(xs) if chart.joined else 0):
        if not isnan(ys[i - 1]) and not isnan(ys[i]) and i != chart.break_before:
            path = f"M{xs[i - 1]:.1f} {ys[i - 1]:.1f}L{xs[i]:.1f} {ys[i]:.1f}"
            marks.append(f'<path d="{path}" stroke="{SERIES[0]}" stroke-width="1.8"/>')
    return marks


def _break(chart: Chart, xs: list[float], step: float, top: float, bottom: float, size: float) -> list[str]:
    if chart.break_before is None:
        return []
    x = xs[chart.break_before] - step / 2
    line = f'<path d="M{x:.1f} {top - 1.6 * size:.1f}V{bottom:.1f}" stroke="{SLATE}" stroke-dasharray="4 3"/>'
    return [line, _text(x + 4, top - size * 0.9, chart.break_words, "start", SLATE)]


def _target(chart: Chart, left: float, right: float, y: float, size: float) -> list[str]:
    if chart.target is None:
        return []
    line = f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{SLATE}" stroke-dasharray="2 3"/>'
    words = f"target {printed(chart.target, is_percent=chart.is_percent)}"
    return [line, _text(right, y - 3, words, "end", SLATE)]


def _largest(chart: Chart) -> float:
    numbers = [n for series in chart.series for n in (*series.values, *series.upper) if not isnan(n)]
    return max(numbers, default=0.0)


def _text(x: float, y: float, words: str, anchor: str, color: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(words)}</text>'


def _cut(label: str, left: float, size: float) -> str:
    """Shorten a label that does not fit; the table below has it in full."""
    fits = int((left - 8) / (size * LETTER_WIDTH))
    return label if len(label) <= fits else f"{label[: fits - 1].rstrip()}…"

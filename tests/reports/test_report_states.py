"""Made-up answers in every format: zeros, withheld cells, levels not released, rows that are not there, long names."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pptx
import pytest
from report_cases import LONG_NAMES, TODAY, exact

from dashboard.measures import Query, Result, measure
from dashboard.measures.result import Provenance
from dashboard.reports.blocks.deck import SlideBlock
from dashboard.reports.blocks.grids import Column, DimensionTable
from dashboard.reports.blocks.pictures import MeasureChart, PeriodTable
from dashboard.reports.blocks.words import Section
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Chart, Document
from dashboard.reports.period_codes import read_period
from dashboard.reports.renderers import FORMATS, formats_of
from dashboard.reports.resolve import Title, resolve
from dashboard.reports.verify import verify

# Zero, shown, withheld, not released, and 22095 that is no row of what was published.
STATES = {
    "23009": (40, "shown", ""),
    "23013": (0, "shown", ""),
    "02198": (7, "withheld", ""),
    "02240": (9, "not_released", "by quarter"),
}
DATES = ["period", "period_start", "period_end", "completeness"]
COLUMNS = ["numerator", "denominator", "value", "lower", "upper"]


def answer(query: Query) -> Result:
    """Answer as a publisher does: a hidden row keeps its codes and state, and no number."""
    named = measure(query.measure)
    lines = []
    for place, period in enumerate(query.periods):
        for code, (count, state, released) in STATES.items() if query.by else {"": (40, "shown", "")}.items():
            hides = state != "shown" or (len(query.periods) > 1 and place == 1)
            numbers = [float("nan")] * 5 if hides else [count, 80, count / 80, count / 100, count / 60]
            if named.kind == "people" and not hides:
                numbers[2] = count
            state_of = "withheld" if hides and state == "shown" else state
            dates = [period.label, period.start, period.end, "complete"]
            lines.append([*dates, code, *numbers, state_of, released, "", True])
    frame = pd.DataFrame(lines, columns=[*DATES, "county", *COLUMNS, "state", "released", "reason", "reliable"])
    return Result(named, query, frame, Provenance("v", TODAY, 90, ("3 people left out: a reason.",)))


@pytest.fixture(scope="module")
def desk(store):
    names = {fips: name for fips, (name, _) in LONG_NAMES.items()} | {"23009": "Hancock", "23013": "Knox"}
    source = replace(
        exact(store), answers=answer, audience="board", records=None, options=lambda dimension: names, service_area={}
    )
    return Context(source, read_period("2026Q3"), today=TODAY)


NEW, SECOND = Asked("people_new"), Asked("second_contact")
COUNTY = MeasureChart(
    DimensionTable("reach", "People by county", "county", (Column(NEW, header="New people", foots="at least"),))
)
PARTS = (("value", "Share"), ("low", "95 % from"), ("high", "95 % to"))
TREND = MeasureChart(
    PeriodTable("trend", "Second meetings by quarter", tuple(Column(SECOND, *part) for part in PARTS), "quarter"),
    "line",
    limits=(1, 2),
)


@pytest.fixture(scope="module")
def written(desk) -> Document:
    return resolve(Title("grant", "states", "States", "Sub"), (Section("Reach"), COUNTY, TREND), desk)


@pytest.fixture(scope="module")
def shown(desk) -> Document:
    slides = (SlideBlock("reach", "Reach", (COUNTY,), NEW), SlideBlock("relationship", "Trend", (TREND,)))
    return resolve(Title("board", "states", "States", "Sub"), slides, desk)


def test_every_state_has_its_mark(written):
    table, _ = written.tables
    assert {row.label: row.cells[0].text for row in table.rows} == {
        "Hancock": "40",
        "Knox": "0",
        "Prince of Wales-Hyder Census Area": "•",
        "Southeast Fairbanks Census Area": "→ by quarter",
        "St. John the Baptist Parish": "→",
        "Not recorded": "→",
        "Total": "40",
    }
    assert [words[0] for words in table.legend] == ["•", "→"]
    assert not table.is_words(0)
    assert table.sums == "– not checked, numbers are missing: New people"


def test_a_chart_says_what_is_not_drawn(written):
    bars, line = (element for element in written.elements if isinstance(element, Chart))
    assert "1 withheld." in bars.alt
    assert "3 not released at this level." in bars.alt
    assert line.series[0].values[1] != line.series[0].values[1]
    assert "1 withheld." in line.alt


@pytest.mark.parametrize("kind", ["written", "shown"])
def test_every_format_holds_the_marks(kind, request, tmp_path):
    report = request.getfixturevalue(kind)
    for form in formats_of(report):
        for name, content in FORMATS[form].render(report).items():
            (tmp_path / name).write_bytes(content)
            found = verify(tmp_path / name)
            assert (found.holds, found.found) == (True, report.checksum), name


def test_a_workbook_never_labels_a_withheld_bar_with_a_number(written):
    """A text in a chart's cells is drawn as 0; its label is taken away and its mark stands beside the name."""
    (content,) = FORMATS["xlsx"].render(written).values()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    (series,) = sheet._charts[0].series
    drawn = zipfile.ZipFile(io.BytesIO(content)).read("xl/charts/chart1.xml").decode()
    gone = {int(place) for place in re.findall(r'<c:idx val="(\d+)"/><c:delete val="1"/>', drawn)}
    texts = {row for row in range(6) if isinstance(sheet.cell(6 + row, 2).value, str)}
    assert gone == texts == {2, 3, 4, 5}
    names = sheet[series.cat.strRef.f.split("!")[1].replace("$", "")]
    assert [cell.value for (cell,) in names][2:4] == [
        "Prince of Wales-Hyder Census Area  •",
        "Southeast Fairbanks Census Area  → by quarter",
    ]


def test_a_slide_with_marks_says_what_they_mean(shown):
    (content,) = FORMATS["pptx"].render(shown).values()
    first, _ = pptx.Presentation(io.BytesIO(content)).slides
    texts = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert any("can be small or large" in text and "→ Not released" in text for text in texts)
    (chart,) = [shape.chart for shape in first.shapes if shape.has_chart]
    assert list(chart.plots[0].categories)[1] == "Prince of Wales-Hyder Census Area  •"
    assert list(chart.plots[0].series[0].values) == [40, None, None, None, None]


def test_numbers_left_out_are_no_part_of_it(written, shown):
    for report in (written, shown):
        (content,) = FORMATS["json"].render(report).values()
        assert "left out" not in content.decode()

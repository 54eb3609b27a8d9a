"""Blocks answered by hand-made answers: what is printed, which sums are checked, and what a failing block does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from report_cases import BCOR, TODAY, exact, made

from dashboard.measures import Period
from dashboard.reports.blocks.grids import Column, DimensionTable
from dashboard.reports.blocks.pictures import MeasureChart, PeriodTable
from dashboard.reports.blocks.targets import Targets
from dashboard.reports.blocks.words import Words
from dashboard.reports.cells import number
from dashboard.reports.checks import Sum, adds_up
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Cell, Chart, Paragraph, Row, Table
from dashboard.reports.funders import Target, read_funder
from dashboard.reports.period_codes import read_period
from dashboard.reports.resolve import BlockError, Title, ready, resolve


def context(store, code="2026-FFQ3", **changes):
    funder = read_funder("samhsa_bcor")
    source = replace(exact(store), **changes)
    return Context(source, read_period(code), funder, today=TODAY)


def numbers(table, column=1):
    return {row[0]: row[column] for row in table.grid[1:]}


def table_named(document, key):
    return next(table for table in document.tables if table.key == key)


def test_new_continuing_and_returning_are_everyone(bcor):
    table = table_named(bcor, "served")
    *parts, total = [row.cells[0].number for row in table.rows]
    assert sum(parts) == total > 0
    assert table.rows[-1].is_total
    assert [check.passes for check in table.checks] == [True]


def test_every_demographic_table_foots_to_the_same_number_of_people(bcor):
    total = table_named(bcor, "served").rows[-1].cells[0].number
    for key in ("age_band", "gender", "race_eth"):
        table = table_named(bcor, key)
        assert sum(row.cells[0].number for row in table.rows[:-1]) == table.rows[-1].cells[0].number == total
        assert [check.passes for check in table.checks] == [True, True]
        assert table.rows[-2].label == "Not recorded"
    assert numbers(table_named(bcor, "race_eth"))["Asian"] == "0"  # a row nobody is in is still a row
    assert "Declined" in numbers(table_named(bcor, "gender"))


def test_county_rows_add_up_across_and_may_exceed_the_total(bcor):
    table = table_named(bcor, "counties")
    for row in table.rows:
        *parts, whole = [cell.number for cell in row.cells]
        assert sum(parts) == whole
    exceeds = sum(row.cells[3].number for row in table.rows[:-1]) - table.rows[-1].cells[3].number
    assert exceeds >= 0
    assert any("count in each" in note for note in table.notes) == (exceeds > 0)
    labels = [row.label for row in table.rows]
    assert labels[-2:] == ["Not recorded", "Total"]
    assert labels[:-2] == sorted(labels[:-2], key=str.casefold)
    assert any(label.startswith("Knox") for label in labels)  # of the service area, though nobody came
    assert any(len(label) > 28 for label in labels)


def test_services_foot_to_contacts_and_hours(bcor):
    for key in ("services_kind", "services_mode"):
        table = table_named(bcor, key)
        for column in (0, 1):
            parts = [row.cells[column].number for row in table.rows[:-1]]
            assert sum(parts) == pytest.approx(table.rows[-1].cells[column].number)


@pytest.mark.parametrize(("value", "text"), [(23.000000000000004, "23"), (1 / 3, "0.33")])
def test_what_the_order_of_a_sum_leaves_behind_is_not_printed(value, text):
    """A file keeps fewer digits than a sum of floats has; both must print the same."""
    assert number(value).text == text
    assert number(float(f"{value:.16G}")) == number(value) == number(value + 1e-15)


@pytest.mark.parametrize(
    ("parts", "total", "at_least", "passes"),
    [
        ((3, 2, 2), 7, False, True),
        ((3, 2, 1), 7, False, False),
        ((0.1, 0.2), 0.3, False, True),  # hours are fractions
        ((4, 4), 7, True, True),
        ((4, 2), 7, True, False),
        ((8, 2), 7, True, False),  # one row larger than everybody
        ((None, 4), 7, False, None),
    ],
)
def test_sums(parts, total, at_least, passes):
    rows = [Row("", (Cell("•") if n is None else Cell(str(n), n),)) for n in (*parts, total)]
    last = len(parts)
    assert adds_up(Sum(tuple(range(last)), last, 0, "rows", at_least=at_least), rows).passes is passes


def test_a_sum_that_does_not_come_out_blocks_the_report_and_names_the_table(store, bcor):
    def wrong(query):
        result = answers(query)
        if query.measure == "people_served" and query.by == ("gender",):
            frame = result.frame.assign(value=result.frame["value"] + 1)
            return replace(result, frame=frame)
        return result

    answers = exact(store).answers
    desk = context(store, answers=wrong)
    table = DimensionTable("gender", "People served by gender", "gender", (Column(Asked("people_served")),))
    document = resolve(Title("grant", "x", "X", "", "submission"), (table,), desk)
    assert document.failing
    with pytest.raises(BlockError, match=r'block "People served by gender".*does not add up'):
        ready(document)
    assert ready(bcor) is bcor


@dataclass(frozen=True)
class _Breaking:
    error: Exception
    name: str = "A block that breaks"

    def resolve(self, context):
        raise self.error


@pytest.mark.parametrize("error", [ZeroDivisionError("participant 12345"), KeyError("SYN-0007")])
def test_a_block_that_breaks_is_named_without_its_values(store, error):
    with pytest.raises(BlockError) as raised:
        resolve(Title("grant", "x", "X", ""), (Words("Fine", "Fine."), _Breaking(error)), context(store))
    assert "A block that breaks" in str(raised.value)
    assert "was not written" in str(raised.value)
    assert "12345" not in str(raised.value)
    assert "SYN" not in str(raised.value)


def test_progress_names_every_block(store):
    heard = []
    blocks = (Words("First", "1"), Words("Second", "2"))
    resolve(Title("grant", "x", "X", ""), blocks, context(store), lambda *stage: heard.append(stage))
    assert heard == [("First", 0, 2), ("Second", 1, 2)]


def test_no_question_is_asked_twice(store):
    asked = []
    answers = exact(store).answers

    def listening(query):
        asked.append(query)
        return answers(query)

    source = replace(exact(store), answers=listening)
    from dashboard.reports.definitions import Order
    from dashboard.reports.make import make

    order = Order(read_period("2026-FFQ3"), read_funder("samhsa_bcor"), "submission")
    make("grant", order, source, today=TODAY)
    assert len(asked) == len(set(asked))


def test_targets_are_prorated_by_days(store):
    year = date(2025, 9, 30)
    targets = (
        Target(measure="people_served", year_from=year, value=100),
        Target(measure="second_contact", year_from=year, value=0.001),
        Target(measure="second_contact", year_from=year, value=0.999),
        Target(measure="linkage_completed", year_from=year, value=0.999),
        Target(measure="people_served", year_from=date(2020, 9, 30), value=7),
    )
    (table,) = Targets("t", "Targets", targets).resolve(context(store))
    assert isinstance(table, Table)
    people, low, high, offers = table.rows
    gone = 274 / 365  # 30 September to 30 June
    assert people.cells[0].number == 100
    assert people.cells[4].number == round(100 * gone)
    assert people.cells[3].number == people.cells[1].number / 100
    assert people.cells[5].text == f"{people.cells[3].text} of target, 75 % of the year gone"
    assert low.cells[5].text == "meets the target"
    assert high.cells[5].text == "does not meet the target"
    assert offers.cells[5].text == "below the target so far"
    (words,) = Targets("t", "Targets", targets[-1:]).resolve(context(store))
    assert "No targets are set" in words.text


def test_no_line_crosses_the_change_of_instrument(store):
    columns = (Column(Asked("people_with_win"), "value", "Share"),)
    trend = PeriodTable("wins", "Wins", columns, "federal_fiscal_quarter")
    (chart,) = MeasureChart(trend, "line", break_on=date(2025, 10, 1), break_words="new").resolve(context(store))
    assert isinstance(chart, Chart)
    assert chart.categories[chart.break_before] == "FFY26 Q1"
    later = MeasureChart(trend, "line", break_on=date(2030, 1, 1)).resolve(context(store))[0]
    assert later.break_before is None


def test_a_period_beyond_the_data_says_so(store):
    document = made(store, replace(BCOR, period="2027-FFQ1")).document
    texts = [e.text for e in document.elements if hasattr(e, "text")]
    assert any("is not complete" in text for text in texts)
    assert document.failing == ()


def test_a_program_without_any_rows_still_gives_a_whole_report(tmp_path):
    from whiteboard import warehouse

    warehouse(tmp_path)
    document = made(tmp_path, BCOR).document
    assert numbers(table_named(document, "served")) == {
        "New people": "0", "Continuing people": "0", "Returning people": "0", "People supported": "0",
    }  # fmt: skip
    assert document.failing == ()


def test_only_the_funders_programs_are_counted(store):
    funder = read_funder("samhsa_bcor").model_copy(update={"programs": ("Nowhere",)})
    desk = Context(exact(store), read_period("2026-FFQ3"), funder, today=TODAY)
    assert desk.ask(Asked("people_served")).frame["value"].sum() == 0
    assert desk.place == "Nowhere"
    assert desk.ask(Asked("people_served")).query.periods == (Period(date(2026, 4, 1), date(2026, 6, 30), "FFY26 Q3"),)


def test_every_line_is_drawn_with_its_interval(bcor, deck):
    """A share over time without its interval would look surer than it is."""
    elements = [*bcor.elements, *(element for slide in deck.slides for element in slide.elements)]
    lines = [element for element in elements if isinstance(element, Chart) and element.kind == "line"]
    assert len(lines) >= 3
    for chart in lines:
        (series,) = chart.series
        for value, low, high in zip(series.values, series.lower, series.upper, strict=True):
            assert value != value or low <= value <= high


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((30.0, 20.0, 45.0), "The rows exceed the total by 5:"),
        ((30.0, None, 25.0), "The rows exceed the total:"),  # by how much, nobody may know
        ((30.0, None, 45.0), ""),
        ((30.0, 20.0, None), ""),
    ],
)
def test_rows_that_exceed_the_total_say_why(people, said):
    block = DimensionTable("reach", "Reach", "county", (Column(Asked("people_served"), foots="at least"),))
    rows = [Row("", (Cell("", n),), is_total=i == 2) for i, n in enumerate(people)]
    (note,) = block._notes(rows) or ("",)
    assert note.startswith(said)
    assert bool(note) == bool(said)


def test_a_definition_says_once_what_is_counted_and_out_of_what(bcor):
    texts = [e.text for e in bcor.elements if isinstance(e, Paragraph) and "definition version" in e.text]
    assert any("Counts people with a second contact day" in text for text in texts)
    assert not any("of these" in text for text in texts)


def test_one_file_is_one_file(bcor):
    (line,) = [e.text for e in bcor.elements if isinstance(e, Paragraph) and "rows were read" in e.text]
    assert line.startswith(("From 1 file, ", "From 2 files, "))

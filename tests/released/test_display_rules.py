"""One case per rule of display: what a reader of a published release sees of rates, life tables, order and marks."""

from datetime import date

import pandas as pd
import pytest

from dashboard.app_pages import released
from dashboard.measures import Period, Query
from dashboard.measures.lookup import look_up
from dashboard.standing import NOT_RELEASED_LEGEND, WITHHELD_LEGEND
from dashboard.ui.released import blocks
from dashboard.ui.released.page import card
from dashboard.ui.released.view import Shared
from pipelines.policy import read_policy
from pipelines.published import Cube, Published, measure_frame

REGIONS = {"23009": "Downeast", "23029": "Downeast", "23027": "Midcoast", "23013": "Midcoast", "elsewhere": "elsewhere"}
POLICY = """
policy = 1
[hierarchies]
period = { months = 24, levels = ["month", "year"] }
[measures]
second_contact = { kind = "rate", additive_over = ["county", "period"], decimals = 1 }
retained = { kind = "lifetable", grid_days = [30, 90], additive_over = ["county", "period"], levels = ["year"] }
contacts = { kind = "persons", zeros = "show", additive_over = ["county", "period", "category"], category = "mode" }
[audiences.funder]
tables = [["county", "month", "all"], ["county", "year", "all"], ["all", "year", "all"], ["all", "year", "category"]]
[audiences.board]
tables = [["county", "year", "all"], ["all", "year", "all"], ["all", "year", "category"]]
"""
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31), "2025")


@pytest.fixture
def drawn(tmp_path):
    """Draw a release: `•` is withheld, `→` is not released, a number is shown."""

    def draw(text, audience="funder"):
        file = tmp_path / "policy.toml"
        file.write_text(POLICY, encoding="utf-8")
        policy, _ = read_policy(file)
        rows = [_cell(*line.split()) for line in text.strip().splitlines()]
        columns = ["quantity", "county_level", "county", "period", "category", "state", "value", "lo", "hi"]
        frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("value", "lo", "hi"), "Int64"))
        categories = {"contacts": ("phone", "text", "mail")}
        cube = Cube(
            audience, 1, 1, "2026-03-31", "0" * 64, ("2025-01",), REGIONS, categories, frame, {"gap_days": "90"}
        )
        return Shared(Published(cube, policy, {"counts": {}, "worst": []}))

    return draw


def _cell(quantity, place, period, category, value):
    level = "all" if place == "all" else "county"
    state = {"•": "withheld", "→": "not_released"}.get(value, "shown")
    return (quantity, level, place, period, category, state, int(value) if state == "shown" else None, None, None)


def rate(view):
    return measure_frame(view.published.cube, view.published.policy, "second_contact").iloc[0]


@pytest.mark.parametrize(
    ("numerator", "denominator", "complement", "state"),
    [
        ("61", "140", "79", "shown"),
        ("61", "140", "•", "withheld"),
        ("•", "140", "79", "withheld"),
        ("61", "•", "79", "withheld"),
        ("61", "140", "→", "not_released"),
    ],
)
def test_a_rate_needs_all_three(numerator, denominator, complement, state, drawn):
    view = drawn(f"""
        second_contact.numerator   all 2025 all {numerator}
        second_contact.denominator all 2025 all {denominator}
        second_contact.complement  all 2025 all {complement}""")
    assert rate(view)["state"] == state
    assert pd.isna(rate(view)["value"]) == (state != "shown")


@pytest.mark.parametrize(("audience", "of", "decimals"), [("funder", 200, 1), ("funder", 199, 0), ("board", 200, 0)])
def test_one_decimal_only_where_many_are_behind_it(audience, of, decimals, drawn):
    view = drawn(
        f"""
        second_contact.numerator   all 2025 all 100
        second_contact.denominator all 2025 all {of}
        second_contact.complement  all 2025 all {of - 100}""",
        audience,
    )
    assert rate(view)["decimals"] == decimals


def test_few_events_are_flagged_and_n_stands_beside_every_rate(drawn):
    view = drawn("""
        second_contact.numerator   all 2025 all 19
        second_contact.denominator all 2025 all 50
        second_contact.complement  all 2025 all 31""")
    table = blocks.over_time(view, "second_contact").table()
    assert table.iloc[0, 1] == "38 % (19 of 50, few: read as a count)"


@pytest.mark.parametrize(("numerator", "words"), [(0, "0 % (0 of 40, few: read as a count)"), (40, "100 % (40 of 40)")])
def test_none_and_all_are_written_out_where_they_may_be_shown(numerator, words, drawn):
    view = drawn(f"""
        second_contact.numerator   all 2025 all {numerator}
        second_contact.denominator all 2025 all 40
        second_contact.complement  all 2025 all {40 - numerator}""")
    assert blocks.over_time(view, "second_contact").table().iloc[0, 1] == words


MAPPED = """
    contacts 23009 2025 all 60
    contacts 23029 2025 all 0
    contacts 23027 2025 all •
    contacts 23013 2025 all →"""


def test_a_map_tells_zero_withheld_and_not_released_apart(drawn):
    figure = blocks.on_the_map(drawn(MAPPED), ["second_contact", "contacts"]).figure
    areas = {trace.name: list(trace.locations) for trace in figure.data if trace.type == "choropleth"}
    assert areas == {"0": ["23029"], "51–75": ["23009"], "• withheld": ["23027"], "→ not released": ["23013"]}
    grounds = [trace.colorscale[0][1] for trace in figure.data if trace.type == "choropleth"]
    assert len(set(grounds)) == 4
    (labels,) = [trace for trace in figure.data if trace.type == "scattergeo"]
    assert sorted(labels.text) == ["0", "60", "•", "→"]
    pointers = [text for trace in figure.data if trace.type == "choropleth" for text in trace.hovertext]
    assert "Waldo: withheld" in pointers


def test_a_rate_has_no_map(drawn):
    """Small places would look like extremes."""
    assert blocks.on_the_map(drawn(MAPPED), ["second_contact"]) is None


def test_after_a_withheld_step_a_life_table_shows_nothing(drawn):
    """Of 100 people 60 stayed to day 30; how many left by day 30 is withheld, so day 90 would tell."""
    view = drawn("""
        retained.entered   all 2025 all 100
        retained.stayed_30 all 2025 all •
        retained.left_30   all 2025 all •
        retained.stayed_90 all 2025 all 40
        retained.left_90   all 2025 all 20""")
    frame = measure_frame(view.published.cube, view.published.policy, "retained")
    assert list(frame["state"]) == ["withheld", "withheld"]
    assert frame["value"].isna().all()


MODES = """
    contacts all 2025 all   190
    contacts all 2025 text  30
    contacts all 2025 phone 120
    contacts all 2025 mail  •"""


def test_parts_are_ordered_by_what_is_shown_and_marks_come_last(drawn):
    block = blocks.by_category(drawn(MODES), "contacts")
    assert list(block.table()["Way of contact"])[-1] == "Mail"
    bars = [label.split("<br>")[0] for label in block.figure.layout.yaxis.ticktext]
    assert "•" in bars[0]
    assert "Phone" in bars[-1]


def test_axis_and_words_follow_from_shown_numbers_alone(drawn):
    """The longest bar shown is 120, so the axis ends 12 % later; 40, what is missing from the total, is nowhere."""
    block = blocks.by_category(drawn(MODES), "contacts")
    assert block.figure.layout.xaxis.range[1] == pytest.approx(120 * 1.12)
    assert "40" not in block.alt.replace(",", " ").replace(".", " ").split()
    assert "1 numbers withheld" in block.alt


@pytest.mark.parametrize(("mark", "legend"), [("•", WITHHELD_LEGEND), ("→", NOT_RELEASED_LEGEND)])
def test_each_mark_is_explained_where_it_stands_and_only_there(mark, legend, drawn):
    other = ({WITHHELD_LEGEND, NOT_RELEASED_LEGEND} - {legend}).pop()
    covers = blocks.by_category(drawn(MODES.replace("•", mark)), "contacts").covers
    assert legend in covers
    assert other not in covers


def test_everything_beside_a_withheld_value_goes_with_it(drawn):
    view = drawn("""
        second_contact.numerator   all 2025 all •
        second_contact.denominator all 2025 all 50
        second_contact.complement  all 2025 all •""")
    shown = card(view, "second_contact")
    assert (shown.value, shown.detail) == ("•", "2025")


def test_a_selection_of_two_places_is_not_added_up(drawn):
    view = drawn("""
        contacts 23009 2025 all 60
        contacts 23029 2025 all 40""")
    both = Query("contacts", (YEAR,), where=(("county", ("23009", "23029")),), audience="funder")
    assert list(look_up(view.published, both).frame["state"]) == ["not_released"]


def test_a_chart_moves_to_the_finest_released_period_and_says_so(drawn):
    months = "".join(f"\n        contacts 23009 2025-{n:02d} all →" for n in range(1, 13))
    view = drawn(f"""
        contacts 23009 2025 all 60{months}""")
    view = Shared(view.published, ("county", "23009"))
    block = blocks.over_time(view, "contacts")
    assert list(block.table()["Period"]) == ["2025"]
    assert "by year, the shortest periods released here (by month: →)" in block.covers


def test_the_board_has_no_page_without_numbers(drawn):
    view = drawn("        contacts all 2025 all 60", "board")
    assert "return-to-use" not in {entry.address for entry in released.entries("board") if entry.has(view)}

"""Curves, rare events, counties and follow-up on their pages, with the data that make trouble."""

from __future__ import annotations

import json

import pytest
from app_stores import chart_keys, headings, open_page, opened, shown_texts, tables

from dashboard.measures import Query, curve_words, evaluate
from dashboard.store import Store
from dashboard.ui.cohorts import everyone

CURVES = {"retention": ("retention",), "life_wins": ("time_to_first_win", "wins_per_person")}
CURVES["return_to_use"] = ("time_to_first_return", "returns_per_person")


def said(app) -> str:
    return "\n".join(str(text.value) for text in app.markdown)


@pytest.mark.parametrize("page", CURVES)
def test_pages_say_in_words_what_their_curves_show(page, use_store):
    store = Store(use_store("many"))
    app = open_page(page)
    for name in CURVES[page]:
        spans = [chart.proto.alt for chart in app.get("plotly_chart") if evaluate_title(store, name) in chart.proto.alt]
        assert len(spans) >= 1
        assert any(alt.endswith(words_of(store, name)) for alt in spans)
        assert words_of(store, name) in said(app)


def evaluate_title(store, name):
    return evaluate(store, Query(name, (span(store),))).measure.title


def words_of(store, name):
    return curve_words(evaluate(store, Query(name, (span(store),))))


def span(store):
    class Seen:  # what `everyone` reads of a view
        as_of = last_day = store.as_of
        data_start = store.frame("SELECT min(contact_date) AS day FROM contact")["day"].iloc[0].date()

    return everyone(Seen)


@pytest.mark.parametrize("page", CURVES)
def test_with_one_person_there_is_a_sentence_instead_of_a_curve(page, use_store):
    use_store("one_person")
    app = open_page(page)
    words = "Too few people for a curve: 1 person has been followed so far, and it takes 20."
    if page == "retention":
        assert words in said(app)
    assert not [key for key in chart_keys(app) if "curve" in key]


def test_everybody_still_in_touch_is_a_line_at_one_hundred_percent(use_store):
    use_store("all_stay")
    app = open_page("retention")
    line = figure(app, "retention-curve-in-steps")["data"][0]
    assert set(line["y"]) == {100}
    assert "The median is not reached" in said(app)


def test_everybody_gone_on_the_first_day_falls_to_zero_at_once(use_store):
    use_store("all_leave_at_once")
    app = open_page("retention")
    drawn = figure(app, "retention-curve-in-steps")
    assert (drawn["data"][0]["x"], drawn["data"][0]["y"]) == ([0], [0])
    assert not [trace for trace in drawn["data"] if trace.get("fill")]  # no band at 0


def test_a_quarter_in_which_nobody_came_first_is_no_row_of_zeros(use_store):
    use_store("all_stay")
    rows = tables(opened(open_page("retention")))
    cohorts = next(table for table in rows if "First contact" in table.columns)
    assert list(cohorts["First contact"])[:2] == ["2025 Q3", "2026 Q1"]


def figure(app, key):
    chart = next(chart for chart in app.get("plotly_chart") if chart.proto.id.endswith(f"-chart-{key}"))
    return json.loads(chart.proto.spec)


def test_the_caution_about_what_people_tell_stands_beside_every_curve_of_it(use_store):
    use_store("many")
    caution = "More contact and more trust mean that more is heard"
    texts = [text.value for text in open_page("return_to_use").markdown]
    beside = [text for text in texts if caution in text and ("return to use" in text or "returns to use" in text)]
    assert len(beside) >= 2


def test_days_between_overdoses_say_how_long_ago_the_last_one_was(use_store):
    use_store("many")
    app = open_page("return_to_use")
    assert "Days between overdoses known to the program" in headings(app)
    assert "since the last overdose" in said(app)
    table = next(t for t in tables(opened(app)) if "Gap ended on" in t.columns)
    assert table["Gap ended on"].iloc[0] == "not ended"


def test_overdoses_of_every_outcome_are_counted_apart(use_store):
    use_store("many")
    table = next(t for t in tables(open_page("return_to_use")) if "Overdoses, outcome not known" in set(t.iloc[:, 0]))
    assert list(table.iloc[:, 0])[:3] == [
        "Nonfatal overdoses known to the program",
        "Overdoses, outcome not known",
        "People the program supported who died of an overdose",
    ]


def test_six_counties_have_a_funnel_whose_table_says_where_each_stands(use_store):
    use_store("many")
    app = opened(open_page("counties"))
    table = next(t for t in tables(app) if "Beside the average" in t.columns)
    assert list(table["County"]) == sorted(table["County"])
    assert set(table["Beside the average"]) <= {
        "usual",
        *(f"{s} ({w})" for s in ("lower", "higher") for w in ("alert", "outlier")),
    }


def test_events_without_contacts_are_counted_where_they_happened(use_store):
    use_store("wins_only")
    app = open_page("counties")
    assert any("events without contacts" in text.value for text in app.markdown)
    assert "people supported" not in " ".join(shown_texts(app)).lower()


def test_follow_ups_stand_with_the_people_not_reached_in_the_last_column(use_store):
    use_store("asked_again")
    app = opened(open_page("life_wins", calendar="quarter", period="2026 Q3"))
    change = next(t for t in tables(app) if "Not reached: at first" in t.columns)
    assert change.columns[-1] == "Not reached: at first"
    assert list(change["Improved, same, worse"]) == ["3, 1, 1"]
    assert change["Not reached: at first"].iloc[0] == "3 people: median 36"
    on_time = next(t for t in tables(app) if "Declined" in t.columns)
    assert (on_time["Due"].iloc[0], on_time["Declined"].iloc[0]) == ("8", "1")


def test_spending_is_shown_for_the_period_it_covers_only(use_store):
    use_store("asked_again")
    table = next(t for t in tables(open_page("life_wins")) if "Spent" in t.columns)
    assert list(table.iloc[0])[:4] == ["2026 Q3", "$42,000", "8", "$5,250"]
    assert len(table) == 1


def test_what_was_not_loaded_is_a_sentence_and_no_zero(use_store):
    use_store("many")
    words = said(open_page("life_wins"))
    for needed in ("the day each goal was set", "follow-up assessments", "spending by period"):
        assert f"Needs {needed}. Not loaded." in words

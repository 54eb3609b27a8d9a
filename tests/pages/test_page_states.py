"""Every page on every kind of data: it opens, says what it covers, and uses the words we agreed on."""

from __future__ import annotations

import pytest
import streamlit as st
from app_stores import (
    PAGES,
    REAL,
    REAL_STORES,
    STORES,
    cards,
    check_figures,
    headings,
    open_page,
    opened,
    shown_texts,
    tables,
)
from words import banned

from dashboard.ui.view import View

REAL_DATA = [pytest.mark.real_data, pytest.mark.skipif(not REAL.is_dir(), reason="the real data are not here")]
STAMP = "Internal: exact numbers, do not share"
# The one privacy statement on Methods and its search synonyms may name what people search for (pages.md 6).
METHODS_MAY_SAY = ("- **Also called**", "Safe Harbor method")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("store", [*STORES, *(pytest.param(name, marks=REAL_DATA) for name in REAL_STORES)])
def test_page_opens_without_an_error_and_in_agreed_words(page, store, use_store):
    use_store(store)
    app = open_page(page)
    if app.get("plotly_chart"):
        opened(app)
    assert not app.exception
    check_figures(app)
    assert len(app.title) == 1
    texts = shown_texts(app)
    if page == "methods":
        texts = [line for text in texts for line in text.splitlines() if not any(p in line for p in METHODS_MAY_SAY)]
    assert {text: banned(text) for text in texts if banned(text)} == {}


@pytest.mark.parametrize("page", [page for page in PAGES if page != "load_data"])
def test_what_is_made_without_a_filter_does_not_look_at_it(page, use_store, monkeypatch):
    """`View.without` makes one of many views; with the filters left in, the page must read the same."""
    use_store("many")
    chosen = {"calendar": "month", "period": "Mar 2026", "county": "23009"}
    shown = _all(open_page(page, **chosen))
    monkeypatch.setattr(View, "without", lambda view, *filters: view)
    st.cache_resource.clear()
    assert shown == _all(open_page(page, **chosen))


def _all(app):
    return shown_texts(app), [table.to_csv() for table in tables(app)]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_how_far_the_data_reach_and_who_may_see_it(page, use_store):
    use_store("many")
    texts = shown_texts(open_page(page))
    assert any("Data through 30 Sep 2026" in text and STAMP in text for text in texts)


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_an_alt_text_a_table_and_a_file(page, use_store):
    use_store("many")
    app = open_page(page)
    charts = app.get("plotly_chart")
    assert all(chart.proto.alt for chart in charts)
    shown, files = len(tables(app)), len(app.get("download_button"))
    opened(app)
    assert not app.exception
    assert len(tables(app)) == shown + len(charts)
    assert len(app.get("download_button")) == files + len(charts)


def test_nothing_loaded_is_one_sentence_and_no_empty_axes(use_store):
    use_store("nothing")
    app = open_page("engagement")
    assert [title.value for title in app.title] == ["No data loaded"]
    assert not app.get("plotly_chart")
    assert not app.selectbox


def test_milestones_alone_show_wins_but_never_a_zero_for_missing_contacts(use_store):
    use_store("wins_only")
    assert "Needs contacts. Not loaded" in open_page("overview").markdown[0].value
    assert cards(open_page("life_wins"))["Life wins"] == "1"


def test_a_ledger_is_shown_even_if_no_row_was_loaded(use_store):
    use_store("empty")
    assert [title.value for title in open_page("data_quality").title] == ["Data quality"]


def test_one_county_becomes_a_profile_without_comparison(use_store):
    use_store("one_county")
    app = open_page("counties")
    assert "Hancock: profile" in headings(app)
    assert not app.get("plotly_chart")
    overview = open_page("overview")
    assert [box.label for box in overview.selectbox] == ["Calendar", "Period", "Compare with"]


@pytest.mark.parametrize(("page", "used"), [("engagement", True), ("grant_reports", False), ("methods", False)])
def test_filters_a_page_does_not_use_stand_still(use_store, page, used):
    use_store("one_county")
    assert [box.disabled for box in open_page(page).sidebar.selectbox] == [not used] * 3


def test_two_counties_have_a_table_and_dots_but_no_map(use_store):
    use_store("one_month")
    app = open_page("counties")
    assert "People supported by county" not in headings(app)
    assert app.selectbox(key="measure").value == "second_contact"


def test_six_counties_have_a_map_that_asks_for_nothing_outside(use_store):
    use_store("many")
    app = open_page("counties")
    assert "People supported by county" in headings(app)
    configs = [chart.proto.config for chart in app.get("plotly_chart")]
    assert any('"topojsonURL": "/app/static/"' in config for config in configs)


def test_an_incomplete_period_says_so_and_is_not_compared(use_store):
    use_store("one_month")
    app = open_page("overview")
    assert any("is not complete" in caption.value for caption in app.caption)
    assert not any("a year ago" in caption.value for caption in app.caption)


def test_a_filter_without_rows_says_how_to_widen_it(use_store):
    use_store("many")
    app = open_page("engagement", county="Somerset", calendar="Months", period="Oct 2024")
    texts = shown_texts(app)
    assert any("Choose all counties" in text for text in texts)

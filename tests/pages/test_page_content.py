"""What single pages promise: numbers of the measures, words before numbers, search that understands."""

from __future__ import annotations

import json
from datetime import date

import pytest
from app_stores import AS_OF, cards, open_page, shown_texts, tables

from dashboard.measures import Query, evaluate, periods_of
from dashboard.store import Store

SEEN, HOME = "Where the contact was", "Where the person lives"
RESOURCES = "Call or text 988"


@pytest.fixture
def many(use_store):
    return Store(use_store("many"))


def quarter(label="2026 Q3"):
    return next(p for p in periods_of("quarter", AS_OF, AS_OF) if p.label == label)


def test_cards_show_the_measure_of_the_newest_complete_period(many):
    value = evaluate(many, Query("people_served", (quarter(),))).frame["value"].iloc[0]
    assert cards(open_page("overview"))["People supported"] == f"{value:,.0f}"


def test_charts_draw_the_measure_and_the_tables_repeat_it(many):
    app = open_page("engagement")
    charts = {c.proto.alt: json.loads(c.proto.spec) for c in app.get("plotly_chart")}
    alt = next(a for a in charts if a.startswith("Line by month: People who came back"))
    months = periods_of("month", date(2026, 6, 1), date(2026, 8, 31))  # September is still filling
    frame = evaluate(many, Query("second_contact", months)).frame
    drawn = charts[alt]["data"][0]["y"][-3:]
    assert drawn == pytest.approx([100 * v for v in frame["value"]])


def test_the_county_filter_reaches_cards_and_charts(many):
    app = open_page("overview", county="Hancock")
    value = evaluate(many, Query("people_served", (quarter(),), where=(("county", ("23009",)),))).frame["value"]
    assert cards(app)["People supported"] == f"{value.iloc[0]:,.0f}"
    assert any("Hancock" in m.value for m in app.markdown)


def test_the_county_may_be_that_of_the_contact_or_of_the_home_and_the_page_says_which(many):
    for county_of, words in ((SEEN, "recorded with a contact"), (HOME, "where a person lives")):
        app = open_page("counties", county_of=county_of)
        assert not app.exception
        assert any(words in m.value for m in app.markdown)
    assert any("All counties (where people live)" in m.value for m in app.markdown)
    app = open_page("overview", county_of=HOME, county="Hancock")
    there = Query("people_served", (quarter(),), where=(("county", ("23009",)),), county_of="residence")
    assert cards(app)["People supported"] == f"{evaluate(many, there).frame['value'].iloc[0]:,.0f}"


@pytest.mark.parametrize("bad", [{"county": "99999"}, {"period": "1999 Q9"}, {"calendar": "moon"}, {"compare": "x"}])
def test_a_made_up_address_falls_back_to_the_default(bad, use_store):
    use_store("many")
    app = open_page("overview", **bad)
    assert not app.exception
    assert app.selectbox(key="calendar").value == "quarter"
    assert app.selectbox(key="period").value == "2026 Q3"


def test_a_grant_year_may_begin_on_any_first_of_a_month(use_store):
    use_store("many")
    app = open_page("overview", calendar="Grant years", grant_start="1 April", period="Grant year from 1 Apr 2025")
    assert not app.exception
    assert app.selectbox(key="period").value == "Grant year from 1 Apr 2025"
    assert any("Grant year from 1 Apr 2025" in m.value for m in app.markdown)


def test_another_calendar_offers_its_own_periods_and_keeps_the_page(use_store):
    use_store("many")
    app = open_page("overview")
    app.selectbox(key="calendar").set_value("federal_fiscal_year").run()
    assert not app.exception
    assert app.selectbox(key="period").value == "FFY26"


@pytest.mark.parametrize("page", ["overview", "return_to_use"])
def test_deaths_are_words_with_support_and_never_a_chart(page, use_store):
    use_store("many")
    app = open_page(page)
    texts = shown_texts(app)
    assert any("the program had supported died" in text for text in texts)
    assert any(RESOURCES in info.value for info in app.info)
    assert not any("died." in chart.proto.alt for chart in app.get("plotly_chart"))


def test_deaths_are_the_same_whatever_county_is_chosen(use_store):
    use_store("many")
    said = [
        next(m.value for m in open_page("return_to_use", **query).markdown if "had supported died" in m.value)
        for query in ({}, {"county": "Hancock"})
    ]
    assert said[0] == said[1]


def test_return_to_use_opens_with_words(use_store):
    use_store("many")
    app = open_page("return_to_use")
    order = [type(element).__name__ for element in app.main]
    assert any("told a coach" in m.value for m in app.markdown)
    assert order.index("Info") < order.index("UnknownElement")


@pytest.mark.parametrize(("text", "title"), [("relapse", "return to use"), ("no-show", "Missed sessions")])
def test_methods_search_understands_other_words(text, title, use_store):
    use_store("many")
    app = open_page("methods", search=text)
    labels = [block.label for block in app.expander]
    assert any(title in label for label in labels)
    assert len(labels) < 10


def test_methods_search_without_a_match_says_so(use_store):
    use_store("many")
    assert any("No measure matches" in m.value for m in open_page("methods", search="qqqq").markdown)


def test_the_ledger_accounts_for_every_row(use_store):
    use_store("many")
    ledger = tables(open_page("data_quality"))[0]
    row = ledger.iloc[0]
    parts = [int(row[name]) for name in ("Loaded", "Replaced", "Kept out", "Duplicates", "Dropped")]
    assert sum(parts) == int(row["Rows read"])
    assert row["Adds up"] == "yes"


def test_findings_lead_to_file_and_line_but_never_to_a_value(use_store):
    use_store("many")
    app = open_page("data_quality")
    lines = app.dataframe[0].value
    assert list(lines.columns) == ["File", "Line", "Field", "What was done"]
    assert int(lines["Line"].iloc[0]) == 17


def test_county_rows_come_by_name_and_are_never_ranked(use_store):
    use_store("many")
    table = tables(open_page("counties"))[0]
    names = list(table["County"])
    assert names == [*sorted(names[:-1]), "Not recorded"]

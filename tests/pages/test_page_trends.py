"""Monthly trends on pages: headlines no stronger than their chart, what is different from usual, targets."""

from __future__ import annotations

import json
import re

import pytest
from app_stores import bodies, headings, links, open_page, opened, shown_texts, tables

CAME_BACK = "People who came back within 14 days"


def charts(app):
    """Alt text and figure of every chart of a page."""
    return {chart.proto.alt: json.loads(chart.proto.spec) for chart in app.get("plotly_chart")}


def chart_of(app, title):
    return next(spec for alt, spec in charts(app).items() if f"by month: {title}," in alt)


def traces(spec, name):
    return [trace for trace in spec["data"] if trace.get("name") == name]


def test_a_steady_program_is_within_usual_variation_in_headline_card_and_chart(use_store):
    use_store("steady")
    overview, engagement = open_page("overview"), open_page("engagement")
    assert overview.title[0].value == "39 people supported in 2026 Q3; second meetings within usual variation"
    assert "People supported within usual variation" in headings(overview)
    assert engagement.title[0].value == (
        "Half of new people came back within 14 days, within usual month-to-month variation"
    )
    assert any("<span>within usual variation</span>" in body for body in bodies(engagement))


def test_nothing_different_says_since_when(use_store):
    use_store("steady")
    app = open_page("overview")
    assert links(app) == []
    assert any(text.value == "Nothing outside usual variation since Oct 2024." for text in app.markdown)


def test_a_signal_and_a_named_event_are_listed_and_lead_to_their_pages(use_store):
    use_store("planned")
    app = open_page("overview")
    assert links(app) == [
        "People supported: above usual variation in Sep 2026 (improvement).",
        "Second meetings: below usual variation in Sep 2026 (concern).",
        "Contacts: above usual variation in Sep 2026.",
        "People in touch: above usual variation in Sep 2026.",
    ]
    assert [link.proto.page for link in app.get("page_link")] == ["", "engagement", "engagement", "engagement"]
    texts = [text.value for text in app.markdown]
    assert "20 Aug 2026: Ice storm closed both offices." in texts
    assert not any("Only in Waldo" in text or "Nothing outside" in text for text in texts)


def test_a_signal_is_a_diamond_and_a_sentence_and_the_headline_says_no_more(use_store):
    use_store("planned")
    overview, engagement = open_page("overview"), open_page("engagement")
    assert overview.title[0].value == "99 people supported in 2026 Q3; second meetings fell"
    assert engagement.title[0].value == "19 % of new people came back within 14 days, fewer than before"
    marker = chart_of(overview, "People supported")["data"][0]["marker"]
    assert (marker["symbol"][-1], marker["color"][-1]) == ("diamond", "#0072B2")
    assert "◆ above usual variation in Sep 2026 (improvement)" in next(
        text.value for text in overview.markdown if text.value.startswith("## People supported rose")
    )


def test_a_named_change_starts_a_phase_of_its_measure_only(use_store):
    use_store("planned")
    app = open_page("engagement")
    means = {
        name: traces(chart_of(app, name), "mean")[0]["y"]
        for name in ("People who came back within 14 days", "Contacts")
    }
    assert [len({y for y in means[name] if y is not None}) for name in means] == [2, 1]
    assert any("mean 35 % since Oct 2025, 49 % before" in text.value for text in app.markdown)
    notes = [note["text"] for note in chart_of(app, CAME_BACK)["layout"]["annotations"]]
    assert {"Welcome calls begin", "Ice storm closed both<br>offices"} <= set(notes)
    assert "Welcome calls begin" not in json.dumps(chart_of(app, "Contacts"))


def test_targets_have_a_pace_or_an_assurance_and_only_a_share_has_a_line(use_store):
    use_store("planned")
    overview, engagement = open_page("overview"), open_page("engagement")
    cards = next(body for body in bodies(overview) if body.startswith("<dl"))
    assert "50 % of the target of 200, 25 % of its time gone" in cards
    assert not traces(chart_of(overview, "People supported"), "target")
    cards = next(body for body in bodies(engagement) if body.startswith("<dl"))
    assert "Target 5 %: consistently meets the target" in cards
    assert traces(chart_of(engagement, CAME_BACK), "target")[0]["y"] == [5.0, 5.0]


def test_a_period_before_a_target_began_has_none(use_store):
    use_store("planned")
    app = open_page("overview", period="2026 Q1")
    assert not any("target" in body for body in bodies(app))


def test_the_table_behind_a_chart_says_what_its_marks_say(use_store):
    use_store("planned")
    app = opened(open_page("overview"), "table-people_served-line-with-limits-by-month")
    last = tables(app)[0].iloc[-1]
    assert (last["Period"], last["Signal"]) == ("Sep 2026", "above usual variation (improvement)")
    august = tables(app)[0].set_index("Period").loc["Aug 2026"]
    assert august["Signal"].endswith("20 Aug 2026: Ice storm closed both offices")


@pytest.mark.parametrize("page", ["overview", "engagement"])
def test_one_month_has_neither_limits_nor_signals_nor_a_word_about_them(page, use_store):
    use_store("one_month")
    app = open_page(page)
    assert not any(traces(spec, "limits") for spec in charts(app).values())
    assert not links(app)
    said = [text for text in shown_texts(app) if "usual variation" in text or "improve" in text]
    assert said == []
    if page == "overview":
        assert any("Too little is recorded yet" in text.value for text in app.markdown)


def test_what_looks_back_ninety_days_starts_once_the_records_reach_back_so_far(use_store):
    use_store("steady")
    card = next(body for body in bodies(open_page("engagement")) if body.startswith("<dl"))
    in_touch = card[card.index("In touch") :]
    assert "above the average" not in in_touch.split("<details>")[0]


def test_the_sample_shows_its_named_change_its_targets_and_its_planted_improvement(use_store):
    use_store("sample")
    app = open_page("engagement")
    assert "Welcome call within 3 days" in json.dumps(chart_of(app, CAME_BACK))
    said = " ".join(text.value for text in app.markdown)
    since, before = map(int, re.search(r"mean (\d+) % since Oct 2025, (\d+) % before", said).groups())
    assert since > before + 10
    cards = next(body for body in bodies(app) if body.startswith("<dl"))
    assert "Target 25 %: hit or miss" in cards
    assert any("8 Sep 2026: Recovery Month open houses." in text.value for text in open_page("overview").markdown)

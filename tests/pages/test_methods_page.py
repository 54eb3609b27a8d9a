"""Methods: for every measure what it is, how it is worked out, an example and its caveats, from the definitions."""

from __future__ import annotations

import pytest
from app_stores import open_page, opened, tables
from whiteboard import warehouse

from dashboard.measures import load_measures
from dashboard.measures.methods import method_of

PARTS = ("Definition", "Numerator", "Denominator", "Method", "Worked example", "Read with care", "Definition version")


def test_every_measure_is_described_from_its_own_definition(use_store):
    use_store("many")
    app = open_page("methods")
    said = {box.label: box.markdown[0].value.replace("\\$", "$") for box in app.expander if box.markdown}
    for measure in load_measures().values():
        text = said[f"{measure.title} ({measure.id})"]
        assert all(f"**{part}**" in text for part in PARTS), measure.name
        assert measure.example in text
        assert method_of(measure).words in text
        assert method_of(measure).formula in text


@pytest.mark.parametrize("heading", ["The gap rule", "Settings behind the definitions", "Data through", "Calendars"])
def test_what_stands_behind_all_measures_is_explained(heading, use_store):
    use_store("many")
    assert heading in [header.value for header in open_page("methods").header]


def test_definitions_speak_of_the_gap_rule_in_use(tmp_path, monkeypatch):
    """A program that closes after 60 days reads 60, on Methods as well as below each page."""
    warehouse(tmp_path, sessions="participant_key session_date county_fips\nA 07-08 Hancock", gap_days=60)
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path))
    app = open_page("methods", search="retention curve")
    assert any("60 days of silence" in text.value for text in app.markdown)
    assert any("**60** days without contact" in text.value for text in app.markdown)
    below = open_page("retention")
    assert any("60 days of silence" in text.value for text in below.markdown)


def test_the_versions_kept_are_listed_once_somebody_asks(use_store):
    use_store("many")
    app = open_page("methods")
    assert not tables(app)
    (kept,) = tables(opened(app, "versions"))
    assert list(kept.columns)[:3] == ["Version", "Built", "Data through"]
    assert kept["Data through"].iloc[0] == "30 Sep 2026"

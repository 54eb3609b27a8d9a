"""Funder files: strict, with the nearest name in every message; the shipped ones hold together."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from dashboard.reports.funders import funder_names, parse_funder, read_funder
from dashboard.reports.period_codes import year_of
from pipelines.errors import OutcomesError, UnknownNameError
from pipelines.paths import reference_folder

FILE = reference_folder() / "funders" / "samhsa_bcor.toml"


def content():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", funder_names())
def test_a_shipped_funder_is_whole(name):
    funder = read_funder(name)
    assert funder.title
    assert funder.sections
    assert len(set(funder.sections)) == len(funder.sections)
    for target in funder.targets:
        year = year_of(funder.target_year, _a_day(target.year_from), grant_start=funder.starts)
        assert year.start == target.year_from, "a target's year begins on a day the calendar knows"
    assert ("targets" in funder.sections) == bool(funder.targets)
    assert ("outcome_domains" in funder.sections) == bool(funder.outcome_domains)


def _a_day(day):
    from dashboard.measures import Period

    return Period(date(day.year, 12, 1), date(day.year, 12, 1), "a day") if day.month > 6 else Period(day, day, "a day")


def test_samhsa_changed_its_instrument_on_1_october_2025():
    for name in ("samhsa_bcor", "samhsa_rcsp"):
        funder = read_funder(name)
        assert funder.break_on == date(2025, 10, 1)
        before, after = ([i.name for i in funder.instruments if i.holds_on(date(2025, m, 30))] for m in (9, 10))
        assert before == ["GPRA/NOMs"]
        assert after == ["SUPRT"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"titel": "x"}, 'own.toml: the key "titel" is not known. Did you mean "title"?'),
        ({"sections": ["servd"]}, 'own.toml: "sections.0" is "servd". Did you mean "served"?'),
        ({"calendars": ["federal_quarter"]}, 'there is no reporting calendar "federal_quarter"'),
        ({"targets": [{"measure": "people_serve", "year_from": date(2025, 9, 30), "value": 1}]}, '"people_served"'),
        ({"targets": [{"measure": "people_served", "year_from": date(2025, 9, 30), "valu": 1}]}, '"value"'),
        ({"outcome_domains": [{"title": "Work", "wins": ["got_jobs"]}]}, 'Did you mean "got_job"?'),
        ({"grant_start": "September"}, "grant_start"),
        ({"targets": [{"measure": "people_served", "year_from": date(2025, 9, 30), "value": -1}]}, "targets.0.value"),
    ],
)
def test_a_mistake_is_named_with_the_file_and_the_nearest_name(change, message):
    with pytest.raises(OutcomesError) as raised:
        parse_funder({**content(), **change}, Path("own.toml"))
    assert message in str(raised.value)
    assert str(raised.value).startswith("own.toml")


def test_an_unknown_funder_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r'no funder "samhsa_bcr".*"samhsa_bcor"'):
        read_funder("samhsa_bcr")


def test_a_file_of_ones_own_is_read_by_its_path(tmp_path):
    own = tmp_path / "my_grant.toml"
    own.write_text(FILE.read_text(encoding="utf-8").replace("Building Communities", "Our Communities"))
    assert read_funder(str(own)).name == "my_grant"
    own.write_text("title = ")
    with pytest.raises(OutcomesError, match="not valid TOML"):
        read_funder(str(own))
    with pytest.raises(OutcomesError, match="no such funder file"):
        read_funder(str(tmp_path / "none.toml"))

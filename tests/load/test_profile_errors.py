"""A profile that cannot be used as written says where, what and the nearest right word."""

from __future__ import annotations

import re

import pytest

from pipelines.errors import ProfileError, UnknownNameError
from pipelines.profile import parse_profile, profile_names, read_profile
from pipelines.profile.registry import FOLDER
from pipelines.profile.template import write_template
from pipelines.schema import TABLES, VOCABULARIES

GOOD = """
name = "own"
vendor = "Own"
version = "1"
source_system = "own"
export_kind = "snapshot"
nulls = ["none"]

[[input]]
id = "visits"
match = "*.csv"
header = { find = ["Who", "Day"] }
drop = [{ column = "Day", matches = "^Total" }]

[[emit]]
input = "visits"
table = "session"
key = ["Who", "Day"]
where = [{ column = "What", is = ["visit", "missed"] }]
[emit.fields]
participant_key = { from = "Who", id = { upper = true, pattern = "[A-Z]+" } }
session_date = { from = "Day", formats = ["%Y-%m-%d"] }
status = { from = "What", recode = "what" }
kind = { const = "coaching" }
county_fips = { from = "County", county = { state = "ME", basis = "residence" } }

[[emit]]
input = "visits"
table = "milestone"
key = ["Who", "Day"]
each = [{ repeat = "Wins", class = "life_win", code = "goal_met" }]
[emit.fields]
participant_key = { from = "Who", id = {} }
reported_date = "Day"

[recode.what]
"visit" = "completed"
"missed" = "no_show"
"""


def test_the_profile_the_errors_are_made_from_is_good() -> None:
    profile = parse_profile(GOOD, "own.toml")
    assert [emit.table for emit in profile.emit] == ["session", "milestone"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("vendor =", "vendr =", '"vendr" is not a key of the profile. Did you mean "vendor"?'),
        ("drop = [", "dropp = [", '"dropp" is not a key of input.0. Did you mean "drop"?'),
        ("matches =", "match_es =", '"match_es" is not a key of input.0.drop.0. Did you mean "matches"?'),
        ("where = [", "wher = [", '"wher" is not a key of emit.0. Did you mean "where"?'),
        ("formats =", "format =", 'is not a key of emit.0.fields.session_date.0. Did you mean "formats"?'),
        ("upper =", "uper =", 'Did you mean "upper"?'),
        ('state = "ME"', 'stat = "ME"', 'Did you mean "state"?'),
        ('"snapshot"', '"snap"', '"export_kind" in the profile cannot be used'),
        ('input = "visits"', 'input = "visit"', 'input "visit" is not defined. Did you mean "visits"?'),
        ('recode = "what"', 'recode = "wat"', 'recode "wat" is not defined. Did you mean "what"?'),
        ("status = {", "statuss = {", '"statuss" is not a field of session. Did you mean "status"?'),
        ('= "no_show"', '= "no_shows"', '"no_shows" is not a value of status. Did you mean "no_show"?'),
        ('const = "coaching"', 'const = "coach"', '"coach" is not a value of kind. Did you mean "coaching"?'),
        ('code = "goal_met"', 'code = "goals_met"', '"goals_met" is not a value of code. Did you mean "goal_met"?'),
        ('class = "life_win"', 'klass = "life_win"', '"klass" is not a field of milestone. Did you mean "class"?'),
        ('status = { from = "What", recode = "what" }', "", "session misses the field status. Add it to the emit of"),
        ('reported_date = "Day"', "", "milestone misses the field event_date."),
        ('"^Total"', '"^(Total"', "not a valid pattern"),
        ('match = "*.csv"', 'match = "*.csv"\nencoding = "utf-9"', "no such encoding is known"),
        ('match = "*.csv"', 'match = "*.csv"\ndelimiter = ";;"', '"delimiter" in input.0 cannot be used'),
        ('name = "own"', "name = own", "this is not valid TOML"),
    ],
)
def test_errors_name_the_place_and_the_nearest(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ProfileError, match=re.escape(message)) as error:
        parse_profile(GOOD.replace(old, new, 1), "own.toml")
    assert error.value.where == "own.toml"


def test_an_unknown_profile_gets_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match='Did you mean "recovery_platform"'):
        read_profile("recovery_plattform")
    with pytest.raises(UnknownNameError, match="Known: billing_h0038, canonical"):
        read_profile("zzz")


@pytest.mark.parametrize("name", profile_names())
def test_shipped_profiles_are_complete(name: str) -> None:
    profile = read_profile(name)
    assert profile.name == name
    assert profile.description
    assert {emit.input for emit in profile.emit} <= {item.id for item in profile.input}
    assert (FOLDER / f"{name}.toml").read_text(encoding="utf-8").startswith("#")


def test_the_blank_template_has_the_headers_our_own_profile_reads(tmp_path) -> None:
    written = write_template(tmp_path / "blank")
    assert sorted(path.name for path in written) == [
        "assessment.csv",
        "guide.html",
        "milestone.csv",
        "participant.csv",
        "session.csv",
    ]
    for emit in read_profile("canonical").emit:
        headers = (tmp_path / "blank" / f"{emit.table}.csv").read_text(encoding="utf-8-sig").strip().split(",")
        assert len(headers) == len(set(headers))
        assert {name for specs in emit.fields.values() for spec in specs for name in spec.headers()} <= set(headers)
    text = (tmp_path / "blank" / "guide.html").read_text(encoding="utf-8")
    for emit in read_profile("canonical").emit:
        for name in emit.fields:
            assert f"<td><code>{name}</code>" in text
            column = TABLES[emit.table].by_column.get(name)
            codes = VOCABULARIES[column.vocabulary] if column and column.vocabulary else ()
            assert [code for code in codes if f"<code>{code}</code>" not in text] == []
    (tmp_path / "blank" / "session.csv").write_text("mine")
    assert write_template(tmp_path / "blank") == []
    assert (tmp_path / "blank" / "session.csv").read_text() == "mine"

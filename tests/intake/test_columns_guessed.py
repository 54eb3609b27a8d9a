"""What a column of an unknown file may be: guessed by name and content, refused if it identifies people."""

from __future__ import annotations

import re

import pytest
from hand_made import write_log
from load.loading import draw

from pipelines.intake.columns import study
from pipelines.intake.peek import peek, together

LOG = """
    Person code|Visit Date|How it went|Method|Length|County    |Type of visit|Full Name|Notes|Phone       |Born
    AB1001     |3/14/2026 |completed  |Phone |45    |Hancock   |Coaching     |Jane Doe |x    |207-555-0100|1988-02-01
    AB1002     |3/15/2026 |no show    |Video |1:30  |Washington|Group        |John Roe |y    |207-555-0101|1990-12-24
    AB1001     |4/2/2026  |completed  |Phone |30    |Hancock   |Coaching     |Jane Doe |     |207-555-0100|1988-02-01
"""


@pytest.fixture
def facts(tmp_path):
    (tmp_path / "log.csv").write_text(draw(LOG), encoding="utf-8")
    (table,) = peek(tmp_path / "log.csv")
    return {item.name: item for item in study(table, "ME")}


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Person code", "participant_key"),
        ("Visit Date", "session_date"),
        ("How it went", "status"),
        ("Method", "mode"),
        ("Length", "minutes"),
        ("County", "county_fips"),
        ("Type of visit", "kind"),
    ],
)
def test_columns_are_guessed_by_name_and_content(facts, column, field):
    assert facts[column].likely["session"][0] == field


@pytest.mark.parametrize(
    ("column", "why"),
    [("Full Name", "identifier"), ("Phone", "identifier"), ("Born", "identifier"), ("Notes", "free text")],
)
def test_columns_that_identify_people_can_be_mapped_to_nothing(facts, column, why):
    assert facts[column].refused == why
    assert facts[column].likely == {}


def test_initials_among_ids_with_digits_are_told_apart(tmp_path):
    codes = "".join(f"AB10{n:02d},1/3/2026\n" for n in range(9))
    (tmp_path / "log.csv").write_text(f"Who,When\n{codes}JD,1/2/2026\n")
    (table,) = peek(tmp_path / "log.csv")
    who = study(table)[0]
    assert (who.as_id, who.off_pattern) == (True, 1)
    assert re.fullmatch(who.id_pattern, "AB1001")
    assert not re.fullmatch(who.id_pattern, "JD")


def test_initials_under_an_innocent_name_are_no_id(tmp_path):
    (tmp_path / "log.csv").write_text("Who,When\nJ.D.,1/2/2026\nA. B.,1/3/2026\n")
    (table,) = peek(tmp_path / "log.csv")
    assert not study(table)[0].as_id


@pytest.mark.parametrize(
    ("dates", "formats"),
    [
        (["3/14/2026", "4/2/2026"], ("%m/%d/%Y",)),
        (["3/4/2026", "4/2/2026"], ("%m/%d/%Y", "%d/%m/%Y")),  # nobody can know: the person is asked
        (["46095", "46211"], ("1900",)),
        (["soon", "later"], ()),
        (
            ["1/20/26", "1/21/26", "46034", "2026-01-19", "Jan 22", "wk of 1/26", "Total", "0/0/0000"],
            ("%Y-%m-%d|%m/%d/%y|1900",),
        ),
        # Written in two ways and open both times: the person is asked.
        (["1/5/26", "1/6/26", "2/3/2026"], ("%m/%d/%Y|%m/%d/%y", "%d/%m/%Y|%d/%m/%y")),
    ],
)
def test_date_formats_that_fit_are_all_named(tmp_path, dates, formats):
    (tmp_path / "log.csv").write_text("Who,When\n" + "".join(f"A{n},{day}\n" for n, day in enumerate(dates)))
    (table,) = peek(tmp_path / "log.csv")
    assert study(table)[1].formats == formats


def test_sheets_of_one_header_are_studied_as_one_and_others_are_not(tmp_path):
    (every,) = [together(peek(write_log(tmp_path / "log.xlsx")))]
    facts = {item.name: item for item in study(every, "ME")}
    assert every.sheet == "*"
    assert (facts["Date"].filled, facts["Date"].likely["session"][0]) == (12, "session_date")
    assert [facts[name].refused for name in ("Name", "Notes")] == ["identifier", "free text"]
    assert facts["Who (code)"].likely["session"][0] == "participant_key"


def test_what_is_said_of_a_column_holds_no_value_of_it(facts):
    said = repr(list(facts.values()))
    for value in ("AB1001", "Jane", "Hancock", "3/14/2026", "207-555"):
        assert value not in said

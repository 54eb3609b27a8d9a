"""What a text in a cell means: the tables of source-profiles.md, sections 2 to 5."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from whiteboard import rows

from pipelines.load.reading import (
    DateLimits,
    clock_minutes,
    code_reader,
    date_reader,
    flag_reader,
    minutes_reader,
    number_reader,
    text_reader,
)
from pipelines.profile import FieldSpec
from pipelines.schema import TABLES

LIMITS = DateLimits(date(2020, 1, 1), date(2026, 10, 5))


def table(text: str) -> list[tuple[str, str | None, str]]:
    """Read lines of "text | value | rule"; an empty value is none."""
    return [(row["text"] or "", row["value"], row["rule"] or "") for row in rows(text)]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    table("""
        text      | value      | rule
        2026-07-08 | 2026-07-08 |
        7/8/26    | 2026-07-08 |
        07/08/2026 | 2026-07-08 |
        46211     | 2026-07-08 |
        7/8/26   | 2026-07-08 |
        0/0/0000  |            | DQ14
        soon      |            | DQ14
        13/13/2026 |           | DQ14
        2026-02-30 |           | DQ14
        1990-01-01 |           | DQ15
        01/01/1900 |           | DQ15
        2019-12-31 |           | DQ15
        2026-10-05 | 2026-10-05 |
        2026-10-06 |           | DQ15
    """),
)
def test_days_on_which_something_happened(text: str, value: str | None, rule: str) -> None:
    spec = FieldSpec(formats=("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"), serial=1900)
    reading = date_reader(spec, LIMITS)(text)
    assert (reading.value, reading.rule) == (value and date.fromisoformat(value), rule)


@pytest.mark.parametrize(
    "text",
    ["2026-07-08", "2026-07-08 00:00:00", "2026-07-08 04:00:00+00", "2026-07-08T04:00:00Z", "2026-07-08 04:00:00.123"],
)
def test_a_date_with_a_time_is_its_calendar_day(text: str) -> None:
    assert date_reader(FieldSpec(), LIMITS)(text).value == date(2026, 7, 8)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-08 03:59:59+00", 7),
        ("2026-07-08 04:00:00+00", 8),
        ("2026-07-08T03:59:59.999Z", 7),
        ("2026-01-08T04:59:59Z", 7),  # an hour later in winter
        ("2026-01-08T05:00:00Z", 8),
        ("2026-07-07 23:30:00-0400", 7),
        ("2026-07-08 23:30:00-07:00", 9),
        ("2026-07-08 03:00:00", 8),
        ("2026-07-08", 8),
    ],
)
def test_a_moment_with_a_zone_is_the_day_it_was_where_the_program_is(text: str, day: int) -> None:
    found = date_reader(FieldSpec(), LIMITS, ZoneInfo("America/New_York"))(text).value
    assert isinstance(found, date)
    assert found.day == day


def test_a_whole_number_is_a_day_only_where_the_profile_says_so() -> None:
    assert date_reader(FieldSpec(), LIMITS)("46211").rule == "DQ14"
    assert date_reader(FieldSpec(serial=1904), None)("44749").value == date(2026, 7, 8)


def test_days_of_paperwork_may_lie_elsewhere() -> None:
    assert date_reader(FieldSpec(), None)("2030-01-01").value == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    table("""
        text       | value | rule
        90         | 90    |
        1.5 hrs    | 90    |
        1:30       | 90    |
        01:30:00   | 90    |
        45m        | 45    |
        45 min     | 45    |
        45 minutes | 45    |
        ½ hr       | 30    |
        1½ hrs     | 90    |
        2 hours    | 120   |
        0          | 0     |
        600        | 600   |
        601        |       | DQ21
        -5         |       | DQ21
        all morning |      | DQ21
        90 people  |       | DQ21
    """),
)
def test_lengths(text: str, value: str | None, rule: str) -> None:
    reading = minutes_reader()(text)
    assert (reading.value, reading.rule) == (value and int(value), rule)


def test_a_column_of_hours() -> None:
    assert [minutes_reader(hours=True)(text).value for text in ("1.5", "0.25", "45 min")] == [90, 15, 45]


@pytest.mark.parametrize(
    ("start", "end", "value", "rule"),
    [
        ("11:00 AM", "12:15 PM", 75, ""),
        ("11:00AM", "12:15PM", 75, ""),
        ("13:00", "14:30", 90, ""),
        ("2:00 PM", "1:00 PM", None, "DQ22"),
        ("00:00:00", "10:00:00", None, "DQ21"),
        ("8:00 AM", "11:00 PM", None, "DQ21"),
        ("", "11:00 PM", None, "DQ21"),
    ],
)
def test_lengths_from_two_times(start: str, end: str, value: int | None, rule: str) -> None:
    reading = clock_minutes(start, end)
    assert (reading.value, reading.rule) == (value, rule)


FLAGS = table("""
    text   | value | rule
    Yes    | True  |
    y      | True  |
    TRUE   | True  |
    1      | True  |
    No     | False |
    N      | False |
    0      | False |
    Y POPS |       | DQ19
    P      |       | DQ19
""")


@pytest.mark.parametrize(("text", "value", "rule"), FLAGS)
def test_flags(text: str, value: str | None, rule: str) -> None:
    reading = flag_reader(FieldSpec(), {})(text)
    assert (reading.value, reading.rule) == (value and value == "True", rule)


def test_an_inverted_flag_is_turned_by_the_profile() -> None:
    read = flag_reader(FieldSpec(), {"survived": "no", "died": "yes", "unsure": ""})
    assert [read(text).value for text in ("Survived", "DIED", "unsure")] == [False, True, None]
    assert read("unsure").rule == ""


@pytest.mark.parametrize(
    ("table_name", "field", "text", "value", "rule"),
    [
        ("session", "status", "No Show", "no_show", ""),
        ("session", "status", "  NO\u00a0SHOW ", "no_show", ""),
        ("session", "status", "sort of", None, "DQ16"),
        ("session", "kind", "Brief check-in", "brief_check_in", ""),
        ("session", "kind", "chat", "other", "DQ19"),
        ("session", "mode", "pigeon", "unknown", "DQ19"),
        ("milestone", "class", "victory", None, "DQ16"),
        ("milestone", "code", "Got a job", "got_job", ""),
        ("milestone", "code", "won the lottery", "other", "DQ20"),
        ("milestone", "certainty", "hearsay", "unknown", "DQ19"),
        ("participant", "age_band", "34", "25_34", ""),
        ("participant", "age_band", "65.0", "65_plus", ""),
        ("participant", "age_band", "17", "under_18", ""),
        ("participant", "age_band", "25–34", "25_34", ""),
        ("participant", "gender", "x", "unknown", "DQ19"),
        ("assessment", "timepoint", "day 3", None, "DQ16"),
        ("assessment", "status", "maybe", None, "DQ16"),
        ("milestone", "od_care", "hut", "unknown", "DQ19"),
        ("milestone", "domain", "luck", "other", "DQ19"),
        ("session", "county_basis", "hut", "unknown", "DQ19"),
        ("session", "minutes_basis", "hut", None, "DQ19"),
    ],
)
def test_codes(table_name: str, field: str, text: str, value: str | None, rule: str) -> None:
    reading = code_reader(TABLES[table_name].by_column[field], FieldSpec(), {})(text)
    assert (reading.value, reading.rule) == (value, rule)


def test_no_code_leaves_a_required_field_empty_without_a_reason() -> None:
    """A row whose required field cannot be read is quarantined, whatever the vocabulary."""
    coded = [column for table in TABLES.values() for column in table.columns if column.required and column.vocabulary]
    for column in coded:
        reading = code_reader(column, FieldSpec(), {"nothing": ""})
        assert reading("gibberish").value is not None or reading("gibberish").rule == "DQ16", column.name
        assert reading("nothing").rule == "DQ16", column.name


def test_the_recode_of_a_profile_comes_first() -> None:
    read = code_reader(TABLES["session"].by_column["mode"], FieldSpec(), {"Phone": "video"})
    assert read("phone").value == "video"


def test_a_default_takes_all_the_recode_does_not_name() -> None:
    read = code_reader(
        TABLES["session"].by_column["status"], FieldSpec(default="completed"), {"lm": "attempted_no_contact"}
    )
    assert [read(text).value for text in ("LM", "F2F")] == ["attempted_no_contact", "completed"]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("7", 7, ""),
        ("1,200", 1200, ""),
        ("7.0", 7, ""),
        ("0", None, "DQ24"),
        ("many", None, "DQ24"),
        ("10001", None, "DQ24"),
    ],
)
def test_numbers_within_their_range(text: str, value: int | None, rule: str) -> None:
    reading = number_reader(TABLES["session"].by_column["attendees"], FieldSpec(), {})(text)
    assert (reading.value, reading.rule) == (value, rule)


def test_a_recode_unites_two_spellings_of_a_program() -> None:
    read = text_reader(FieldSpec(), {"CTC": "CTC-MAC"})
    assert [read(text).value for text in ("ctc", "CTC-MAC", " PRC  East ")] == ["CTC-MAC", "CTC-MAC", "PRC East"]

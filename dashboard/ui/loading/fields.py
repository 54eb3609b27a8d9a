"""The fields the mapping asks for, in the order people think of them, with the words they read."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.schema import VOCABULARIES


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field: its name in the tables, its words, what to know about it."""

    name: str
    title: str
    help: str = ""
    is_id: bool = False


ID_HELP = "The program's own ID. A key takes its place when it is read; names, initials and e-mail are not taken."
_PERSON = Field("participant_key", "Participant's ID", ID_HELP, is_id=True)
_COUNTY = Field("county_fips", "County")
_PROGRAM = Field("program_id", "Program")
FIELDS: dict[str, tuple[Field, ...]] = {
    "session": (
        _PERSON,
        Field("session_date", "Day of the contact"),
        Field("status", "Whether it took place"),
        Field("kind", "Kind of contact"),
        Field("mode", "How it took place"),
        Field("minutes", "Length", "Minutes, or written as 1:30, 45 min or 1.5 hrs."),
        _COUNTY,
        _PROGRAM,
        Field("site_id", "Site or office"),
        Field("coach_key", "Coach's ID", ID_HELP, is_id=True),
        Field("entered_on", "Day it was typed in"),
    ),
    "milestone": (
        _PERSON,
        Field(
            "code",
            "What happened",
            "A short list of words or codes, for example: job, housing, return to use. If a second column tells of "
            "other events, map and load the file once more under another name.",
        ),
        Field("event_date", "Day it happened"),
        Field("reported_date", "Day the program learned of it"),
        Field("certainty", "Who says so"),
        Field("od_fatal", "Overdose: did the person die"),
        _COUNTY,
        _PROGRAM,
    ),
}
REQUIRED = {"session": ("participant_key", "session_date", "status"), "milestone": ("participant_key", "code")}
# What may be the same in every row of a file that has no column for it.
SAME_IN_ALL: dict[str, tuple[str, ...]] = {
    "status": VOCABULARIES["status"],
    "kind": VOCABULARIES["kind"],
    "mode": VOCABULARIES["mode"],
    "code": VOCABULARIES["milestone_code"],
}
BASES = {"service_site": "the contact took place", "residence": "the person lives", "unknown": "not known"}

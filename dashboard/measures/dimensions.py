"""Dimensions a measure can be split by: a closed list, with the words people read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipelines.errors import unknown
from pipelines.schema import VOCABULARIES
from pipelines.schema import label as code_label

NOT_RECORDED = "unknown"  # one code for NULL and for "unknown": both mean that nobody wrote it down
Source = Literal["body", "county", "person"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its title, where its column comes from, and its codes if they are a closed list."""

    name: str
    title: str
    source: Source = "body"
    vocabulary: str | None = None
    codes: tuple[str, ...] = ()
    table: str | None = None  # table whose column `column` lists the codes in use
    column: str | None = None


_LABELS = {
    "lasted": "Lasted",
    "ended": "Ended",
    "not_followed_up": "Not followed up",
    "home": "Home",
    "quiet_30": "In touch in the last 30 days",
    "quiet_60": "31 to 60 days ago",
    "quiet_90": "61 to 90 days ago",
    "quiet_more": "More than 90 days ago",
    "on_time": "Done on time",
    "off_time": "Done outside its days",
    "not_done": "Not done",
    NOT_RECORDED: "Not recorded",
}

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("county", "County", table="contact_day", column="county_fips"),
        Dimension("region", "Region", "county"),
        Dimension("program", "Program", table="contact_day", column="program_id"),
        Dimension("site", "Site", table="contact_day", column="site_id"),
        Dimension("kind", "Kind of contact", vocabulary="kind"),
        Dimension("mode", "Way of contact", vocabulary="mode"),
        Dimension("domain", "Part of life"),
        Dimension("win", "Life win"),
        Dimension("outcome", "What became known"),
        Dimension("close_reason", "Reason for closing", vocabulary="close_reason"),
        Dimension("instrument", "Instrument", table="assessment", column="instrument"),
        Dimension("timepoint", "Point in time", vocabulary="timepoint"),
        Dimension("item", "Question", table="instrument_item", column="item"),
        Dimension("age_band", "Age", "person", vocabulary="age_band"),
        Dimension("gender", "Gender", "person", vocabulary="gender"),
        Dimension("race_eth", "Race and ethnicity", "person", vocabulary="race_eth"),
        Dimension("referral_source", "Referred by", "person", vocabulary="referral_source"),
        Dimension("confirmation", "Record", codes=("confirmed", "suspected")),
        Dimension("cause", "Recorded cause", vocabulary="death_cause"),
        Dimension("quiet", "Last contact", codes=("quiet_30", "quiet_60", "quiet_90", "quiet_more")),
        Dimension("record", "Kind of record", codes=("session", "milestone")),
        Dimension("weekday", "Weekday", codes=WEEKDAYS),
        Dimension("source", "Source system", table="session", column="source_system"),
    )
}


def dimension(name: str) -> Dimension:
    """Return one dimension; UnknownNameError with the nearest name if there is none."""
    if name not in DIMENSIONS:
        raise unknown("dimensions", "dimension", name, DIMENSIONS)
    return DIMENSIONS[name]


def title(name: str) -> str:
    """Return the title of a dimension, for a table header or a filter."""
    return dimension(name).title


def label(name: str, code: str) -> str:
    """Return the words for a code of a dimension, in sentence case.

    County codes need the county table: their names come with each `Result` (`Result.label`).
    """
    if code in _LABELS:
        return _LABELS[code]
    return code if name in {"county", "region", "program", "site", "source"} else code_label(code)


def order(name: str, code: str) -> tuple[int, str]:
    """Sort key of a code: as declared where there is a closed list, else by words; "not recorded" last."""
    known = VOCABULARIES.get(dimension(name).vocabulary or "", ()) or dimension(name).codes
    if code == NOT_RECORDED:
        return len(known) + 1, ""
    return (known.index(code), "") if code in known else (len(known), label(name, code).casefold())

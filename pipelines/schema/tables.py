"""The canonical tables (exports become rows of these) and the tables a load produces.

DDL, validation, the data dictionary, the blank template and the sample data all read this module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["input", "reference", "produced"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: DuckDB `type`, or the name of a closed `vocabulary` (stored as an ENUM)."""

    name: str
    type: str
    meaning: str
    required: bool = False
    vocabulary: str | None = None
    low: float | None = None
    high: float | None = None
    identifier: bool = False  # arrives as a source ID, is stored as a keyed hash


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order and the key that makes a row unique."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    role: Role = "input"
    by_column: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_column", {column.name: column for column in self.columns})


def _code(name: str, vocabulary: str, meaning: str, required: bool = False) -> Column:
    return Column(name, vocabulary, meaning, required, vocabulary=vocabulary)


def _id(name: str, meaning: str, required: bool = False) -> Column:
    """A keyed hash: 64 bits, stored as a number because text of 16 digits sorts and joins more slowly."""
    return Column(name, "UBIGINT", meaning, required, identifier=True)


_PERSON = (
    _id("participant_key", "pseudonym of the participant", required=True),
    Column("program_id", "VARCHAR", "program or grant-funded service line", required=True),
)
_COUNTY = (
    Column("county_fips", "VARCHAR", "five-digit county code; empty when not recorded"),
    _code("county_basis", "county_basis", "what that county describes"),
)
ORIGIN = (
    Column("source_system", "VARCHAR", "system the row came from", required=True),
    Column("source_file", "VARCHAR", "file the row came from", required=True),
    Column("source_row", "INTEGER", "line a person sees in a spreadsheet, header included", required=True),
    Column("batch_id", "VARCHAR", "load the row came with", required=True),
)

SESSION = Table(
    "session",
    "one planned or actual contact between one participant and the program",
    ("session_key",),
    (
        _id("session_key", "key of the contact, or of its natural key", required=True),
        *_PERSON,
        Column("site_id", "VARCHAR", "recovery center or office"),
        _id("coach_key", "pseudonym of the coach; directors only"),
        Column("funder_id", "VARCHAR", "who pays for this contact, if the source says"),
        Column("session_date", "DATE", "local day of the contact; first day of a coarser span", required=True),
        _code("date_precision", "date_precision", "how much of the date is real", required=True),
        *_COUNTY,
        _code("kind", "kind", "what sort of contact", required=True),
        _code("mode", "mode", "how it took place", required=True),
        _code("status", "status", "whether it took place", required=True),
        Column("minutes", "SMALLINT", "length in minutes", low=0, high=600),
        _code("minutes_basis", "minutes_basis", "how the length is known"),
        Column("attendees", "SMALLINT", "people in a group session", low=1, high=10_000),
        Column("billing_code", "VARCHAR", "billing code, for example H0038"),
        Column("billing_units", "SMALLINT", "billing units", low=0, high=1_000),
        Column("entered_on", "DATE", "day the contact was typed in"),
        Column("updated_on", "TIMESTAMP", "local time of the last change; the latest wins"),
        *ORIGIN,
    ),
)
SESSION_TOPIC = Table(
    "session_topic",
    "what was talked about or worked on in a session, one row per topic",
    ("session_key", "topic"),
    (
        _id("session_key", "session the topic belongs to", required=True),
        _code("topic", "topic", "topic", required=True),
    ),
)
LINKAGE = Table(
    "linkage",
    "connections to other help named in a session, one row per domain and outcome",
    ("session_key", "domain"),
    (
        _id("session_key", "session the linkage belongs to", required=True),
        _code("domain", "linkage_domain", "kind of help", required=True),
        _code("outcome", "linkage_outcome", "furthest outcome told in that session", required=True),
    ),
)
MILESTONE = Table(
    "milestone",
    "something that happened in a participant's life and became known to the program",
    ("milestone_key",),
    (
        _id("milestone_key", "key of the event, or of its natural key", required=True),
        *_PERSON,
        Column("event_date", "DATE", "when it happened; empty only if the reported date is given"),
        _code("date_precision", "date_precision", "how much of the date is real", required=True),
        Column("reported_date", "DATE", "when the program learned of it"),
        *_COUNTY,
        _code("class", "milestone_class", "class of event", required=True),
        _code("code", "milestone_code", "what happened", required=True),
        _code("domain", "win_domain", "part of life, for life wins"),
        _code("certainty", "certainty", "who says so", required=True),
        Column("od_fatal", "BOOLEAN", "overdose: did the person die"),
        Column("od_naloxone", "BOOLEAN", "overdose: was naloxone given"),
        _code("od_care", "od_care", "overdose: highest level of care reached"),
        _code("death_cause", "death_cause", "death: recorded cause"),
        _code("substance_group", "substance_group", "return to use and overdose: substance group"),
        Column("updated_on", "TIMESTAMP", "local time of the last change; the latest wins"),
        *ORIGIN,
    ),
)
PARTICIPANT = Table(
    "participant",
    "one row per person and program",
    ("participant_key", "program_id"),
    (
        *_PERSON,
        *_COUNTY,
        _code("age_band", "age_band", "age at entry, in bands; never a birth date"),
        _code("gender", "gender", "gender as recorded"),
        _code("race_eth", "race_eth", "race and ethnicity as recorded"),
        _code("referral_source", "referral_source", "who pointed the person to the program"),
        _code("pathway_chosen", "pathway", "recovery pathway the person chose; never ranked"),
        _code("primary_substance", "substance_group", "substance group at entry"),
        Column("enrolled_on", "DATE", "day of enrollment"),
        Column("closed_on", "DATE", "day the record was closed"),
        _code("close_reason", "close_reason", "why the record was closed"),
        Column("updated_on", "TIMESTAMP", "local time of the last change; the latest wins"),
        *ORIGIN,
    ),
)
ASSESSMENT = Table(
    "assessment",
    "one row per person, instrument, episode, timepoint and item",
    ("participant_key", "instrument", "episode_no", "timepoint", "item"),
    (
        _id("participant_key", "pseudonym of the participant", required=True),
        Column("instrument", "VARCHAR", "instrument, for example BARC10 or SUPRT_A", required=True),
        Column("episode_no", "SMALLINT", "episode the assessment belongs to", required=True, low=1, high=99),
        _code("timepoint", "timepoint", "planned point in time", required=True),
        Column("assessed_on", "DATE", "day it was done"),
        Column("due_from", "DATE", "first day it counts as on time"),
        Column("due_to", "DATE", "last day it counts as on time"),
        Column("item", "VARCHAR", "canonical item; _form for the form itself", required=True),
        Column("value", "DOUBLE", "value; empty for a missing code"),
        _code("status", "assessment_status", "whether it was done", required=True),
        Column("updated_on", "TIMESTAMP", "local time of the last change; the latest wins"),
        *ORIGIN,
    ),
)
TARGET = Table(
    "target",
    "expected value of a measure, per funder and period",
    ("funder_id", "measure_id", "period_start", "period_end", "county_fips"),
    (
        Column("funder_id", "VARCHAR", "funder", required=True),
        Column("measure_id", "VARCHAR", "measure, or spend for dollars", required=True),
        Column("period_start", "DATE", "first day", required=True),
        Column("period_end", "DATE", "last day", required=True),
        Column("county_fips", "VARCHAR", "county, if the target is for one"),
        Column("value", "DOUBLE", "expected value", required=True),
        *ORIGIN,
    ),
)
ANNOTATION = Table(
    "annotation",
    "dated, named changes of the program, printed on charts",
    ("on_date", "note"),
    (
        Column("on_date", "DATE", "day of the change", required=True),
        Column("measure_id", "VARCHAR", "measure it concerns; empty for all"),
        Column("county_fips", "VARCHAR", "county it concerns; empty for all"),
        Column("note", "VARCHAR", "at most 50 characters", required=True),
        _code("kind", "annotation_kind", "only process_change starts a new chart phase", required=True),
        *ORIGIN,
    ),
)
CONTEXT_SERIES = Table(
    "context_series",
    "published surveillance figures, kept apart from program data",
    ("source", "measure", "county_fips", "period_start", "period_end"),
    (
        Column("source", "VARCHAR", "publisher", required=True),
        Column("measure", "VARCHAR", "what is counted", required=True),
        Column("county_fips", "VARCHAR", "county; empty for the state"),
        Column("period_start", "DATE", "first day", required=True),
        Column("period_end", "DATE", "last day", required=True),
        Column("value", "DOUBLE", "published value", required=True),
        _code("status", "context_status", "how settled the figure is", required=True),
        *ORIGIN,
    ),
)
COUNTY = Table(
    "county",
    "reference: every US county, with the program's own regions",
    ("fips",),
    (
        Column("fips", "VARCHAR", "five-digit county code", required=True),
        Column("name", "VARCHAR", "full name", required=True),
        Column("state", "VARCHAR", "two-letter state", required=True),
        Column("region", "VARCHAR", "the program's own roll-up"),
        Column("population", "INTEGER", "residents at the census"),
        Column("population_year", "INTEGER", "census year"),
    ),
    role="reference",
)
INSTRUMENT = Table(
    "instrument",
    "reference: assessment instruments",
    ("instrument",),
    (
        Column("instrument", "VARCHAR", "code, as in assessment", required=True),
        Column("title", "VARCHAR", "full name", required=True),
        Column("first_day", "DATE", "first day it was in use"),
        Column("last_day", "DATE", "last day it was in use"),
    ),
    role="reference",
)
INSTRUMENT_WINDOW = Table(
    "instrument_window",
    "reference: when a follow-up of an instrument is due, counted from the baseline",
    ("instrument", "timepoint"),
    (
        Column("instrument", "VARCHAR", "instrument", required=True),
        _code("timepoint", "timepoint", "planned point in time", required=True),
        Column("due_days", "INTEGER", "days from the baseline to the day it is due", required=True),
        Column("early_days", "INTEGER", "days before it that count as on time", required=True),
        Column("late_days", "INTEGER", "days after it that count as on time", required=True),
    ),
    role="reference",
)
INSTRUMENT_ITEM = Table(
    "instrument_item",
    "reference: how the answers of an instrument are read",
    ("instrument", "item"),
    (
        Column("instrument", "VARCHAR", "instrument", required=True),
        Column("item", "VARCHAR", "canonical item", required=True),
        Column("title", "VARCHAR", "its words", required=True),
        Column("low", "DOUBLE", "lowest valid value", required=True),
        Column("high", "DOUBLE", "highest valid value", required=True),
        Column("better", "VARCHAR", "higher or lower", required=True),
        Column("positive_from", "DOUBLE", "value from which an answer is positive, in the better direction"),
    ),
    role="reference",
)
PROGRAM_SETTING = Table(
    "program_setting",
    "settings in force when this version was built",
    ("name",),
    (
        Column("name", "VARCHAR", "setting", required=True),
        Column("value", "VARCHAR", "value, as text", required=True),
    ),
    role="produced",
)
LOAD_BATCH = Table(
    "load_batch",
    "the load ledger: one row per file read",
    ("batch_id", "source_file"),
    (
        Column("batch_id", "VARCHAR", "load", required=True),
        Column("profile", "VARCHAR", "source profile", required=True),
        Column("profile_version", "VARCHAR", "version of the profile", required=True),
        Column("source_system", "VARCHAR", "system the file came from", required=True),
        Column("input", "VARCHAR", "input of the profile the file was read as"),
        Column("tables", "VARCHAR", "tables its rows became, as session, milestone"),
        Column("source_file", "VARCHAR", "file, with its sheet if it has several", required=True),
        Column("sha256", "VARCHAR", "checksum of the file", required=True),
        Column("as_of", "DATE", "last day the export covers completely", required=True),
        Column("loaded_at", "TIMESTAMP", "local time of the load", required=True),
        Column("rows_read", "BIGINT", "data rows in the file", required=True),
        Column("rows_loaded", "BIGINT", "rows that brought something new", required=True),
        Column("rows_replaced", "BIGINT", "rows that corrected something known", required=True),
        Column("rows_quarantined", "BIGINT", "rows kept out, each with a reason", required=True),
        Column("rows_duplicate", "BIGINT", "rows already known, skipped", required=True),
        Column("rows_dropped", "BIGINT", "totals and rows the profile does not ask for", required=True),
        Column("records_removed", "BIGINT", "records gone from a later full export", required=True),
        Column(
            "records_missed", "BOOLEAN", "whether a session of this file could be a missed one; empty without sessions"
        ),
    ),
    role="produced",
)
LOAD_ISSUE = Table(
    "load_issue",
    "one row per finding; never a value",
    (),
    (
        Column("batch_id", "VARCHAR", "load", required=True),
        Column("source_file", "VARCHAR", "file", required=True),
        Column("source_row", "INTEGER", "line in the file; empty for findings about a whole file"),
        Column("rule_id", "VARCHAR", "rule, DQ01 to DQ50", required=True),
        Column("severity", "VARCHAR", "stop, quarantine, warn or info", required=True),
        Column("field", "VARCHAR", "canonical field or header concerned"),
        Column("action", "VARCHAR", "what was done", required=True),
    ),
    role="produced",
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SESSION,
        SESSION_TOPIC,
        LINKAGE,
        MILESTONE,
        PARTICIPANT,
        ASSESSMENT,
        TARGET,
        ANNOTATION,
        CONTEXT_SERIES,
        COUNTY,
        INSTRUMENT,
        INSTRUMENT_WINDOW,
        INSTRUMENT_ITEM,
        PROGRAM_SETTING,
        LOAD_BATCH,
        LOAD_ISSUE,
    )
}

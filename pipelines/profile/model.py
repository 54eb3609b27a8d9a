"""What a source profile may say: a closed vocabulary, read from one TOML file per vendor export.

A profile is data. It names columns, value lists and formats; it holds no code, and an unknown key is an
error that names the nearest known one.
"""

from __future__ import annotations

import codecs
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from pipelines.profile.field import CountyOptions, FieldSpec, IdOptions, Pattern, Specs, Strict


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError("no such encoding is known; write for example utf-8 or windows-1252") from None
    return name


Encoding = Annotated[str, AfterValidator(_known_encoding)]


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, dict) else value


class Header(Strict):
    """Where the header is: the first line that holds all named columns, or a fixed line."""

    find: tuple[str, ...] = ()
    row: int | None = Field(default=None, ge=1)


class AsOf(Strict):
    """Where a report states its day above the header: the words before it, and how many days later it is complete.

    A report run in the morning is complete through the day before: `offset_days = -1`.
    """

    find: str = Field(min_length=1)
    formats: tuple[str, ...] = Field(min_length=1)
    offset_days: int = 0


class Condition(Strict):
    """One test on a source column; conditions in a list are joined by "and"."""

    column: str
    is_: tuple[str, ...] | None = Field(default=None, alias="is")
    not_: tuple[str, ...] | None = Field(default=None, alias="not")
    matches: Pattern | None = None
    blank: bool | None = None
    gt: float | None = None
    optional: bool = False  # the column may be absent from the file: then it is blank
    after: str | None = None  # another column: this date is later than that one


class Join(Strict):
    """Columns taken over from another input of the same load: a code list, or rows that belong to this one.

    Matched on the column `on`, which is called `key` there if its name differs. Of several rows with one key the
    last that says something counts; with `collect` all are written into one cell, this mark between them.
    """

    input: str
    on: str
    key: str = ""
    columns: tuple[str, ...]
    collect: str = ""

    def their_key(self) -> str:
        """Return the name of the matched column in the other input."""
        return self.key or self.on


class Lines(Strict):
    """Rows that are lines of a ledger: some take back, reduce or stand in for an earlier one.

    A line is about the one whose ID stands in `corrects`, or about the earlier one with its own `id`. It takes
    that back if it meets `void`, reduces it by the negative numbers in the columns `negates`, and otherwise
    replaces it. A line that takes back what the export does not hold is a finding (DQ17).
    """

    id: str
    corrects: str = ""
    void: Condition | None = None
    negates: tuple[str, ...] = ()


class Group(Strict):
    """Several rows that tell one contact: the same values of `by`, and clock times with no longer gap between.

    They become one row: numbers of `sum` added up, the last `end`, all else from the row that starts first.
    """

    by: tuple[str, ...]
    start: str
    end: str
    max_gap_minutes: int = Field(default=15, ge=0)
    sum: tuple[str, ...] = ()


class Input(Strict):
    """Which files and sheets, and how they are written."""

    id: str
    match: str
    sheet: str | None = None
    encoding: Encoding | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    header: Header = Header()
    as_of: AsOf | None = None  # proposed where a person is asked for the day; taken where nobody gives one
    drop: tuple[Condition, ...] = ()
    nulls: tuple[str, ...] = ()
    join: Annotated[tuple[Join, ...], BeforeValidator(_as_list)] = ()
    # Other names a column may have: headers of an older version, or the labels of an export with labels.
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    # A column whose texts are unified before anything else looks at them, by a recode: codes and labels, two spellings.
    recode: dict[str, str] = Field(default_factory=dict)
    one_coding: tuple[str, ...] = ()  # these columns hold codes (digits) or labels, never both in one file (DQ05)
    fill_down: tuple[str, ...] = ()  # shown once per group; a column starts anew when one before it changes
    short_rows: bool = False  # lines may have fewer cells than the header: titles, subtotals and footers, for `drop`
    lines: Lines | None = None
    group: Group | None = None
    required: bool = True
    # Some sources hold many rows that cannot be loaded by their nature; the reason is written beside it.
    max_quarantined_share: float = Field(default=0.2, gt=0, le=1)

    def expand(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return alternative headers with their aliases, in the order they are looked for."""
        if not self.aliases:
            return names
        return tuple(dict.fromkeys(form for name in names for form in (name, *self.aliases.get(name, ()))))


class PartsOf(Strict):
    """A cell that names several things; each of them makes a record of its own."""

    column: str
    split: tuple[str, ...]


class Link(Strict):
    """The record gives way to one of the same person and class told elsewhere in the export, so many days apart."""

    within_days: int = Field(ge=0)


class Emit(Strict):
    """One kind of record made from each row of an input that meets `where`.

    `each` makes one record per item: constants, and fields of its own. With `repeat` there are as many as the
    count in that column says.
    """

    input: str
    table: Literal["session", "milestone", "participant", "assessment"]
    key: tuple[str, ...]
    key_optional: bool = False  # without it a record is told apart by person, day and kind
    key_scope: str = ""  # tells two records of one row apart when they share a key column
    where: tuple[Condition, ...] = ()
    void: Condition | None = None  # a row that takes back the record with its key
    each: tuple[dict[str, str | int | bool | FieldSpec | tuple[FieldSpec, ...]], ...] = ()
    repeat_max: int = 10
    parts_of: PartsOf | None = None
    collapse: bool = False
    # How a column of several rows of one record is united: any of them, "multiple", or the latest that says something.
    union: dict[str, Literal["any", "multiple", "known"]] = Field(default_factory=dict)
    link: Link | None = None
    fields: dict[str, Specs]

    def can_be_missed(self) -> bool:
        """Tell whether a session may come out as a missed one; an export of nothing but contacts says none was."""
        given = [spec.const for spec in self.fields.get("status", ())]
        given += [str(item["status"]) for item in self.each if isinstance(item.get("status"), str)]
        given += [spec.const for name, spec in self.each_specs() if name == "status"]
        return any(status in (None, "no_show") for status in given)

    def each_specs(self) -> tuple[tuple[str, FieldSpec], ...]:
        """Return (field, spec) of the fields items of `each` fill from columns of their own."""
        found = [(name, _specs_of(value)) for item in self.each for name, value in item.items()]
        return tuple((name, spec) for name, specs in found for spec in specs)

    def all_specs(self) -> tuple[tuple[str, FieldSpec], ...]:
        """Return (field, spec) of every field, those of `each` among them."""
        return (*((name, spec) for name, specs in self.fields.items() for spec in specs), *self.each_specs())


def _specs_of(value: object) -> tuple[FieldSpec, ...]:
    if isinstance(value, FieldSpec):
        return (value,)
    return value if isinstance(value, tuple) else ()


class Profile(Strict):
    """One vendor's export."""

    name: str
    vendor: str
    version: str
    description: str = ""
    confirmed: bool = False
    source_system: str
    export_kind: Literal["snapshot", "increment"]
    session: Literal["yes", "none"] = "yes"
    milestone: Literal["yes", "none"] = "yes"
    nulls: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    state: str = ""
    units_per_day: int | None = Field(
        default=None, ge=1
    )  # the payer's daily maximum per person; more is a finding (DQ49)
    input: tuple[Input, ...]
    emit: tuple[Emit, ...]
    recode: dict[str, dict[str, str]] = Field(default_factory=dict)

    def input_by_id(self, name: str) -> Input:
        """Return the input called `name` (checked to exist when the profile is read)."""
        return next(item for item in self.input if item.id == name)

    def recode_of(self, spec: FieldSpec) -> dict[str, str]:
        """Return the recode a field names or carries."""
        return self.recode[spec.recode] if isinstance(spec.recode, str) else (spec.recode or {})


# Every part of a profile, for naming the nearest key when one is unknown.
MODELS: tuple[type[BaseModel], ...] = (
    Profile, Input, Emit, FieldSpec, Condition, Header, AsOf, Join, Lines, Group, PartsOf, Link, IdOptions,
    CountyOptions,
)  # fmt: skip

# The parts by the key that holds them.
PARTS: dict[str, type[BaseModel]] = {
    "input": Input, "emit": Emit, "where": Condition, "drop": Condition, "void": Condition, "header": Header,
    "as_of": AsOf, "join": Join, "lines": Lines, "group": Group, "parts_of": PartsOf, "link": Link,
    "id": IdOptions, "county": CountyOptions,
}  # fmt: skip

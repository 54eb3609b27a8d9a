"""What a source profile may say: a closed vocabulary, read from one TOML file per vendor export.

A profile is data. It names columns, value lists and formats; it holds no code, and an unknown key is an
error that names the nearest known one.
"""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Unmapped = Literal["quarantine", "other", "unknown", "null", "keep"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError("no such encoding is known; write for example utf-8 or windows-1252") from None
    return name


def _valid_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a valid pattern ({error})") from None
    return pattern


Encoding = Annotated[str, AfterValidator(_known_encoding)]
Pattern = Annotated[str, AfterValidator(_valid_pattern)]


class Header(_Strict):
    """Where the header is: the first line that holds all named columns, or a fixed line."""

    find: tuple[str, ...] = ()
    row: int | None = Field(default=None, ge=1)


class Condition(_Strict):
    """One test on a source column; conditions in a list are joined by "and"."""

    column: str
    is_: tuple[str, ...] | None = Field(default=None, alias="is")
    not_: tuple[str, ...] | None = Field(default=None, alias="not")
    matches: Pattern | None = None
    blank: bool | None = None
    gt: float | None = None
    after: str | None = None  # another column: this date is later than that one


class Join(_Strict):
    """Columns taken over from another input of the same load, matched on one column of the same name."""

    input: str
    on: str
    columns: tuple[str, ...]


class Input(_Strict):
    """Which files and sheets, and how they are written."""

    id: str
    match: str
    sheet: str | None = None
    encoding: Encoding | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    header: Header = Header()
    drop: tuple[Condition, ...] = ()
    nulls: tuple[str, ...] = ()
    join: Join | None = None
    required: bool = True
    # Some sources hold many rows that cannot be loaded by their nature; the reason is written beside it.
    max_quarantined_share: float = Field(default=0.2, gt=0, le=1)


class IdOptions(_Strict):
    """How a source ID is normalized before it is hashed (source-profiles.md 5)."""

    strip_commas: bool = False
    upper: bool = False
    pad: int | None = None
    pattern: Pattern | None = None


class CountyOptions(_Strict):
    """Which state a county belongs to and what it describes; the state is never guessed."""

    state: str | None = None
    state_from: str | None = None
    basis: Literal["residence", "service_site", "unknown"] = "unknown"


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class FieldSpec(_Strict):
    """How one canonical field is filled from source columns, or a constant."""

    from_: Names = Field(default=(), alias="from")
    const: str | int | bool | None = None
    recode: str | dict[str, str] | None = None
    unmapped: Unmapped | None = None
    default: str | None = None  # the value of everything the recode does not name, blanks excepted
    blank: str | None = None  # the value of a blank cell
    formats: tuple[str, ...] = ()
    serial: Literal[1900, 1904] | None = None
    duration: Names = ()
    hours: Names = ()
    start: Names = ()
    end: Names = ()
    split: tuple[str, ...] = ()
    codes_only: bool = False  # anything but the listed codes means people typed text: refused
    optional: bool = False  # the column may be absent from the file
    id: IdOptions | None = None
    county: CountyOptions | None = None
    nulls: tuple[str, ...] = ()

    def headers(self) -> tuple[str, ...]:
        """Return every source column this field may read."""
        return tuple(name for names in self.alternatives() for name in names)

    def alternatives(self) -> tuple[Names, ...]:
        """Return the source columns as groups of alternative headers, the first present one is read."""
        state = (self.county.state_from,) if self.county and self.county.state_from else ()
        groups = (self.from_, self.duration, self.hours, self.start, self.end, state)
        return tuple(group for group in groups if group)


def _as_specs(value: object) -> object:
    """`field = "Header"` and one table are short forms of a list of specs, tried in order."""
    if isinstance(value, str):
        return ({"from": value},)
    return (value,) if isinstance(value, dict) else value


Specs = Annotated[tuple[FieldSpec, ...], BeforeValidator(_as_specs)]


class Emit(_Strict):
    """One kind of record made from each row of an input that meets `where`."""

    input: str
    table: Literal["session", "milestone", "participant", "assessment"]
    key: tuple[str, ...]
    key_optional: bool = False  # without it a record is told apart by person, day and kind
    key_scope: str = ""  # tells two records of one row apart when they share a key column
    where: tuple[Condition, ...] = ()
    void: Condition | None = None  # a row that takes back the record with its key
    each: tuple[dict[str, str | int | bool], ...] = ()
    repeat_max: int = 10
    collapse: bool = False
    union: dict[str, Literal["any", "multiple"]] = Field(default_factory=dict)
    fields: dict[str, Specs]


class Profile(_Strict):
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
    Profile, Input, Emit, FieldSpec, Condition, Header, Join, IdOptions, CountyOptions,
)  # fmt: skip

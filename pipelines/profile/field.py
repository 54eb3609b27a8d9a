"""How one canonical field is filled: the part of the profile language that names columns, formats and value lists."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

SHEET = "(sheet)"  # stands for the name of the sheet a row is in
Unmapped = Literal["quarantine", "other", "unknown", "null", "keep"]


class Strict(BaseModel):
    """The base of every part of a profile: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _valid_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a valid pattern ({error})") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_valid_pattern)]


class IdOptions(Strict):
    """How a source ID is normalized before it is hashed (source-profiles.md 5)."""

    strip_commas: bool = False
    upper: bool = False
    pad: int | None = None  # length of an ID of digits, of which a spreadsheet drops the zeros in front
    pattern: Pattern | None = None


class CountyOptions(Strict):
    """Which state a county belongs to and what it describes; the state is never guessed."""

    state: str | None = None
    state_from: str | None = None
    basis: Literal["residence", "service_site", "unknown"] = "unknown"


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class FieldSpec(Strict):
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
    units: Names = ()
    minutes_per_unit: float | str = 15  # a number, or the column that holds it
    week_of: tuple[str, ...] = ()  # words before a date that mean: some day of that week
    sheet_year: bool = False  # a date without a year lies in the year the sheet is named after
    plus_days: int = 0  # so many days later than the cell says
    nth: Names = ()  # which of the different dates in this column, in order, this is for the one named in `per`
    per: Names = ()
    split: tuple[str, ...] = ()  # marks between several values in one cell; a single-valued field takes the first
    also: Names = ()  # another column with some of the same list
    outcome: Names = ()  # linkages: the column with the furthest outcome of what the cell names
    checkbox: dict[str, Names] = Field(default_factory=dict)  # code -> its yes-or-no column, which may be absent
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
        rate = (self.minutes_per_unit,) if isinstance(self.minutes_per_unit, str) else ()
        times = (self.duration, self.hours, self.start, self.end, self.units, rate)
        groups = (self.from_, *times, self.nth, self.per, self.also, self.outcome, state)
        return tuple(group for group in groups if group)

    def cell(self) -> Names:
        """Return the headers of the cell to read; a made-up name where the loader combines several columns."""
        if self.checkbox:
            return (f"(boxes {' '.join(self.checkbox)})",)
        if self.also:
            return (f"({self.from_[0]} and {self.also[0]})",)
        if self.outcome:
            return (f"({self.from_[0]} with {self.outcome[0]})",)
        return (f"(number of {self.nth[0]} per {self.per[0]})",) if self.nth else self.from_


def _as_specs(value: object) -> object:
    """`field = "Header"` and one table are short forms of a list of specs, tried in order."""
    if isinstance(value, str):
        return ({"from": value},)
    return (value,) if isinstance(value, dict) else value


Specs = Annotated[tuple[FieldSpec, ...], BeforeValidator(_as_specs)]

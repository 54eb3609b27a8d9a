"""Funders: who asks for what, when and with which targets. One strict TOML file each."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dashboard.measures import measure
from dashboard.reports.period_codes import CALENDARS
from pipelines.errors import OutcomesError, nearest, unknown
from pipelines.paths import reference_folder
from pipelines.schema import LIFE_WINS

Section = Literal[
    "served",
    "counties",
    "demographics",
    "services",
    "connections",
    "engagement",
    "life_wins",
    "outcome_domains",
    "follow_up",
    "return_and_overdose",
    "deaths",
    "targets",
]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _known_measure(name: str) -> str:
    measure(name)  # raises UnknownNameError with the nearest name
    return name


def _known_calendar(name: str) -> str:
    if name not in CALENDARS:
        raise unknown("calendar", "reporting calendar", name, CALENDARS)
    return name


def _known_wins(codes: tuple[str, ...]) -> tuple[str, ...]:
    known = [win.code for win in LIFE_WINS]
    for code in codes:
        if code not in known:
            raise unknown("wins", "life win", code, known)
    return codes


MeasureName = Annotated[str, AfterValidator(_known_measure)]
Calendar = Annotated[str, AfterValidator(_known_calendar)]


class Target(_Strict):
    """What was promised for one measure in one target year, which is named by the day it begins."""

    measure: MeasureName
    year_from: date
    value: float = Field(gt=0)  # a number of people or events, or a share between 0 and 1
    days: int | None = None  # for measures judged after a number of days


class Instrument(_Strict):
    """A form the funder prescribes, and while it was in force."""

    name: str
    title: str
    first_day: date | None = None
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the form was in force on a day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


class OutcomeDomain(_Strict):
    """One of the funder's outcome domains, and the life wins that speak to it."""

    title: str
    wins: Annotated[tuple[str, ...], AfterValidator(_known_wins)]


class NarrativeField(_Strict):
    """A text the author writes for every report; `facts` are measures filled in above it."""

    key: str = Field(pattern=r"[a-z_]+")
    title: str
    prompt: str
    facts: tuple[MeasureName, ...] = ()


class Funder(_Strict):
    """One funder's grant: calendars, sections in order, instruments, targets and texts."""

    name: str = ""
    title: str
    agency: str
    grant: str = ""  # grant or contract number
    note: str = ""
    calendars: tuple[Calendar, ...] = Field(min_length=1)  # the first is the usual one
    target_year: Calendar
    grant_start: str = Field(default="09-30", pattern=r"\d\d-\d\d")
    programs: tuple[str, ...] = ()  # programs the grant pays for; empty = all
    sections: tuple[Section, ...] = Field(min_length=1)
    instruments: tuple[Instrument, ...] = ()
    outcome_domains: tuple[OutcomeDomain, ...] = ()
    targets: tuple[Target, ...] = ()
    narrative: tuple[NarrativeField, ...] = ()

    @property
    def starts(self) -> tuple[int, int]:
        """Month and day on which a grant year begins."""
        month, day = self.grant_start.split("-")
        return int(month), int(day)

    @property
    def break_on(self) -> date | None:
        """The day on which one instrument gave way to another, if there is one."""
        return max((i.first_day for i in self.instruments if i.first_day), default=None)


def funder_names() -> tuple[str, ...]:
    """Names of the shipped funders."""
    return tuple(sorted(path.stem for path in (reference_folder() / "funders").glob("*.toml")))


def read_funder(name: str) -> Funder:
    """Read a shipped funder by name, or a file of one's own by its path.

    Raises UnknownNameError with the nearest name, or OutcomesError naming file, key and the nearest key.
    """
    own = Path(name)
    path = own if own.suffix == ".toml" else reference_folder() / "funders" / f"{name}.toml"
    if not path.is_file():
        if own.suffix == ".toml":
            raise OutcomesError(name, "there is no such funder file.", "Check the path given to --funder.")
        raise unknown("--funder", "funder", name, funder_names())
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutcomesError(path.name, f"this is not valid TOML: {error}.", "Correct the line named.") from None
    return parse_funder(content, path)


def parse_funder(content: dict[str, Any], path: Path) -> Funder:
    """Check the content of a funder file against `Funder`."""
    try:
        return Funder.model_validate({**content, "name": path.stem})
    except ValidationError as error:
        raise OutcomesError(path.name, *_explain(error)) from None
    except OutcomesError as error:
        raise OutcomesError(path.name, error.what, error.cure) from None


def _explain(error: ValidationError) -> tuple[str, str]:
    found = error.errors()
    # A key misspelled is also one missing; the misspelling is what the reader must see.
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])
    *above, key = first["loc"]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        model = _model_at(tuple(str(part) for part in above))
        return f'the key "{where}" is not known.', nearest(str(key), model.model_fields)
    if first["type"] == "literal_error":
        given = str(first["input"])
        return f'"{where}" is "{given}".', nearest(given, get_args(Section)) or first["msg"] + "."
    return f'the key "{where}" cannot be used: {first["msg"].lower()}.', "Correct it in the file."


def _model_at(above: tuple[str, ...]) -> type[BaseModel]:
    tables: dict[str, type[BaseModel]] = {
        "targets": Target,
        "instruments": Instrument,
        "outcome_domains": OutcomeDomain,
        "narrative": NarrativeField,
    }
    return tables.get(above[0], Funder) if above else Funder

"""Program settings: data, not code. One small TOML file, read once into a frozen object."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import OutcomesError, nearest
from pipelines.private import keep_private, private_folder
from pipelines.rule_texts import loader_rules, relaxable
from pipelines.schema.vocabularies import ANNOTATION_KIND

HOW_TO_REASON = 'Say why the rule does not fit, as reason = "Outreach began a year before the center opened".'


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone is known; write for example America/New_York") from None


def _known_kind(kind: str) -> str:
    if kind not in ANNOTATION_KIND:
        raise ValueError(f"write one of {', '.join(ANNOTATION_KIND)}")
    return kind


def _relaxable(rule: str) -> str:
    """Accept a rule that may be relaxed; for every other say which may."""
    rules, may = loader_rules(), relaxable()
    if rule in may:
        return rule
    if rule in rules:
        can = ", ".join(may)
        raise ValueError(f"{rule} ({rules[rule].title.lower()}) is never relaxed; {can} can be")
    hint = nearest(rule, may)
    raise ValueError(f'there is no rule "{rule}". {hint or "Write " + " or ".join(may) + "."}'.rstrip("."))


def _reason(text: str) -> str:
    if not text.strip():
        raise ValueError(f"it is blank. {HOW_TO_REASON}".rstrip("."))
    return text.strip()


CountyCode = Annotated[str, Field(pattern=r"^(\d{5})?$")]


class Spending(BaseModel):
    """What one funder paid for the days from `first_day` through `last_day`, for the cost measures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    funder: str
    first_day: date
    last_day: date
    dollars: float = Field(ge=0)


class Annotation(BaseModel):
    """Something dated that charts name, such as a change of how the program works; empty fields concern all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    kind: Annotated[str, AfterValidator(_known_kind)]  # only process_change starts a new phase of a chart
    note: str = Field(min_length=1, max_length=50)
    measure: str = ""  # name of a measure, as `outcomes measures` lists them
    county: CountyCode = ""


class Target(BaseModel):
    """The program's own goal for one measure from `first_day` through `last_day`; a share lies between 0 and 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    first_day: date
    last_day: date
    value: float = Field(gt=0)
    county: CountyCode = ""


class Relaxed(BaseModel):
    """A rule that keeps no row out while its row can still be kept, and the program's reason, shown with the data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Annotated[str, AfterValidator(_relaxable)]
    reason: Annotated[str, Field(max_length=200), AfterValidator(_reason)]


class Program(BaseModel):
    """What a program decides for itself: its name, gap rule, counties and regions, changes and targets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    organization: str = "Recovery program"
    state: str = ""
    gap_days: int = Field(default=90, ge=1, le=365)
    opened_on: date | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] = ""  # as America/New_York
    service_area: tuple[str, ...] = ()
    regions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    resources: tuple[str, ...] = ()
    spending: tuple[Spending, ...] = ()
    annotation: tuple[Annotation, ...] = ()
    target: tuple[Target, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()

    @model_validator(mode="after")
    def _each_day_paid_once(self) -> Self:
        """A day may not be paid for twice by one funder: the cost of a period would be told twice."""
        paid = sorted(self.spending, key=lambda row: (row.funder, row.first_day))
        for before, after in pairwise(paid):
            if before.funder == after.funder and after.first_day <= before.last_day:
                raise ValueError(f"spending of {after.funder} from {after.first_day} overlaps with an earlier one")
        if any(row.last_day < row.first_day for row in paid):
            raise ValueError("spending ends before it begins")
        return self

    @model_validator(mode="after")
    def _one_target_a_day(self) -> Self:
        """Two targets for one day of one measure would leave a page without an answer."""
        rows = sorted(self.target, key=lambda row: (row.measure, row.county, row.first_day))
        for before, after in pairwise(rows):
            if (before.measure, before.county) == (after.measure, after.county) and after.first_day <= before.last_day:
                raise ValueError(f"a target of {after.measure} from {after.first_day} overlaps with an earlier one")
        if any(row.last_day < row.first_day for row in rows):
            raise ValueError("a target ends before it begins")
        return self

    @model_validator(mode="after")
    def _each_note_once(self) -> Self:
        """A note of one day is kept once: day and note are its key."""
        notes = [(row.day, row.note) for row in self.annotation]
        twice = next((note for day, note in notes if notes.count((day, note)) > 1), None)
        if twice is not None:
            raise ValueError(f'the annotation "{twice}" is written twice for one day')
        return self

    @model_validator(mode="after")
    def _relaxed_once(self) -> Self:
        """A rule relaxed twice would have two reasons."""
        rules = [row.rule for row in self.relaxed]
        twice = next((rule for rule in rules if rules.count(rule) > 1), None)
        if twice is not None:
            raise ValueError(f"the rule {twice} is relaxed twice; give one reason")
        return self

    def relaxed_rules(self) -> frozenset[str]:
        """Return the rules that are relaxed."""
        return frozenset(row.rule for row in self.relaxed)

    def zone(self) -> ZoneInfo | None:
        """Return the time zone whose calendar days count, if the program names one."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def region_of(self) -> dict[str, str]:
        """Return county code -> the program's own region."""
        return {fips: region for region, counties in self.regions.items() for fips in counties}


def read_program(path: Path | None) -> Program:
    """Read a program file; without one, the defaults hold. Errors name the file, the key and the nearest key."""
    if path is None:
        return Program()
    if not path.is_file():
        raise OutcomesError(str(path), "there is no such program file.", "Check the path given to --program.")
    try:
        return Program.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutcomesError(str(path), f"this is not valid TOML: {error}.", "Correct the line named.") from None
    except ValidationError as error:
        raise OutcomesError(str(path), *_explain(error)) from None


def relaxed_in(settings: Mapping[str, str]) -> tuple[Relaxed, ...]:
    """Return the rules that were relaxed when a version was built, from its `program_setting`."""
    return Program.model_validate_json(settings.get("program") or "{}").relaxed


def kept_program(store: Path, given: Path | None) -> Program:
    """Read the program file given, else the one kept beside the warehouse since an earlier load."""
    kept = store / "program.toml"
    return read_program(given or (kept if kept.is_file() else None))


def keep_program(store: Path, given: Path | None) -> None:
    """Keep the program file of a load that succeeded, so that later loads need not name it."""
    kept = store / "program.toml"
    if given is not None and given.resolve() != kept.resolve():
        private_folder(store)
        shutil.copyfile(given, kept)
        keep_private(kept)


def _explain(error: ValidationError) -> tuple[str, str]:
    found = error.errors()
    # A key misspelled is also one missing; the misspelling is what the reader must see.
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    if not first["loc"]:
        return f"its entries contradict each other: {first['msg'].removeprefix('Value error, ')}.", ""
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f'the key "{where}" is not known.', nearest(str(first["loc"][-1]), _keys_beside(first["loc"]))
    if first["type"] == "missing" and first["loc"][-1] == "reason":
        return f'the key "{where}" is missing.', HOW_TO_REASON
    if first["type"] == "missing":
        return f'the key "{where}" is missing.', "Add it; numbers count the entries of a kind from 1."
    return f'the key "{where}" cannot be used: {first["msg"].removeprefix("Value error, ")}.', ""


def _keys_beside(where: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that are known where an unknown one was found."""
    entries: dict[Any, type[BaseModel]] = {
        "spending": Spending,
        "annotation": Annotation,
        "target": Target,
        "relaxed": Relaxed,
    }
    return tuple((entries.get(where[0], Program) if len(where) > 1 else Program).model_fields)

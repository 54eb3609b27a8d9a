"""Program settings: data, not code. One small TOML file, read once into a frozen object."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines.errors import OutcomesError, nearest


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone is known; write for example America/New_York") from None


class Spending(BaseModel):
    """What one funder paid for the days from `first_day` through `last_day`, for the cost measures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    funder: str
    first_day: date
    last_day: date
    dollars: float = Field(ge=0)


class Program(BaseModel):
    """What a program decides for itself: its name, gap rule, counties and regions."""

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


def kept_program(store: Path, given: Path | None) -> Program:
    """Read the program file given, else the one kept beside the warehouse since an earlier load."""
    kept = store / "program.toml"
    return read_program(given or (kept if kept.is_file() else None))


def keep_program(store: Path, given: Path | None) -> None:
    """Keep the program file of a load that succeeded, so that later loads need not name it."""
    kept = store / "program.toml"
    if given is not None and given.resolve() != kept.resolve():
        store.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(given, kept)


def _explain(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or "spending"
    if first["type"] == "extra_forbidden":
        return f'the key "{key}" is not known.', nearest(key, Program.model_fields)
    return f'the key "{key}" cannot be used: {first["msg"]}.', ""

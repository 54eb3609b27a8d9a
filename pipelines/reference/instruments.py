"""Assessment instruments: when a follow-up is due and how an answer is read, one TOML file each (data-model 3.6)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import OutcomesError
from pipelines.paths import reference_folder


class Window(BaseModel):
    """When a point in time is due, in days since the baseline, and how much earlier or later counts as on time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timepoint: Literal["3_month", "6_month", "12_month", "annual"]
    due_days: int
    early_days: int
    late_days: int


class Item(BaseModel):
    """One question: its range, which way is better, and from which value (in that direction) it is positive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str
    title: str
    low: float
    high: float
    better: Literal["higher", "lower"]
    positive_from: float | None = None


class Instrument(BaseModel):
    """One instrument; `first_day` and `last_day` say when it was in use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: str
    title: str
    first_day: date | None = None
    last_day: date | None = None
    windows: tuple[Window, ...] = ()
    items: tuple[Item, ...] = ()


def load_instruments(folder: Path | None = None) -> tuple[Instrument, ...]:
    """Return every instrument, by file name; OutcomesError naming file and key if one cannot be read."""
    files = sorted((folder or reference_folder() / "instruments").glob("*.toml"))
    return tuple(_read(file) for file in files)


def instrument_rows() -> Iterator[tuple[str, list[Any]]]:
    """Yield (table, row) for the tables `instrument`, `instrument_window` and `instrument_item`."""
    for known in load_instruments():
        yield "instrument", [known.instrument, known.title, known.first_day, known.last_day]
        for window in known.windows:
            yield "instrument_window", [known.instrument, *window.model_dump().values()]
        for item in known.items:
            yield "instrument_item", [known.instrument, *item.model_dump().values()]


@cache
def _ranges() -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (known.instrument, item.item): (item.low, item.high) for known in load_instruments() for item in known.items
    }


def item_range(instrument: str, item: str) -> tuple[float, float] | None:
    """Return (lowest, highest) answer of a question; None for one no instrument file names."""
    return _ranges().get((instrument, item))


def _read(file: Path) -> Instrument:
    try:
        return Instrument.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise OutcomesError(file.name, f"this is not valid TOML: {error}.", "Correct the line named.") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise OutcomesError(file.name, f'"{key}": {first["msg"].lower()}.', "Correct the key named.") from None

"""All measures: one per `.sql` file of `definitions/`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import ValidationError

from dashboard.measures.definition import Measure
from dashboard.measures.parameters import parameters
from pipelines.errors import OutcomesError, nearest, unknown
from pipelines.sqlfile import SqlFile, read_sql_folder

DEFINITIONS = Path(__file__).parent / "definitions"


def load_measures() -> dict[str, Measure]:
    """Return every measure by name, in catalog order, worded with the default parameters."""
    return {name: measure(name) for name in as_written()}


def measure(name: str) -> Measure:
    """Return one measure; UnknownNameError with the nearest name if there is none."""
    return worded(name, tuple(parameters({}, {}).items()))


def named(text: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Return the measure and the settings that a name such as `retention_90` stands for; else the name itself."""
    for measure in as_written().values():
        for pattern in measure.also:
            found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>\\d+)", pattern), text)
            if found:
                return measure.name, tuple((name, int(value)) for name, value in found.groupdict().items())
    return text, ()


@lru_cache(maxsize=1024)
def worded(name: str, chosen: tuple[tuple[str, int], ...]) -> Measure:
    """Return one measure with the parameters' values in its texts; UnknownNameError as for `measure`."""
    if name not in as_written():
        raise unknown("measures", "measure", name, as_written())
    return as_written()[name].worded(dict(chosen))


@cache
def as_written() -> dict[str, Measure]:
    """Return every measure with `{parameter}` still in its texts; read once per process."""
    measures = [parse_measure(file) for file in read_sql_folder(DEFINITIONS)]
    return {m.name: m for m in sorted(measures, key=lambda m: _catalog_order(m.id))}


def parse_measure(file: SqlFile) -> Measure:
    """Turn a file into a measure; OutcomesError naming file, field and the nearest field if it is not one."""
    try:
        return Measure.model_validate({**file.header, "name": file.name, "sql": file.body})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        extra = first["type"] == "extra_forbidden"
        cure = nearest(field, Measure.model_fields) if extra else f'Mend "{field}" in the opening comment.'
        raise OutcomesError(f"{file.name}.sql", f'"{field}": {first["msg"].lower()}.', cure) from None


def _catalog_order(number: str) -> tuple[int, int, str]:
    """Sort S before E, R, L, U, O, A, Q, $ as in measures.md, and E2 before E10."""
    digits = "".join(c for c in number[1:] if c.isdigit())
    return "SERLUOAQ$".find(number[0]), int(digits or 0), number

"""States by postal code, for choosing one."""

from __future__ import annotations

import csv
from functools import cache

from pipelines.paths import reference_folder


@cache
def state_names() -> dict[str, str]:
    """Return postal code -> name, in order of the names."""
    with (reference_folder() / "counties" / "states.csv").open(encoding="utf-8", newline="") as handle:
        rows = [(row["name"], row["abbreviation"]) for row in csv.DictReader(handle)]
    return {code: name for name, code in sorted(rows)}

"""New people by county and month as one small table, and the counts a publisher is given of it at a date."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.disclosure import Counts, grid_of
from pipelines.policy import read_policy
from pipelines.published.periods import end_of, months_between, months_of

REGIONS = {"A": "east", "B": "east", "C": "west", "D": "west"}
MONTHS = months_between(date(2023, 1, 1), date(2025, 12, 31))
POLICY = """
policy = 1
[hierarchies]
period = { months = 36, levels = ["month", "quarter", "year"] }
[measures]
people = { kind = "persons", zeros = "hide", additive_over = ["county", "period"] }
[audiences.funder]
tables = [["county", "month", "all"], ["county", "quarter", "all"], ["county", "year", "all"],
  ["region", "month", "all"],
  ["region", "quarter", "all"], ["all", "month", "all"], ["all", "quarter", "all"], ["all", "year", "all"]]
[audiences.board]
tables = [["county", "year", "all"], ["all", "month", "all"]]
min_width = 9
"""


def draws(seed=1, mean=14):
    """Counties (rows) of very different size by month (columns)."""
    size = mean / np.arange(1, len(REGIONS) + 1)
    return np.random.default_rng(seed).poisson(size[:, None], (len(REGIONS), len(MONTHS)))


def policy_file(folder, text=POLICY):
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return file


def counts_at(table, file, as_of):
    """Every cell of the grid that is closed at a date."""
    policy, _ = read_policy(file)
    months = tuple(m for m in MONTHS if end_of(m) <= as_of)
    grid = grid_of(policy, months, as_of, REGIONS, {})
    place = {month: n for n, month in enumerate(MONTHS)}
    rows = []
    for key in grid.cells:
        at = [n for n, (code, region) in enumerate(REGIONS.items()) if key.county in (code, region, "all")]
        value = int(table[np.ix_(at, [place[m] for m in months_of(key.period)])].sum())
        rows.append((*key, value, value))
    columns = ["quantity", "county_level", "county", "period", "category", "value", "people"]
    return Counts(pd.DataFrame(rows, columns=columns), months, as_of, dict(REGIONS), {})


def month_ends(first, last):
    return [end_of(month) for month in months_between(first, last)]

"""A made-up program in memory: who did what, where and when, and the counts a publisher would be given."""

import random
from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.disclosure import Counts, grid_of
from pipelines.policy import read_policy
from pipelines.published.periods import fiscal_start, months_between, months_of

REGIONS = {"A": "east", "B": "east", "C": "west"}
CATEGORIES = {"sessions": ("group", "phone")}
POLICY = """
policy = 1
threshold = 11
min_width = 5
[hierarchies]
period = { months = 36, levels = ["month", "quarter", "year"] }
[measures]
sessions = { kind = "events", zeros = "show", additive_over = ["county", "period", "category"], category = "mode" }
new_people = { kind = "persons", zeros = "show", additive_over = ["county", "period"] }
served = { kind = "distinct", zeros = "show", levels = ["year"] }
returned = { kind = "rate", denominator = "served", levels = ["year"], sensitive = true }
[measures.stayed]
kind = "rate"
additive_over = ["county", "period"]
numerator = "kept"
denominator = "cohort"
complement = "lost"
[audiences.funder]
tables = [
  ["county", "month", "all"], ["county", "quarter", "all"], ["county", "year", "all"],
  ["region", "year", "all"], ["all", "month", "all"], ["all", "year", "all"],
]
[audiences.funder.measure_tables]
sessions = [
  ["county", "month", "all"], ["county", "month", "category"], ["all", "quarter", "category"], ["all", "year", "all"],
]
[audiences.board]
tables = [["county", "year", "all"], ["region", "quarter", "all"], ["all", "quarter", "all"]]
min_width = 9
drop_measures = ["returned"]
"""


def policy_file(folder: Path, text: str = POLICY) -> Path:
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return file


def happenings(seed=1, first=date(2024, 1, 1), last=date(2025, 12, 31), busy=3.0):
    """Rows of (quantity, person, county, month, category); a session is a row, anything else one per person."""
    draw, rows = random.Random(seed), []
    share = {"A": 1.0, "B": 0.5, "C": 0.2}
    for month in months_between(first, last):
        for county in REGIONS:
            for n in range(
                draw.choices(range(int(14 * busy) + 1))[0] * 10 // 10
                if share[county] == 1
                else draw.randrange(int(14 * busy * share[county]) + 1)
            ):
                person = f"{county}{month}-{n}"
                rows.append(("new_people", person, county, month, "all"))
                rows.append(("cohort", person, county, month, "all"))
                rows.append(("kept" if draw.random() < 0.6 else "lost", person, county, month, "all"))
                told = draw.random() < 0.1
                for place in {county, draw.choice("ABC") if draw.random() < 0.1 else county}:
                    rows.append(("served", person, place, month, "all"))
                    rows.append((f"returned.{'numerator' if told else 'complement'}", person, place, month, "all"))
                visits = draw.choice((1, 1, 2, 5))
                rows += [
                    ("sessions", person, county, month, draw.choice(CATEGORIES["sessions"])) for _ in range(visits)
                ]
    return pd.DataFrame(rows, columns=["quantity", "person", "county", "month", "category"])


def counts(rows, policy, months, as_of, regions=REGIONS, categories=CATEGORIES):
    """Count every cell of the grid the obvious way."""
    grid = grid_of(policy, months, as_of, regions, categories)
    first, cells = fiscal_start(policy), []
    by_quantity = dict(iter(rows.groupby("quantity")))
    for key in grid.cells:
        found = by_quantity.get(key.quantity, rows.iloc[:0])
        found = found[found["month"].isin(months_of(key.period, first))]
        if key.county_level == "county":
            found = found[found["county"] == key.county]
        if key.county_level == "region":
            found = found[found["county"].map(regions) == key.county]
        if key.category != "all":
            found = found[found["category"] == key.category]
        people = found["person"].nunique()
        events = grid.quantities[key.quantity].rules.kind == "events"
        cells.append((*key, len(found) if events else people, people))
    frame = pd.DataFrame(cells, columns=["quantity", "county_level", "county", "period", "category", "value", "people"])
    return Counts(frame, months, as_of, dict(regions), dict(categories))


def program(
    folder, seed=1, text=POLICY, first=date(2024, 1, 1), last=date(2025, 12, 31), as_of=date(2026, 1, 31), busy=3.0
):
    file = policy_file(folder, text)
    policy, _ = read_policy(file)
    rows = happenings(seed, first, last, busy)
    return counts(rows, policy, months_between(first, last), as_of), file

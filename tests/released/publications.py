"""A made-up program's numbers published for the pages: two counties share a secret that two worlds tell differently."""

from datetime import date

import numpy as np
import pandas as pd

from pipelines.disclosure import Counts, grid_of
from pipelines.policy import read_policy
from pipelines.publication import publish
from pipelines.published.periods import months_between, months_of

REGIONS = {"23009": "Downeast", "23029": "Downeast", "23027": "Midcoast", "23013": "Midcoast"}
REGIONS |= {"elsewhere": "elsewhere"}
MONTHS = months_between(date(2024, 1, 1), date(2025, 12, 31))
AS_OF = date(2026, 3, 31)
DOMAINS = ("work", "home", "health", "family", "unknown")
POLICY = """
policy = 1
[hierarchies]
period = { months = 24, levels = ["month", "quarter", "year"] }
[measures]
contacts = { kind = "persons", zeros = "show", additive_over = ["county", "period", "category"], category = "mode" }
people_served = { kind = "persons", additive_over = ["county", "period"] }
second_contact = { kind = "rate", additive_over = ["county", "period"] }
retained = { kind = "lifetable", grid_days = [30, 90, 365], additive_over = ["county", "period"], levels = ["year"] }
people_with_win = { kind = "rate", additive_over = ["county", "period"], levels = ["year"] }
people_reporting_return = { kind = "rate", additive_over = ["county", "period"], levels = ["year"], sensitive = true }
nonfatal_overdoses = { kind = "persons", additive_over = ["county", "period"] }
[measures.wins_by_domain]
kind = "persons"
additive_over = ["county", "period", "category"]
category = "domain"
levels = ["year"]
[audiences.funder]
tables = [["county", "month", "all"], ["county", "quarter", "all"], ["county", "year", "all"],
  ["region", "year", "all"], ["all", "month", "all"], ["all", "quarter", "all"], ["all", "year", "all"],
  ["all", "year", "category"]]
[audiences.board]
tables = [["county", "year", "all"], ["all", "quarter", "all"], ["all", "year", "all"], ["all", "year", "category"]]
drop_measures = ["people_reporting_return", "nonfatal_overdoses", "contacts"]
"""
SPLITS = {"contacts": ("phone", "in_person"), "wins_by_domain": DOMAINS}
ABOUT = {"organization": "A program", "gap_days": "90", "resources": "A line of support."}
MEANS = {"contacts": 60, "people_served": 40, "retained.left_30": 4, "retained.left_90": 5, "retained.left_365": 6,
         "retained.stayed_365": 3, "wins_by_domain": 3, "nonfatal_overdoses": 1.2,
         "second_contact.numerator": 14, "second_contact.complement": 12, "people_with_win.numerator": 6,
         "people_with_win.complement": 20, "people_reporting_return.numerator": 1.5,
         "people_reporting_return.complement": 25}  # fmt: skip


def world(seed=5):
    """Quantity -> counts by county, month and category; whatever is not drawn is a sum of what is."""
    draw, size = np.random.default_rng(seed), 1 / np.arange(1, len(REGIONS) + 1)
    tables = {}
    for name, mean in MEANS.items():
        split = len(SPLITS.get(name, ("all",)))
        tables[name] = draw.poisson(mean * size[:, None, None] / split, (len(REGIONS), len(MONTHS), split))
    return tables


def summed(tables):
    """Add the quantities that follow: denominators, people at risk and people who entered."""
    full = dict(tables)
    for name in ("second_contact", "people_with_win", "people_reporting_return"):
        full[f"{name}.denominator"] = full[f"{name}.numerator"] + full[f"{name}.complement"]
    full["retained.stayed_90"] = full["retained.stayed_365"] + full["retained.left_365"]
    full["retained.stayed_30"] = full["retained.stayed_90"] + full["retained.left_90"]
    full["retained.entered"] = full["retained.stayed_30"] + full["retained.left_30"]
    return full


def counts_of(tables, file):
    policy, _ = read_policy(file)
    full = summed(tables)
    grid = grid_of(policy, MONTHS, AS_OF, REGIONS, SPLITS)
    place = {month: n for n, month in enumerate(MONTHS)}
    rows = []
    for key in grid.cells:
        at = [n for n, (code, region) in enumerate(REGIONS.items()) if key.county in (code, region, "all")]
        codes = SPLITS.get(key.quantity, ("all",))
        split = range(len(codes)) if key.category == "all" else [codes.index(key.category)]
        value = int(full[key.quantity][np.ix_(at, [place[m] for m in months_of(key.period)], split)].sum())
        rows.append((*key, value, value))
    columns = ["quantity", "county_level", "county", "period", "category", "value", "people"]
    return Counts(pd.DataFrame(rows, columns=columns), MONTHS, AS_OF, dict(REGIONS), dict(SPLITS), dict(ABOUT))


def published(folder, tables, text=POLICY):
    """Publish a world into `folder`/published; return the counts and that folder."""
    folder.mkdir(exist_ok=True)
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    counts = counts_of(tables, file)
    publish(counts, file, folder / "published", folder / "ledger")
    return counts, folder / "published"

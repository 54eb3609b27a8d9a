"""Published tables drawn on paper: numbers, • for withheld, → for not released."""

import hashlib
from datetime import date

import pandas as pd

from pipelines.audit import audit_cubes
from pipelines.policy import Policy
from pipelines.published import COLUMNS, Cube

TEXT = "the policy of these tests"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


def policy(
    zeros="hide",
    width=5,
    threshold=11,
    levels=("year",),
    counties=("county", "all"),
    additive=("county", "period", "category"),
    audiences=("funder",),
    **more,
):
    measure = {
        "kind": "persons",
        "zeros": zeros,
        "additive_over": list(additive),
        "category": "kind",
        "levels": list(levels),
    }
    return Policy.model_validate(
        {
            "policy": 1,
            "threshold": threshold,
            "min_width": width,
            "hierarchies": {
                "county": {"levels": list(counties)},
                "period": {"levels": [name for name in levels if name != "fiscal_year"], **more},
            },
            "measures": {"people": measure},
            "audiences": {name: {"tables": [["county", levels[0], "category"]]} for name in audiences},
        }
    )


def cube(drawing, period="2025", regions=None, sequence=1, vintage=1, audience="funder"):
    """One table per period: the first row names the categories, then one row per place; `drawing` may be a dict."""
    drawings = drawing if isinstance(drawing, dict) else {period: drawing}
    rows, categories = [], []
    for code, text in drawings.items():
        lines = [line.split() for line in text.strip().splitlines()]
        heads = lines[0]
        categories += [head for head in heads if head != "all"]
        for place, *values in lines[1:]:
            level = "all" if place == "all" else "region" if place.islower() else "county"
            for head, value in zip(heads, values, strict=True):
                state = {"•": "withheld", "→": "not_released"}.get(value, "shown")
                rows.append(
                    ("people", level, place, code, head, state, int(value) if state == "shown" else None, None, None)
                )
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(("value", "lo", "hi"), "Int64"))
    counties = frame.loc[frame["county_level"] == "county", "county"].unique()
    regions = regions or dict.fromkeys(counties, "everywhere")
    years = sorted({code[-4:] if code.startswith("FY") else code[:4] for code in drawings})
    first, last = int(years[0]) - any(code.startswith("FY") for code in drawings), int(years[-1])
    months = tuple(f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13))
    kinds = {"people": tuple(dict.fromkeys(categories))}
    return Cube(audience, sequence, vintage, date(last + 1, 12, 31).isoformat(), HASH, months, regions, kinds, frame)


def audit(drawing, rules=None, insider=False, **more):
    return audit_all([cube(drawing, **more)], rules or policy(), insider=insider)


def audit_all(cubes, rules, *, insider=False):
    return audit_cubes({"funder": cubes}, rules, TEXT, insider=insider)["funder"]


def ranges(report):
    """Place, period and category of each withheld cell -> its exact range."""
    found = {}
    for f in report.findings:
        name = f.cell.county if f.cell.category == "all" else f"{f.cell.county} {f.cell.category}"
        found[name if f.cell.period == "2025" else f"{name} {f.cell.period}"] = (f.low, f.high)
    return found

"""Looking a measure up in a cube: counts, rates and life tables, each number only with all it rests on."""

from __future__ import annotations

import pandas as pd

from pipelines.policy import Policy
from pipelines.policy.quantities import grid_names, rate_names
from pipelines.published.cube import KEY, Cube
from pipelines.published.periods import end_of, fiscal_start, label_of, level_of, start_of

_AT = KEY[1:]
_ALWAYS_DECIMAL_FROM = 200  # a rate gets one decimal only if its denominator is at least this


def measure_frame(cube: Cube, policy: Policy, measure: str) -> pd.DataFrame:
    """Return one row per released cell of a measure, sorted by place, period and category.

    Columns: `county_level`, `county`, `period_level`, `period`, `period_label`, `period_start`, `period_end`,
    `category`, `state` (shown, withheld, not_released), `numerator`, `denominator`, `value` (float; NaN unless
    shown; a rate is a fraction), `lo`, `hi` (what anyone could work out, for counts), `unreliable` (bool),
    `decimals`. A rate is shown only if numerator, denominator and complement are.
    """
    rules = policy.measures[measure]
    if rules.kind == "lifetable":
        return grid_frame(cube, policy, measure)
    if rules.kind == "rate":
        frame = _rate(cube, policy, *rate_names(measure, rules))
        one_decimal = rules.decimals == 1 and cube.audience != "board"
        frame["decimals"] = (frame["denominator"] >= _ALWAYS_DECIMAL_FROM).astype(int) * int(one_decimal)
    else:
        frame = _cells(cube, measure).rename(columns={"value": "numerator"})
        frame["value"], frame["denominator"], frame["decimals"] = frame["numerator"], float("nan"), 0
        frame["unreliable"] = False
    return _dated(frame, policy)


def grid_frame(cube: Cube, policy: Policy, measure: str) -> pd.DataFrame:
    """Return a life table: the columns of `measure_frame` and `day`; a day for every point of the grid.

    `denominator` is people at risk at the start of the interval, `numerator` those who stayed through it, and
    `value` the share of everyone who entered (product of the shares so far, Kaplan & Meier 1958, on whole cohorts).
    After a withheld step nothing is shown.
    """
    at_risk, grid = grid_names(measure, policy.measures[measure])
    parts, so_far = [], None
    for day, stayed, left in grid:
        step = _rate(cube, policy, stayed, at_risk, left).assign(day=day, decimals=0)
        before = 1.0 if so_far is None else step[_AT].merge(so_far, on=_AT, how="left")["value"].to_numpy()
        step["value"] = step["value"] * before
        step.loc[step["value"].isna() & (step["state"] == "shown"), "state"] = "withheld"
        so_far = step[[*_AT, "value"]]
        parts.append(step)
        at_risk = stayed
    return _dated(pd.concat(parts, ignore_index=True), policy)


def _cells(cube: Cube, quantity: str) -> pd.DataFrame:
    found = cube.frame[cube.frame["quantity"] == quantity].drop(columns="quantity").reset_index(drop=True)
    return found.astype({"value": "float64"})


def _rate(cube: Cube, policy: Policy, top: str, bottom: str, rest: str) -> pd.DataFrame:
    parts = {name: _cells(cube, q) for name, q in (("n", top), ("d", bottom), ("c", rest))}
    joined = parts["n"][[*_AT, "state", "value"]].rename(columns={"state": "n_state", "value": "numerator"})
    for name, value in (("d", "denominator"), ("c", "complement")):
        other = parts[name][[*_AT, "state", "value"]].rename(columns={"state": f"{name}_state", "value": value})
        joined = joined.merge(other, on=_AT, how="inner")
    states = joined[["n_state", "d_state", "c_state"]]
    everything, unreleased = (states == "shown").all(axis=1), (states == "not_released").any(axis=1)
    joined["state"] = "withheld"
    joined.loc[everything, "state"] = "shown"
    joined.loc[unreleased, "state"] = "not_released"
    joined.loc[~everything, ["numerator"]] = float("nan")
    joined["value"] = (joined["numerator"] / joined["denominator"]).where(everything & (joined["denominator"] > 0))
    joined.loc[joined["d_state"] != "shown", "denominator"] = float("nan")
    joined["unreliable"] = everything & (joined["numerator"] < policy.unreliable_below)
    return joined.assign(lo=float("nan"), hi=float("nan")).drop(columns=["n_state", "d_state", "c_state", "complement"])


def _dated(frame: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    first = fiscal_start(policy)
    dated = frame.assign(
        period_level=[level_of(p) for p in frame["period"]],
        period_label=[label_of(p) for p in frame["period"]],
        period_start=pd.to_datetime([start_of(p, first) for p in frame["period"]]),
        period_end=pd.to_datetime([end_of(p, first) for p in frame["period"]]),
    )
    days = ["day"] if "day" in dated else []
    order = ["county_level", "county", "period_start", "period_end", "category", *days]
    columns = ["county_level", "county", "period_level", "period", "period_label", "period_start", "period_end"]
    columns += ["category", *days, "state", "numerator", "denominator", "value", "lo", "hi", "unreliable", "decimals"]
    return dated.sort_values(order)[columns].reset_index(drop=True)

"""How each measure is worked out, in words a reader can follow and with the formula behind them.

The Methods page and docs/measures.md read these texts; the formulas are those of `estimates`, as docs/estimators.md
lists them.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.measures.definition import Interval, Kind, Measure


@dataclass(frozen=True, slots=True)
class Method:
    """What is done with the counts: `words`, the `formula` (empty for a plain count) and its `source`."""

    words: str
    formula: str = ""
    source: str = ""


_INTERVALS: dict[Interval, Method] = {
    "wilson": Method(
        "The share is x of n. The 95 % interval holds the shares with which this count would be no surprise; it is "
        "wide where n is small, and never leaves 0 to 100 %.",
        "(2x + z² ∓ z√(z² + 4x(1 − x/n))) ÷ 2(n + z²), z = 1.96",
        "Wilson 1927",
    ),
    "poisson": Method(
        "Events are divided by person-months: days of active time ÷ 30.4375. The 95 % interval is exact below 10 "
        "events and Byar’s from 10 on. Where one person has several events it is widened by k, as such events do not "
        "come independently.",
        "O + k(L − O) to O + k(U − O), L and U the limits of the count O; k = √(Σc² ÷ Σc), c the events of each person",
        "Garwood 1936; Breslow & Day 1987; Dobson 1991",
    ),
    "kaplan_meier": Method(
        "On each day with an exit, the share still in touch is multiplied by the part of the people followed who "
        "stayed. People whose follow-up ends count as followed until then and never as gone. Reasons for leaving "
        "are stacked so that all parts add up to 100 %.",
        "S(t) = Π(1 − d ÷ n); limits S^exp(±z√V ÷ ln S), V = Σ d ÷ (n(n − d))",
        "Kaplan & Meier 1958; Greenwood 1926",
    ),
    "aalen_johansen": Method(
        "On each day, the share still waiting and in touch is multiplied by first events ÷ people followed, and added "
        "up. Leaving and dying end the wait; they are never treated as if the event could still come.",
        "F(t) = Σ S(u−)·d ÷ n, S as for staying in touch without the event; log-log limits",
        "Aalen & Johansen 1978; Dinse & Larson 1986",
    ),
    "mean_cumulative": Method(
        "On each day, all events ÷ people followed is added up: the mean number per person by that day. People stay "
        "in the count after an event, until they leave. The band allows for people who have many.",
        "M(t) = Σ D ÷ n; limits M·exp(∓z·SE ÷ M), SE² = Σᵢ[Σ(dᵢ − D ÷ n) ÷ n]²",
        "Nelson 1995; Lawless & Nadeau 1995",
    ),
    "clopper_pearson": Method(
        "Of the pairs of answers that differ, the share that improved. Its exact 95 % interval never claims more than "
        "the pairs allow. Pairs without a change are counted beside it, and so are the people not reached.",
        "quantiles of beta distributions: 0.025 of (x, n − x + 1) and 0.975 of (x + 1, n − x)",
        "Clopper & Pearson 1934",
    ),
    "t_chart": Method(
        "Days from each event to the next, in order of time; two on one day are half a day apart. The limits hold "
        "nearly all gaps of a process that does not change. The gap still open can only be too long.",
        "y = days^(1 ÷ 3.6); limits mean ∓ 2.66 × mean moving range of y, turned back into days",
        "Nelson 1994; Montgomery, Statistical Quality Control",
    ),
    "quartiles": Method(
        "The middle value: half lie below and half above. Beside it stand the quartiles, between which the middle "
        "half lies."
    ),
}
_KINDS: dict[Kind, Method] = {
    "people": Method("Each person counts once in a period. A count has no interval."),
    "events": Method("Every event counts. A count has no interval."),
    "share_of_rows": Method(
        "The share is x of n records. It has no interval: records of one person resemble each other, so one would be "
        "too narrow."
    ),
    "share_of_people": Method("The share is x of n. All of them are known, so it has no interval."),
    "cost": Method("Dollars divided by people, where spending is recorded for exactly the period."),
}


def method_of(measure: Measure) -> Method:
    """Return how a measure is worked out, by its kind and interval."""
    return _KINDS[measure.kind] if measure.interval == "none" else _INTERVALS[measure.interval]

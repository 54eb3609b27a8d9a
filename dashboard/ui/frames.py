"""Results put into the shape a chart or a table needs; nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.charts.rows import Row, only_row, rows
from dashboard.charts.scale import parts
from dashboard.measures import Measure, Result, title, value_text

_COUNTS = ("people", "events")


@dataclass(frozen=True, slots=True)
class Stages:
    """Steps of engagement: (words, people who reached it, people who could have)."""

    bars: tuple[tuple[str, int, int], ...]

    @property
    def table(self) -> pd.DataFrame:
        """The same as a table."""
        lines = [(words, n, of, f"{100 * n / of:.0f} %" if of else "–") for words, n, of in self.bars]
        return pd.DataFrame(lines, columns=["Step", "People", "Out of", "Share"])


def stages(*results: Result) -> Stages:
    """Return the first contact and each further step, from results of one row each."""
    reached = [only_row(result) for result in results]
    everyone = int(reached[0].denominator)
    later = [
        (result.measure.short_title, int(row.numerator), int(row.denominator))
        for result, row in zip(results, reached, strict=True)
    ]
    return Stages((("First contact", everyone, everyone), *later))


def linkages(result: Result) -> pd.DataFrame:
    """Return one row per domain with any offer: domain (words), offered, connected."""
    frame = result.frame[result.frame["denominator"] > 0]
    return pd.DataFrame(
        {
            "domain": [result.label("domain", code) for code in frame["domain"]],
            "offered": [int(n) for n in frame["denominator"]],
            "connected": [int(n) for n in frame["numerator"]],
        }
    )


def lasting(result: Result) -> pd.DataFrame:
    """Return one row per domain of a result by (domain, outcome): domain, lasted, ended, not_followed_up."""
    frame = result.frame.assign(people=result.frame["denominator"].fillna(0))
    wide = frame.pivot_table(index="domain", columns="outcome", values="people", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=["lasted", "ended", "not_followed_up"], fill_value=0).reset_index()
    wide = wide[wide[["lasted", "ended", "not_followed_up"]].sum(axis=1) > 0]
    return wide.assign(domain=[result.label("domain", code) for code in wide["domain"]]).astype(
        {"lasted": int, "ended": int, "not_followed_up": int}
    )


def pivot(result: Result, lines: str, columns: str) -> pd.DataFrame:
    """Return a table with one line per `lines` and one column per `columns` (dimensions or "period"), in words."""
    frame = result.frame
    words = {name: _words(result, name) for name in (lines, columns)}
    order = {name: list(dict.fromkeys(words[name])) for name in words}
    table = pd.DataFrame({"r": words[lines], "c": words[columns], "v": list(frame["value"])})
    wide = table.pivot_table(index="r", columns="c", values="v", aggfunc="sum", observed=True, sort=False)
    wide = wide.reindex(index=order[lines], columns=order[columns])
    if result.measure.kind in _COUNTS:
        wide = wide.fillna(0)  # a combination nobody has is a count of 0, not an unknown
    text = wide.map(lambda v: value_text(result.measure, v))
    return text.rename_axis(None, axis=1).rename_axis(_title(lines), axis=0).reset_index()


def by_row(results: dict[str, Result], by: str) -> pd.DataFrame:
    """Set several measures side by side: one line per value of `by`, one column per result, in words."""
    columns: dict[str, dict[str, str]] = {}
    for header, result in results.items():
        cells = zip(result.frame[by], rows(result.frame), strict=True)
        columns[header] = {result.label(by, code): cell(result.measure, row) for code, row in cells}
    names = sorted({name for column in columns.values() for name in column}, key=lambda n: (n == "Not recorded", n))
    table = {_title(by): names}
    for header, result in results.items():
        absent = "0" if result.measure.kind in _COUNTS else "–"  # nobody to count is 0, nobody to judge is no value
        table[header] = [columns[header].get(name, absent) for name in names]
    return pd.DataFrame(table)


def cell(measure: Measure, row: Row) -> str:
    """Write a value with its n of N: `61 % (40 of 66)`."""
    text, n_of = value_text(measure, row.value), parts(measure, row)
    return f"{text} ({n_of})" if n_of and row.value == row.value else text


def _words(result: Result, name: str) -> list[str]:
    if name == "period":
        return list(result.frame["period"])
    return [result.label(name, code) for code in result.frame[name]]


def _title(name: str) -> str:
    return "Period" if name == "period" else title(name)


def enough_people(result: Result, fewest: int = 20) -> Result:
    """Return the result without groups of fewer than `fewest` people (statistics.md section 4)."""
    return replace(result, frame=result.frame[result.frame["denominator"] >= fewest])

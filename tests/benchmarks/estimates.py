"""Estimators at size: a life table over a million people, and control charts of every measure and county.

    uv run python tests/benchmarks/estimates.py --people 1000000 --rounds 7

The life table, with four reasons of leaving, is counted by the product's own SQL and estimated in numpy, against
statsmodels' SurvfuncRight and SciPy's ecdf, which know one reason, and statsmodels' CumIncidenceRight, which knows
several; these have the people in memory as arrays. All must agree first. Goal: at least as fast. Last, the share
that statistics have in the rerun of each page of the demo data (or of --store). Goal: under 15 %.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import page_statistics
from harness import Timing, alternate, print_machine
from pages_servers import make_demo
from scipy import stats
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from dashboard.measures import measure
from dashboard.measures.counting import counting_steps
from dashboard.measures.estimates.kaplan_meier import Curve, kaplan_meier
from dashboard.measures.estimates.laney import p_prime
from dashboard.measures.estimates.mean_cumulative import mean_cumulative
from dashboard.measures.estimates.rules import Signals, signals
from dashboard.measures.estimates.xmr import xmr

MEASURES, COUNTIES, MONTHS = 45, 67, 60
REASONS = ("completed", "left", "died", "other")
LATE = 0.2  # share of people who come under observation late


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--store", type=Path, help="a store for the pages instead of the demo data")
    options = parser.parse_args()
    print_machine()
    _life_tables(options.people, options.rounds)
    _events_per_person(options.people, options.rounds)
    _charts(options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        page_statistics.report(options.store or make_demo(Path(folder)))


def _life_tables(people: int, rounds: int) -> None:
    for name, late in (("everyone from day 0", 0.0), (f"{LATE:.0%} enter late", LATE)):
        entry, duration, reason = _people(people, late)
        folder = tempfile.TemporaryDirectory()
        store = _store(entry, duration, reason, Path(folder.name))
        status = (reason > 0).astype(float)
        sides: dict[str, Callable[[], object]] = {
            "product": partial(_product, store),
            "statsmodels": partial(SurvfuncRight, duration, status, entry=entry if late else None),
        }
        if not late:
            sides["reasons"] = partial(_statsmodels_by_reason, duration, reason)
            sides["scipy"] = partial(stats.ecdf, stats.CensoredData.right_censored(duration, status == 0))
        _agree(_product(store), SurvfuncRight(duration, status, entry=entry if late else None))
        _report(f"life table, {people:,} people, {name}", alternate(sides, rounds))
        store.close()
        folder.cleanup()


def _people(size: int, late: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return entry, duration in days and number of the reason (0 = still there), seeded."""
    rng = np.random.default_rng(20)
    entry = np.where(rng.random(size) < late, rng.integers(1, 200, size), -1)
    duration = np.maximum(rng.exponential(240, size).astype(int), entry + 1)
    return entry, duration, rng.integers(0, len(REASONS) + 1, size)


def _store(entry: np.ndarray, duration: np.ndarray, reason: np.ndarray, folder: Path) -> duckdb.DuckDBPyConnection:
    """Keep the people in a file, as the body of the retention measure would return them; return a reader of it."""
    names = np.array([None, *REASONS], dtype=object)
    columns = {"entry": entry, "duration": duration, "exit_reason": names[reason]}
    with duckdb.connect(folder / "people.duckdb") as store:
        store.register("arrays", columns)
        store.execute("CREATE TABLE people AS SELECT 0 AS period, *, CAST(NULL AS VARCHAR) AS left_out FROM arrays")
        store.unregister("arrays")
    return duckdb.connect(folder / "people.duckdb", read_only=True)


def _product(store: duckdb.DuckDBPyConnection) -> Curve:
    steps = ", ".join(["kept AS (SELECT * FROM people)", *counting_steps(measure("retention"), ())])
    table = store.execute(f"WITH {steps} SELECT * FROM life_table ORDER BY day").fetchnumpy()
    day, exits = table["day"], np.stack([table[name] for name in table if name.startswith("exits_")])
    return kaplan_meier(day, table["at_risk"], exits, longest=float(day[-1]))


def _statsmodels_by_reason(duration: np.ndarray, reason: np.ndarray) -> CumIncidenceRight:
    with warnings.catch_warnings(action="ignore"):  # it divides by 0 where the last people leave
        return CumIncidenceRight(duration, reason)


def _agree(ours: Curve, other: SurvfuncRight) -> None:
    there = np.searchsorted(ours.day, other.surv_times)
    np.testing.assert_allclose(ours.value[there], other.surv_prob, rtol=1e-9)


def _events_per_person(people: int, rounds: int) -> None:
    """The mean cumulative function alone, since no library has its robust variance; its tests hold it to a loop."""
    entry, duration, _ = _people(people, LATE)
    rng = np.random.default_rng(21)
    who = rng.integers(0, people, people // 10)
    day = entry[who] + 1 + (rng.random(who.size) * (duration[who] - entry[who])).astype(int)
    sides = {"product": partial(mean_cumulative, entry, duration, who, day)}
    _report(f"mean cumulative function, {people:,} people, {who.size:,} events", alternate(sides, rounds))


def _charts(rounds: int) -> None:
    rng = np.random.default_rng(22)
    n = rng.poisson(rng.gamma(2, 10, (MEASURES, COUNTIES, 1)), (MEASURES, COUNTIES, MONTHS))
    x = rng.binomial(n, 0.4)
    phase = np.repeat([0, 1], MONTHS // 2)
    size = f"{MEASURES} measures x {COUNTIES} counties x {MONTHS} months"
    for name, at_once, one_by_one in (
        ("XmR", partial(_xmr, x, phase), partial(_each, lambda i: _xmr(x[i], phase))),
        ("P′", partial(_p_prime, x, n, phase), partial(_each, lambda i: _p_prime(x[i], n[i], phase))),
    ):
        _report(
            f"{name} with the four rules, {size}",
            alternate({"at once": at_once, "one by one": one_by_one}, rounds),
        )


def _xmr(x: np.ndarray, phase: np.ndarray) -> Signals:
    return signals(xmr(x, phase=phase, within=(0, np.inf)))


def _p_prime(x: np.ndarray, n: np.ndarray, phase: np.ndarray) -> Signals:
    return signals(p_prime(x, n, phase=phase))


def _each(chart: Callable[[tuple[int, ...]], Signals]) -> list[Signals]:
    return [chart(index) for index in np.ndindex(MEASURES, COUNTIES)]


def _report(title: str, times: dict[str, Timing]) -> None:
    """Print medians, and every other side as a multiple of the first."""
    first = next(iter(times.values()))
    print(f"\n{title}")
    for name, time in times.items():
        ratio = f"{time.wall / first.wall:8.2f} {time.cpu / first.cpu:8.2f}"
        print(f"  {name:12} wall {time.wall * 1000:9.1f} ms  cpu {time.cpu * 1000:9.1f} ms  times the first {ratio}")


if __name__ == "__main__":
    main()

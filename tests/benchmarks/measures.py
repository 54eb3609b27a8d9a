"""Every measure by county and month: the product against hand-written SQL and against pandas.

    uv run python tests/benchmarks/measures.py --sessions 1000000 --rounds 7
    uv run python tests/benchmarks/measures.py --store STORE --only retention people_served
    uv run python tests/benchmarks/measures.py --sessions 50000 --coarse --check-only

First all three must count the same in every cell. Goals: at most 1.5 times the hand-written SQL, faster than pandas.
"""

from __future__ import annotations

import argparse
import csv
import gc
import sys
import tempfile
from functools import partial
from pathlib import Path

from harness import Timing, alternate, print_machine
from measures_sides import HandPandas, HandSql, by_hand, cells, differences, product, query
from measures_warehouse import build

from dashboard.measures import Measure, load_measures
from dashboard.store import Store
from pipelines.versions import read_pointer

SIDES = ("product", "sql", "pandas")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        place = options.store or Path(folder) / "store"
        if not (place / "current.json").exists():
            build(place, Path(folder), options.sessions, coarse=options.coarse)
        return _compare(place, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--store", type=Path, help="use this store; build it if it is not there")
    parser.add_argument("--only", nargs="*", default=[], help="names of measures")
    parser.add_argument("--coarse", action="store_true", help="make one date in seven coarse or unknown first")
    parser.add_argument("--check-only", action="store_true", help="compare the answers, time nothing")
    parser.add_argument("--csv", type=Path, help="write the timings there as well")
    return parser.parse_args()


def _compare(place: Path, options: argparse.Namespace) -> int:
    store = Store(place)
    hand = HandSql(store, place / read_pointer(place).file)
    pandas = HandPandas(hand)
    asked = {name: m for name, m in load_measures().items() if not options.only or name in options.only}
    without = [name for name in asked if name not in by_hand()]
    print(f"not compared, because nothing was written by hand for them: {', '.join(without) or 'none'}")
    asked = {name: measure for name, measure in asked.items() if name not in without}
    different = [name for name, measure in asked.items() if not _agree(store, hand, pandas, measure)]
    print(f"{len(asked)} measures, {len(different)} with differences: {', '.join(different) or 'none'}", flush=True)
    if options.check_only:
        return bool(different)
    rows = []
    for name, measure in asked.items():
        gc.collect()
        question = query(measure, store)
        sides = (partial(product, store, question), partial(hand.answer, name), partial(pandas.answer, name))
        rows.append((name, alternate(dict(zip(SIDES, sides, strict=True)), options.rounds)))
    _report(rows, options.csv)
    return bool(different)


def _agree(store: Store, hand: HandSql, pandas: HandPandas, measure: Measure) -> bool:
    """Compare the three answers cell by cell and show the first cells that differ."""
    ours = cells(product(store, query(measure, store)), measure)
    agreed = len(ours) > 0
    for side, answer in (("hand-written SQL", hand.answer), ("pandas", pandas.answer)):
        wrong = differences(ours, cells(answer(measure.name), measure))
        if len(wrong):
            agreed = False
            print(f"\n{measure.name}: {len(wrong)} of {len(ours)} cells differ from {side}")
            print(wrong.head(5).to_string())
    return agreed


def _report(rows: list[tuple[str, dict[str, Timing]]], target: Path | None) -> None:
    """Print medians in ms and the ratios of wall and of CPU time, worst ratio to hand-written SQL last."""
    head = ("measure", *(f"{side} ms" for side in SIDES), "product/sql", "pandas/product")
    head += (*(f"{side} cpu" for side in SIDES), "cpu product/sql", "cpu pandas/product")
    table = sorted((_line(name, timing) for name, timing in rows), key=lambda line: float(line[4]))
    print_machine()
    for line in (head, *table):
        rest = (f"{cell:>{max(7, len(name))}}" for cell, name in zip(line[1:], head[1:], strict=True))
        print(f"{line[0]:26}", *rest)
    within = sum(float(line[4]) <= 1.5 for line in table)
    faster = sum(float(line[5]) > 1 for line in table)
    print(f"at most 1.5 times hand-written SQL: {within} of {len(table)}; faster than pandas: {faster} of {len(table)}")
    if target:
        with target.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *table])


def _line(name: str, timing: dict[str, Timing]) -> tuple[str, ...]:
    wall = [timing[side].wall * 1000 for side in SIDES]
    cpu = [timing[side].cpu * 1000 for side in SIDES]
    ratios = [(f"{t[0] / t[1]:.2f}", f"{t[2] / t[0]:.2f}") for t in (wall, cpu)]
    return name, *(f"{t:.1f}" for t in wall), *ratios[0], *(f"{t:.1f}" for t in cpu), *ratios[1]


if __name__ == "__main__":
    sys.exit(main())

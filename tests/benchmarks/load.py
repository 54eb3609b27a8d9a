"""Load of N sessions against DuckDB's own `read_csv` into tables of the same files.

    uv run python tests/benchmarks/load.py --sessions 1000000 --rounds 5

Prints medians of wall and CPU time, their ratios (goal of the design: at most 3) and the peak memory of each side.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from harness import child, print_machine

from pipelines.sample import write_sample

Runs = list[tuple[float, float, float]]  # wall seconds, CPU seconds, peak memory in GB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--exports", help="folder of exports written before, instead of new ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        exports = options.exports or f"{folder}/exports"
        if not options.exports:
            write_sample(Path(exports), sessions=options.sessions, shape="canonical")
        baseline: Runs = []
        product: Runs = []
        for _ in range(options.rounds):
            baseline.append(child("load_sides:baseline", exports, f"{folder}/baseline.duckdb"))
            product.append(child("load_sides:product", exports, f"{folder}/store", options.memory))
    print_machine()
    print(f"{exports if options.exports else f'{options.sessions:,} sessions'}, with milestones and participants")
    _report(baseline, product)


def _report(baseline: Runs, product: Runs) -> None:
    medians = []
    for name, runs in (("read_csv into tables", baseline), ("outcomes load", product)):
        wall, cpu = (statistics.median(run[column] for run in runs) for column in (0, 1))
        medians.append((wall, cpu))
        print(f"{name:21} {wall:7.2f} s  CPU {cpu:7.2f} s  peak {max(run[2] for run in runs):.2f} GB")
    (base_wall, base_cpu), (wall, cpu) = medians
    by_round = ", ".join(f"{ours[0] / base[0]:.2f}" for base, ours in zip(baseline, product, strict=True))
    print(f"ratio                 {wall / base_wall:7.2f}    CPU {cpu / base_cpu:7.2f}    (rounds: {by_round})")


if __name__ == "__main__":
    main()

"""Load of N sessions against DuckDB's own `read_csv` into tables of the same files.

    uv run python tests/benchmarks/load.py --sessions 1000000 --rounds 5

Prints medians, the ratio (goal of the design: at most 3) and the peak memory of each side.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from harness import child, print_machine

from pipelines.sample import write_sample


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", default="2GB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        exports = str(Path(folder) / "exports")
        write_sample(Path(exports), sessions=options.sessions, shape="canonical")
        baseline, product = [], []
        for _ in range(options.rounds):
            baseline.append(child("load_sides:baseline", exports, f"{folder}/baseline.duckdb"))
            product.append(child("load_sides:product", exports, f"{folder}/store", options.memory))
        _report(options.sessions, baseline, product)


def _report(sessions: int, baseline: list[tuple[float, float]], product: list[tuple[float, float]]) -> None:
    print_machine()
    (base, base_peak), (ours, our_peak) = (
        (statistics.median(s for s, _ in side), max(p for _, p in side)) for side in (baseline, product)
    )
    print(f"{sessions:,} sessions with milestones and participants")
    print(f"read_csv into tables  {base:7.2f} s  peak {base_peak:.2f} GB")
    print(f"outcomes load         {ours:7.2f} s  peak {our_peak:.2f} GB")
    print(f"ratio                 {ours / base:7.2f}")


if __name__ == "__main__":
    main()

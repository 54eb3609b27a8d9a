"""Memory of `outcomes sample` at growing sizes: written in pieces, it should not grow with the number of sessions.

uv run python tests/benchmarks/load_sample.py --sessions 1000000 10000000
"""

from __future__ import annotations

import argparse
import tempfile

from harness import child, print_machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1_000_000, 3_000_000, 10_000_000])
    options = parser.parse_args()
    print_machine()
    for sessions in options.sessions:
        with tempfile.TemporaryDirectory() as folder:
            wall, cpu, peak = child("load_sides:sample", folder, str(sessions))
        print(f"{sessions:>12,} sessions {wall:7.1f} s  CPU {cpu:7.1f} s  peak {peak:.2f} GB", flush=True)


if __name__ == "__main__":
    main()

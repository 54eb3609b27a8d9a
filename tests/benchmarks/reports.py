"""Reports on sample data: every format of a grant report and a deck, and what a PDF costs beyond its queries.

    uv run python tests/benchmarks/reports.py --rounds 5
    uv run python tests/benchmarks/reports.py --store data/warehouse

Sides alternate in one run, in this process, after one round that does not count; wall and CPU seconds are medians.
Goals: at most 5 s for a grant report in all formats and for a deck; at most 0.1 s for a PDF beyond its queries.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from harness import Timing, alternate, print_machine

from dashboard.report_source import exact_source
from dashboard.reports.definitions import Order
from dashboard.reports.document import Document
from dashboard.reports.funders import read_funder
from dashboard.reports.make import make
from dashboard.reports.period_codes import read_period
from dashboard.reports.renderers import FORMATS, formats_of
from dashboard.reports.source import Source
from dashboard.store import Store
from pipelines.load import LoadOptions, load
from pipelines.paths import sample_folder
from pipelines.program import read_program
from pipelines.sample import write_sample

TODAY = date(2026, 10, 15)
LONGEST, PDF_LONGEST = 5.0, 0.1


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or _sample(Path(folder))
        source = exact_source(Store(store))
        return _compare(source, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", type=Path, help="use this store instead of the sample data")
    return parser.parse_args()


def _sample(folder: Path) -> Path:
    store, program = folder / "store", read_program(sample_folder() / "program.toml")
    written = write_sample(folder / "exports")
    for profile, paths in written.files.items():
        load([str(path) for path in paths], profile, LoadOptions(store, written.as_of, program))
    return store


def _compare(source: Source, rounds: int) -> int:
    # A deck is made of published numbers; here the same answers under the board's name, so that its work is timed.
    board = replace(source, audience="board", records=None)
    sides: dict[str, Callable[[], object]] = {
        "grant, answered": partial(_grant, source),
        "grant, all formats": lambda: _write(_grant(source), formats_of),
        "deck, answered": partial(_deck, board),
        "deck, all formats": lambda: _write(_deck(board), formats_of),
    }
    made = {"grant": _grant(source), "deck": _deck(board)}
    for name, document in made.items():
        for form in formats_of(document):
            sides[f"{name}, {form} alone"] = partial(_vary, document, form)
    found = alternate(sides, rounds)
    print_machine()
    for name, timing in found.items():
        print(f"{name:24} wall {timing.wall:7.3f} s   cpu {timing.cpu:7.3f} s")
    return _judge(found)


def _judge(found: dict[str, Timing]) -> int:
    goals = {"grant, all formats": LONGEST, "deck, all formats": LONGEST, "grant, pdf alone": PDF_LONGEST}
    goals["deck, pdf alone"] = 2 * PDF_LONGEST  # a scorecard is two files, Letter and A4
    over = [name for name, goal in goals.items() if found[name].cpu > goal]
    print("beyond their goals (CPU seconds):", ", ".join(over) or "none")
    return bool(over)


def _grant(source: Source) -> Document:
    order = Order(read_period("2026-FFQ3"), read_funder("samhsa_bcor"), "submission")
    return make("grant", order, source, today=TODAY).document


def _deck(source: Source) -> Document:
    order = Order(read_period("2026Q3"), read_funder("samhsa_bcor"), counties=len(source.options("county")))
    return make("board", order, source, today=TODAY).document


def _write(document: Document, formats: Callable[[Document], tuple[str, ...]]) -> int:
    return sum(len(content) for form in formats(document) for content in FORMATS[form].render(document).values())


_turn = iter(range(1_000_000))


def _vary(document: Document, form: str) -> int:
    """Write a document that was never written before, or typst would answer from its memory."""
    return _write(replace(document, version=f"{next(_turn):012d}"), lambda _: (form,))


if __name__ == "__main__":
    sys.exit(main())

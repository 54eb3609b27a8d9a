"""Rerun time of every page in a real browser, against an empty page with as many static figures.

    uv run python tests/benchmarks/pages.py --rounds 7
    uv run python tests/benchmarks/pages.py --only overview retention

Per page a fresh server. Each round, in turn: the empty page; a period seen for the first time and then a county seen
for the first time (their answers are not in the cache); the county before (everything in the cache). Goal: 1.5 times.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path

from harness import print_machine
from pages_browser import OpenPage, Rerun
from pages_servers import Server, empty_server, make_demo, product_server
from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
KINDS = ("empty", "cached", "new period", "new county")
ALL = "All counties"
PAGES = {  # address of each
    "overview": "",
    "engagement": "engagement",
    "life_wins": "life-wins",
    "retention": "retention",
    "return_to_use": "return-to-use",
    "counties": "counties",
    "data_quality": "data-quality",
    "methods": "methods",
}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = options.store or make_demo(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print_machine()
        print("ms until the page stands still (in brackets: until the script's end; then CPU of the server)")
        print(f"{'page':15}{'figures':>8}" + "".join(f"{kind:>25}" for kind in KINDS) + "  ratios to empty")
        for page in options.only or PAGES:
            print(_line(page, *_measure(browser, store, PAGES[page], options.rounds)), flush=True)
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--store", type=Path, help="a store to serve instead of the demo data")
    parser.add_argument("--only", nargs="*", default=[], choices=PAGES, help="pages, for example overview retention")
    return parser.parse_args()


Times = dict[str, list[tuple[Rerun, float]]]


def _measure(browser: Browser, store: Path, address: str, rounds: int) -> tuple[int, Times]:
    """Return the number of figures of the page, and for each kind of rerun its times and server CPU seconds."""
    with product_server(store) as product:
        page = OpenPage(browser, f"{product.url}/{address}")
        figures = page.figures()
        with empty_server(figures) as empty:
            other = OpenPage(browser, empty.url)
            times = _rounds(page, product, other, empty, rounds)
            other.close()
        page.close()
    return figures, times


def _rounds(page: OpenPage, product: Server, empty_page: OpenPage, empty: Server, rounds: int) -> Times:
    times: Times = defaultdict(list)

    def run(kind: str, where: OpenPage, server: Server, label: str, option: str) -> None:
        before = server.cpu()
        rerun = where.choose(label, option)
        times[kind].append((rerun, server.cpu() - before))

    counties = [name for name in page.options("County") if name != ALL]
    # The newest periods have the fullest pages; the very first one is on the screen already.
    periods = [name for name in page.options("Period") if "not complete" not in name][1:]
    for turn in range(rounds + 1):
        county = counties[turn % len(counties)]
        run("empty", empty_page, empty, "Period", f"Period {2 + turn % 2 * 9}")
        run("new period", page, product, "Period", periods[turn % len(periods)])
        run("new county", page, product, "County", county)
        run("cached", page, product, "County", ALL)
        if turn == 0:  # the first reruns of a server also import and open things
            times.clear()
    return times


def _line(script: str, figures: int, times: Times) -> str:
    median = {kind: statistics.median(rerun.settled for rerun, _ in runs) for kind, runs in times.items()}
    cells = [
        f"{median[kind]:.0f} ({statistics.median(rerun.script for rerun, _ in times[kind]):.0f}; "
        f"{1000 * statistics.mean(cpu for _, cpu in times[kind]):.0f})"
        for kind in KINDS
    ]
    ratios = "  ".join(f"{kind} {median[kind] / median['empty']:.2f}" for kind in KINDS[1:])
    return f"{script:15}{figures:>8}" + "".join(f"{cell:>25}" for cell in cells) + f"  {ratios}"


if __name__ == "__main__":
    main()

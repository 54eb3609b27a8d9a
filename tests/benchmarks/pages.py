"""Rerun time of every page with filters in a real browser, against an empty Streamlit page with as many static figures.

    uv run python tests/benchmarks/pages.py --rounds 7
    uv run python tests/benchmarks/pages.py --only overview retention

Per page a fresh server. Each round, in turn:
- the empty page: a filter that leaves its figures as they are, then one that shows other static figures (built once);
- the product: a period seen for the first time, a county seen for the first time, then views seen before: all counties
  again (every figure is another), and another comparison (only cards change). Goal: 1.5 times.

A view seen before is compared with the empty page that does the same in the browser: figures that change, or do not.
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
SAME, OTHER = "empty, same figures", "empty, other figures"
AGAINST = {  # what each kind of rerun is compared with
    "seen, same figures": SAME,
    "seen, other figures": OTHER,
    "new period": OTHER,
    "new county": OTHER,
}
KINDS = (SAME, OTHER, *AGAINST)
ALL = "All counties"
COMPARE = ("Nothing", "The same period last year")
PAGES = {  # address of each that the filters change
    "overview": "",
    "engagement": "engagement",
    "life_wins": "life-wins",
    "retention": "retention",
    "return_to_use": "return-to-use",
    "counties": "counties",
    "data_quality": "data-quality",
}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = options.store or make_demo(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print_machine()
        print("median ms until the page stands still (in brackets: until the script's end; then CPU of the server)")
        print(f"{'page':15}{'figures':>8}" + "".join(f"{kind:>25}" for kind in KINDS) + "  ratios")
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
            other = OpenPage(browser, empty.url, ready="[role=combobox]")
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
        run(SAME, empty_page, empty, "Period", f"Period {2 + turn % 2 * 9}")
        run(OTHER, empty_page, empty, "Figures", ("Set B", "Set A")[turn % 2])
        run("new period", page, product, "Period", periods[turn % len(periods)])
        run("new county", page, product, "County", county)
        run("seen, other figures", page, product, "County", ALL)
        page.choose("Compare with", COMPARE[turn % 2])  # both are seen before they count
        page.choose("Compare with", COMPARE[1 - turn % 2])
        run("seen, same figures", page, product, "Compare with", COMPARE[turn % 2])
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
    ratios = "  ".join(f"{kind} {median[kind] / median[base]:.2f}" for kind, base in AGAINST.items())
    return f"{script:15}{figures:>8}" + "".join(f"{cell:>25}" for cell in cells) + f"  {ratios}"


if __name__ == "__main__":
    main()

"""The share of a page's rerun that its statistics take: every estimate, control chart and sentence.

Counting (SQL), frames and figures are not statistics.
Each rerun looks at a county that was not seen before, so that everything is worked out anew. The script alone is
timed, in this process; in a browser sending and drawing come on top, and the share is smaller.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from inspect import isfunction
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGES = ("overview", "engagement", "life-wins", "retention", "return-to-use", "counties")
GOAL = 0.15
# Modules of dashboard.measures whose functions are statistics, and where the road of the pages calls them.
STATISTICS = (
    *("values", "curve_values", "between", "curves", "repeated", "places", "change", "trends"),
    *("signals", "signal_prose", "chart_prose", "prose"),
)
CALLERS = ("dashboard.ui", "dashboard.app_pages", "dashboard.charts", "dashboard.measures.evaluate")


class Clock:
    """Seconds spent in statistics; a call inside another counts once."""

    def __init__(self) -> None:
        self.seconds, self.depth = 0.0, 0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            self.depth += 1
            began = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.seconds += time.perf_counter() - began

        return run


def report(store: Path) -> None:
    """Print, for every page, the median rerun, the median share of its statistics, and the goal."""
    os.environ["OUTCOMES_STORE"] = str(store)
    print(f"\nshare of statistics in the rerun of a page for a county not seen before; goal under {GOAL:.0%}")
    for page in PAGES:
        runs = list(_reruns(page))
        rerun = statistics.median(total for total, _ in runs)
        share = statistics.median(part / total for total, part in runs)
        print(
            f"  {page:16} rerun {1000 * rerun:7.1f} ms  statistics {share:6.1%}  {'within' if share < GOAL else 'OVER'}"
        )


def _reruns(page: str) -> Iterator[tuple[float, float]]:
    """Yield seconds of a rerun and of its statistics, once per county."""
    app = AppTest.from_file(APP, default_timeout=120).run()
    app._page_hash = calc_hash(page) if page != PAGES[0] else app._page_hash
    app.run()
    with _clocked() as clock:
        for county in app.selectbox(key="county").options[1:]:
            clock.seconds = 0.0
            box = app.selectbox(key="county").select(county)
            began = time.perf_counter()
            box.run()
            yield time.perf_counter() - began, clock.seconds


@contextmanager
def _clocked() -> Iterator[Clock]:
    clock = Clock()
    counted = {f"dashboard.measures.{part}" for part in STATISTICS}
    with ExitStack() as stack:
        for module in [module for name, module in sys.modules.items() if name.startswith(CALLERS)]:
            for name, function in list(vars(module).items()):
                if isfunction(function) and function.__module__ in counted:
                    stack.enter_context(patch.object(module, name, clock.timed(function)))
        yield clock

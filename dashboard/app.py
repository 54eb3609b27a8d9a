"""Entry of the pages: the list of pages of the process's audience, one line each. Keep it thin.

Run with `outcomes serve`, or `streamlit run dashboard/app.py` with OUTCOMES_STORE set to a store folder.
"""

from __future__ import annotations

from functools import partial

from dashboard.app_pages import (
    board,
    counties,
    data_quality,
    engagement,
    grant_reports,
    life_wins,
    load_data,
    methods,
    overview,
    previews,
    released,
    retention,
    return_to_use,
)
from dashboard.settings import read_settings
from dashboard.ui.released import shell as released_shell
from dashboard.ui.shell import Entry, run_pages

DIRECTOR = (
    Entry("Overview", "overview", overview.main, needs="contacts"),
    Entry("Engagement", "engagement", engagement.main, needs="contacts"),
    Entry("Life wins", "life-wins", life_wins.main, needs="life wins"),
    Entry("Retention", "retention", retention.main, needs="contacts"),
    Entry("Return to use & overdose", "return-to-use", return_to_use.main),
    Entry("Counties", "counties", counties.main),
    Entry("Data quality", "data-quality", data_quality.main, needs="nothing"),
    Entry("Grant reports", "grant-reports", grant_reports.main, filtered=False),
    Entry("Board presentation", "board-presentation", board.main, filtered=False),
    Entry(
        "What others see", "what-others-see", partial(previews.main, released.entries), needs="nothing", filtered=False
    ),
    Entry("Load data", "load-data", load_data.main, needs="nothing", filtered=False, before_data=True),
    Entry("Methods", "methods", methods.main, needs="nothing", filtered=False),
)

audience = read_settings().audience
if audience == "director":
    run_pages(DIRECTOR)
else:
    released_shell.run_pages(released.entries(audience), audience)

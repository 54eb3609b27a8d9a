"""Entry of the pages: the list of pages, one line each. Keep it thin.

Run with `outcomes serve`, or `streamlit run dashboard/app.py` with OUTCOMES_STORE set to a store folder.
"""

from __future__ import annotations

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
    retention,
    return_to_use,
)
from dashboard.ui.shell import Entry, run_pages

run_pages(
    (
        Entry("Overview", "overview", overview.main, needs="contacts"),
        Entry("Engagement", "engagement", engagement.main, needs="contacts"),
        Entry("Life wins", "life-wins", life_wins.main, needs="life wins"),
        Entry("Retention", "retention", retention.main, needs="contacts"),
        Entry("Return to use & overdose", "return-to-use", return_to_use.main),
        Entry("Counties", "counties", counties.main),
        Entry("Data quality", "data-quality", data_quality.main, needs="nothing"),
        Entry("Grant reports", "grant-reports", grant_reports.main),
        Entry("Board presentation", "board-presentation", board.main),
        Entry("Load data", "load-data", load_data.main, needs="nothing", audiences=("director",), before_data=True),
        Entry("Methods", "methods", methods.main, needs="nothing"),
    )
)

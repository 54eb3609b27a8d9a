"""Entry of the pages: page config, navigation and the filters every page shares. Keep it thin.

Run with `outcomes serve`, or `streamlit run dashboard/app.py` with OUTCOMES_STORE set to a store folder.
"""

from __future__ import annotations

from dashboard.ui.shell import run_pages

run_pages()

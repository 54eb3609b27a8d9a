"""Whether the numbers can be trusted, and what needs fixing."""

from __future__ import annotations

import streamlit as st

from dashboard.charts import trend
from dashboard.measures import headline
from dashboard.ui.block import Block, chart, show, show_if
from dashboard.ui.card_wall import card_wall
from dashboard.ui.cards import measure_card, period_card
from dashboard.ui.page import definitions, open_page
from dashboard.ui.quality import all_loads, completeness, findings, ledger, lines, rules_with_lines
from dashboard.ui.quality_lists import (
    by_load,
    contradictions,
    follow_ups_due,
    relaxed_rules,
    rows_to_mend,
    still_filling,
    unmapped_values,
)
from dashboard.ui.view import View, current, remembered

BY_PERIOD = ("entered_promptly", "entry_lag", "missing_county")
BY_LOAD = ("unmapped_values", "duplicate_rows", "rejected_rows")


def main() -> None:
    """Draw the page from top to bottom; most of it is about all records, whatever is chosen."""
    view = current()
    records = view.without("period", "county", "program")
    _top(view, records)
    show(ledger(records))
    show(findings(records))
    show(rows_to_mend(records))
    show_if(relaxed_rules(records))
    _show_lines(records)
    show(by_load(records))
    show(_lag(view))
    st.caption(still_filling(records))
    show(completeness(records))
    show(unmapped_values(records))
    show(contradictions(records))
    show(follow_ups_due(records))
    _quiet(view)
    definitions(*BY_PERIOD, *BY_LOAD, "quiet_coaches")


@remembered
def _top(view: View, records: View) -> None:
    open_page(view, "Data quality", headline(view.ask("entered_promptly")))
    cards = [measure_card(view, name) for name in BY_PERIOD]
    card_wall([*cards, *(period_card(records, name, all_loads(records)) for name in BY_LOAD)])


@remembered
def _lag(view: View) -> Block:
    lag = view.by_month("entry_lag")
    return chart(view, lag, trend(lag), "Line by month", subtitle="band: the middle half of records")


def _show_lines(view: View) -> None:
    """Show files and line numbers of one rule, so that someone can look them up in the source system."""
    rules = rules_with_lines(view)
    if not rules:
        return
    rule = st.selectbox("Show the lines of a rule", list(rules), format_func=lambda code: rules.get(code, code))
    found = lines(view, rule)
    st.dataframe(found, hide_index=True, height=min(300, 38 + 35 * len(found)), alt=f"Lines found by {rules[rule]}")


@remembered
def _quiet(view: View) -> None:
    st.header("Coaches and records", anchor=False)
    row = view.ask_alone("quiet_coaches", view.period).frame.iloc[0]
    if row["denominator"]:
        st.write(
            f"{row['numerator']:,.0f} of {row['denominator']:,.0f} coaches have entered nothing for 30 days. "
            "This is a reminder about records, never a comparison of coaches."
        )
    else:
        st.write("No coach has a session in the last 90 days of the period.")

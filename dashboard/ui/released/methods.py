"""Methods for funders and the board: definitions, the rules of protection, what they promise and what they do not."""

from __future__ import annotations

import streamlit as st

from dashboard.measures.parameters import parameters
from dashboard.ui.method_texts import meaning
from dashboard.ui.page import long_date
from dashboard.ui.released.page import own_measure
from dashboard.ui.released.view import Shared
from pipelines.policy import explain

PROMISED = (
    "Numbers that could point to a few people are withheld, and with them as many others as it takes. Before a "
    "release is published, a separate program attacks it: it takes every number this audience has ever been shown, "
    "these rules, and the knowledge that counts are whole and not negative, and works out the least and the most each "
    "withheld number can be. If a withheld number that may be small can be narrowed down to a range of less than "
    "{width}, the release is not published and the one before it stays."
)
NOT_PROMISED = (
    "Not covered: what somebody knows from elsewhere (the news, court records, a coach's own work, or that a number is "
    "about themselves), how likely each value inside a range is, what the choice of withheld numbers hints at, and "
    "numbers given out in other ways. Counties and dates are named, so that a release rests on an expert's "
    "determination; the report of each audit is part of that expert's record. It is not a legal opinion."
)
CLOSED = (
    "Every page says how far the data reach. A period is released once it is over, {days} days have been waited for "
    "late entries, and everyone in it can be judged. What was shown stays as it was: late entries and corrections come "
    "in with the yearly restatement."
)
GAP_RULE = (
    "A person is in touch until {days} days pass without a contact. Leaving is dated at the last contact before that "
    "silence."
)


def methods_texts(view: Shared) -> None:
    """Show the promise, its limits, the rules, the audit of this release, and every definition."""
    width = view.published.policy.width_for(view.audience)
    for heading, words in (
        ("What is promised", PROMISED.format(width=width)),
        ("What is not promised", NOT_PROMISED),
        ("What the marks mean", "  \n".join(view.legends.values())),
        ("The audit of this release", _audit(view)),
        ("Data through", CLOSED.format(days=view.published.policy.release.lag_days)),
        *_gap_rule(view),
    ):
        st.header(heading, anchor=False)
        st.markdown(words)
    st.header("Definitions", anchor=False)
    for name in view.gives(*view.published.policy.measures):
        asked = own_measure(view, name)
        with st.expander(f"{asked.title} ({asked.id})"):
            st.markdown(f"{meaning(asked)} {asked.why}\n\n{' '.join(asked.caveats)}")
    with st.expander("The rules in full"):
        st.code(explain(view.published.policy, (view.audience,)), language=None, wrap_lines=True)


def _gap_rule(view: Shared) -> list[tuple[str, str]]:
    """Return the rule with its heading; none where there are no contacts to fall silent."""
    days = parameters(view.published.cube.about, {})["gap_days"]
    return [("The gap rule", GAP_RULE.format(days=days))] if view.has_contacts else []


def _audit(view: Shared) -> str:
    audit, cube = view.published.audit, view.published.cube
    counts = audit["counts"]
    narrowest = [item["width"] for item in audit["worst"] if item["width"] is not None]
    lines = [
        f"Release {cube.sequence} ({cube.release}), data through {long_date(view.as_of)}, passed its audit.",
        f"{counts['shown']:,} numbers are shown, {counts['withheld']:,} withheld,",
        f"{counts['not_released']:,} not released at this level.",
        f"The narrowest range of a withheld number is {min(narrowest)} wide." if narrowest else "",
        f"Policy {cube.policy_hash[:12]}.",
    ]
    return " ".join(line for line in lines if line)

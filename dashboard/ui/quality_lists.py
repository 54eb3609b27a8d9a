"""Blocks about records that need somebody: findings load by load, unmapped values, contradictions, follow-ups due."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.measures import measure, quality, quality_lists
from dashboard.measures.filling_prose import delays
from dashboard.measures.wording import percent
from dashboard.ui.block import Block
from dashboard.ui.cache import store
from dashboard.ui.page import long_date
from dashboard.ui.quality import ACTIONS, place_words, record_table, rule_words
from dashboard.ui.view import View, remembered
from pipelines.fix_list import Fix, fix_list_csv

LOADS = 4  # the newest; more columns could not be read on a telephone
MOST_LINES = 12  # of one rule and file; the fix list has them all
MONTHS_BEFORE, MONTHS_AFTER = 6, 3


@remembered
def by_load(view: View) -> Block:
    """Show how many lines each rule found, load by load."""
    frame = quality_lists.issues_by_load(store(), LOADS)
    wide = frame.pivot_table(index="rule_id", columns="loaded_at", values="rows", aggfunc="sum", sort=True)
    titles = _titles()
    rows = pd.DataFrame({"Rule": [rule_words(rule, titles.get(rule, "")) for rule in wide.index]})
    for moment in wide.columns:
        when = pd.Timestamp(moment)
        rows[f"{long_date(when.date())} {when:%H:%M:%S}"] = [f"{n:,.0f}" for n in wide[moment]]
    covers = f"Lines found in each of the last {LOADS} loads, oldest first · at most 1,000 lines a rule are listed"
    return record_table(view, "by-load", "Findings load by load", covers, rows, nothing="No load found anything.")


@remembered
def unmapped_values(view: View) -> Block:
    """Show where values no profile knows were met; the values themselves are shown while a load is checked."""
    frame = quality_lists.unmapped(store())
    rows = pd.DataFrame(
        {
            "Field": [place_words(name) for name in frame["field"]],
            "File": frame["source_file"],
            "Rows": [f"{n:,}" for n in frame["rows"]],
            "What was done": [ACTIONS.get(action, action) for action in frame["action"]],
        }
    )
    covers = "Rows by field and file · the values themselves can be mapped on the Load data page"
    return record_table(view, "unmapped", "Values nobody mapped", covers, rows, nothing="Every value is mapped.")


@remembered
def contradictions(view: View) -> Block:
    """Show rows that repeat others or tell what cannot have been."""
    frame = quality_lists.impossible(store())
    titles = _titles()
    rows = pd.DataFrame(
        {
            "Rule": [rule_words(rule, titles.get(rule, "")) for rule in frame["rule_id"]],
            "File": frame["source_file"],
            "Rows": [f"{n:,}" for n in frame["rows"]],
        }
    )
    covers = "Rows by rule and file · line numbers are listed above"
    nothing = "No row repeats or contradicts another."
    return record_table(view, "contradictions", "Duplicates and impossible rows", covers, rows, nothing=nothing)


@remembered
def follow_ups_due(view: View) -> Block:
    """Show follow-up assessments by the month of their last due day: done, declined, overdue, still to come."""
    frame = quality_lists.follow_ups(store(), MONTHS_BEFORE, MONTHS_AFTER)
    over = frame["due"] - frame["open"]
    rows = pd.DataFrame({"Last due day in": [f"{pd.Timestamp(month):%b %Y}" for month in frame["month"]]})
    columns = {
        "due": "Due",
        "on_time": "Done on time",
        "off_time": "Done at another time",
        "declined": "Declined",
        "missed": "Missed",
        "not_done": "Overdue",
        "open": "Still to come",
    }
    for name, words in columns.items():
        rows[words] = [f"{n:,}" for n in frame[name]]
    rows["On time, of those over"] = [
        percent(done / all_) if all_ else "–" for done, all_ in zip(frame["on_time"], over, strict=True)
    ]
    about = measure("followup_rate")
    nothing = "Needs assessments. Not loaded."
    return record_table(
        view, "follow-ups", "Follow-up assessments by month", f"{about.caveats[0]}", rows, nothing=nothing
    )


@remembered
def still_filling(view: View) -> str:
    """Say how late records arrive and until when a month is still filling, or why that is not known."""
    return "\n\n".join(delays(store()))


@remembered
def rows_to_mend(view: View) -> Block:
    """Show the rows that were kept out, by rule and file with their lines and the cure; the file lists every one."""
    kept = quality_lists.kept_out(store())
    groups: dict[tuple[str, str], list[Fix]] = {}
    for fix in kept:
        groups.setdefault((fix.rule, fix.file), []).append(fix)
    rows = pd.DataFrame(
        [
            (rule_words(rule, found[0].title), file, _lines([fix.line for fix in found]), found[0].cure)
            for (rule, file), found in sorted(groups.items())
        ],
        columns=["Rule", "File", "Lines", "What to do"],
    )
    block = record_table(
        view,
        "fix-list",
        "Rows to mend",
        "Kept out of the newest export of each source · mend them there, export and load again: they are gone here",
        rows,
        nothing="No row was kept out.",
    )
    return replace(block, file=lambda: fix_list_csv(kept), download=f"Download the fix list ({len(kept):,} rows)")


def _lines(numbers: list[int]) -> str:
    """Name the first lines, as a spreadsheet counts them, and how many more there are."""
    different = sorted(set(numbers))
    more = len(different) - MOST_LINES
    return ", ".join(map(str, different[:MOST_LINES])) + (f" and {more:,} more" if more > 0 else "")


@remembered
def relaxed_rules(view: View) -> Block | None:
    """Show the rules the program file relaxes, each with its reason; nothing where there are none."""
    frame = quality_lists.relaxed(store())
    if frame.empty:
        return None
    rows = pd.DataFrame(
        {
            "Rule": [rule_words(rule, title) for rule, title in zip(frame["rule_id"], frame["title"], strict=True)],
            "Reason the program gives": frame["reason"],
            "Rows kept": [f"{n:,}" for n in frame["rows"]],
        }
    )
    covers = "Rows these rules would keep out are kept where they still can be, and counted as warnings"
    return record_table(view, "relaxed", "Rules the program has relaxed", covers, rows, nothing="")


def _titles() -> dict[str, str]:
    frame = quality.issues(store())
    return dict(zip(frame["rule_id"], frame["title"], strict=True))

"""Blocks about records: what was loaded, what was found, what is missing. None names a person."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.charts import heat, in_ink
from dashboard.measures import Period, quality
from dashboard.measures.export import table_csv
from dashboard.measures.result import Provenance
from dashboard.measures.wording import percent
from dashboard.ui.block import Block
from dashboard.ui.cache import store
from dashboard.ui.loading.values import field_words
from dashboard.ui.page import long_date
from dashboard.ui.view import View, remembered

MONTHS = 6  # more columns could not be read on a telephone
COUNTS = {
    "rows_loaded": "Loaded",
    "rows_replaced": "Replaced",
    "rows_quarantined": "Kept out",
    "rows_duplicate": "Duplicates",
    "rows_dropped": "Dropped",
}
SEVERITIES = {"stop": "Stop", "quarantine": "Rows kept out", "warn": "Warning", "info": "Note"}
ACTIONS = {
    "field_cleared": "Field left empty",
    "held_from_measures": "Not counted",
    "noted": "Noted",
    "row_collapsed": "Counted once",
    "row_quarantined": "Row kept out",
    "row_replaced": "Replaced by the newer row",
    "rows_linked": "Linked to another record",
    "set_to_other": "Set to other or unknown",
}
RESULTS = {"pass": "Pass", "warn": "Warnings", "stop": "Stopped"}


def all_loads(view: View) -> Period:
    """Return the span in which every file of the data was current."""
    return Period(view.data_start, view.as_of, "all files loaded")


@remembered
def ledger(view: View) -> Block:
    """Show every file read and where each of its rows went."""
    frame = quality.ledger(store())
    accounted = frame[list(COUNTS)].sum(axis=1)
    rows = pd.DataFrame({"File": frame["source_file"], "Data through": [_day(day) for day in frame["as_of"]]})
    rows["Rows read"] = _counts(frame["rows_read"])
    for column, words in COUNTS.items():
        rows[words] = _counts(frame[column])
    rows["Adds up"] = ["yes" if fits else "no" for fits in accounted == frame["rows_read"]]
    rows["Result"] = [RESULTS.get(result, result) for result in frame["result"]]
    rows["Checksum"] = [str(sha)[:8] for sha in frame["sha256"]]
    covers = "Rows read = loaded + replaced + kept out + duplicates + dropped, file by file"
    return record_table(view, "ledger", "Files loaded", covers, rows, nothing="No file is recorded in the ledger.")


@remembered
def findings(view: View) -> Block:
    """Show what the rules found, gravest first, and what to do about it."""
    frame = quality.issues(store())
    frame = frame[frame["rows_found"] > 0]
    rows = pd.DataFrame(
        {
            "Rule": [rule_words(rule, title) for rule, title in zip(frame["rule_id"], frame["title"], strict=True)],
            "Severity": [SEVERITIES.get(severity, severity) for severity in frame["severity"]],
            "Rows": _counts(frame["rows_found"]),
            "Share": ["–" if pd.isna(share) else percent(share) for share in frame["share"]],
            "What to do": [advice or "–" for advice in frame["advice"]],
        }
    )
    covers = "All files · gravest first"
    return record_table(view, "findings", "What the rules found", covers, rows, nothing="No rule found anything.")


@remembered
def rules_with_lines(view: View) -> dict[str, str]:
    """Return the rules that found lines of a file: code to words."""
    frame = quality.issues(store())
    frame = frame[frame["files"] > 0]
    return {rule: rule_words(rule, title) for rule, title in zip(frame["rule_id"], frame["title"], strict=True)}


@remembered
def lines(view: View, rule: str) -> pd.DataFrame:
    """Return where a rule found something: file, line, field and what was done; never a value."""
    frame = quality.issue_lines(store(), rule)
    frame["field"] = [place_words(name) for name in frame["field"]]
    frame["action"] = [ACTIONS.get(action, action) for action in frame["action"]]
    return frame.set_axis(["File", "Line", "Field", "What was done"], axis=1)


@remembered
def completeness(view: View) -> Block:
    """Show how often each field of a session is filled, month by month."""
    frame = quality.completeness(store())
    months = sorted(frame["month"].unique())[-MONTHS:]
    wide = frame[frame["month"].isin(months)].pivot_table(index="field", columns="month", values="share", sort=False)
    names = [f"{pd.Timestamp(month):%b %y}" for month in wide.columns]
    fields = [str(field).capitalize() for field in wide.index]
    figure = heat(fields, names, [[100 * float(v) for v in row] for row in wide.to_numpy()], "–")
    cells = [["–" if pd.isna(v) else percent(float(v)) for v in row] for row in wide.to_numpy()]
    rows = pd.DataFrame(cells, columns=names)
    rows.insert(0, "Field", fields)
    block = record_table(
        view,
        "completeness",
        "How complete the records are",
        "Share of sessions with the field filled, by month",
        rows,
        nothing="No sessions recorded.",
    )
    alt = f"Shaded table: share of sessions with each field filled, by month, {len(names)} months; see the table."
    return replace(block, figure=in_ink(figure, view.ground), alt=alt)


def record_table(view: View, key: str, heading: str, covers: str, rows: pd.DataFrame, *, nothing: str) -> Block:
    """Make the block of a table about records: no chart, the same cells as a file, `nothing` where it is empty."""
    about = [("table", heading), ("covers", covers)]
    provenance = Provenance(view.version, view.as_of, view.gap_days)
    return Block(
        key=key,
        heading=heading,
        covers=covers,
        figure=None,
        alt=f"Table of {heading}",
        table=lambda: rows,
        file=lambda: table_csv(rows, about, provenance),
        nothing="" if len(rows) else nothing,
    )


def place_words(field: object) -> str:
    """Return a field of a table as people read it: "session: county"."""
    return field_words(str(field)).replace(".", ": ")


def rule_words(rule: str, title: str) -> str:
    """Return a rule as people read it: its title, and its number to ask about."""
    return f"{title} ({rule})" if title else rule


def _day(day: object) -> str:
    return long_date(pd.Timestamp(day).date())  # type: ignore[arg-type]


def _counts(column: pd.Series) -> list[str]:
    return [f"{n:,.0f}" for n in column]

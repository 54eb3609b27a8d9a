"""What only several records of one export show together: one event told twice, more units than a day may hold."""

from __future__ import annotations

import duckdb

from pipelines.load.stage import VOID, Staged

_DAY = "coalesce({0}.event_date, {0}.reported_date)"


def link(con: duckdb.DuckDBPyConnection, item: Staged, within_days: int, *, has_previous: bool) -> None:
    """Let records of one emit give way to the same event told elsewhere in the export (DQ50).

    A record that gives way counts as gone from the export, so that an earlier load's copy of it is removed too.
    """
    apart = f"abs({_DAY.format('n')} - {_DAY.format('o')})"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE linked AS SELECT n.rowid AS row_id, n.milestone_key, n.file_no, n.source_row"
        f" FROM milestone n WHERE n.emit_no = {item.number} AND n.flags <> {VOID} AND EXISTS (SELECT 1 FROM milestone o"
        f" WHERE o.emit_no <> {item.number} AND o.flags <> {VOID} AND o.participant_key = n.participant_key"
        f" AND o.class = n.class AND {apart} <= {within_days})"
    )
    con.execute("INSERT INTO finding SELECT file_no, source_row, 'DQ50', 'milestone' FROM linked")
    con.execute("INSERT INTO exception SELECT file_no, source_row, 'duplicate' FROM linked")
    con.execute("DELETE FROM milestone WHERE rowid IN (SELECT row_id FROM linked)")
    if has_previous:
        con.execute("DELETE FROM sent_milestone WHERE milestone_key IN (SELECT milestone_key FROM linked)")


def note_units_above(con: duckdb.DuckDBPyConnection, most: int) -> None:
    """Note the sessions of a person's day with more billing units than the payer pays for (DQ49)."""
    con.execute(
        "INSERT INTO finding SELECT file_no, source_row, 'DQ49', 'session.billing_units' FROM session"
        " WHERE billing_units IS NOT NULL"
        f" QUALIFY sum(billing_units) OVER (PARTITION BY participant_key, session_date) > {most}"
    )

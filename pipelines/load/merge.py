"""From staged rows to facts, in order: quarantine, duplicates within the export, then the version before."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.errors import LoadError
from pipelines.load import across, corrections, duplicates
from pipelines.load.fields import FieldBuilder
from pipelines.load.landing import Landing
from pipelines.load.ledger import count_emitted
from pipelines.load.multi_select import insert_splits
from pipelines.load.options import LoadOptions
from pipelines.load.rules import loader_rules
from pipelines.load.stage import Staged
from pipelines.profile import Profile

# A full export that holds over a tenth fewer records than the last one is more likely cut off than corrected.
GONE_SHARE, GONE_FROM = 0.1, 20


class Merge:
    """Settles the staged rows of one load; what is left in the tables afterwards is the new version."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        profile: Profile,
        landing: Landing,
        staged: Sequence[tuple[Staged, FieldBuilder]],
        options: LoadOptions,
        has_previous: bool,
    ) -> None:
        self.con, self.profile, self.landing, self.staged = con, profile, landing, staged
        self.options, self.has_previous = options, has_previous
        self.tables = tuple(dict.fromkeys(item.emit.table for item, _ in staged))
        self.is_snapshot = profile.export_kind == "snapshot"
        self.fresh = set(landing.inputs)  # inputs of which no later export is loaded

    def run(self) -> int:
        """Settle everything; return how many records of the previous version were removed."""
        items = [item for item, _ in self.staged]
        duplicates.prepare(self.con)
        duplicates.judge(self.con, items)
        count_emitted(self.con, items)
        duplicates.take_in_set_aside(self.con)
        if self.has_previous:
            self._compare_exports()
        duplicates.remove_quarantined(self.con, self.tables)
        self._set_aside_lone_voids()
        self._collapse()
        self._look_across()
        return sum(self._settle(table) for table in self.tables)

    def _compare_exports(self) -> None:
        """Let older full exports give way, input by input, and remember which records were sent."""
        for name, landed in self.landing.inputs.items() if self.is_snapshot else ():
            filled = {emit.table for emit in self.profile.emit if emit.input == name}
            assert self.options.as_of
            if corrections.newer_is_loaded(
                self.con, self.profile.source_system, name, filled, self.options.as_of
            ):  # fmt: skip
                self.fresh.discard(name)
                for table in self.tables:
                    corrections.give_way(self.con, table, [piece.number for piece in landed.pieces])
        for table in self.tables:
            corrections.remember_sent(self.con, table)

    def _set_aside_lone_voids(self) -> None:
        for table in self._voided():
            corrections.set_aside_lone_voids(self.con, table, has_previous=self.has_previous)
        if self._voided():
            duplicates.remove_quarantined(self.con, self.tables)

    def _voided(self) -> list[str]:
        return [t for t in self.tables if any(item.emit.void for item, _ in self.staged if item.emit.table == t)]

    def _collapse(self) -> None:
        """Keep one row per record; cells of several parts are written out before or after, as the profile says."""
        for item, builder in self.staged:
            if item.emit.collapse:
                insert_splits(builder, item)
        for table in self.tables:
            union = {k: v for item, _ in self.staged if item.emit.table == table for k, v in item.emit.union.items()}
            duplicates.collapse(self.con, table, dict(union))
        for item, builder in self.staged:
            if not item.emit.collapse:
                insert_splits(builder, item)

    def _look_across(self) -> None:
        """Judge what only several records together show."""
        for item, _ in self.staged:
            if item.emit.link:
                across.link(self.con, item, item.emit.link.within_days, has_previous=self.has_previous)
        if self.profile.units_per_day and "session" in self.tables:
            across.note_units_above(self.con, self.profile.units_per_day)

    def _settle(self, table: str) -> int:
        if self.has_previous:
            corrections.merge_previous(self.con, table, str(self.options.as_of))
            corrections.keep_previous(self.con, table)
        removed = 0
        if table in self._voided():
            removed = corrections.cancel_voids(self.con, table, has_previous=self.has_previous)
        return removed + (self._remove_gone(table) if self.has_previous and self.is_snapshot else 0)

    def _remove_gone(self, table: str) -> int:
        """Remove what a full export no longer holds; of a table whose other inputs were not sent, only its own."""
        feeding = {emit.input for emit in self.profile.emit if emit.table == table}
        if not feeding & self.fresh:
            return 0
        inputs = None if feeding <= self.fresh else sorted(feeding & self.fresh)
        gone, before = corrections.removable(self.con, table, self.profile.source_system, inputs)
        if before >= GONE_FROM and gone > GONE_SHARE * before and not self.options.confirm_removals:
            what = f"{gone} of {before} records of {table} are no longer in this full export."
            raise LoadError("DQ10", self.profile.name, what, loader_rules()["DQ10"].advice)
        corrections.remove_gone(self.con, table)
        return gone

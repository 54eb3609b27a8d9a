"""Multi-select cells (topics, linkages) become rows of narrow tables, so that no measure needs list functions."""

from __future__ import annotations

import pyarrow as pa

from pipelines.load.fields import FieldBuilder
from pipelines.load.stage import Staged, split_meanings
from pipelines.profile import SPLIT_FIELDS


def insert_splits(builder: FieldBuilder, staged: Staged) -> None:
    """Fill `session_topic` and `linkage` from the cells of one emit; unmapped parts are findings."""
    con = builder.meanings.con
    for field in SPLIT_FIELDS:
        specs = staged.emit.fields.get(field, ())
        if not specs:
            continue
        rows = split_meanings(builder, field, specs[0])
        names = ("cell", "code", "outcome", "rule")
        arrays = [pa.array([row[n] for row in rows], pa.string()) for n in range(len(names))]
        con.register("split_rows", pa.Table.from_arrays(arrays, names=list(names)))
        con.execute("CREATE OR REPLACE TEMP TABLE split AS SELECT DISTINCT * FROM split_rows")
        con.unregister("split_rows")
        con.execute(_insert(field, staged.number))
        con.execute(
            f"INSERT INTO finding SELECT DISTINCT s.file_no, s.source_row, p.rule, 'session.{field}' FROM session s"
            f" JOIN split p ON s.{field}_text = p.cell WHERE s.emit_no = {staged.number} AND p.rule <> ''"
        )


def _insert(field: str, emit_no: int) -> str:
    source = f"FROM session s JOIN split p ON s.{field}_text = p.cell WHERE s.emit_no = {emit_no}"
    if field == "topics":
        return f"INSERT INTO session_topic SELECT DISTINCT s.session_key, p.code::topic_t {source}"
    # The furthest outcome told in the session; the order of the vocabulary is written out, not relied upon.
    furthest = (
        "CASE max(CASE p.outcome WHEN 'connected' THEN 4 WHEN 'accepted' THEN 3 WHEN 'declined' THEN 2"
        " WHEN 'offered' THEN 1 ELSE 0 END) WHEN 4 THEN 'connected' WHEN 3 THEN 'accepted' WHEN 2 THEN 'declined'"
        " WHEN 1 THEN 'offered' ELSE 'unknown' END"
    )
    return (
        f"INSERT INTO linkage SELECT s.session_key, p.code::linkage_domain_t, ({furthest})::linkage_outcome_t"
        f" {source} GROUP BY s.session_key, p.code"
    )

"""Multi-select cells (topics, linkages) become rows of narrow tables, so that no measure needs list functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.load.fields import FieldBuilder
from pipelines.load.reading import code_reader
from pipelines.load.scratch import scratch_table
from pipelines.load.stage import Staged
from pipelines.profile import SPLIT_FIELDS, FieldSpec
from pipelines.schema import TABLES

# From least to furthest (data-model.md 4.5): a session tells the furthest outcome of each linkage.
FURTHEST = ("unknown", "offered", "declined", "accepted", "connected")
Part = tuple[int, str, str | None, str]  # number of the cell, code, outcome, rule
CellReader = Callable[[list[str]], dict[str, tuple[str | None, str]]]


def insert_splits(builder: FieldBuilder, staged: Staged) -> None:
    """Fill `session_topic` and `linkage` from the cells of one emit; unmapped parts are findings."""
    con = builder.meanings.con
    for field, table in SPLIT_FIELDS.items():
        specs = staged.emit.fields.get(field, ())
        if not specs:
            continue
        rows = list(_parts_of_cells(builder, field, specs[0]))
        columns = {"number": "INTEGER", "code": "VARCHAR", "outcome": "VARCHAR", "rule": "VARCHAR"}
        scratch_table(
            con, "split", {c: (kind, [row[n] for row in rows]) for n, (c, kind) in enumerate(columns.items())}
        )
        source = f"FROM session s JOIN split p ON s.{field}_cell = p.number WHERE s.emit_no = {staged.number}"
        select = (
            "p.code::topic_t" if table == "session_topic" else "p.code::linkage_domain_t, p.outcome::linkage_outcome_t"
        )
        distinct = "DISTINCT" if staged.emit.collapse else ""  # lines of one fact may repeat a part
        con.execute(f"INSERT INTO {table} SELECT {distinct} s.session_key, {select} {source}")
        con.execute(
            f"INSERT INTO finding SELECT DISTINCT s.file_no, s.source_row, p.rule, 'session.{field}' {source}"
            " AND p.rule <> ''"
        )


def _parts_of_cells(builder: FieldBuilder, field: str, spec: FieldSpec) -> Iterator[Part]:
    """Yield every code of every distinct cell once, numbered as `stage` numbered the cells."""
    column = builder.landed.column(spec.from_)
    cells = [row[0] for row in builder.meanings.distinct(builder.landed.view, (column,)) if row[0]]
    read = (_topic_reader if field == "topics" else _linkage_reader)(builder, spec)
    for number, cell in enumerate(cells):
        for code, (outcome, rule) in read(_split(cell, spec)).items():
            yield number, code, outcome, rule


def _topic_reader(builder: FieldBuilder, spec: FieldSpec) -> CellReader:
    read = code_reader(TABLES["session_topic"].by_column["topic"], spec, builder.profile.recode_of(spec))
    return lambda parts: {str(found.value or "other"): (None, found.rule) for found in map(read, parts)}


def _linkage_reader(builder: FieldBuilder, spec: FieldSpec) -> CellReader:
    columns, recode = TABLES["linkage"].by_column, builder.profile.recode_of(spec)
    read_domain = code_reader(columns["domain"], spec, recode)
    read_outcome = code_reader(columns["outcome"], FieldSpec(), recode)

    def read(parts: list[str]) -> dict[str, tuple[str | None, str]]:
        found: dict[str, tuple[str | None, str]] = {}
        for part in parts:
            head, _, tail = part.partition(":")
            domain, outcome = read_domain(head), str(read_outcome(tail).value) if tail.strip() else "offered"
            code = str(domain.value or "other")
            furthest = max(outcome, found.get(code, ("unknown", ""))[0] or "unknown", key=FURTHEST.index)
            found[code] = (furthest, domain.rule)
        return found

    return read


def _split(cell: str, spec: FieldSpec) -> list[str]:
    parts = [cell]
    for mark in spec.split or (";",):
        parts = [piece for part in parts for piece in part.split(mark)]
    return [part.strip() for part in parts if part.strip()]

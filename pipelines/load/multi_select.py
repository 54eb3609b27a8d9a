"""Multi-select cells (topics, linkages) become rows of narrow tables, so that no measure needs list functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipelines.load.fields import FieldBuilder
from pipelines.load.reading import Reading, code_reader, parts
from pipelines.load.scratch import scratch_table
from pipelines.load.shaping import OUTCOME_MARK
from pipelines.load.stage import Staged
from pipelines.profile import SPLIT_FIELDS, FieldSpec
from pipelines.schema import TABLES

# From least to furthest (data-model.md 4.5): a session tells the furthest outcome of each linkage.
FURTHEST = ("unknown", "offered", "declined", "accepted", "connected")
_ONE_PART = {
    "session_topic": "PARTITION BY s.session_key, p.code",
    "linkage": f"PARTITION BY s.session_key, p.code ORDER BY list_position({list(FURTHEST)!r}, p.outcome) DESC",
}
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
        # Lines of one fact may repeat a part, or tell it with an outcome that goes further.
        once = f" QUALIFY row_number() OVER ({_ONE_PART[table]}) = 1" if staged.emit.collapse else ""
        con.execute(f"INSERT INTO {table} SELECT s.session_key, {select} {source}{once}")
        con.execute(
            f"INSERT INTO finding SELECT DISTINCT s.file_no, s.source_row, p.rule, 'session.{field}' {source}"
            " AND p.rule <> ''"
        )


def _parts_of_cells(builder: FieldBuilder, field: str, spec: FieldSpec) -> Iterator[Part]:
    """Yield every code of every distinct cell once, numbered as `stage` numbered the cells."""
    column = builder.landed.column(spec.cell())
    cells = [row[0] for row in builder.meanings.distinct(builder.landed.view, (column,)) if row[0]]
    read = (_topic_reader if field == "topics" else _linkage_reader)(builder, spec)
    for number, cell in enumerate(cells):
        for code, (outcome, rule) in read(_split(cell, spec)).items():
            yield number, code, outcome, rule


def _topic_reader(builder: FieldBuilder, spec: FieldSpec) -> CellReader:
    column = replace(TABLES["session_topic"].by_column["topic"], required=False)  # a part may be none
    read = code_reader(column, spec, builder.profile.recode_of(spec))
    return lambda texts: {str(found.value or "other"): (None, found.rule) for found in map(read, texts) if _says(found)}


def _linkage_reader(builder: FieldBuilder, spec: FieldSpec) -> CellReader:
    columns, recode = TABLES["linkage"].by_column, builder.profile.recode_of(spec)
    read_domain = code_reader(replace(columns["domain"], required=False), spec, recode)
    read_outcome = code_reader(columns["outcome"], FieldSpec(), recode)

    def read(texts: list[str]) -> dict[str, tuple[str | None, str]]:
        found: dict[str, tuple[str | None, str]] = {}
        for part in texts:
            head, _, tail = part.partition(":")
            domain, outcome = read_domain(head), str(read_outcome(tail).value) if tail.strip() else "offered"
            if not _says(domain):
                continue
            code = str(domain.value or "other")
            furthest = max(outcome, found.get(code, ("unknown", ""))[0] or "unknown", key=FURTHEST.index)
            found[code] = (furthest, domain.rule)
        return found

    return read


def _says(part: Reading) -> bool:
    """A part the recode leaves empty is none of these: an activity that is no topic, say."""
    return part.value is not None or bool(part.rule)


def _split(cell: str, spec: FieldSpec) -> list[str]:
    """Return the parts of a cell; an outcome told in another column holds for each of them."""
    cell, _, outcome = cell.partition(OUTCOME_MARK)
    found = parts(cell, spec.split or (";",))
    return [f"{part}:{outcome}" if outcome.strip() else part for part in found]

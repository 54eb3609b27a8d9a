"""Where the derived models run: DuckDB. Another engine offers the same methods (scale.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

from pipelines.errors import OutcomesError
from pipelines.sqlfile import SqlFile, read_sql_folder

if TYPE_CHECKING:
    import pandas as pd  # two seconds to import, and a load needs none of it

MODELS = Path(__file__).parent / "models"
Progress = Callable[[str, int, int], None]


class Engine(Protocol):
    """What a model needs of the place it runs in."""

    def sources(self, model: SqlFile) -> set[str]:
        """Tables and other models that the statement reads."""

    def model(self, model: SqlFile) -> None:
        """Create the table, or the view, that the file describes."""

    def frame(self, sql: str) -> pd.DataFrame:
        """Answer one question."""


class DuckDBEngine:
    """The default engine: one open DuckDB connection to a warehouse being built."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        # Asked of an empty database: where a view exists, DuckDB would name the tables behind it instead.
        self._blank = duckdb.connect()

    def sources(self, model: SqlFile) -> set[str]:
        """Tables the statement reads. Joins must say ON: nothing is known of the columns a USING would need."""
        try:
            return self._blank.get_table_names(model.body)
        except duckdb.Error as error:
            cure = "Write JOIN … ON instead of USING, and CAST to plain types only."
            raise OutcomesError(f"{model.name}.sql", f"cannot tell which tables it reads: {error}.", cure) from error

    def model(self, model: SqlFile) -> None:
        """Create or replace the model; a view if its header says `materialized = false`."""
        form = "TABLE" if model.header.get("materialized", True) else "VIEW"
        try:
            self.connection.execute(f"CREATE OR REPLACE {form} {model.name} AS {model.body}")
        except duckdb.Error as error:
            raise OutcomesError(f"{model.name}.sql", f"the model does not run: {error}.") from error

    def frame(self, sql: str) -> pd.DataFrame:
        """Return the answer as a frame."""
        return self.connection.execute(sql).df()


def load_models(folder: Path = MODELS) -> tuple[SqlFile, ...]:
    """Every derived model, by name."""
    return read_sql_folder(folder)


def in_order(models: Iterable[SqlFile], sources: Callable[[SqlFile], set[str]]) -> list[SqlFile]:
    """Sort models so that each comes after those it reads; `OutcomesError` if they read each other in a ring."""
    by_name = {model.name: model for model in models}
    graph = {name: sorted(sources(model) & by_name.keys()) for name, model in by_name.items()}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        ring = " → ".join(error.args[1])
        raise OutcomesError("pipelines/models", f"models read each other: {ring}.") from error


def build_models(connection: duckdb.DuckDBPyConnection, progress: Progress | None = None) -> None:
    """Build every derived model from the canonical tables; `progress(model, done, of)` after each."""
    engine = DuckDBEngine(connection)
    models = in_order(load_models(), engine.sources)
    for done, model in enumerate(models, start=1):
        engine.model(model)
        if progress is not None:
            progress(model.name, done, len(models))

"""The data of one audience, read only.

An in-memory DuckDB holds the newest published file under the name `w`. Files are never written here and
never reopened: a load brings a new file and moves a pointer, and `refresh` follows it (platform.md 2.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.settings import read_settings
from pipelines.errors import OutcomesError
from pipelines.schema import TABLES
from pipelines.versions import POINTER, Pointer, file_of, read_pointer

if TYPE_CHECKING:
    import pyarrow as pa

# Answers are small: texts as Python's own objects cost a page a tenth less than texts in Arrow's memory.
pd.set_option("mode.string_storage", "python")

KEPT = 500  # small tables at once
_COLUMNS = "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE database_name = 'candidate' GROUP BY 1"


@dataclass(frozen=True, slots=True)
class _Attached:
    version: str
    settings: Mapping[str, str]


class Store:
    """Follows one store folder; safe to share between threads, because each query has its own cursor.

    Only in a director's process: for everyone else there is what was published, and no way to a participant's row.
    With `version` it stays with that one, whatever the pointer says.
    """

    def __init__(
        self,
        folder: Path,
        *,
        memory_limit: str = "2GB",
        threads: int = 0,
        max_execution_seconds: int = 15,
        version: str = "",
    ) -> None:
        if read_settings().audience != "director":
            raise OutcomesError("store", "this process has no exact numbers.", "It shows what was published.")
        self.folder, self._only = folder.resolve(), version
        self._swap, self._keeping = Lock(), Lock()
        self._kept: dict[Hashable, str] = {}  # what a small table holds -> its name, the one used last at the end
        self._numbers = count(1)
        self._idle: list[duckdb.DuckDBPyConnection] = []  # cursors of questions answered, ready for the next
        self._attached: _Attached | None = None
        self._hub = _open_hub(self.folder, memory_limit, threads, max_execution_seconds)

    def refresh(self) -> str:
        """Follow the pointer and return the version in use, the first part of every cache key.

        Raises NoDataError while nothing has been published, and OutcomesError for a pointer that is
        damaged or names a file that is not there; the version in use then stays in use.
        """
        pointer = Pointer(self._only, file_of(self._only)) if self._only else read_pointer(self.folder)
        version, file = pointer.version, pointer.file
        if self._attached is None or self._attached.version != version:
            with self._swap:
                if self._attached is None or self._attached.version != version:
                    self._attached = self._attach(version, file)
        return version

    def frame(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Answer one SELECT as a data frame, with the tables named bare.

        Values are bound by name; those the statement does not mention are left out, because DuckDB
        refuses them. Raises NoDataError before the first load.
        """
        with self._asked(sql, parameters or {}) as answer:
            return answer.df()

    def columns(self, sql: str, parameters: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
        """Answer one SELECT as arrays by column name; NULL is NaN in numbers, NaT in dates, else None.

        As `frame`, without the milliseconds a data frame takes.
        """
        with self._asked(sql, parameters) as answer:
            return {name: _unmasked(np.asanyarray(values)) for name, values in answer.fetchnumpy().items()}

    def keep(self, key: Hashable, make: Callable[[], pa.Table]) -> str:
        """Keep a small table in memory for statements to read, made once for each `key`; return its name.

        Handed over anew with every question it would take as long as many answers. Beyond KEPT tables the one that
        was unused for longest is dropped.
        """
        with self._keeping:
            name = self._kept.pop(key, "") or self._new_table(make())
            self._kept[key] = name
            if len(self._kept) > KEPT:
                with self._hub.cursor() as cursor:
                    cursor.execute(f"DROP TABLE {self._kept.pop(next(iter(self._kept)))}")
        return name

    def _new_table(self, rows: pa.Table) -> str:
        name = f"memory.main.kept_{next(self._numbers)}"
        with self._hub.cursor() as cursor:
            cursor.register("given", rows)
            cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        return name

    @contextmanager
    def _asked(self, sql: str, given: Mapping[str, Any]) -> Iterator[duckdb.DuckDBPyConnection]:
        self._current()
        statement = _parsed(sql)
        used = {name: given[name] for name in statement.named_parameters if name in given}
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._hub.cursor()
            cursor.execute("USE w")
        try:
            yield cursor.execute(statement, used)
        except BaseException:
            cursor.close()
            raise
        self._idle.append(cursor)

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        while self._idle:
            self._idle.pop().close()
        self._hub.close()

    @property
    def version(self) -> str:
        """The version in use (12 hexadecimal digits)."""
        return self._current().version

    @property
    def settings(self) -> Mapping[str, str]:
        """`program_setting` of the version in use: name to value, both text."""
        return self._current().settings

    @property
    def as_of(self) -> date:
        """The last day the data cover completely; never today."""
        return date.fromisoformat(self.settings["as_of"])

    @property
    def gap_days(self) -> int:
        """Days without contact after which a person is no longer in touch."""
        return int(self.settings["gap_days"])

    def _current(self) -> _Attached:
        if self._attached is None:
            self.refresh()
        assert self._attached is not None
        return self._attached

    def _attach(self, version: str, file: str) -> _Attached:
        path = self.folder / file
        try:
            self._require_columns(path, version)
            self._hub.execute(f"ATTACH OR REPLACE '{_quoted(path)}' AS w (READ_ONLY)")
        except duckdb.Error as error:
            raise OutcomesError(
                str(self.folder / POINTER),
                f"version {version} cannot be opened ({file}).",
                "Load the data again, or go back with `outcomes rollback`.",
            ) from error
        rows = self._hub.cursor().execute("SELECT name, value FROM w.program_setting").fetchall()
        return _Attached(version, dict(rows))

    def _require_columns(self, path: Path, version: str) -> None:
        """Refuse a version that an older program built, before it takes the place of the one in use.

        Measures would ask it for columns it does not have.
        """
        self._hub.execute(f"ATTACH '{_quoted(path)}' AS candidate (READ_ONLY)")
        try:
            held = dict(self._hub.cursor().execute(_COLUMNS).fetchall())
        finally:
            self._hub.execute("DETACH candidate")
        if any(not table.by_column.keys() <= set(held.get(name, table.by_column)) for name, table in TABLES.items()):
            raise OutcomesError(
                str(path),
                f"version {version} was built by an older version of this program.",
                "Load your newest export again; what was loaded before is kept.",
            )


def tables_read(sql: str) -> frozenset[str]:
    """Name the tables a SELECT reads, without those it defines itself."""
    with _blank().cursor() as cursor:
        return frozenset(cursor.get_table_names(re.sub(r"\$\w+", "NULL", sql)))  # it takes no parameters


@lru_cache(maxsize=1)
def _blank() -> duckdb.DuckDBPyConnection:
    """Return a database without tables, which parses; opening one takes ten times as long as parsing."""
    return duckdb.connect()


@lru_cache(maxsize=256)
def _parsed(sql: str) -> duckdb.Statement:
    """Parse a statement once; a question asked again differs in its values only."""
    return duckdb.extract_statements(sql)[0]


def _open_hub(folder: Path, memory_limit: str, threads: int, seconds: int) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with no way out: no extensions, no other folder, no change of settings."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        # Through `config`, because a plain SET does not reach cursors.
        "max_execution_time": str(seconds * 1000),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": str(folder / "spill"),
    }
    if threads:
        config["threads"] = threads
    hub = duckdb.connect(config=config)
    hub.execute(f"SET allowed_directories=['{_quoted(folder)}/']")
    hub.execute("SET enable_external_access=false")
    hub.execute("SET lock_configuration=true")
    return hub


def _unmasked(values: NDArray[Any]) -> NDArray[Any]:
    """Give NULL a value of its own: where numpy masks it, the number under the mask is made up."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    match values.dtype.kind:
        case "i" | "u" | "f":  # whole numbers have no NaN
            return np.asarray(np.ma.filled(values.astype(float), np.nan))
        case "M":
            return np.asarray(np.ma.filled(values, np.datetime64("NaT")))
        case _:
            bare = values.data.astype(object)
            bare[np.ma.getmaskarray(values)] = None
            return bare


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")

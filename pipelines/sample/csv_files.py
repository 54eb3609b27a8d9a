"""CSV files written chunk by chunk, in a second thread while the next chunk is drawn."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

_BOM = "\ufeff"


class CsvFile:
    """One CSV file with text columns only; the first table names them.

    `preamble` adds a UTF-8 mark and a first line, as vendors do; unquoted files are smaller and faster,
    and refuse a value that would need quotes.
    """

    def __init__(self, path: Path, *, preamble: str = "", quoted: bool = True) -> None:
        self.path = path
        self._sink = path.open("wb")
        self._start = f"{_BOM}{preamble}\n" if preamble else ""
        self._options = pa_csv.WriteOptions(include_header=False, quoting_style="needed" if quoted else "none")
        self._writer: pa_csv.CSVWriter | None = None

    def write(self, table: pa.Table) -> None:
        """Append the lines of a table; labels become text here."""
        table = table.cast(pa.schema([(name, pa.string()) for name in table.schema.names]))
        if self._writer is None:
            self._sink.write((self._start + ",".join(table.schema.names) + "\n").encode())
            self._writer = pa_csv.CSVWriter(self._sink, table.schema, write_options=self._options)
        self._writer.write(table)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
        self._sink.close()


class Files:
    """The files of one export, written by one thread in the order of the calls, one table ahead at most."""

    def __init__(self, files: dict[str, CsvFile]) -> None:
        self._files = files
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._pending: Future[None] | None = None

    def write(self, tables: dict[str, pa.Table]) -> None:
        """Append one table to each named file; waits for the tables given before."""
        self._wait()
        self._pending = self._thread.submit(self._write_all, tables)

    def _write_all(self, tables: dict[str, pa.Table]) -> None:
        for name, table in tables.items():
            self._files[name].write(table)

    def _wait(self) -> None:
        if self._pending is not None:
            self._pending.result()
            self._pending = None

    def close(self) -> None:
        """Wait for the last table and finish every file."""
        try:
            self._wait()
        finally:
            self._thread.shutdown()
            for file in self._files.values():
                file.close()

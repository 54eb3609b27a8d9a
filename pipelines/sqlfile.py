"""One `.sql` file of an open folder: an opening block comment that holds TOML, then one statement."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import OutcomesError


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A parsed file: `name` is its stem, `header` the TOML, `body` the SQL without the comment."""

    name: str
    header: dict[str, object]
    body: str


def read_sql_file(path: Path) -> SqlFile:
    """Read the header and the body of one file; `OutcomesError` if either is missing or not valid TOML."""
    text = path.read_text(encoding="utf-8").lstrip()
    comment, end, body = text.removeprefix("/*").partition("*/")
    if not text.startswith("/*") or not end:
        raise OutcomesError(path.name, "the opening comment is missing.", 'Start the file with /* title = "…" */.')
    if not body.strip():
        raise OutcomesError(path.name, "there is no statement after the comment.", "Add one SELECT.")
    try:
        header = tomllib.loads(comment)
    except tomllib.TOMLDecodeError as error:
        raise OutcomesError(path.name, f"the opening comment is not valid TOML: {error}.") from error
    return SqlFile(path.stem, header, body.strip().rstrip(";"))


def read_sql_folder(folder: Path) -> tuple[SqlFile, ...]:
    """Every `.sql` file of a folder, by name."""
    return tuple(read_sql_file(path) for path in sorted(folder.glob("*.sql")))

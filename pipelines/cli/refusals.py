"""What a person is told when the computer refuses a file or memory: where, what, the cure; never a cell."""

from __future__ import annotations

import errno

import duckdb

from pipelines.errors import OutcomesError


def refusal(error: OutcomesError | OSError | duckdb.Error) -> str:
    """Return one line: where it happened, what is wrong and what to do."""
    match error:
        case OutcomesError():
            return str(error)
        case OSError():
            where = str(error.filename or "a file")
            return f"{where}: it cannot be opened or written ({error.strerror or error}). {_cure(error)}"
        case duckdb.OutOfMemoryException():
            return "--memory: the work needs more memory than it may take. Give it more, for example --memory 4GB."
        case _ if "space" in str(error).casefold():
            return "the warehouse: the disk is full. Make room on it and run the command again."
        case _:
            return "the warehouse: its live version cannot be opened. Go back to an earlier one: `outcomes rollback`."


def _cure(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "Ask for the right to read and write it, or give another path."
    if error.errno == errno.ENOSPC:
        return "Make room on the disk and run the command again."
    return "Check the path."

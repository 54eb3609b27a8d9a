"""JSON: the whole document, for programs; every cell has its number and its words."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import isnan
from typing import Any, TypeAlias

from dashboard.reports.document import Document
from dashboard.reports.renderers.lines import checksum


def render(document: Document) -> dict[str, bytes]:
    """Return the document as JSON, its tables in reading order beside its elements."""
    content = {
        **_bare(asdict(document)),
        "checksum": checksum(document),
        "tables": [_bare(asdict(table)) for table in document.tables],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str, allow_nan=False)
    return {f"{document.name}.json": text.encode()}


Json: TypeAlias = Any  # whatever JSON can hold


def _bare(value: Json) -> Json:
    """Write a missing number as null: JSON knows no NaN."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return None if isinstance(value, float) and isnan(value) else value

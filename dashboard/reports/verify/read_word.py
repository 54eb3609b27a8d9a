"""Tables of a Word file, as they stand in it."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from dashboard.reports.verify import Contents


def read(path: Path) -> Contents:
    """Read every table in order; texts are the paragraphs between them."""
    word = Document(str(path))
    grids = tuple([[cell.text for cell in row.cells] for row in table.rows] for table in word.tables)
    return Contents(grids, "\n".join(paragraph.text for paragraph in word.paragraphs))

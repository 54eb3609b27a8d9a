"""One file per format. A renderer takes a document and returns bytes; it counts and rounds nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from dashboard.reports.document import Document
from pipelines.errors import OutcomesError, unknown


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is asked for, its words, and what a file of it is."""

    name: str
    title: str
    mime: str
    module: str

    def render(self, document: Document) -> dict[str, bytes]:
        """Return the files of a document by name; libraries are imported when first needed.

        Raises OutcomesError with the format's name, and no value of the document, if it cannot be written.
        """
        module = import_module(f"{__name__}.{self.module}")
        write: Callable[[Document], dict[str, bytes]] = module.render
        try:
            return write(document)
        except Exception as error:
            what = f"it could not be written ({type(error).__name__}), so no file was."
            raise OutcomesError(self.title, what, "Choose another format, or report this.") from error


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("xlsx", "Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", "excel"),
        Format("docx", "Word document", f"{_OFFICE}.wordprocessingml.document", "word"),
        Format("pdf", "PDF", "application/pdf", "pdf"),
        Format("pptx", "PowerPoint deck", f"{_OFFICE}.presentationml.presentation", "slides"),
        Format("csv", "CSV", "text/csv", "plain_csv"),
        Format("json", "JSON", "application/json", "plain_json"),
    )
}
WRITTEN = ("xlsx", "docx", "pdf", "csv", "json")  # formats of a written report
SHOWN = ("pptx", "pdf", "csv", "json")  # formats of a deck


def formats_of(document: Document) -> tuple[str, ...]:
    """Name the formats a document can be written in."""
    return SHOWN if document.slides else WRITTEN


def format_named(name: str, offered: tuple[str, ...]) -> Format:
    """Return a format; UnknownNameError with the nearest name for one that is not offered."""
    if name not in offered:
        raise unknown("--to", "format", name, offered)
    return FORMATS[name]

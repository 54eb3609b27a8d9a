"""Lines every sheet, page and slide carries: what it is, how far it reaches, who may have it."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.reports.checksum import LABEL
from dashboard.reports.document import Cards, Chart, Document, Element, Heading, Table
from dashboard.reports.period_codes import long_date


def covers(document: Document) -> str:
    """Say how far the data reach and when the file was made."""
    return f"Data through {long_date(document.as_of)} · version {document.version} · made {long_date(document.made_on)}"


def checksum(document: Document) -> str:
    """Print the checksum with its label, as `verify` looks for it."""
    return f"{LABEL}: {document.checksum}"


def footer(document: Document) -> str:
    """Return the line at the foot of a page; page numbers are added by the format."""
    return f"{document.organization} · {document.title} · {document.period}"


def small_print(document: Document) -> str:
    """Return the second line at the foot of a page."""
    return f"{document.stamp} · Data through {long_date(document.as_of)} · {checksum(document)}"


def titled(document: Document) -> Iterator[tuple[Element, str]]:
    """Yield every element with the title to print above it: a table is not titled twice under its own heading."""
    above = document.title  # the cover's table needs no title of its own
    for place, element in enumerate(document.elements):
        table = element if isinstance(element, Table) else element.table if isinstance(element, Chart | Cards) else None
        title = table.title if table else ""
        yield element, "" if place == 0 or title == above else title
        above = element.text if isinstance(element, Heading) else title or above

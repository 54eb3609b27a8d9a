"""Make a report: the road from an order to a document, the same for the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.measures.result import Audience
from dashboard.reports.context import Context
from dashboard.reports.definitions import Order, definition_of
from dashboard.reports.document import Copy, Document
from dashboard.reports.offered import DECK_CALENDARS, require_released
from dashboard.reports.resolve import Listener, resolve, silent
from dashboard.reports.source import Source
from dashboard.reports.submissions import Submission
from pipelines.errors import OutcomesError

NOT_PROTECTED = "this copy leaves the house, and the numbers at hand are exact."
PUBLISH = "Publish protected numbers first: run `outcomes publish`."


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the versions of the definitions it rests on."""

    document: Document
    definitions: Mapping[str, str]


def make(
    kind: str,
    order: Order,
    source: Source,
    *,
    today: date,
    texts: Mapping[str, str] | None = None,
    submission: Submission | None = None,
    listener: Listener = silent,
) -> Made:
    """Answer every block of a kind of report.

    Raises OutcomesError where exact numbers would leave the house, BlockError naming the block that failed.
    """
    definition = definition_of(kind)
    title = definition.title(order)
    guard(kind, title.copy, source.audience)
    _require_published(kind, order, source)
    handed_in = submission if source.audience == "director" else None  # its numbers are exact
    context = Context(source, order.report_period, order.funder, texts or {}, handed_in, today)
    document = resolve(title, definition.blocks(order), context, listener)
    return Made(document, {title: measure.version for title, measure in context.measures.items()})


def _require_published(kind: str, order: Order, source: Source) -> None:
    """Refuse what a release cannot answer: a period nothing was released for, and a part of the programs."""
    if source.release is None:
        return
    funder = order.funder
    if funder is not None and funder.programs:
        what = "it covers some programs only, and published numbers are those of all programs together."
        raise OutcomesError(funder.name, what, "Make the submission copy, which is exact and restricted.")
    if kind == "grant" and funder is not None:
        require_released(source, order.report_period, funder.calendars, grant_start=funder.starts)
    else:
        require_released(source, order.report_period, DECK_CALENDARS)


def guard(kind: str, copy: Copy, audience: Audience) -> None:
    """Refuse a shareable copy (a deck always is one) of exact numbers, and a submission of protected ones."""
    is_exact = audience == "director"
    if copy == "shareable" and is_exact:
        raise OutcomesError(kind, NOT_PROTECTED, PUBLISH)
    if copy == "submission" and not is_exact:
        raise OutcomesError(kind, "a submission needs exact numbers.", "Make it where the warehouse is.")

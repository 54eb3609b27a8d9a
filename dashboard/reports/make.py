"""Make a report: the road from an order to a document, the same for the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.measures.result import Audience
from dashboard.reports.context import Context
from dashboard.reports.definitions import Order, definition_of
from dashboard.reports.document import Document
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
    guard(kind, order, source.audience)
    definition = definition_of(kind)
    context = Context(source, order.report_period, order.funder, texts or {}, submission, today)
    document = resolve(definition.title(order), definition.blocks(order), context, listener)
    return Made(document, {title: measure.version for title, measure in context.measures.items()})


def guard(kind: str, order: Order, audience: Audience) -> None:
    """Refuse a shareable copy or a board deck made of exact numbers, and a submission made of protected ones."""
    is_exact = audience == "director"
    if order.copy == "shareable" and is_exact:
        raise OutcomesError(kind, NOT_PROTECTED, PUBLISH)
    if order.copy == "submission" and not is_exact:
        raise OutcomesError(kind, "a submission needs exact numbers.", "Make it where the warehouse is.")

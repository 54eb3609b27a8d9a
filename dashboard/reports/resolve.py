"""Blocks to a document: every block or nothing, and no report with a sum that does not come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dashboard.reports.blocks import Block
from dashboard.reports.blocks.released import with_what_is_released
from dashboard.reports.context import Context
from dashboard.reports.document import Cards, Chart, Copy, Document, Element, Slide, Table
from dashboard.standing import RESTRICTED, STAMPS
from pipelines.errors import OutcomesError

Listener = Callable[[str, int, int], None]


class BlockError(OutcomesError):
    """A report was not made: one block could not be answered, or a sum does not come out."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a report is called: kind, name for files, title and subtitle, and whether it is a submission copy."""

    kind: str
    name: str
    title: str
    subtitle: str
    copy: Copy = "shareable"


def silent(stage: str, done: int, of: int) -> None:
    """Listen to nothing."""


def resolve(title: Title, blocks: Sequence[Block], context: Context, listener: Listener = silent) -> Document:
    """Answer every block in order. Raises BlockError with the block's name if one cannot be answered."""
    elements: list[Element] = []
    for done, block in enumerate(blocks):
        listener(block.name, done, len(blocks))
        context.touched.clear()
        answered = _answered(block, context)
        if context.source.release is not None:
            answered = with_what_is_released(answered, context.source.audience)
        elements += answered
        context.tables += [(table, frozenset(context.touched)) for table in _tables(answered)]
    source = context.source
    return Document(
        kind=title.kind,
        name=title.name,
        title=title.title,
        subtitle=title.subtitle,
        organization=source.organization,
        period=context.period.label,
        audience=source.audience,
        stamp=RESTRICTED if title.copy == "submission" else STAMPS[source.audience],
        as_of=source.as_of,
        version=source.version,
        made_on=context.today,
        resources=source.resources,
        elements=tuple(elements),
    )


def ready(document: Document) -> Document:
    """Return the document if every sum comes out; BlockError naming the table and the sum otherwise."""
    for table, check in document.failing:
        raise BlockError(
            f'block "{table.title}"',
            f'"{check.words}" does not add up to the total, so the report was not written.',
            "Look at the findings on the Data quality page, then load the data again.",
        )
    return document


def _answered(block: Block, context: Context) -> tuple[Element, ...]:
    try:
        return block.resolve(context)
    except BlockError:
        raise
    except OutcomesError as error:
        raise BlockError(f'block "{block.name}"', f"{error.where}: {error.what}", error.cure) from error
    except Exception as error:  # whatever broke: no half report, and the block's name rather than a row's value
        what = f"it could not be made ({type(error).__name__}), so the report was not written."
        raise BlockError(f'block "{block.name}"', what, "Leave the block out, or report this.") from error


def _tables(elements: Iterable[Element]) -> list[Table]:
    found: list[Table] = []
    for element in elements:
        match element:
            case Table() if element.key != "changes":
                found.append(element)
            case Chart() | Cards():
                found.append(element.table)
            case Slide():
                found += _tables(element.elements)
            case _:
                pass
    return found

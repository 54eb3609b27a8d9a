"""Slides: one claim each, blocks below it, and what the speaker says."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.reports.blocks import Block
from dashboard.reports.blocks.words import claim, said
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Slide


@dataclass(frozen=True, slots=True)
class SlideBlock:
    """One slide. Its claim is a headline about `level` (and `change`) if the numbers carry one, else its name."""

    key: str
    name: str
    blocks: tuple[Block, ...]
    level: Asked | None = None
    change: Asked | None = None
    say: tuple[Asked, ...] = ()  # measures whose value, n of N and caveats go into the notes
    notes: tuple[str, ...] = ()

    def resolve(self, context: Context) -> tuple[Slide]:
        """Answer the blocks and write the notes."""
        elements = tuple(element for block in self.blocks for element in block.resolve(context))
        notes = tuple(_note(context, asked) for asked in self.say if context.gives(asked))
        words = claim(context, self.level, self.change, self.name)
        return (Slide(self.key, self.name, words, elements, (*notes, *self.notes)),)


def _note(context: Context, asked: Asked) -> str:
    result = context.ask(asked)
    over = f" Out of {result.measure.denominator}." if result.measure.denominator else ""
    counted = result.measure.numerator.removeprefix("of these, ")  # what they are out of follows
    caveats = " ".join(result.measure.caveats)
    return f"{context.title(asked)}: {said(result)}. Counts {counted}.{over} {caveats}"

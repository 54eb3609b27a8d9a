"""Blocks a definition declares; each answers itself into elements of a document."""

from __future__ import annotations

from typing import Protocol

from dashboard.reports.context import Context
from dashboard.reports.document import Element


class Block(Protocol):
    """A declared part of a report. `name` is what a message calls it when it cannot be answered."""

    @property
    def name(self) -> str:
        """The block's name for people."""
        ...

    def resolve(self, context: Context) -> tuple[Element, ...]:
        """Answer the block; raise if it cannot be answered, never return half of it."""
        ...

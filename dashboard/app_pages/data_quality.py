"""Whether the numbers can be trusted, and what needs fixing."""

from __future__ import annotations


def main() -> None:
    """Draw the page from top to bottom."""


main()

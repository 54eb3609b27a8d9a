"""Lines that take back, reduce or replace one another: what still stands at the end."""

from __future__ import annotations

import pytest

from pipelines.load.lines import Line, Settled, settle


def settled(table: str) -> Settled:
    """Settle lines drawn as `id corrects mark units`; a line's place is its number."""
    lines = []
    for number, text in enumerate(table.strip().splitlines(), start=1):
        name, about, mark, units = text.split()
        lines.append(Line((0, number), name, about.replace("-", ""), mark == "void", (float(units),)))
    return settle(lines)


def rows(places: list[tuple[int, int]]) -> list[int]:
    return sorted(row for _, row in places)


@pytest.mark.parametrize(
    ("lines", "standing", "gone", "lone", "units"),
    [
        ("A - paid 4\nV A void 4", [], [1, 2], [], {}),
        ("A - paid 4\nA - void 4", [], [1, 2], [], {}),  # the same number, marked void
        ("V A void 4", [], [], [1], {}),  # its original is not in the export
        ("A - paid 4\nV A void 4\nW A void 4", [], [1, 2], [3], {}),  # nothing is left to take back
        ("A - paid 4\nN A paid -1", [1], [2], [], {1: 3}),
        ("A - paid 4\nN A paid -1\nM A paid -3", [], [1, 2, 3], [], {}),
        ("N A paid -1", [], [], [1], {}),
        ("A - paid 4\nB A paid 6\nC B paid 3", [3], [1, 2], [], {}),  # corrected twice
        ("A - paid 4\nB A paid 6\nC A paid 3", [3], [1, 2], [], {}),  # both times by the first number
        ("B A paid 6\nA - paid 4", [1], [2], [], {}),  # the correction stands before its original
        ("A - paid 4\nV A void 4\nB A paid 3", [3], [1, 2], [], {}),  # taken back and billed again
        ("A - paid 4\nA - paid 4", [2], [1], [], {}),  # sent twice
        ("A B paid 4\nB A paid 6", [2], [1], [], {}),  # a circle ends somewhere
    ],
)
def test_what_stands(lines: str, standing: list[int], gone: list[int], lone: list[int], units: dict[int, int]) -> None:
    found = settled(lines)
    assert rows(list(found.roots)) == standing
    assert (rows(found.gone), rows(found.lone)) == (gone, lone)
    assert {row: left[0] for (_, row), left in found.left.items()} == units


def test_a_corrected_line_keeps_the_number_of_the_first_so_that_its_record_stays_the_same() -> None:
    found = settled("A - paid 4\nB A paid 6\nC B paid 3")
    assert set(found.roots.values()) == {"A"}

"""Small published tables worked out on paper: every range to the unit, every verdict, no false alarm."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from on_paper import TEXT, audit, audit_all, cube, policy, ranges
from scipy.sparse import csr_array

from pipelines.audit import audit_cubes
from pipelines.audit.arithmetic import known_by_arithmetic
from pipelines.audit.bounds import Ranges
from pipelines.audit.knowledge import Cell
from pipelines.audit.system import System
from pipelines.errors import OutcomesError

INF = float("inf")


@pytest.mark.parametrize(
    ("drawing", "zeros", "expected", "passed"),
    [
        pytest.param("all\nA •\nB •\nall 10", "hide", {"A": (0, 10), "B": (0, 10)}, True, id="two hidden"),
        pytest.param("all\nA •\nB •\nall 10", "show", {"A": (1, 9), "B": (1, 9)}, True, id="zeros are shown"),
        pytest.param("all\nA •\nB 4\nall 10", "hide", {"A": (6, 6)}, False, id="subtraction"),
        pytest.param(
            "all\nA •\nB •\nall 2", "show", {"A": (1, 1), "B": (1, 1)}, False, id="fixed by zeros being shown"
        ),
        pytest.param(
            "all\nA •\nB •\nC •\nall 0", "hide", {"A": (0, 0), "B": (0, 0), "C": (0, 0)}, False, id="nobody anywhere"
        ),
        pytest.param("all\nA •\nB •\nall 4", "hide", {"A": (0, 4), "B": (0, 4)}, False, id="width 4 of 5"),
        pytest.param("all\nA •\nB •\nall 5", "hide", {"A": (0, 5), "B": (0, 5)}, True, id="width 5 of 5"),
        pytest.param("all\nA •\nB 30\nall •", "hide", {"A": (0, INF), "all": (30, INF)}, True, id="total hidden"),
        pytest.param("all\nA 12\nB 30\nall •", "hide", {"all": (42, 42)}, True, id="a large total is no secret"),
    ],
)  # fmt: skip
def test_one_way(drawing, zeros, expected, passed):
    report = audit(drawing, policy(zeros))
    assert ranges(report) == expected
    assert report.passed is passed


def test_two_way_square():
    """Rows 7 and 5, columns 6 and 6: one free number a = A x from 1 to 6."""
    report = audit("x y all\nA • • 7\nB • • 5\nall 6 6 12")
    assert ranges(report) == {"A x": (1, 6), "A y": (1, 6), "B x": (0, 5), "B y": (0, 5)}
    assert report.passed


def test_square_pinned_by_what_cannot_be_negative():
    """Rows 9 and 1, columns 9 and 1: B x is 0 or 1, so that nothing moves by more than 1."""
    report = audit("x y all\nA • • 9\nB • • 1\nall 9 1 10")
    assert ranges(report) == {"A x": (8, 9), "A y": (0, 1), "B x": (0, 1), "B y": (0, 1)}
    assert not report.passed
    assert len(report.failures) == 4


def test_bridge_between_two_squares_is_exact():
    """Every row and column hides two or more cells, and still B z follows: rows A and B minus columns x and y."""
    report = audit(
        """
        w x y z all
        A  •  •  50 50 130
        B  •  •  •  50 130
        C 50 50  •  •  130
        D 50 50  •  •  130
        all 130 130 130 130 520
        """
    )
    found = ranges(report)
    assert found["B y"] == (50, 50)
    exact = [finding for finding in report.findings if finding.attacker == "A0"]
    assert [finding.cell.county for finding in exact] == ["B"]
    assert found["A w"] == (0, 30)
    assert report.passed  # 50 is no small number: that it follows tells nothing about few people


def test_bridge_of_few_people_fails():
    report = audit(
        "w x y z all\nA • • 50 50 130\nB • • • 50 83\nC 50 50 • • 130\nD 50 50 • • 130\nall 130 130 83 130 473"
    )
    assert ranges(report)["B y"] == (3, 3)
    assert not report.passed


def test_hierarchy_region_betrays():
    """A and B hide behind each other, but C of the same region is shown and so is the region: still safe. D is not."""
    report = audit(
        "all\nA •\nB •\nC 20\nD •\neast 41\nwest •\nall 60",
        policy(counties=("county", "region", "all")),
        regions={"A": "east", "B": "east", "C": "east", "D": "west"},
    )
    assert ranges(report) == {"A": (0, 21), "B": (0, 21), "D": (19, 19), "west": (19, 19)}


def test_overlapping_years():
    """Calendar years leave 0 to 20 open; the fiscal year 2025 (July to June) ties the two hidden pairs together.

    2024: Q2 + Q3 = 20. 2025: Q1 + Q3 = 20. Fiscal 2025: Q3 of 2024 and Q1 of 2025 are 3 people in all.
    """
    tables = {f"{year}-Q{n}": "all\nA 20\nall 20" for year in (2024, 2025) for n in (1, 2, 3, 4)}
    tables |= {f"{year}": "all\nA 80\nall 80" for year in (2024, 2025)}
    hidden = ("2024-Q2", "2024-Q3", "2025-Q1", "2025-Q3")
    tables |= dict.fromkeys(hidden, "all\nA •\nall •") | {
        "2024": "all\nA 60\nall 60",
        "2025": "all\nA 60\nall 60",
    }
    found = ranges(audit(tables, policy(levels=("quarter", "year"))))
    assert {found[f"A {quarter}"] for quarter in hidden} == {(0, 20)}
    fiscal = policy(levels=("quarter", "year", "fiscal_year"), fiscal_year_start=7, allow_overlap=True)
    found = ranges(audit({**tables, "FY2025": "all\nA 43\nall 43"}, fiscal))
    assert [found[f"A {quarter}"] for quarter in hidden] == [(17, 20), (0, 3), (0, 3), (17, 20)]


def test_only_whole_numbers_fix_it():
    """Three pairs of which at most one each: in fractions all three can be half, in whole numbers one in all."""
    cells = tuple(Cell("people", "county", name, "2025", "all") for name in ("a", "b", "c", "ab", "bc", "ca", "abc"))
    rows = [[1, 1, 0, 1, 0, 0, 0], [0, 1, 1, 0, 1, 0, 0], [1, 0, 1, 0, 0, 1, 0], [1, 1, 1, 0, 0, 0, -1]]
    ends = np.array([1.0, 1.0, 1.0, 0.0])
    system = System(cells, csr_array(np.array(rows, dtype=float)), ends, ends, np.zeros(7), np.ones(7, dtype=bool))
    assert known_by_arithmetic(system) == set()
    assert Ranges(system).interval(6) == (0.0, 1.5)
    assert Ranges(system).whole_interval(6) == (0, 1)
    pinned = replace(system, low=np.array([1.0, 1, 1, 0]), high=ends, least=np.array([0, 0, 0, 0, 0, 0, 1.0]))
    assert Ranges(pinned).interval(6) == (1.0, 1.5)
    assert Ranges(pinned).whole_interval(6) == (1, 1)


def test_an_end_that_fractions_reach_and_whole_numbers_do_not():
    """2 x = 3 y and x + z = 5: in fractions x may be anything from 0 to 5, in whole numbers it is 0 or 3."""
    cells = tuple(Cell("people", "county", name, "2025", "all") for name in "xyz")
    matrix, right = csr_array(np.array([[2.0, -3.0, 0.0], [1.0, 0.0, 1.0]])), np.array([0.0, 5.0])
    ranges_of = Ranges(System(cells, matrix, right, right, np.zeros(3), np.ones(3, bool)))
    assert ranges_of.interval(0) == (0, 5)
    assert [ranges_of.whole_interval(n) for n in range(3)] == [(0, 3), (0, 2), (2, 5)]


def test_people_in_several_counties():
    """Parts of a headcount do not add up: the total lies between the largest part and the sum."""
    report = audit("all\nA •\nB 30\nC 25\nall 40", policy(additive=()))
    assert ranges(report) == {"A": (0, 40)}
    report = audit("all\nA •\nB 10\nC 25\nall 40", policy(additive=()))
    assert ranges(report) == {"A": (5, 40)}


def test_what_was_never_printed_can_be_known():
    """Categories of A were not released, but a region of three people betrays that each is at most 3."""
    report = audit("x y all\nA → → 3\nB 40 40 80\nall • • 83")
    assert not report.passed
    assert any("was not released" in failure for failure in report.failures)
    assert audit("x y all\nA → → 30\nB 40 40 80\nall • • 110").passed


def test_union_of_releases():
    """Each release is safe alone; the second shows what the first hid behind."""
    first = cube("all\nA •\nB •\nC 30\nall 60", sequence=1)
    second = cube("all\nA •\nB 27\nC •\nall 60", sequence=2)
    assert audit_all([first], policy()).passed
    assert audit_all([second], policy()).passed
    report = audit_all([first, second], policy())
    assert ranges(report) == {"A": (3, 3)}
    assert not report.passed


def test_two_audiences_put_their_numbers_together():
    """Each copy is safe alone; funder and board who talk to each other know A."""
    rules = policy(audiences=("funder", "board"))
    funder = cube("all\nA •\nB •\nC 30\nall 60")
    board = cube("all\nA •\nB 27\nC •\nall 60", audience="board")
    assert audit_cubes({"funder": [funder]}, rules, TEXT)["funder"].passed
    assert audit_cubes({"board": [board]}, rules, TEXT)["board"].passed
    reports = audit_cubes({"funder": [funder], "board": [board]}, rules, TEXT)
    for report in reports.values():
        assert not report.passed
        assert all(failure.startswith("pooled: ") for failure in report.failures)


def test_a_number_changed_in_silence_is_a_fault():
    first, second = cube("all\nA 23\nB 37\nall 60"), cube("all\nA 24\nB 36\nall 60", sequence=2)
    report = audit_all([first, second], policy())
    assert [failure for failure in report.failures if "changed between releases" in failure]


@pytest.mark.parametrize(("old", "new", "passed"), [(23, 23, True), (23, 24, False), (23, 40, True), (40, 31, False)])
def test_a_restatement_tells_of_few_people(old, new, passed):
    first = cube(f"all\nA {old}\nB 60\nall {old + 60}")
    second = cube(f"all\nA {new}\nB 60\nall {new + 60}", sequence=2, vintage=2)
    assert audit_all([first, second], policy()).passed is passed


def test_numbers_that_contradict_each_other_get_no_verdict():
    with pytest.raises(OutcomesError, match="contradict"):
        audit("all\nA •\nB 70\nall 60")


def _enumerated(rows, columns, least):
    """All 2 x 3 tables of whole numbers with these margins, the obvious way."""
    found = []
    for a, b, c, d in itertools.product(range(max(rows) + 1), repeat=4):
        table = np.array([[a, b, rows[0] - a - b], [c, d, rows[1] - c - d]])
        if (table >= least).all() and (table.sum(axis=0) == columns).all():
            found.append(table)
    return np.array(found)


@pytest.mark.parametrize("least", [0, 1])
@pytest.mark.parametrize("seed", range(12))
def test_against_full_enumeration(seed, least):
    truth = np.random.default_rng(seed).integers(least, 7, size=(2, 3))
    tables = _enumerated(truth.sum(axis=1).tolist(), truth.sum(axis=0).tolist(), least)
    r, c = truth.sum(axis=1), truth.sum(axis=0)
    drawing = f"x y z all\nA • • • {r[0]}\nB • • • {r[1]}\nall {c[0]} {c[1]} {c[2]} {truth.sum()}"
    report = audit(drawing, policy("show" if least else "hide"))
    expected = {
        f"{place} {kind}": (tables[:, i, j].min(), tables[:, i, j].max())
        for i, place in enumerate("AB")
        for j, kind in enumerate("xyz")
    }
    assert ranges(report) == expected
    assert report.passed is all(high - low >= 5 for low, high in expected.values())


def test_what_was_left_out_and_follows_contradicts_nothing_or_everything():
    """The region was not released and is the sum of two shown counties: 30, or nothing at all."""
    rules, regions = policy(counties=("county", "region", "all")), {"A": "east", "B": "east", "C": "west"}
    drawing = "all\nA 14\nB 16\nC 40\neast →\nwest 40\nall {}"
    assert audit(drawing.format(70), rules, regions=regions).passed
    with pytest.raises(OutcomesError, match="contradict"):
        audit(drawing.format(71), rules, regions=regions)


@pytest.mark.parametrize(
    ("drawing", "learned"),
    [
        pytest.param("all\nA •\nB •\nall 10", ["A", "B"], id="of two, one knows the other: 9"),
        pytest.param("all\nA •\nB •\nall 30", [], id="29 others are no few"),
        pytest.param("all\nA •\nB •\nC •\nall 10", [], id="9 among two can lie anyhow"),
        pytest.param("all\nA •\nB •\nC •\nall 5", ["A", "B", "C"], id="4 among two, by bounds alone"),
    ],
)
def test_the_one_person_behind_a_count(drawing, learned):
    """Tables safe from everybody else: who is alone in one cell subtracts 1 and looks at what is left."""
    assert audit(drawing).passed
    failures = audit(drawing, insider=True).failures
    assert all("for the one person in people" in text for text in failures)
    assert sorted({text.split(", ")[1] for text in failures}) == learned

"""The engine against slow and obvious answers: ranks in fractions, integer programs, and every pattern there is."""

import itertools
import os

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from random_cubes import cube, known_exactly, problems, whole_range

from pipelines.disclosure import Problem, ProtectionError, State, suppress, total_of
from pipelines.disclosure.elimination import Tableau, eliminate

SLOW = os.environ.get("OUTCOMES_SLOW") == "1"
FEW = settings(
    max_examples=200 if SLOW else 8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def protected(problem):
    """The pattern, or None where the counts themselves leave nothing to protect with."""
    try:
        return suppress(problem)
    except ProtectionError:
        return None


@FEW
@given(problems())
def test_elimination_agrees_with_a_rank_test(problem):
    """Nothing small is fixed, and showing any cell it withheld would fix something: both by rank in fractions."""
    try:
        state, _ = eliminate(problem)
    except ProtectionError:
        assume(False)
    assert known_exactly(problem, state) == set()
    withheld = np.flatnonzero((state == State.WITHHELD) & (problem.state == State.OPEN))
    for cell in withheld[:3]:
        more = state.copy()
        more[cell] = State.SHOWN
        assert known_exactly(problem, more)


@FEW
@given(problems())
def test_nothing_small_is_narrower_than_its_width(problem):
    """Every range, worked out anew by integer programming, is wide enough; what was shown stays shown."""
    pattern = protected(problem)
    assume(pattern is not None)
    assert set(pattern.state.tolist()) <= {State.SHOWN, State.WITHHELD, State.UNRELEASED}
    assert not (pattern.state[problem.state >= State.WITHHELD] == State.SHOWN).any()
    assert (pattern.state[problem.state == State.SHOWN] == State.SHOWN).all()
    for cell in np.flatnonzero(problem.need)[:12]:
        low, high = whole_range(problem, pattern.state, cell)
        assert high - low >= problem.need[cell]


@FEW
@given(problems())
def test_a_refusal_is_never_premature(problem):
    """Where the engine gives up, withholding everything that may be withheld would not have been enough either."""
    if protected(problem) is not None:
        return
    state = np.where(problem.state == State.OPEN, State.WITHHELD, problem.state)
    narrow = [
        c for c in np.flatnonzero(problem.need) if np.subtract(*whole_range(problem, state, c)[::-1]) < problem.need[c]
    ]
    assert narrow


def minimum(problem):
    """Fewest complements of any safe pattern, by trying all patterns in order of size."""
    candidates = np.flatnonzero(problem.state == State.OPEN)
    small = np.flatnonzero(problem.need)
    for size in range(len(candidates) + 1):
        for chosen in itertools.combinations(candidates, size):
            state = np.where(problem.state == State.OPEN, State.SHOWN, problem.state)
            state[list(chosen)] = State.WITHHELD
            if all(np.subtract(*whole_range(problem, state, c)[::-1]) >= problem.need[c] for c in small):
                return size
    return None


TABLES = [
    ([[3, 20, 30], [12, 25, 14], [40, 9, 22]], 6),
    ([[2, 20], [30, 40]], 6),
    ([[5, 3, 20], [12, 9, 16]], 6),
    ([[1, 12, 13, 20], [14, 15, 16, 22]], 6),
    ([[7, 8, 9], [10, 2, 12], [13, 14, 15]], 6),
    ([[20, 20, 20], [20, 4, 20], [20, 20, 4]], 6),
    ([3, 9, 14, 20, 33], 6),
    ([1, 1, 30, 40], 6),
]


@pytest.mark.parametrize(("leaves", "threshold"), TABLES)
def test_close_to_the_fewest_complements(leaves, threshold):
    leaves = np.array(leaves)
    axes = [[*((n,) for n in range(size)), tuple(range(size))] for size in leaves.shape]
    problem = cube(leaves, axes, "show", threshold, 4)
    best = minimum(problem)
    pattern = suppress(problem)
    used = int(((pattern.state == State.WITHHELD) & (problem.state == State.OPEN)).sum())
    assert best is not None
    assert best <= used <= min(best + 2, 2 * best + 1)


def test_a_square_by_hand():
    """3 is small; its row, its column and the square they need: 3 complements and no more."""
    problem = cube(np.array([[3, 20], [30, 40]]), [[(0,), (1,), (0, 1)]] * 2, "show")
    pattern = suppress(problem)
    assert (pattern.state == State.WITHHELD).sum() == 4


def test_a_proof_that_was_tampered_with_does_not_hold():
    problem = cube(np.array([[3, 20], [30, 40]]), [[(0,), (1,), (0, 1)]] * 2, "show")
    pattern = suppress(problem)
    proof = pattern.certificates
    assert proof.prove(problem, pattern.state)
    shown = np.where(pattern.state == State.WITHHELD, State.SHOWN, pattern.state)
    assert not proof.prove(problem, shown)
    moves = tuple(move if not move else (*move[:-1], (move[-1][0], move[-1][1] + 1)) for move in proof.moves)
    assert not type(proof)(moves, proof.pairs).prove(problem, pattern.state)
    assert not type(proof)(proof.moves, {}).prove(problem, pattern.state)
    wider = Problem(
        problem.values, problem.equations, (), problem.lower, problem.need * 10, problem.state, problem.weight
    )
    assert not proof.prove(wider, pattern.state)


def test_limits_are_part_of_what_an_attacker_knows():
    """At most 9 of 10 people in one county have won: that leaves the other county no room to be wide."""
    values = np.array([3, 12, 15, 4])
    relations = (total_of(2, (0, 1)),)
    state = np.array([State.WITHHELD, State.OPEN, State.OPEN, State.SHOWN])
    free = Problem(values, relations, (), np.zeros(4), np.array([4, 0, 0, 0]), state, np.array([1.0, 1, np.inf, 1]))
    assert suppress(free).state.tolist() == [State.WITHHELD, State.WITHHELD, State.SHOWN, State.SHOWN]
    from pipelines.disclosure import at_most

    capped = Problem(values, relations, (at_most(0, 3),), np.zeros(4), np.array([5, 0, 0, 0]), state, free.weight)
    with pytest.raises(ProtectionError):
        suppress(capped)


def test_counts_that_do_not_add_up_are_no_problem_of_ours():
    with pytest.raises(ProtectionError, match="do not add up"):
        Problem(
            np.array([1, 2, 4]),
            (total_of(2, (0, 1)),),
            (),
            np.zeros(3),
            np.zeros(3, dtype=int),
            np.full(3, State.OPEN),
            np.ones(3),
        )


def test_same_problem_same_pattern():
    problem = cube(
        np.arange(24).reshape(2, 3, 4) % 9, [[*((n,) for n in range(s)), tuple(range(s))] for s in (2, 3, 4)]
    )
    one, other = suppress(problem), suppress(problem)
    assert one.state.tolist() == other.state.tolist()
    assert one.certificates.text() == other.certificates.text()


def test_what_follows_from_earlier_releases_stops_everything():
    """Both neighbors and the total were shown before: nothing can help the small cell any more."""
    state = np.array([State.UNRELEASED, State.SHOWN, State.SHOWN])
    problem = Problem(
        np.array([3, 20, 23]), (total_of(2, (0, 1)),), (), np.zeros(3), np.array([4, 0, 0]), state, np.ones(3)
    )
    with pytest.raises(ProtectionError, match="gives a small count away"):
        suppress(problem)


def test_tableau_knows_what_follows():
    tableau = Tableau((total_of(2, (0, 1)), total_of(4, (2, 3))), set())
    for cell in (4, 3, 0):
        assert not tableau.is_known(1)
        tableau.show(cell)
    assert tableau.is_known(1)
    assert tableau.is_known(2)

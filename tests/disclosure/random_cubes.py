"""Random small problems with overlapping hierarchies, and slow obvious answers to check the engine against."""

import itertools
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.disclosure import Problem, State, total_of

WEIGHTS = (1.0, 3.0, 8.0)


def groupings(size, draw):
    """One total of everything, and up to two ways of cutting the parts into groups that overlap each other."""
    every = [(n,) for n in range(size)]
    for _ in range(draw(st.integers(0, 2)) if size > 3 else 0):
        cut = draw(st.integers(1, size - 1))
        every += [tuple(range(cut)), tuple(range(cut, size))]
    return list(dict.fromkeys([*every, tuple(range(size))]))


@st.composite
def problems(draw, threshold=6, width=4):
    """1 to 3 dimensions of 2 to 5 members with overlapping groups; zeros shown or hidden; some cells unreleased."""
    sizes = draw(st.lists(st.integers(2, 5), min_size=1, max_size=3).filter(lambda s: np.prod(s) <= 40))
    axes = [groupings(size, draw) for size in sizes]
    leaves = draw(st.lists(st.integers(0, 14), min_size=int(np.prod(sizes)), max_size=int(np.prod(sizes))))
    zeros = draw(st.sampled_from(["show", "hide"]))
    unreleased = draw(st.sampled_from([0, 0, 5]))
    return cube(np.array(leaves).reshape(sizes), axes, zeros, threshold, width, unreleased)


def cube(leaves, axes, zeros="hide", threshold=6, width=4, unreleased=0):
    """All margins of a table; every grouping of an axis adds up to its total. `unreleased`: every so manyth leaf."""
    keys = list(itertools.product(*axes))
    number = {key: n for n, key in enumerate(keys)}
    values = np.array([leaves[np.ix_(*key)].sum() for key in keys])
    equations = [
        total_of(number[key], [number[(*key[:axis], part, *key[axis + 1 :])] for part in parts])
        for key in keys
        for axis in range(len(axes))
        for parts in _partitions(key[axis], axes[axis])
    ]
    small = (values > 0) & (values < threshold) | ((values == 0) & (zeros == "hide"))
    state = np.where(small, State.WITHHELD, State.OPEN)
    if zeros == "show":
        state = np.where(values == 0, State.SHOWN, state)
    if unreleased:
        leaf = np.array([all(len(part) == 1 for part in key) for key in keys])
        state = np.where(leaf & (np.arange(len(keys)) % unreleased == 0), State.UNRELEASED, state)
    least = float(zeros == "show")
    lower = np.where((state == State.OPEN) | (state == State.WITHHELD), least, 0.0)
    weight = np.array([np.prod([WEIGHTS[min(len(part) - 1, 2)] for part in key]) for key in keys])
    return Problem(values, tuple(equations), (), lower, np.where(small, width, 0), state.astype(np.int64), weight)


def _partitions(total, groups):
    """Every way of cutting `total` into two groups of the axis, or into its single members."""
    if len(total) == 1:
        return []
    single = [tuple((n,) for n in total)]
    pairs = [(a, b) for a in groups for b in groups if a < b and sorted((*a, *b)) == list(total)]
    return list(dict.fromkeys([*pairs, *single]))


def rank(rows):
    """Rank of a matrix in fractions, by plain elimination."""
    rows, found = [[Fraction(int(x)) for x in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            if factor:
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


def matrix(problem):
    rows = np.zeros((len(problem.equations), len(problem.values)), dtype=int)
    for n, equation in enumerate(problem.equations):
        rows[n, list(equation.cells)] = equation.coefficients
    return rows


def known_exactly(problem, state):
    """Small cells whose unit vector lies in the span of the equations over the hidden cells: a rank test."""
    hidden = np.flatnonzero(state != State.SHOWN)
    rows = matrix(problem)[:, hidden].tolist()
    before = rank(rows)
    found = set()
    for n, cell in enumerate(hidden):
        if problem.need[cell]:
            unit = [int(m == n) for m in range(len(hidden))]
            if rank([*rows, unit]) == before:
                found.add(int(cell))
    return found


def whole_range(problem, state, cell):
    """Least and most of one cell in whole numbers, by integer programming with scipy."""
    shown = state == State.SHOWN
    lower = np.where(shown, problem.values, problem.lower)
    upper = np.where(shown, problem.values, 10_000)
    ends = []
    for side in (1, -1):
        cost = np.zeros(len(lower))
        cost[cell] = side
        found = milp(
            cost,
            integrality=np.ones(len(lower), dtype=int),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(matrix(problem), 0, 0),
            options={"mip_rel_gap": 0},
        )
        assert found.status == 0
        ends.append(round(found.x[cell]))
    return tuple(ends)

"""Made-up counts of the size of a program: counties x months x categories with all their margins."""

from __future__ import annotations

import itertools

import numpy as np

from pipelines.disclosure import Problem, Relation, State, total_of

WEIGHT = {"leaf": 1.0, "quarter": 3.0, "year": 8.0, "all": 10.0}
Axis = list[tuple[str, tuple[int, ...]]]  # (level, the leaves it is made of)


def leaves(counties: int, months: int, categories: int, volume: float, seed: int) -> np.ndarray:
    """Poisson-gamma counts; counties and categories are of very different size (Zipf). `volume`: mean per county and
    month over all categories."""
    draw = np.random.default_rng(seed)
    share = [1 / np.arange(1, n + 1) for n in (counties, categories)]
    mean = np.einsum("i,j,k->ijk", share[0] / share[0].mean(), np.ones(months), share[1] / share[1].sum()) * volume
    return draw.poisson(mean * draw.gamma(2.0, 0.5, size=mean.shape))


def plain_axis(size: int) -> Axis:
    """Members and their total."""
    return [("leaf", (n,)) for n in range(size)] + [("all", tuple(range(size)))]


def period_axis(months: int) -> Axis:
    """Months, quarters, years and all of them."""
    axis = [("leaf", (n,)) for n in range(months)]
    axis += [("quarter", tuple(range(n, n + 3))) for n in range(0, months, 3)]
    axis += [("year", tuple(range(n, n + 12))) for n in range(0, months, 12)]
    return [*axis, ("all", tuple(range(months)))]


def cells(counts: np.ndarray, axes: list[Axis]) -> tuple[list[tuple[int, ...]], np.ndarray]:
    """Every cell as places on its axes, and its value."""
    keys = list(itertools.product(*(range(len(axis)) for axis in axes)))
    values = [int(counts[np.ix_(*(axis[n][1] for axis, n in zip(axes, key, strict=True)))].sum()) for key in keys]
    return keys, np.array(values)


def relations(keys: list[tuple[int, ...]], axes: list[Axis]) -> list[Relation]:
    """Total = sum of its next finer parts, along every axis."""
    number = {key: n for n, key in enumerate(keys)}
    inside = [[_parts(axis, n) for n in range(len(axis))] for axis in axes]
    return [
        total_of(number[key], (number[(*key[:a], part, *key[a + 1 :])] for part in inside[a][key[a]]))
        for key in keys
        for a in range(len(axes))
        if inside[a][key[a]]
    ]


def _parts(axis: Axis, place: int) -> list[int]:
    """The next finer members an entry is made of: quarters of a year, years of everything."""
    order = ["leaf", "quarter", "year", "all"]
    level, members = axis[place]
    finer = [name for name in order[: order.index(level)] if any(name == own for own, _ in axis)]
    if not finer:
        return []
    return [n for n, (own, group) in enumerate(axis) if own == finer[-1] and set(group) <= set(members)]


def full_cube(
    counties: int, volume: float, *, months: int = 36, categories: int = 8, threshold: int = 11, width: int = 5,
    seed: int = 1,
) -> Problem:  # fmt: skip
    """The whole cube, zeros shown; the grand total is never withheld."""
    axes = [plain_axis(counties), period_axis(months), plain_axis(categories)]
    keys, values = cells(leaves(counties, months, categories, volume, seed), axes)
    small = (values > 0) & (values < threshold)
    state = np.where(values == 0, State.SHOWN, np.where(small, State.WITHHELD, State.OPEN))
    weight = np.array([np.prod([WEIGHT[axis[n][0]] for axis, n in zip(axes, key, strict=True)]) for key in keys])
    weight[-1] = np.inf
    lower = np.where(state == State.SHOWN, 0.0, 1.0)
    return Problem(values, tuple(relations(keys, axes)), (), lower, np.where(small, width, 0), state, weight)

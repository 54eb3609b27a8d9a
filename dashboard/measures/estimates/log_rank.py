"""Do the curves of two or more groups differ by more than chance? The log-rank test (E4).

Sources: Mantel 1966; Peto & Peto 1972. For groups known on day 0, and never for counties (statistics.md 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Floats, floats

__all__ = ["LogRank", "log_rank", "on_common_days"]

FEWEST_EVENTS = 10  # in each group, before the p-value may be shown
ROUNDING = 1e-10  # a group that was never at risk with another adds nothing but rounding to the covariance


class LogRank(NamedTuple):
    """Chi-square `statistic` with `degrees` of freedom, its `p_value`, and the exits of each group.

    `observed` and `expected` have shape (groups,). `enough` says whether every group has the ten exits
    from which the p-value may be shown. NaN if fewer than two groups can be compared.
    """

    statistic: float
    degrees: int
    p_value: float
    observed: Floats
    expected: Floats
    enough: bool


def log_rank(at_risk: ArrayLike, exits: ArrayLike) -> LogRank:
    """Test whether all groups leave at the same pace.

    `at_risk` and `exits` have shape (groups, days) on the same days (`on_common_days` makes them so). Late
    entry is in `at_risk`. Raises ValueError if the shapes differ.
    """
    from scipy.special import gammaincc  # imported when asked: 0.3 s

    risk, left = floats(at_risk), floats(exits)
    if risk.ndim != 2 or risk.shape != left.shape:
        raise ValueError("at_risk and exits must both have one row per group and one column per day")
    observed, expected, covariance = _moments(risk, left)
    degrees = int(np.linalg.matrix_rank(covariance, rtol=ROUNDING, hermitian=True)) if covariance.size else 0
    enough = len(risk) > 1 and bool((observed >= FEWEST_EVENTS).all())
    if degrees == 0:
        return LogRank(float("nan"), 0, float("nan"), observed, expected, enough)
    difference = observed - expected
    statistic = float(difference @ np.linalg.pinv(covariance, rcond=ROUNDING, hermitian=True) @ difference)
    return LogRank(statistic, degrees, float(gammaincc(degrees / 2, statistic / 2)), observed, expected, enough)


def on_common_days(tables: Sequence[tuple[ArrayLike, ArrayLike, ArrayLike]]) -> tuple[Floats, Floats, Floats]:
    """Put the life tables of groups on the same days.

    Each of `tables` holds day, at_risk and exits of one group, shape (days of the group,). Returns day of
    shape (days,), at_risk and exits of shape (groups, days). Nothing moves between two rows of a life
    table, so on a day between them the people of the later row are at risk, and after the last row nobody.
    """
    arrays = [tuple(map(floats, table)) for table in tables]
    days = np.unique(np.concatenate([day for day, _, _ in arrays])) if arrays else np.empty(0)
    at_risk, exits = np.zeros((2, len(arrays), days.size))
    for group, (day, risk, left) in enumerate(arrays):
        at_risk[group] = np.append(risk, 0.0)[np.searchsorted(day, days, side="left")]
        exits[group, np.searchsorted(days, day)] = left
    return days, at_risk, exits


def _moments(at_risk: Floats, exits: Floats) -> tuple[Floats, Floats, Floats]:
    """Exits observed and expected per group, and the hypergeometric covariance of the former."""
    everyone, gone = at_risk.sum(axis=0), exits.sum(axis=0)
    share = at_risk / np.where(everyone > 0, everyone, 1.0)
    alike = np.where(everyone > 1, gone * (everyone - gone) / np.maximum(everyone - 1, 1), 0.0)
    between = (share * alike) @ share.T
    covariance = np.diag((share * alike).sum(axis=1)) - between
    return exits.sum(axis=1), (share * gone).sum(axis=1), covariance

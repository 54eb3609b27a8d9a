"""How long records take to arrive, from data that do not hold the late ones yet (E6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.estimates.arrays import Floats, counts

__all__ = ["arrived_by"]


def arrived_by(delayed: ArrayLike, aged: ArrayLike) -> Floats:
    """Return the share of records that arrive within 0, 1, … days, of all that arrive within the longest delay.

    `delayed` counts the records known by the days d that passed until they arrived, `aged` the same records by the days
    that passed until the end of the data; both of shape (longest + 1,), those of more than that age counted at the
    last place. Of recent days only the prompt records are known, so a plain share would be too high. A record can be
    seen with a delay of d only if it is at least d days old; among those seen with a delay of d days or fewer that
    are old enough, the part with exactly d tells how much was still missing the day before:

        F(d) = product over s > d of (1 - delayed(s) / n(s)),  n(s) = #(delay <= s <= age)

    This is the product-limit estimate in reverse time for right-truncated delays (Lagakos, Barraj & De Gruttola,
    Biometrika 1988;75:515; Kalbfleisch & Lawless, JASA 1989;84:360). Raises ValueError for a negative count.
    """
    late, old = counts(delayed), counts(aged)
    younger = np.concatenate(([0.0], np.cumsum(old)[:-1]))  # all of them arrived sooner than s days, or are not known
    at_risk = np.cumsum(late) - younger
    kept = np.ones(late.shape)
    np.divide(at_risk - late, at_risk, out=kept, where=at_risk > 0)
    missing = np.cumprod(kept[::-1])[::-1]
    return np.concatenate((missing[1:], [1.0]))

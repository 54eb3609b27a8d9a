"""Days of the sample and the seasons that shape them.

People are simulated in *steady time*, in which every day is alike; `to_calendar` then maps steady time
to calendar days so that weekends are nearly empty, winters thin and Septembers full. One lookup gives
both patterns and never changes the order of a person's sessions.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]

DATA_START = date(2023, 10, 1)
AS_OF = date(2026, 9, 30)
MADE_ON = date(2026, 10, 2)  # the export is pulled two days later, so a few rows lie after as_of
STEPS_PER_DAY = 8  # steady time is counted in eighths of a day, so that single days are evenly filled

_WEEKDAY = np.array([1.36, 1.36, 1.36, 1.36, 1.30, 0.20, 0.06])  # Monday first; sums to 7
_MONTH = np.array([0.80, 0.82, 0.96, 1.00, 1.05, 1.04, 0.99, 1.04, 1.34, 1.12, 0.98, 0.78])
_FIRST_DAY = -200
_LAST_DAY = 1150


def day_number(day: date) -> int:
    """Return the day counted from the first day of the data (day 0)."""
    return (day - DATA_START).days


AS_OF_DAY = day_number(AS_OF)
MADE_DAY = day_number(MADE_ON)
CALENDAR = tuple(DATA_START + timedelta(days=n) for n in range(_FIRST_DAY, _LAST_DAY))
"""Every day the sample can name; position = day number + `CALENDAR_SHIFT`."""
CALENDAR_SHIFT = -_FIRST_DAY


def weekday(days: Days) -> Days:
    """Return 0 for Monday to 6 for Sunday."""
    return (days + DATA_START.weekday()) % 7


def is_winter(days: Days) -> NDArray[np.bool_]:
    """Return whether each day lies in January or February."""
    return _IS_WINTER[days + CALENDAR_SHIFT]


def to_calendar(steady: Days) -> Days:
    """Map steady time (eighths of a day since day 0) to day numbers; far ends are clipped."""
    return _TO_CALENDAR[np.clip(steady - _FIRST_STEP, 0, len(_TO_CALENDAR) - 1)]


def _calendar_table() -> tuple[int, Days]:
    weight = np.array([_WEEKDAY[day.weekday()] * _MONTH[day.month - 1] for day in CALENDAR])
    reached = np.cumsum(weight / weight.mean()) * STEPS_PER_DAY
    reached -= reached[CALENDAR_SHIFT - 1]
    steps = np.arange(int(reached[0]), int(reached[-1]) + 1)
    days = np.searchsorted(reached, steps, side="right") + _FIRST_DAY
    return int(steps[0]), np.minimum(days, _LAST_DAY - 10).astype(np.int32)


_FIRST_STEP, _TO_CALENDAR = _calendar_table()
_IS_WINTER = np.array([day.month in (1, 2) for day in CALENDAR])

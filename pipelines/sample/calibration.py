"""What the sample aims at: every share and rate, in one place.

Sessions per person, days in contact and returns to use follow the largest published program data
(Ashford et al. 2021: 4.75 contacts, SD 4.74; 131 days, SD 167; 0.09 returns to use per person).
The other numbers are plausible inventions. `tests/sample/test_calibration.py` holds the bands.
"""

from __future__ import annotations

from datetime import date

from pipelines.sample.seasons import STEPS_PER_DAY, day_number

DEFAULT_PARTICIPANTS = 700
ROWS_PER_PERSON = 6.4  # sessions of every status, for sizing only

# Counties in the order used by every county code of the sample.
COUNTIES = ("Hancock", "Washington", "Waldo", "Somerset", "Piscataquis")
FIPS = ("23009", "23029", "23027", "23025", "23021")
COUNTY_SHARE = (0.40, 0.27, 0.18, 0.10, 0.05)
HANCOCK, WASHINGTON, WALDO, SOMERSET, PISCATAQUIS = range(5)
NEIGHBOR = (WASHINGTON, HANCOCK, HANCOCK, PISCATAQUIS, SOMERSET)
SECOND_COUNTY_SHARE = 0.09
SECOND_COUNTY_VISITS = 0.35

# Arrivals: from five months before the data begin, growing slowly.
FIRST_ARRIVAL = -150 * STEPS_PER_DAY
LAST_ARRIVAL = day_number(date(2026, 9, 28)) * STEPS_PER_DAY
ARRIVAL_GROWTH = 0.90  # < 1: more arrivals late than early

# Sessions after the first: negative binomial (over-dispersed).
LATER_SESSIONS = 6.8
LATER_SHAPE = 0.73
PACE_SPREAD = 0.40
PACE_BY_ACTIVITY = 0.39  # people with many sessions have them closer together

# Days between sessions.
QUICK_SECOND = 0.77
QUICK_DAYS = (2.0, 10.0)
SLOW_DAYS = (15.0, 50.0)
GAP_MEDIAN = 20.0
GAP_SPREAD = 0.90
PAUSE_SHARE = 0.043
PAUSE_DAYS = 95.0
PAUSE_TAIL = 75.0

# Whether a planned session takes place.
MISSED = 0.178
WINTER_MISSED = 0.05
CANCELLED_BY_PARTICIPANT = 0.06
CANCELLED_BY_PROGRAM = 0.02
NOT_REACHED = 0.025
GROUP_SHARE = 0.11

# Planted signals (data/sample/README.md tells of both).
IMPROVED_FROM = day_number(date(2025, 10, 1))
IMPROVED_IN = (HANCOCK, WASHINGTON)
IMPROVED_RETURNS = 0.65  # of those who would have come once
IMPROVED_QUICK = 0.97
WORSENED_FROM = day_number(date(2026, 1, 1))
WORSENED_IN = SOMERSET
WORSENED_MISSED = 0.35  # of sessions that would have taken place

# Events per person (sessions are where they are told).
RETURNS_TO_USE = 0.09
RETURNS_IN_SESSION = 0.85
NONFATAL_OVERDOSES = 0.018
OVERDOSES_IN_SESSION = 0.70
OVERDOSES_UNKNOWN = 0.003
WINS = 0.36
GOALS_MET = 0.15
GOALS_SET = 0.25
ER_VISITS = 0.05
HOSPITAL_STAYS = 0.02
INCARCERATIONS = 0.025
LADDER_SHARE = 0.10
CONFIRMED_AFTER_90_DAYS = 0.50
ENDED_BEFORE_90_DAYS = 0.18
# Deaths per 700 people over the three years.
DEATHS_PER_700 = {"fatal_overdose": 2.0, "suicide": 1.0, "other": 2.0, "pending": 1.0, "late": 1.0}

CLOSED_SHARE = 0.45
CLOSEOUT_SESSION = 0.45
MISSING_COUNTY = 0.008

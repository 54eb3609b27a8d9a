"""Follow-up assessments, change between two of them, and spending per person, drawn as their headers tell."""

from datetime import date

import numpy as np
import pytest
from asking import ask, n_of, split
from test_worked_examples_served import SERVED

from dashboard.measures import Period, in_words

SEVEN = """
    participant_key  instrument  timepoint  assessed_on  due_from  due_to  item   status
    on_time_1        BARC10      6_month    07-10        07-01     08-30   _form  conducted
    on_time_2        BARC10      6_month    07-01        07-01     08-30   _form  conducted
    on_time_3        BARC10      6_month    08-30        07-01     08-30   _form  conducted
    late             BARC10      6_month    09-06        07-01     08-30   _form  conducted
    declined         BARC10      6_month    -            07-05     09-03   _form  declined
    never_asked      BARC10      baseline   02-01        -         -       _form  conducted
    died             BARC10      6_month    -            07-05     09-03   _form  due
"""


@pytest.fixture
def follow_ups(store_of):
    return store_of(assessment=SEVEN, milestones="participant_key event_date class\ndied 07-04 death")


def test_follow_ups_done_on_time(follow_ups):
    result = ask(follow_ups, "followup_rate")
    assert n_of(result) == (3, 6)
    assert result.provenance.notes == ("1 follow-up left out: they died before it was due.",)
    parts = split(ask(follow_ups, "followup_rate", by=("outcome",)), "denominator")
    assert parts == {"on_time": 3, "off_time": 1, "declined": 1, "not_done": 1}
    assert result.label("outcome", "off_time") == "Done outside its days"


def test_a_follow_up_counts_in_the_period_of_its_last_due_day(follow_ups):
    """The baseline of 1 February plus 180 days and 30 more is 30 August, as the instrument's window says."""
    august, september = (Period(date(2026, m, 1), date(2026, m, 30), str(m)) for m in (8, 9))
    result = ask(follow_ups, "followup_rate", august, september)
    assert list(result.frame["denominator"]) == [5, 1]


def test_follow_ups_still_due_are_not_judged(store_of):
    store = store_of(assessment="participant_key timepoint assessed_on item status\nA baseline 06-01 _form conducted")
    result = ask(store, "followup_rate", Period(date(2026, 10, 1), date(2026, 12, 31), "2026 Q4"))
    assert n_of(result) == (0, 0)
    assert result.provenance.notes == ("1 follow-up left out: it is still due.",)


def scores(*rows: tuple[str, int, int | None]) -> str:
    lines = [f"{who} baseline 02-01 barc10_total {before} conducted" for who, before, _ in rows]
    lines += [f"{who} 6_month 08-01 barc10_total {after} conducted" for who, _, after in rows if after is not None]
    return "\n".join(["participant_key timepoint assessed_on item value status", *lines])


SIX = (("A", 30, 48), ("B", 40, 47), ("C", 40, 40), ("D", 50, 44), ("E", 30, None), ("F", 32, None))


def test_change_of_the_same_people_and_where_the_others_started(store_of):
    result = ask(store_of(assessment=scores(*SIX)), "matched_change")
    (row,) = result.frame.itertuples()
    assert n_of(result) == (2, 3)
    assert (row.value, row.lower, row.upper) == pytest.approx((0.6667, 0.0943, 0.9916), abs=5e-5)
    assert (row.pairs, row.same, row.positive_before, row.positive_after) == (4, 1, 1, 2)
    assert (row.median_change, row.median_start) == (3.5, 40)
    assert (row.not_reached, row.not_reached_median_start, row.not_reached_positive) == (2, 31, 0)
    assert in_words(result.measure, row) == "67 % (2 of 3 pairs that changed)"


def test_less_is_better_where_the_instrument_says_so(store_of):
    store = store_of(
        assessment="""
            participant_key  instrument  timepoint  assessed_on  item                   value  status
            A                SUPRT_C     baseline   02-01        arrested_last_30_days  1      conducted
            A                SUPRT_C     6_month    08-01        arrested_last_30_days  0      conducted
            A                SUPRT_C     baseline   02-01        housing_stable         0      conducted
            A                SUPRT_C     6_month    08-01        housing_stable         0      conducted
            B                SUPRT_C     baseline   02-01        housing_stable         9      conducted
            B                SUPRT_C     6_month    08-01        housing_stable         1      conducted
        """
    )
    result = ask(store, "matched_change", by=("item",))
    rows = {row.item: row for row in result.frame.itertuples()}
    assert rows["arrested_last_30_days"].numerator == 1
    assert (rows["arrested_last_30_days"].positive_before, rows["arrested_last_30_days"].positive_after) == (0, 1)
    assert (rows["housing_stable"].pairs, rows["housing_stable"].same) == (1, 1)  # 9 is outside the range
    assert (np.isnan(rows["housing_stable"].value), rows["housing_stable"].reason) == (True, "no answer changed")
    assert result.label("item", "housing_stable") == "Has a stable place to live"


PAID = """
    funder_id  measure_id  period_start  period_end  value
    F1         spend       07-01         07-31       10000
    F1         spend       08-01         09-30       20000
    F2         spend       07-01         09-30       12000
"""
JULY = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")
WINS = "participant_key event_date code\nA 07-09 got_job\nB 07-09 got_job\nH 09-15 got_job\nG 07-09 got_job"


def test_spending_per_person(store_of):
    store = store_of(sessions=SERVED, target=PAID, milestones=WINS)
    result = ask(store, "cost_per_person")
    (row,) = result.frame.itertuples()
    assert (row.value, row.numerator, row.denominator) == (6000, 42000, 7)
    assert in_words(result.measure, row) == "$6,000 per person ($42,000 for 7 people)"
    (row,) = ask(store, "cost_per_person_with_win").frame.itertuples()
    assert (row.value, row.denominator) == (14000, 3)


def test_spending_that_does_not_fit_the_period_is_not_spread(store_of):
    """F2 paid for the quarter only, so that July has no value."""
    store = store_of(sessions=SERVED, target=PAID)
    (row,) = ask(store, "cost_per_person", JULY).frame.itertuples()
    assert (np.isnan(row.value), row.denominator) == (True, 6)
    assert row.reason == "spending is not recorded for exactly this period"
    gap = "\n".join(line for line in PAID.splitlines() if "08-01" not in line)
    (row,) = ask(store_of(sessions=SERVED, target=gap), "cost_per_person").frame.itertuples()
    assert np.isnan(row.value)

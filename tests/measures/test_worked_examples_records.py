"""Measures about records, and the frames of the Data quality page."""

from datetime import date

import pandas as pd
import pytest
from asking import ask, n_of, split

from dashboard.measures import Period, quality

SESSIONS = """
    participant_key  session_date  entered_on  county_fips  coach_key  minutes
    A                07-01         07-08       Hancock      C1         30
    A                07-02         07-09       Hancock      C1         -
    B                07-03         07-11       -            C1         60
    B                08-20         -           Hancock      C1         -
    C                09-29         09-30       Hancock      C2         -
"""
LOADED = """
    batch_id  profile_version  source_system  source_file  sha256  as_of  loaded_at   rows_read  rows_loaded  rows_replaced  rows_quarantined  rows_duplicate  rows_dropped  records_removed
    B1        1                sheet          session.csv  00      09-30  2026-10-01  10         6            1              1                 2               0             0
"""  # noqa: E501
ISSUES = """
    batch_id  source_file  source_row  rule_id  severity    field         action
    B1        session.csv  4           DQ19     warn        session.kind  set_to_other
    B1        session.csv  7           DQ14     quarantine  session_date  row_quarantined
"""
JULY = Period(date(2026, 7, 1), date(2026, 7, 31), "Jul 2026")


@pytest.fixture
def store(store_of):
    return store_of(sessions=SESSIONS, load_batch=LOADED, load_issue=ISSUES)


def test_records_entered_within_seven_days(store):
    assert n_of(ask(store, "entered_promptly", JULY)) == (2, 3)
    (row,) = ask(store, "entry_lag", JULY).frame.itertuples()
    assert (row.value, row.denominator) == (7, 3)


def test_records_without_a_county(store):
    assert n_of(ask(store, "missing_county")) == (1, 5)
    assert split(ask(store, "missing_county", by=("record",))) == {"session": 1}


def test_rows_by_file_are_placed_in_the_period_of_the_last_day_they_cover(store):
    assert n_of(ask(store, "duplicate_rows")) == (3, 10)
    assert n_of(ask(store, "rejected_rows")) == (1, 10)
    assert n_of(ask(store, "rejected_rows", JULY)) == (0, 0)


def test_values_nobody_mapped(store):
    assert n_of(ask(store, "unmapped_values")) == (1, 10)


def test_coaches_with_nothing_entered_for_thirty_days(store):
    assert n_of(ask(store, "quiet_coaches")) == (1, 2)


def test_the_ledger_has_a_row_per_file_and_says_how_it_went(store):
    (row,) = quality.ledger(store).itertuples()
    assert (row.source_file, row.rows_read, row.rows_loaded, row.result) == ("session.csv", 10, 6, "warn")


def test_findings_by_rule_and_by_line(store):
    frame = quality.issues(store)
    assert list(frame["rule_id"])[:2] == ["DQ14", "DQ19"]
    assert list(frame["rows_found"])[:2] == [1, 1]
    assert quality.issue_lines(store, "DQ19")["source_row"].item() == 4


def test_completeness_by_month_and_field(store):
    frame = quality.completeness(store)
    assert tuple(dict.fromkeys(frame["field"])) == quality.FIELDS
    july = frame[frame["month"] == pd.Timestamp(2026, 7, 1)].set_index("field")
    assert july.loc["county", "share"] == pytest.approx(2 / 3)
    assert july.loc["minutes", "recorded"] == 2


def test_entry_lag_by_month(store):
    frame = quality.lag_by_month(store)
    assert list(frame["rows"]) == [3, 1]
    assert list(frame["median"]) == [7, 1]


def test_the_frames_are_empty_without_data(store_of):
    store = store_of()
    for frame in (quality.ledger(store), quality.completeness(store), quality.lag_by_month(store)):
        assert frame.empty
    assert quality.issues(store)["rows_found"].sum() == 0

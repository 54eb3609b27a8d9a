"""Lists of the Data quality page about records that need somebody, drawn as small as they can be."""

import pytest
from whiteboard import warehouse

from dashboard.measures import quality, quality_lists
from dashboard.measures.effect import effect
from dashboard.store import Store

LOADS = """
    batch_id  source_system  source_file  sha256  as_of  loaded_at   rows_read  rows_loaded  rows_replaced  rows_quarantined  rows_duplicate  rows_dropped  records_removed
    B1        sheet          a.csv        00      08-31  2026-09-02  10         10           0              0                 0               0             0
    B2        sheet          a.csv        01      09-30  2026-10-01  10         10           0              0                 0               0             0
"""  # noqa: E501
ISSUES = """
    batch_id  source_file  source_row  rule_id  severity    field           action
    B1        a.csv        4           DQ19     warn        session.kind    set_to_other
    B2        a.csv        4           DQ19     warn        session.kind    set_to_other
    B2        a.csv        5           DQ19     warn        session.kind    set_to_other
    B2        a.csv        7           DQ15     quarantine  session_date    row_quarantined
"""
FOLLOW_UPS = """
    participant_key  instrument  timepoint  assessed_on  due_from  due_to  item   status
    on_time          BARC10      6_month    08-10        07-01     08-30   _form  conducted
    late             BARC10      6_month    09-06        07-01     08-30   _form  conducted
    never_asked      BARC10      6_month    -            07-01     08-30   _form  due
    to_come          BARC10      6_month    -            09-01     10-30   _form  due
    died             BARC10      6_month    -            07-05     08-30   _form  due
"""


@pytest.fixture
def loads(store_of):
    return store_of(load_batch=LOADS, load_issue=ISSUES)


def test_findings_are_counted_load_by_load(loads):
    frame = quality_lists.issues_by_load(loads, 4)
    assert [(r.rule_id, r.rows) for r in frame.itertuples()] == [("DQ15", 0), ("DQ15", 1), ("DQ19", 1), ("DQ19", 2)]


def test_unmapped_values_and_impossible_rows_are_counted_by_field_and_file(loads):
    (unmapped,) = quality_lists.unmapped(loads).itertuples()
    assert (unmapped.field, unmapped.source_file, unmapped.rows) == ("session.kind", "a.csv", 2)
    (impossible,) = quality_lists.impossible(loads).itertuples()
    assert (impossible.rule_id, impossible.rows) == ("DQ15", 1)


def test_a_finding_of_an_earlier_load_keeps_the_words_of_its_rule(loads):
    titles = {row.rule_id: row.title for row in quality.issues(loads).itertuples()}
    assert titles["DQ19"].startswith("Value not in the vocabulary")


def test_follow_ups_by_month_tell_overdue_from_still_to_come(store_of):
    store = store_of(assessment=FOLLOW_UPS, milestones="participant_key event_date class\ndied 07-04 death")
    august, october = quality_lists.follow_ups(store, 6, 3).itertuples()
    assert (august.due, august.on_time, august.off_time, august.not_done, august.open) == (3, 1, 1, 1, 0)
    assert (october.due, october.open) == (1, 1)


def test_the_effect_of_a_version_compares_the_same_months_and_shows_the_newest(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    rows = "participant_key session_date\nA 2026-03-01\nA 2026-03-02\n"
    warehouse(tmp_path / "old", sessions=rows, as_of="2026-06-30", settings={"has_sessions": "true"})
    warehouse(tmp_path / "new", sessions=f"{rows}B 2026-03-05\nC 2026-08-01\n", settings={"has_sessions": "true"})
    found = effect(Store(tmp_path / "old"), Store(tmp_path / "new"))
    served = found.changes[0]
    assert (found.before, found.after) == ("12 months to 30 Jun 2026", "12 months to 30 Sep 2026")
    assert (served.before, served.same, served.difference, served.newest) == ("1", "2", "+1", "3")
    assert found.changes[-1].newest == "not loaded"  # life wins without milestones

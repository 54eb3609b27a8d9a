"""Follow-up in a report: six people asked or not asked again, and where those not reached began."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_cases import TODAY, exact, hidden
from whiteboard import warehouse

from dashboard.reports.blocks.follow_up import FollowUp
from dashboard.reports.context import Context
from dashboard.reports.document import Paragraph
from dashboard.reports.funders import read_funder
from dashboard.reports.period_codes import read_period

ASKED = """
    participant_key  instrument  timepoint  assessed_on  due_from  due_to  item           value  status
    on_time          BARC10      6_month    07-10        07-01     08-30   barc10_total   48     conducted
    on_time          BARC10      baseline   02-01        -         -       barc10_total   30     conducted
    late             BARC10      6_month    09-06        07-01     08-30   barc10_total   40     conducted
    late             BARC10      baseline   02-01        -         -       barc10_total   40     conducted
    declined         BARC10      6_month    -            07-05     09-03   _form          -      declined
    declined         BARC10      baseline   02-01        -         -       barc10_total   22     conducted
    never_asked      BARC10      baseline   02-01        -         -       barc10_total   32     conducted
    settled          SUPRT_C     baseline   02-01        -         -       housing_stable 0      conducted
    settled          SUPRT_C     6_month    08-01        -         -       housing_stable 1      conducted
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("follow_up")
    warehouse(folder, assessment=ASKED)
    return exact(folder)


def tables(source):
    desk = Context(source, read_period("2026-FFQ4"), read_funder("samhsa_bcor"), today=TODAY)
    return FollowUp().resolve(desk)


def cells(table, start):
    return next([cell.text for cell in row.cells] for row in table.rows if row.label.startswith(start))


def test_everyone_due_became_something(source):
    rate, *_ = tables(source)
    assert rate.columns[1:7] == ("Done on time", "Done outside its days", "Declined", "Missed", "Not done", "Due")
    assert cells(rate, "Brief")[:7] == ["1", "1", "1", "0", "1", "4", "25 %"]
    assert cells(rate, "Total")[5:7] == ["5", "40 %"]
    assert all(check.passes for check in rate.checks)
    assert "80 %" in rate.notes[0]


def test_whoever_was_not_reached_stands_beside_the_change(source):
    _, change, started = tables(source)
    assert cells(change, "Recovery capital")[:5] == ["1", "1", "0", "2", "100 %"]
    assert cells(started, "Recovery capital") == ["2", "35", "+9.0", "2", "27"]
    assert cells(started, "Has a stable place") == ["1", "0 %", "100 %", "0", "–"]
    assert [check.passes for check in change.checks] == [True]


def test_what_is_withheld_or_not_released_is_a_mark_in_every_column(source):
    def protected(query):
        return hidden(source.answers(query))

    found = tables(replace(source, answers=protected, audience="funder", records=None))
    for table in found:
        assert all(cell.is_hidden for row in table.rows for cell in row.cells)
        assert table.legend
        assert all(check.passes is None for check in table.checks)


def test_without_assessments_a_sentence_says_what_is_missing(source):
    assert tables(replace(source, has_assessments=False)) == (Paragraph("Needs assessments. Not loaded."),)


def test_nobody_asked_twice_is_no_table_of_zeros(tmp_path):
    warehouse(
        tmp_path, assessment="participant_key timepoint assessed_on item status\nA baseline 02-01 _form conducted"
    )
    _, words = tables(exact(tmp_path))
    assert words == Paragraph("Nobody was asked a second time yet, so no change is shown.")

"""What was handed in is kept; later reports say what changed and why."""

from __future__ import annotations

import json
from datetime import date

import pytest
from report_cases import BCOR, made
from whiteboard import warehouse

from dashboard.measures import Period
from dashboard.measures.arrivals import Arrivals, arrivals, batches
from dashboard.reports.renderers import FORMATS
from dashboard.reports.submissions import ReportFolder, log_export
from dashboard.store import Store
from pipelines.errors import OutcomesError

QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30), "FFY26 Q3")
FIRST = """
participant_key session_date entered_on batch_id source_row
A 04-08 04-09 B1 2
A 04-15 04-16 B1 3
B 05-30 06-02 B1 4
C 06-20 06-21 B1 5
"""
LATER = (
    FIRST
    + """D 05-02 07-20 B2 2
E 06-01 06-02 B2 3
"""
).replace("B 05-30 06-02 B1 4", "B 03-30 06-02 B2 4")
LEDGER = """
batch_id|source_file|source_system|sha256|as_of|loaded_at|rows_read|rows_loaded|rows_replaced|rows_quarantined|rows_duplicate|rows_dropped|records_removed
B1|session.csv|Vendor|a|2026-06-30|2026-07-02 09:00:00|4|4|0|0|0|0|0
"""
LEDGER_LATER = LEDGER + "B2|session.csv|Vendor|b|2026-09-30|2026-10-02 09:00:00|3|2|1|0|0|0|0\n"
CORRECTED = """
batch_id|source_file|source_row|rule_id|severity|field|action
B2|session.csv|5|DQ26|warn|session|row_replaced
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """A store as handed in, then the same store after another load."""
    tmp_path = tmp_path_factory.mktemp("later")
    warehouse(tmp_path, sessions=FIRST, load_batch=LEDGER, as_of="2026-06-30")
    first = made(tmp_path, BCOR, texts={})
    kept = ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ3")
    submission = kept.keep(first.document, batches(Store(tmp_path)), first.definitions, date(2026, 7, 15))
    sessions = LATER.replace("C 06-20 06-21 B1 5", "C 06-20 06-21 B2 5")
    warehouse(tmp_path, sessions=sessions, load_batch=LEDGER_LATER, load_issue=CORRECTED)
    return tmp_path, submission


def changes(document):
    (table,) = [table for table in document.tables if table.key == "changes"]
    return {row.label: [cell.text for cell in row.cells] for row in table.rows}


def test_old_new_difference_and_why(later):
    store, submission = later
    document = made(store, BCOR, texts={}, submission=submission).document
    found = changes(document)
    # D and E came, B's contact was moved out of the quarter: 3 people before, 4 now.
    assert found["People served: People supported, people"] == ["3", "4", "1", "late entries, corrections"]
    opening = next(e.text for e in document.elements if "numbers have changed" in getattr(e, "text", ""))
    assert "1 record typed in afterwards" in opening
    assert "1 record typed in before, but not in an export loaded by then" in opening
    assert "1 record corrected" in opening
    assert "15 Jul 2026" in opening
    for form in ("xlsx", "docx", "pdf"):
        assert FORMATS[form].render(document)


def test_records_that_came_later_are_told_apart(later):
    store, submission = later
    assert arrivals(Store(store), QUARTER, submission.batches, date(2026, 6, 30)) == Arrivals(1, 1, 1)
    nothing = arrivals(Store(store), QUARTER, batches(Store(store)), date(2026, 6, 30))
    assert nothing == Arrivals()


def test_nothing_changed_is_an_answer(tmp_path):
    warehouse(tmp_path, sessions=FIRST, load_batch=LEDGER)
    first = made(tmp_path, BCOR, texts={})
    kept = ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ3")
    kept.keep(first.document, ("B1",), first.definitions, date(2026, 7, 15))
    again = made(tmp_path, BCOR, texts={}, submission=kept.submissions()[-1]).document
    assert not any(table.key == "changes" for table in again.tables)
    assert any("No number has changed" in getattr(e, "text", "") for e in again.elements)
    assert again.checksum == first.document.checksum


def test_a_new_definition_is_named_as_the_cause(later):
    store, submission = later
    from dataclasses import replace

    before = replace(submission, definitions={**submission.definitions, "People supported": "0"})
    found = changes(made(store, BCOR, texts={}, submission=before).document)
    assert found["People served: People supported, people"][3].startswith("definition changed")


def test_a_number_that_was_not_in_the_submission_is_told(later):
    store, submission = later
    from dataclasses import replace

    fewer = tuple(kept for kept in submission.numbers if kept.table != "People served")
    gone = replace(submission.numbers[0], table="A table of old", number=5.0, text="5")
    found = changes(made(store, BCOR, texts={}, submission=replace(submission, numbers=(*fewer, gone))).document)
    assert found["People served: People supported, people"][::3] == ["–", "not in the submission"]
    assert found[f"A table of old: {gone.row}, {gone.column.lower()}"][1:] == ["–", "", "no longer in the report"]


def test_submissions_are_kept_in_order_and_read_back(later):
    store, submission = later
    kept = ReportFolder(store, "samhsa_bcor", "2026-FFQ3")
    assert kept.submissions() == (submission,)
    document = made(store, BCOR, texts={}, submission=submission).document
    second = kept.keep(document, ("B1", "B2"), {}, date(2026, 10, 15))
    assert [s.number for s in kept.submissions()] == [1, 2]
    assert not any(kept.table == "What changed since submission" for kept in second.numbers)


def test_texts_are_kept_per_report_and_period(tmp_path):
    kept = ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ3")
    assert kept.texts() == {}
    kept.write_texts({"barriers": " The bridge was closed. "})
    assert kept.texts() == {"barriers": "The bridge was closed."}
    assert ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ4").texts() == {}
    with pytest.raises(OutcomesError, match="characters"):
        kept.write_texts({"barriers": "x" * 30_000})
    assert kept.texts() == {"barriers": "The bridge was closed."}


def test_a_damaged_file_is_named(tmp_path):
    kept = ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ3")
    kept.write_texts({"barriers": "x"})
    (kept.path / "texts.json").write_text("{")
    with pytest.raises(OutcomesError, match=r"texts\.json.*damaged"):
        kept.texts()


def test_every_export_is_logged_with_its_reason(tmp_path, bcor):
    log_export(tmp_path, bcor, ["xlsx"], "Quarterly report")
    log_export(tmp_path, bcor, ["pdf"], "none given")
    lines = [json.loads(line) for line in (tmp_path / "reports" / "exports.jsonl").read_text().splitlines()]
    assert [line["reason"] for line in lines] == ["Quarterly report", "none given"]
    assert {line["checksum"] for line in lines} == {bcor.checksum}

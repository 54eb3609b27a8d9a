"""What is hard about each vendor's export, as the example one would draw on a whiteboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fixture_loads import build_export, load_half
from load.loading import draw, findings, query, run

from dashboard.measures import Period, Query, evaluate
from dashboard.store import Store
from pipelines.errors import LoadError

CLAIMS = (
    "claim_line_id original_line_id claim_status chart_id peer_provider_id service_date start_time end_time"
    " duration_minutes units hcpcs_code modifiers service_type\n"
)


def claims(tmp_path: Path, lines: str) -> list[tuple[object, ...]]:
    """Load claim lines of one person; return (row, minutes, units) of the sessions."""
    rows = [line.split() for line in lines.strip().splitlines()]
    text = CLAIMS + "\n".join(
        f"{name} {about} {status} QB1 QP1 2026-04-01 {start} {end} - {units} H0038 - Peer_support"
        for name, about, status, start, end, units in rows
    )
    path = tmp_path / "claims.csv"
    path.write_text(draw(text).replace("Peer_support", "Peer support"), encoding="utf-8")
    run(tmp_path / "store", path, profile="billing_h0038")
    return query(tmp_path / "store", "SELECT source_row, minutes, billing_units FROM session ORDER BY ALL")


def test_lines_of_one_encounter_are_one_session_and_a_longer_gap_begins_another(tmp_path: Path) -> None:
    lines = """
        A - Paid 09:00 09:30 2
        B - Paid 09:45 10:15 2
        C - Paid 10:31 11:00 2
    """
    assert claims(tmp_path, lines) == [(2, 60, 4), (4, 30, 2)]


def test_billing_alone_does_not_say_that_nobody_missed_a_session(tmp_path: Path) -> None:
    claims(tmp_path, "A - Paid 09:00 09:30 2")
    april = Period(date(2026, 4, 1), date(2026, 4, 30), "April 2026")
    missed = evaluate(Store(tmp_path / "store"), Query("missed_sessions", (april,))).frame
    assert (missed["reason"].item(), missed["denominator"].item()) == ("not recorded", 0)


def test_a_void_of_one_line_leaves_the_other_line_of_the_encounter(tmp_path: Path) -> None:
    lines = """
        A - Paid 09:00 09:30 2
        B - Paid 09:40 10:10 2
        V B Void 09:40 10:10 2
    """
    assert claims(tmp_path, lines) == [(2, 30, 2)]


def test_seventeen_units_are_kept_and_found(tmp_path: Path) -> None:
    assert claims(tmp_path, "A - Paid 08:00 12:15 17") == [(2, 255, 17)]
    assert findings(tmp_path / "store")["DQ49 session.billing_units"] == 1


def test_a_void_without_its_original_stays_out_with_the_reason(tmp_path: Path) -> None:
    assert claims(tmp_path, "A - Paid 09:00 09:30 2\nV Z Void 09:00 09:30 2") == [(2, 30, 2)]
    assert findings(tmp_path / "store")["DQ17 claims"] == 1


REPORT = """Contact Report
Run on 10/03/2026

Participant Record ID,Program,Record ID,Service Date,Type of Contact,Service Location,Length of Contact (hrs),\
Topics Discussed,Referrals Made,Referral Outcome,Milestone Achieved,Milestone Date,County
QC1,PRC,C1,05/04/2026,Office Visit,,1,Housing,Housing,Offered,,,Hancock
,,C1,05/04/2026,Office Visit,,1,Goals,Doctor,Attended,,,Hancock
,,C1,05/04/2026,Office Visit,,1,Goals,Food pantry,,,,Hancock
Total for QC1,,,,,,3
QC2,,C2,05/04/2026,Office Visit,,1,,,,,,Hancock
Grand Total
"""


def test_one_contact_repeated_for_three_referrals_is_one_session_with_three_linkages(tmp_path: Path) -> None:
    path = tmp_path / "Contact report.csv"
    path.write_text(REPORT, encoding="utf-8")
    report = run(tmp_path / "store", path, profile="case_mgmt_report")
    store = tmp_path / "store"
    assert query(store, "SELECT program_id, minutes FROM session ORDER BY ALL") == [("PRC", 60), ("unassigned", 60)]
    assert query(store, "SELECT domain::VARCHAR, outcome::VARCHAR FROM linkage ORDER BY 1") == [
        ("food_and_basic_needs", "offered"),
        ("housing", "offered"),
        ("primary_care", "connected"),
    ]
    assert query(store, "SELECT topic::VARCHAR FROM session_topic ORDER BY 1") == [("goals",), ("housing",)]
    assert report.accounts[0].dropped == 2  # the subtotal and the grand total


def test_codes_and_labels_in_one_file_are_refused_without_showing_either(tmp_path: Path) -> None:
    exports = build_export("redcap_flat", "second", tmp_path / "export")
    path = exports / "Project_LABELS_2026-09-30.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("First meeting", "1", 1), encoding="utf-8")
    with pytest.raises(LoadError, match="codes and labels are mixed") as error:
        load_half("redcap_flat", "second", exports, tmp_path / "store")
    assert error.value.rule == "DQ05"
    assert "Canarykind" not in str(error.value)


@pytest.fixture(scope="module")
def both_instruments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """GPRA interviews and SUPRT records of the same people in one warehouse."""
    folder = tmp_path_factory.mktemp("instruments")
    (folder / "GPRA.csv").write_text(
        draw("""
            GrantNo|ClientID|IntakeSeqNum|InterviewType|ConductedInterview|InterviewDate|EmployStatus|SchoolOrTrainingProgram|LivingHoused|InteractFamilyFriends|ArrestedDays|DischargeDate|DischargeStatusCompl|DischargeStatusTermReason
            TI1|QG1|1|1|1|08/01/2025|3|0|2|1|-9|-|-|-
            TI1|QG2|1|1|1|08/01/2025|3|0|2|1|3|-|-|-
            TI1|QG2|1|2|1|09/20/2025|1|0|1|1|0|-|-|-
        """),
        encoding="utf-8",
    )
    head = (
        "Grant ID|Site ID|Client ID|Form|Assessment Type|Offered|Completed|Assessment Date|First Service Date"
        "|Last Service Date|Housing|Employment|Education|People to Turn To\n"
    )
    reassessed = {"149": "03/04/2026", "150": "03/05/2026", "210": "05/04/2026", "211": "05/05/2026"}
    lines = [
        f"H1|S1|QS{days}|A|{kind}|-|Yes|{day}|10/06/2025|-|Own or rent|Full time|Enrolled|-"
        for days, late in reassessed.items()
        for kind, day in (("Baseline", "10/06/2025"), ("Reassessment", late))
    ]
    lines += [
        "H1|S1|QS149|C|Baseline|Yes|No|-|10/06/2025|-|-|-|-|-",
        "H1|S1|QS150|C|Baseline|No|-|-|10/06/2025|-|-|-|-|-",
        "H1|S1|QG1|A|Reassessment|-|Yes|02/01/2026|10/06/2025|-|Own or rent|Full time|Enrolled|-",
        "H1|S1|QS211|A|Closeout|-|Yes|07/02/2026|10/06/2025|06/01/2026|Own or rent|Full time|Enrolled|-",
    ]
    (folder / "SUPRT.csv").write_text(draw(head + "\n".join(lines)), encoding="utf-8")
    run(folder / "store", folder / "GPRA.csv", profile="gpra_csv", as_of=date(2025, 9, 30))
    run(folder / "store", folder / "SUPRT.csv", profile="suprt_csv", as_of=date(2026, 7, 31))
    return folder / "store"


def test_a_reassessment_is_on_time_from_day_150_to_day_210(both_instruments: Path) -> None:
    sql = (
        "SELECT assessed_on - DATE '2025-10-06' AS days, outcome::VARCHAR FROM follow_up"
        " WHERE instrument = 'SUPRT_A' AND timepoint = '6_month' AND due_from IS NOT NULL ORDER BY 1"
    )
    assert query(both_instruments, sql) == [(149, "off_time"), (150, "on_time"), (210, "on_time"), (211, "off_time")]


def test_a_closeout_31_days_after_the_last_service_is_late(both_instruments: Path) -> None:
    sql = "SELECT outcome::VARCHAR FROM follow_up WHERE timepoint = 'closeout'"
    assert query(both_instruments, sql) == [("off_time",)]


def test_a_voluntary_form_that_was_not_offered_is_no_row(both_instruments: Path) -> None:
    sql = "SELECT status::VARCHAR FROM assessment WHERE instrument = 'SUPRT_C' AND item = '_form'"
    assert query(both_instruments, sql) == [("declined",)]


def test_a_baseline_of_one_instrument_and_a_follow_up_of_another_are_no_pair(both_instruments: Path) -> None:
    sql = (
        "SELECT b.instrument FROM assessment b JOIN assessment f USING (participant_key, instrument, episode_no, item)"
        " WHERE b.timepoint = 'baseline' AND f.timepoint = '6_month' AND b.value < f.value AND item = 'housing_stable'"
    )
    assert query(both_instruments, sql) == [("GPRA",)]
    both = (
        "SELECT count(*) FROM (SELECT participant_key FROM assessment WHERE instrument = 'GPRA'"
        " INTERSECT SELECT participant_key FROM assessment WHERE instrument = 'SUPRT_A')"
    )
    assert query(both_instruments, both) == [(1,)]  # the person with one of each


def test_a_missing_code_is_no_number(both_instruments: Path) -> None:
    sql = "SELECT sum(value), count(*) FROM assessment WHERE item = 'arrested_last_30_days'"
    assert query(both_instruments, sql) == [(1.0, 3)]

"""A program file may relax a rule, with a reason: rows it would keep out are kept where they still can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from load.commands import command
from load.loading import export, query, run

from pipelines.cli.watch import Watch
from pipelines.errors import OutcomesError
from pipelines.fix_list import fix_list
from pipelines.load import LoadReport
from pipelines.program import Program, Relaxed, read_program
from pipelines.rule_texts import loader_rules, relaxable

SESSIONS = """
    session_key participant_key program_id session_date status    entered_on
    early       A1              P1         2024-12-31   completed 2026-01-05
    planned     A1              P1         2026-12-01   completed -
    distant     A1              P1         2206-01-05   completed -
    stand_in    A1              P1         1990-01-01   completed -
    no_day      A1              P1         0/0/0000     completed -
    odd_entry   A1              P1         2026-01-06   completed soon
    nobody      TEST            P1         2026-01-07   completed -
    unclear     A1              P1         2026-01-08   maybe     -
    right       A1              P1         2026-01-09   completed -
"""
EVENTS = """
    milestone_key participant_key program_id event_date reported_date class    code    certainty
    M1            A1              P1         2026-02-01 -             surprise other   unknown
    M2            A1              P1         unread     2026-02-03    life_win got_job self_reported
    M3            A1              P1         unread     -             life_win got_job self_reported
    M4            A1              P1         2026-02-05 -             life_win got_job self_reported
"""
WHY = "Outreach began a year before the center opened"


def program(*rules: str) -> Program:
    relaxed = tuple(Relaxed(rule=rule, reason=WHY) for rule in rules)
    return Program(state="ME", opened_on="2025-01-01", relaxed=relaxed)


def loaded(store: Path, folder: Path, *rules: str) -> LoadReport:
    return run(store, export(folder, sessions=SESSIONS, milestones=EVENTS), program=program(*rules))


def outcome(report: LoadReport, file: str) -> tuple[int, int, int]:
    (account,) = (account for account in report.accounts if account.file == file)
    assert account.closes()
    return account.read, account.loaded, account.quarantined


def findings(store: Path) -> dict[tuple[str, str], list[int]]:
    rows = query(
        store,
        "SELECT rule_id, severity, list(source_row ORDER BY source_row) FROM load_issue"
        " WHERE rule_id IN ('DQ13', 'DQ14', 'DQ15', 'DQ16', 'DQ54', 'DQ55', 'DQ56') GROUP BY ALL",
    )
    return {(str(rule), str(severity)): lines for rule, severity, lines in rows}


def test_nothing_relaxed_keeps_them_all_out(tmp_path: Path) -> None:
    report = loaded(tmp_path / "s", tmp_path / "e")
    assert outcome(report, "session.csv") == (9, 1, 8)
    assert report.relaxed == ()


def test_dates_before_the_opening_or_soon_to_come_are_kept_but_no_placeholder(tmp_path: Path) -> None:
    report = loaded(tmp_path / "s", tmp_path / "e", "DQ15")
    assert outcome(report, "session.csv") == (9, 3, 6)
    assert findings(tmp_path / "s")["DQ55", "warn"] == [2, 3]
    assert findings(tmp_path / "s")["DQ15", "quarantine"] == [4, 5]
    # The planned one waits until the data reach it: it is a session, but no contact yet.
    assert query(tmp_path / "s", "SELECT count(*) FROM contact") == [(2,)]


def test_a_day_that_is_needed_is_never_done_without(tmp_path: Path) -> None:
    report = loaded(tmp_path / "s", tmp_path / "e", "DQ14")
    assert outcome(report, "session.csv") == (9, 2, 7)
    assert outcome(report, "milestone.csv") == (4, 2, 2)  # M2 is dated by its report; M3 has no day at all
    found = findings(tmp_path / "s")
    assert found["DQ54", "warn"] == [3, 4, 7]  # lines of both files; line 4 is kept out by what is still missing
    assert 6 in found["DQ14", "quarantine"]
    assert query(tmp_path / "s", "SELECT entered_on FROM session WHERE session_date = '2026-01-06'") == [(None,)]
    assert query(
        tmp_path / "s", "SELECT event_date, reported_date::VARCHAR FROM milestone WHERE event_date IS NULL"
    ) == [(None, "2026-02-03")]


def test_an_unknown_class_is_another_event_but_a_status_must_be_known(tmp_path: Path) -> None:
    report = loaded(tmp_path / "s", tmp_path / "e", "DQ16")
    assert outcome(report, "milestone.csv") == (4, 2, 2)
    assert query(tmp_path / "s", "SELECT class::VARCHAR, code::VARCHAR FROM milestone WHERE class <> 'life_win'") == [
        ("other_event", "other")
    ]
    assert findings(tmp_path / "s")["DQ16", "quarantine"] == [9]


def test_who_it_is_about_can_never_be_relaxed(tmp_path: Path) -> None:
    loaded(tmp_path / "s", tmp_path / "e", *relaxable())
    assert findings(tmp_path / "s")["DQ13", "quarantine"] == [8]
    assert {fix.rule for fix in fix_list(tmp_path / "s")} == {"DQ13", "DQ14", "DQ15", "DQ16"}


def test_relaxing_a_rule_loads_the_same_files_anew(tmp_path: Path) -> None:
    first = loaded(tmp_path / "s", tmp_path / "e")
    again = loaded(tmp_path / "s", tmp_path / "e", "DQ15")
    assert first.version != again.version is not None
    assert loaded(tmp_path / "s", tmp_path / "e", "DQ15").already_loaded
    assert outcome(loaded(tmp_path / "s", tmp_path / "e"), "session.csv")[2] == 8  # and strict again without it


def test_what_stands_in_for_a_relaxed_rule_keeps_no_row_out() -> None:
    rules = loader_rules()
    assert relaxable() == ("DQ14", "DQ15", "DQ16")
    assert all(rules[name].severity == "quarantine" for name in relaxable())
    assert {rules[rules[name].relaxed].severity for name in relaxable()} == {"warn"}


GOOD = f'[[relaxed]]\nrule = "DQ15"\nreason = "{WHY}"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("DQ15", "DQ155"), 'there is no rule "DQ155". Did you mean "DQ15"?'),
        (GOOD.replace("DQ15", "dates"), 'there is no rule "dates". Write DQ14 or DQ15 or DQ16'),
        (GOOD.replace("DQ15", "DQ13"), "DQ13 (participant id missing"),
        (GOOD.replace("DQ15", "DQ13"), "is never relaxed; DQ14, DQ15, DQ16 can be"),
        (GOOD.replace(WHY, "  "), 'the key "relaxed.1.reason" cannot be used: it is blank. Say why'),
        (GOOD.replace(f'reason = "{WHY}"', ""), 'the key "relaxed.1.reason" is missing. Say why the rule does not fit'),
        (GOOD.replace("reason", "raeson"), 'the key "relaxed.1.raeson" is not known. Did you mean "reason"?'),
        (GOOD.replace("[[relaxed]]", "[[relax]]"), 'the key "relax" is not known. Did you mean "relaxed"?'),
        (GOOD + GOOD, "the rule DQ15 is relaxed twice"),
        (GOOD.replace(WHY, "x" * 201), '"relaxed.1.reason" cannot be used'),
    ],
)
def test_a_rule_relaxed_in_a_way_that_cannot_be_used_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "program.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutcomesError) as caught:
        read_program(path)
    assert says in str(caught.value)


def test_load_and_check_print_each_relaxed_rule_with_its_reason(tmp_path: Path) -> None:
    store, path = tmp_path / "s", tmp_path / "program.toml"
    path.write_text(f'state = "ME"\nopened_on = 2025-01-01\n{GOOD}', encoding="utf-8")
    files = export(tmp_path / "e", sessions=SESSIONS, milestones=EVENTS)
    words = ("load", files, "--profile", "canonical", "--as-of", "2026-09-30", "--store", store, "--program", path)
    for said in (command(*words), command("check", "--store", store)):
        assert said.code == 0
        assert f"Relaxed by the program file: DQ15 ({loader_rules()['DQ15'].title}). {WHY}" in " ".join(
            said.out.split()
        )


def test_the_line_about_a_watched_export_names_rules_and_what_was_relaxed(tmp_path: Path) -> None:
    lines: list[str] = []
    drop = tmp_path / "drop"
    export(drop / "2026-09-30", sessions=SESSIONS, milestones=EVENTS)
    watch = Watch(drop, lambda path, day: run(tmp_path / "s", path, as_of=day, program=program("DQ15")), lines.append)
    watch.look()
    watch.look()
    told = json.loads(lines[0])
    assert told["relaxed"] == [{"rule": "DQ15", "reason": WHY}]
    assert {"rule": "DQ55", "severity": "warn", "rows": 2} in told["rules"]

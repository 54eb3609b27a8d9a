"""Changes and targets of the program file: into the warehouse with a load, and refused where they contradict."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from load.commands import command
from load.loading import MILESTONES, SESSIONS, query, run, write

import dashboard.cli  # noqa: F401  (`outcomes` knows the measures a program file may name)
from pipelines.errors import OutcomesError
from pipelines.program import Annotation, Program, Target, read_program

CALLS = Annotation(day=date(2026, 7, 1), kind="process_change", note="Welcome calls", measure="second_contact")
STORM = Annotation(day=date(2026, 8, 1), kind="event", note="Ice storm", county="23009")
AIM = Target(measure="people_served", first_day=date(2026, 7, 1), last_day=date(2027, 6, 30), value=260)
NOTES = "SELECT on_date::VARCHAR, measure_id, county_fips, note, kind FROM annotation ORDER BY on_date"
AIMS = "SELECT measure_id, period_start::VARCHAR, county_fips, value FROM target"


def test_annotations_and_targets_come_with_a_load(tmp_path: Path) -> None:
    export, store = write(tmp_path / "e", session=SESSIONS, milestone=MILESTONES), tmp_path / "store"
    run(store, export, program=Program(annotation=(CALLS, STORM), target=(AIM,)))
    assert query(store, NOTES) == [
        ("2026-07-01", "second_contact", None, "Welcome calls", "process_change"),
        ("2026-08-01", None, "23009", "Ice storm", "event"),
    ]
    assert query(store, AIMS) == [("people_served", "2026-07-01", None, 260.0)]


def test_the_same_files_with_another_program_file_bring_its_notes_instead(tmp_path: Path) -> None:
    export, store = write(tmp_path / "e", session=SESSIONS, milestone=MILESTONES), tmp_path / "store"
    run(store, export, program=Program(annotation=(CALLS, STORM), target=(AIM,)))
    run(store, export, program=Program(annotation=(STORM,)))
    assert [row[3] for row in query(store, NOTES)] == ["Ice storm"]
    assert query(store, AIMS) == []
    assert query(store, "SELECT count(*) FROM session") == [(3,)]


GOOD = """
[[annotation]]
day = 2026-07-01
kind = "event"
note = "Ice storm"

[[target]]
measure = "people_served"
first_day = 2026-07-01
last_day = 2027-06-30
value = 260
"""
AGAIN = GOOD[GOOD.index("[[target]]") :].replace("2026-07-01", "2027-01-01")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("note =", "noet ="), 'the key "annotation.1.noet" is not known. Did you mean "note"?'),
        (
            GOOD.replace("first_day", "frist_day"),
            'the key "target.1.frist_day" is not known. Did you mean "first_day"?',
        ),
        (GOOD.replace("[[target]]", "[[targets]]"), 'the key "targets" is not known. Did you mean "target"?'),
        (GOOD.replace("event", "proces_change"), '"annotation.1.kind" cannot be used: write one of event, process_'),
        (GOOD.replace("Ice storm", "x" * 51), '"annotation.1.note" cannot be used: String should have at most 50'),
        (GOOD.replace('note = "Ice storm"', ""), 'the key "annotation.1.note" is missing'),
        (GOOD.replace("260", "0"), '"target.1.value" cannot be used'),
        (GOOD.replace("2027-06-30", "2026-06-30"), "a target ends before it begins"),
        (GOOD + AGAIN, "a target of people_served from 2027-01-01 overlaps with an earlier one"),
        (GOOD + GOOD[: GOOD.index("[[target]]")], 'the annotation "Ice storm" is written twice for one day'),
    ],
)
def test_a_program_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "program.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutcomesError) as caught:
        read_program(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_program_file_that_is_right_is_read(tmp_path: Path) -> None:
    path = tmp_path / "program.toml"
    path.write_text(GOOD + AGAIN.replace("people_served", "contacts"), encoding="utf-8")
    read = read_program(path)
    assert [aim.measure for aim in read.target] == ["people_served", "contacts"]
    assert read.annotation[0].day == date(2026, 7, 1)


def test_a_measure_nobody_counts_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    export, program = write(tmp_path / "e", session=SESSIONS, milestone=MILESTONES), tmp_path / "program.toml"
    program.write_text(GOOD.replace("people_served", "people_servd"), encoding="utf-8")
    store = tmp_path / "s"
    arguments = ("load", export, "--profile", "canonical", "--as-of", "2026-09-30", "--store", store)
    outcome = command(*arguments, "--program", program)
    assert outcome.code == 1
    assert 'Did you mean "people_served"?' in outcome.err.replace("\n", " ")
    assert not (store / "current.json").exists()

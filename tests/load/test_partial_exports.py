"""Exports that bring a part: each input is judged by itself, and nothing loaded before is lost in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from load.loading import MILESTONES, SESSIONS, export, facts, findings, lines, query, run, write
from load.test_corrections import fates

from pipelines.profile.registry import FOLDER

MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


def optional(folder: Path, *, two_sources_of_milestones: bool = False) -> str:
    """Return the canonical profile with every input optional, on request with a second input of milestones."""
    text = (FOLDER / "canonical.toml").read_text(encoding="utf-8")
    text = text.replace('header = { find = ["participant_key"] }\n', "*header*", 2)
    text = text.replace("*header*", 'header = { find = ["participant_key"] }\nrequired = false\n')
    if two_sources_of_milestones:
        start = text.index('[[emit]]\ninput = "milestone"')
        emit = text[start : text.index("[[emit]]", start + 1)].replace('input = "milestone"', 'input = "told"')
        text += '\n[[input]]\nid = "told"\nmatch = "told*"\nrequired = false\n\n' + emit
    path = folder / "optional.toml"
    path.write_text(text.replace('name = "canonical"', 'name = "optional"', 1), encoding="utf-8")
    return str(path)


def as_of(store: Path) -> object:
    return query(store, "SELECT value FROM program_setting WHERE name = 'as_of'")[0][0]


def test_milestones_through_may_load_beside_sessions_through_june(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", optional(tmp_path)
    run(store, write(tmp_path / "1", session=SESSIONS), profile=profile, as_of=JUNE)
    assert as_of(store) == "2026-06-30"
    report = run(store, write(tmp_path / "2", milestone=MILESTONES), profile=profile, as_of=MAY)
    assert fates(report, "milestone.csv") == (2, 2, 0, 0, 0, 0)
    assert [len(facts(store)[name]) for name in ("session", "milestone")] == [3, 2]
    assert as_of(store) == "2026-05-31"  # the last day for which everything is there


def test_optional_people_of_an_older_day_do_not_hold_the_data_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    people = "participant_key program_id gender\nA1 P1 woman"
    run(store, export(tmp_path / "1", participant=people), as_of=JUNE)
    run(store, export(tmp_path / "2"), as_of=JULY)
    assert as_of(store) == "2026-07-31"


def test_an_older_export_of_the_same_input_gives_way_alone(tmp_path: Path) -> None:
    """May brings sessions known from June, and the first milestones of all."""
    store, profile = tmp_path / "store", optional(tmp_path)
    run(store, write(tmp_path / "1", session=SESSIONS), profile=profile, as_of=JUNE)
    older = write(tmp_path / "2", session=SESSIONS.replace("45", "50"), milestone=MILESTONES)
    report = run(store, older, profile=profile, as_of=MAY)
    assert fates(report) == (3, 0, 0, 0, 3, 0)
    assert fates(report, "milestone.csv") == (2, 2, 0, 0, 0, 0)
    assert query(store, "SELECT max(minutes) FROM session") == [(45,)]


def test_an_input_that_was_not_sent_keeps_its_records(tmp_path: Path) -> None:
    """Two inputs fill one table: a full export of one of them says nothing about the other's records."""
    store, profile = tmp_path / "store", optional(tmp_path, two_sources_of_milestones=True)
    told = MILESTONES.replace("M1", "T1").replace("M2", "T2")
    run(store, write(tmp_path / "1", milestone=MILESTONES, told=told), profile=profile, as_of=JUNE)
    fewer = "\n".join(MILESTONES.strip().splitlines()[:2])
    report = run(store, write(tmp_path / "2", milestone=fewer), profile=profile, as_of=JULY)
    assert report.removed == 1
    assert query(store, "SELECT source_file, count(*) FROM milestone GROUP BY 1 ORDER BY 1") == [
        ("milestone.csv", 1),
        ("told.csv", 2),
    ]


def test_a_row_that_now_stays_out_leaves_its_earlier_record_and_says_so(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(store, export(tmp_path / "1"), as_of=JUNE)
    before = facts(store)
    report = run(store, export(tmp_path / "2", SESSIONS.replace("no_show", "gone_fishing")), as_of=JULY)
    assert fates(report) == (3, 0, 0, 1, 2, 0)
    assert report.removed == 0
    assert facts(store) == before
    assert findings(store)["DQ16 session.status"] == findings(store)["DQ51 session"] == 1
    assert lines(store, "DQ51") == [("session.csv", 4)]


def test_a_new_row_that_stays_out_has_no_earlier_record(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(store, export(tmp_path / "1"), as_of=JUNE)
    one_more = SESSIONS + "S4 B2 P1 2026-02-03 23009 coaching video gone_fishing - -"
    report = run(store, export(tmp_path / "2", one_more), as_of=JULY)
    assert fates(report) == (4, 0, 0, 1, 3, 0)
    assert not findings(store)["DQ51 session"]


def test_the_ledger_says_which_tables_a_file_filled(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "1"))
    assert query(tmp_path / "store", "SELECT source_file, input, tables FROM load_batch ORDER BY 1") == [
        ("milestone.csv", "milestone", "milestone"),
        ("session.csv", "session", "session"),
    ]

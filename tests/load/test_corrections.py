"""Later exports: corrections, removals, duplicates, and exports that arrive in the wrong order."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from load.loading import MILESTONES, export, facts, findings, lines, query, run, write

from pipelines.errors import LoadError
from pipelines.load import LoadReport
from pipelines.load.source_files import expand
from pipelines.profile.registry import FOLDER
from pipelines.pseudonym import SALT_FILE
from pipelines.versions import read_pointer

HEAD = "session_key participant_key program_id session_date county_fips kind mode status minutes updated_on topics"
MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


def sessions(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


def session(key: str, minutes: int = 30, updated: str = "-", topics: str = "-") -> str:
    return f"{key} A1 P1 2026-01-05 23009 coaching phone completed {minutes} {updated} {topics}"


def many(count: int) -> str:
    return sessions(*(session(f"S{n}", topics="housing") for n in range(count)))


def fates(report: LoadReport, file: str = "session.csv") -> tuple[int, ...]:
    a = next(item for item in report.accounts if item.file == file)
    return (a.read, a.loaded, a.replaced, a.quarantined, a.duplicate, a.dropped)


def minutes(store: Path) -> list[int]:
    return [int(str(row[0])) for row in query(store, "SELECT minutes FROM session ORDER BY 1")]


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with twenty sessions S0 to S19, each of 30 minutes about housing, exported in June."""
    folder = tmp_path_factory.mktemp("june")
    run(folder / "store", export(folder / "1", many(20)), as_of=JUNE)
    return folder / "store"


@pytest.fixture
def store(june: Path, tmp_path: Path) -> Path:
    """A copy of the June store, to load July into."""
    return Path(shutil.copytree(june, tmp_path / "store"))


def test_a_correction_replaces_and_is_counted_once(store: Path, tmp_path: Path) -> None:
    report = run(store, export(tmp_path / "2", many(20).replace("completed 30", "completed 35", 1)), as_of=JULY)
    assert fates(report) == (20, 0, 1, 0, 19, 0)
    assert minutes(store) == [30] * 19 + [35]
    assert findings(store)["DQ26 session"] == 1


def test_a_correction_of_topics_alone_is_a_correction(store: Path, tmp_path: Path) -> None:
    report = run(store, export(tmp_path / "2", many(20).replace("housing", "goals;housing", 1)), as_of=JULY)
    assert fates(report) == (20, 0, 1, 0, 19, 0)
    assert query(store, "SELECT topic::VARCHAR, count(*) FROM session_topic GROUP BY 1 ORDER BY 1") == [
        ("goals", 1),
        ("housing", 20),
    ]


def test_within_one_file_the_latest_change_wins(tmp_path: Path) -> None:
    rows = (
        session("S1", 40, "2026-02-02T09:00:00"),
        session("S1", 30, "2026-02-01T09:00:00"),
        session("S1", 30, "2026-01-01"),
    )
    report = run(tmp_path / "store", export(tmp_path / "1", sessions(*rows)))
    assert fates(report) == (3, 1, 0, 0, 2, 0)
    assert minutes(tmp_path / "store") == [40]
    assert lines(tmp_path / "store", "DQ26") == [("session.csv", 3), ("session.csv", 4)]


def test_without_a_time_of_change_the_lower_line_wins(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "1", sessions(session("S1", 40), session("S1", 20))))
    assert minutes(tmp_path / "store") == [20]


def test_an_older_full_export_brings_nothing_back(store: Path, tmp_path: Path) -> None:
    before = facts(store)
    report = run(store, export(tmp_path / "1", sessions(session("S1", 31), session("S99", 99))), as_of=MAY)
    assert fates(report) == (2, 0, 0, 0, 2, 0)
    assert facts(store) == before


def test_records_gone_from_a_full_export_are_removed_and_counted(store: Path, tmp_path: Path) -> None:
    report = run(store, export(tmp_path / "2", many(18)), as_of=JULY)
    assert report.removed == 2
    assert query(store, "SELECT sum(records_removed)::INTEGER, (SELECT count(*) FROM session) FROM load_batch") == [
        (2, 18)
    ]


def test_many_records_gone_must_be_confirmed(store: Path, tmp_path: Path) -> None:
    """DQ10: a full export holding over a tenth less than the last one is more likely cut off than corrected."""
    before, smaller = read_pointer(store), export(tmp_path / "2", many(17))
    with pytest.raises(LoadError, match="3 of 20 records of session are no longer in this full export") as error:
        run(store, smaller, as_of=JULY)
    assert error.value.rule == "DQ10"
    assert "--confirm-removals" in error.value.cure
    assert read_pointer(store) == before
    assert run(store, smaller, as_of=JULY, confirm_removals=True).removed == 3


def own_profile(folder: Path, **changes: str) -> str:
    """Write the canonical profile under another name and with some lines changed."""
    text = (FOLDER / "canonical.toml").read_text(encoding="utf-8")
    for key, value in {"name": "own", "source_system": "own", **changes}.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{key} ="))
        text = text.replace(old, f'{key} = "{value}"', 1)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_increment_adds_and_never_removes(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", own_profile(tmp_path, export_kind="increment")
    run(store, export(tmp_path / "1", sessions(session("S1"), session("S2"))), profile=profile, as_of=JUNE)
    report = run(store, export(tmp_path / "2", sessions(session("S2", 45), session("S3"))), profile=profile, as_of=JULY)
    assert fates(report) == (2, 1, 1, 0, 0, 0)
    assert report.removed == 0
    assert minutes(store) == [30, 30, 45]


@pytest.mark.parametrize("order", ["132", "321"])
def test_increments_settle_by_their_time_of_change_in_any_order(tmp_path: Path, order: str) -> None:
    """The third repeats the first with a later time of change: the second, between them, never wins."""
    store, profile = tmp_path / "store", own_profile(tmp_path, export_kind="increment")
    changes = {"1": (30, "2026-02-01"), "2": (60, "2026-02-02"), "3": (30, "2026-02-03")}
    for number in order:
        length, day = changes[number]
        folder = export(tmp_path / number, sessions(session("S1", length, day)))
        run(store, folder, profile=profile, as_of=date(2026, 6, int(number)))
    assert minutes(store) == [30]


def test_two_systems_keep_their_own_records_and_share_their_people(store: Path, tmp_path: Path) -> None:
    run(store, export(tmp_path / "2"), profile=own_profile(tmp_path), as_of=JULY)
    assert query(store, "SELECT count(*), count(DISTINCT participant_key) FROM session") == [(23, 2)]
    assert query(store, "SELECT value FROM program_setting WHERE name = 'as_of'") == [("2026-06-30",)]


def test_a_file_known_among_new_ones_is_read_again_without_effect(store: Path, tmp_path: Path) -> None:
    report = run(store, export(tmp_path / "2", many(21)), as_of=JUNE)
    assert fates(report) == (21, 1, 0, 0, 20, 0)
    assert fates(report, "milestone.csv") == (2, 0, 0, 0, 2, 0)
    assert run(store, export(tmp_path / "1", many(20)), as_of=JUNE).already_loaded == ("milestone.csv", "session.csv")


def test_the_same_file_under_two_names_counts_once(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", export(tmp_path / "1")
    (folder / "session (1).csv").write_bytes((folder / "session.csv").read_bytes())
    report = run(store, folder)
    assert sorted((fates(report), fates(report, "session (1).csv"))) == [(3, 0, 0, 0, 3, 0), (3, 3, 0, 0, 0, 0)]
    assert run(store, folder).already_loaded == ("milestone.csv", "session (1).csv", "session.csv")


def test_lines_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    folder = export(tmp_path / "1")
    (folder / "session.csv").write_text(
        "A report\n\nsession_key,participant_key,session_date,status,minutes,Staff Notes\n"
        'S1,A1,2026-01-05,completed,30,"two\nlines"\n\nS2,A1,someday,completed,30,\n,,,,,\nS3,TEST,2026-01-06,completed,30,\n',
        encoding="utf-8",
    )
    report = run(tmp_path / "store", folder)
    assert fates(report) == (3, 1, 0, 2, 0, 0)
    assert lines(tmp_path / "store", "DQ14") == [("session.csv", 6)]
    assert lines(tmp_path / "store", "DQ13") == [("session.csv", 8)]
    assert lines(tmp_path / "store", "DQ08") == [("session.csv", None)]


def test_ids_are_one_person_however_they_are_written(tmp_path: Path) -> None:
    """Full-width digits, blanks and a lost decimal point do not make a second person (source-profiles.md 5)."""
    rows = (f"S{n} | {text} | 2026-01-05 | completed" for n, text in enumerate(["9734", "9 734", "9734.0", "９７３４"]))
    folder = export(tmp_path / "1", "\n".join(["session_key | participant_key | session_date | status", *rows]))
    run(tmp_path / "store", folder)
    assert query(tmp_path / "store", "SELECT count(*), count(DISTINCT participant_key) FROM session") == [(4, 1)]


def test_a_session_without_a_number_is_told_apart_by_person_day_and_kind(tmp_path: Path) -> None:
    rows = (
        "- A1 2026-01-05 completed coaching",
        "- A1 2026-01-05 completed coaching",
        "- A1 2026-01-05 completed group",
    )
    folder = export(tmp_path / "1", "\n".join(["session_key participant_key session_date status kind", *rows]))
    assert fates(run(tmp_path / "store", folder)) == (3, 2, 0, 0, 1, 0)


def test_an_export_without_its_optional_files_keeps_what_they_brought(tmp_path: Path) -> None:
    store = tmp_path / "store"
    people = "participant_key program_id gender\nA1 P1 woman"
    run(store, export(tmp_path / "1", participant=people), as_of=JUNE)
    run(store, export(tmp_path / "2", milestones=MILESTONES.replace("M2", "M3")), as_of=JULY)
    assert query(store, "SELECT gender FROM participant") == [("woman",)]


def test_a_dry_run_shows_the_account_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in store.iterdir() if path.name != "load.lock")
    report = run(store, export(tmp_path / "2", many(22)), as_of=JULY, dry_run=True)
    assert (report.version, fates(report)) == (None, (22, 2, 0, 0, 20, 0))
    assert (
        sorted((path.name, path.stat().st_mtime_ns) for path in store.iterdir() if path.name != "load.lock") == before
    )


def test_a_dry_run_of_a_new_store_leaves_nothing_behind(tmp_path: Path) -> None:
    report = run(tmp_path / "store", export(tmp_path / "1"), dry_run=True)
    assert (report.version, fates(report)) == (None, (3, 3, 0, 0, 0, 0))
    assert not (tmp_path / "store").exists()


def test_files_folders_and_patterns_name_the_same_files(tmp_path: Path) -> None:
    folder = export(tmp_path / "1")
    (folder / "~$session.xlsx").write_bytes(b"the mark of an open workbook")
    (folder / "readme.md").write_text("not an export")
    wanted = (folder / "milestone.csv", folder / "session.csv")
    assert expand([str(folder)]) == wanted
    assert expand([str(path) for path in reversed(wanted)]) == tuple(reversed(wanted))
    assert expand([f"{folder}/*.csv", str(folder)]) == wanted
    assert expand([f"{tmp_path}/**/s*.csv"]) == wanted[1:]


def test_parquet_and_csv_mean_the_same(tmp_path: Path) -> None:
    folder = export(tmp_path / "csv")
    write(tmp_path / "parquet", milestone=MILESTONES)
    with duckdb.connect() as con:  # typed columns, as a data warehouse exports them
        con.execute(
            f"COPY (SELECT * FROM read_csv('{folder / 'session.csv'}')) TO '{tmp_path / 'parquet' / 'session.parquet'}'"
        )
    found = []
    for name in ("csv", "parquet"):
        store = tmp_path / f"store-{name}"
        store.mkdir()
        (store / SALT_FILE).write_bytes(bytes(32))
        run(store, tmp_path / name)
        found.append(facts(store))
    assert found[0] == found[1]

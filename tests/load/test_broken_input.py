"""Broken input gets a clear error, exit code 1, and leaves the live version untouched (issue 2, 7.4)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from load.commands import Outcome, command
from load.loading import export, facts, leftovers, run
from load.test_workbooks import made as workbook

from pipelines.cli.refusals import refusal
from pipelines.pseudonym import SALT_FILE
from pipelines.versions import live_file, read_pointer

Break = Callable[[Path], None]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one version; every test must leave it byte for byte as it was."""
    folder = tmp_path_factory.mktemp("live")
    run(folder / "store", export(folder / "export"))
    return folder / "store"


@pytest.fixture(autouse=True)
def _untouched(store: Path) -> None:
    live = live_file(store)
    assert live is not None
    before = (read_pointer(store), live.read_bytes(), sorted(path.name for path in store.glob("warehouse-*")))
    yield
    assert (read_pointer(store), live.read_bytes(), sorted(path.name for path in store.glob("warehouse-*"))) == before
    assert leftovers(store) == []


def load(store: Path, *arguments: object, as_of: str | None = "2026-09-30", profile: str = "canonical") -> Outcome:
    date = ("--as-of", as_of) if as_of else ()
    return command("load", *arguments, "--profile", profile, "--store", store, *date)


def refused(outcome: Outcome, rule: str, *words: str) -> None:
    """One line on stderr that names the rule, where and what; exit code 1; nothing like a traceback."""
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    for word in (f"[{rule}]", *words):
        assert word in outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.err.rstrip().endswith((".", "?"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def wrong_delimiter(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def ragged(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "S9,canaryid,P1\n", encoding="utf-8")


def open_quote(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("S2,A1", 'S2,"A1'), encoding="utf-8")


def no_header(path: Path) -> None:
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[1:]), encoding="utf-8")


def scientific_ids(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("A1", "2.98725E+13"), encoding="utf-8")


def one_long_line(path: Path) -> None:
    with path.open("wb") as handle:
        for _ in range(200):
            handle.write(b"x" * (1 << 20))


def a_long_second_line(path: Path) -> None:
    header = path.read_text(encoding="utf-8").splitlines()[0]
    with path.open("wb") as handle:
        handle.write(header.encode() + b"\n")
        for _ in range(200):
            handle.write(b"ab," * (1 << 18) + b"c" * (1 << 18))


@pytest.mark.parametrize(
    ("damage", "rule", "words"),
    [
        (empty, "DQ05", "the file is empty"),
        (wrong_delimiter, "DQ05", "the columns are separated by semicolons, the profile expects commas"),
        (binary, "DQ05", "this is a binary file"),
        (ragged, "DQ05", "line 5 has 3 cells, the header has 10"),
        (open_quote, "DQ05", "line 3 cannot be read"),
        (no_header, "DQ03", "no line holds the columns participant_key"),
        (scientific_ids, "DQ06", 'the mapped column "participant_key" holds 1 IDs in scientific notation'),
        (one_long_line, "DQ05", "over a million characters"),
        (a_long_second_line, "DQ05", "line 2 cannot be read"),
    ],
)
def test_a_damaged_session_file(store: Path, tmp_path: Path, damage: Break, rule: str, words: str) -> None:
    folder = export(tmp_path / "export")
    damage(folder / "session.csv")
    outcome = load(store, folder)
    (folder / "session.csv").unlink()
    refused(outcome, rule, "session.csv", words)
    assert "canaryid" not in outcome.out + outcome.err


def test_a_truncated_workbook(store: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"Jan": [["Date", "Who (ID)", "How", "Co."]] * 300})
    path.write_bytes(path.read_bytes()[:2000])
    refused(load(store, path, profile="coach_spreadsheet"), "DQ05", "log.xlsx", "cannot be opened")


def test_a_wrong_profile(store: Path, tmp_path: Path) -> None:
    outcome = load(store, export(tmp_path / "export"), profile="odin_pa")
    refused(outcome, "DQ05", "milestone.csv", "*odin*.csv")


def test_a_file_of_the_right_name_and_the_wrong_vendor(store: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    (folder / "session.csv").write_text("Engagement ID,Participant ID\nE1,X1\n", encoding="utf-8")
    refused(load(store, folder), "DQ03", "session.csv", "participant_key")


def test_the_last_complete_day_is_required(store: Path, tmp_path: Path) -> None:
    refused(load(store, export(tmp_path / "export"), as_of=None), "DQ04", "canonical", "--as-of")


def test_a_day_nobody_can_read(store: Path, tmp_path: Path) -> None:
    outcome = load(store, export(tmp_path / "export"), as_of="30.9.2026")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "Write it as 2026-09-30." in outcome.err


def test_a_missing_file_and_a_missing_input(store: Path, tmp_path: Path) -> None:
    refused(load(store, tmp_path / "nowhere"), "DQ05", "no file is found here")
    folder = export(tmp_path / "export")
    (folder / "milestone.csv").unlink()
    refused(load(store, folder), "DQ05", "milestone", "Give all files of the export together.")


def test_two_files_of_one_name(store: Path, tmp_path: Path) -> None:
    outcome = load(store, export(tmp_path / "a"), export(tmp_path / "b"))
    refused(outcome, "DQ05", "two files have this name", "Rename one of them.")


def test_swapped_columns_are_no_damage(store: Path, tmp_path: Path) -> None:
    """Names decide: the same rows with the columns in another order load, and mean the same."""

    folder = export(tmp_path / "export")
    for path in folder.iterdir():
        rows = [line.split(",")[::-1] for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    other = tmp_path / "store"
    other.mkdir()
    shutil.copy(store / SALT_FILE, other)
    assert run(other, folder).version
    assert facts(other) == facts(store)


def test_too_many_quarantined_rows(store: Path, tmp_path: Path) -> None:
    """Over a fifth of the rows out means that the file is wrong, not the rows (DQ09)."""
    rows = "".join(
        f"\nS{n} A{n} P1 2026-01-05 23009 coaching phone {'completed' if n % 4 else 'canarystatus'} 30 -"
        for n in range(40)
    )
    head = "session_key participant_key program_id session_date county_fips kind mode status minutes updated_on"
    outcome = load(store, export(tmp_path / "export", sessions=head + rows))
    refused(outcome, "DQ09", "session.csv", "10 of 40 rows would be quarantined")
    assert "canary" not in outcome.out + outcome.err


def test_a_small_file_of_which_nothing_could_be_loaded(store: Path, tmp_path: Path) -> None:
    """Publishing an empty version in place of a good one helps nobody, however few rows there are (DQ09)."""
    head = "session_key participant_key program_id session_date county_fips kind mode status minutes updated_on"
    row = "\nS1 A1 P1 2026-01-05 23009 coaching phone canarystatus 30 -"
    outcome = load(store, export(tmp_path / "export", sessions=head + row))
    refused(outcome, "DQ09", "session.csv", "1 of 1 rows would be quarantined")


def test_a_damaged_profile_file(store: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\nvendr = "x"\n', encoding="utf-8")
    outcome = load(store, export(tmp_path / "export"), profile=str(own))
    assert outcome.code == 1
    assert 'own.toml: "vendr" is not a key of the profile. Did you mean "vendor"?' in outcome.err


def test_a_store_that_is_a_file(store: Path, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("x")
    outcome = load(place, export(tmp_path / "export"))
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "taken" in outcome.err
    assert outcome.err.endswith("Check the path.\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_nobody_may_read(store: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    (folder / "session.csv").chmod(0)
    outcome = load(store, folder)
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert "session.csv: it cannot be opened or written" in outcome.err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "a.csv"), ("a.csv", "Ask for the right")),
        (OSError(28, "No space left on device", "b"), ("b: ", "Make room on the disk")),
        (duckdb.IOException("could not write: No space left on device"), ("the disk is full", "Make room")),
        (duckdb.IOException("not a valid DuckDB database file"), ("cannot be opened", "outcomes rollback")),
        (duckdb.OutOfMemoryException("failed to allocate"), ("--memory", "4GB")),
    ],
)
def test_what_the_computer_refuses_is_said_with_a_cure(error: OSError | duckdb.Error, words: tuple[str, str]) -> None:
    assert all(word in refusal(error) for word in words)

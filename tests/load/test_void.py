"""Rows marked void take back the record with their key (data-model.md R5), and every row keeps one fate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from load.loading import export, findings, lines, query, run
from load.test_corrections import fates, own_profile

from pipelines.errors import ProfileError
from pipelines.profile import read_profile

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
HEAD = "session_key participant_key session_date status minutes topics updated_on"


def sessions(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


def session(key: str, status: str = "completed", minutes: str = "30", updated: str = "-") -> str:
    return f"{key} A1 2026-01-05 {status} {minutes} housing {updated}"


def voiding(folder: Path, kind: str = "increment") -> str:
    """Return a profile of increments in which the status Void marks a row that takes another back."""
    path = Path(own_profile(folder, export_kind=kind))
    text = path.read_text(encoding="utf-8")
    key = 'key = ["session_key"]\n'
    assert text.count(key) == 1
    path.write_text(text.replace(key, f'{key}void = {{ column = "status", is = ["void"] }}\n'), encoding="utf-8")
    return str(path)


def keys_left(store: Path) -> tuple[object, ...]:
    return query(
        store,
        "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM session_topic),"
        " (SELECT sum(records_removed)::INTEGER FROM load_batch)",
    )[0]


def test_a_void_row_of_a_later_increment_removes_its_record(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    run(store, export(tmp_path / "1", sessions(session("S1"), session("S2"))), profile=profile, as_of=JUNE)
    folder = export(tmp_path / "2", sessions(session("S1", "VOID", "-"), session("S3")))
    report = run(store, folder, profile=profile, as_of=JULY)
    assert fates(report) == (2, 1, 1, 0, 0, 0)
    assert report.removed == 1
    assert keys_left(store) == (2, 2, 1)
    assert run(store, folder, profile=profile, as_of=JULY).already_loaded


def test_a_void_row_says_nothing_but_its_key(tmp_path: Path) -> None:
    """What else stands in the row is not judged: it takes back a record, it brings none."""
    store, profile = tmp_path / "store", voiding(tmp_path)
    run(store, export(tmp_path / "1", sessions(session("S1"))), profile=profile, as_of=JUNE)
    rows = (session("S2"), "S1 - 0/0/0000 void 9999 - -")
    report = run(store, export(tmp_path / "2", sessions(*rows)), profile=profile, as_of=JULY)
    assert fates(report) == (2, 1, 1, 0, 0, 0)
    assert findings(store)["DQ26 session"] == 1
    assert not {"DQ13", "DQ14", "DQ21"} & {name.split()[0] for name in findings(store)}
    assert keys_left(store) == (1, 1, 1)


def test_a_row_and_its_void_in_one_export_cancel_each_other(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    rows = (session("S1"), session("S1", "void"), session("S2"))
    report = run(store, export(tmp_path / "1", sessions(*rows)), profile=profile)
    assert fates(report) == (3, 1, 1, 0, 1, 0)
    assert keys_left(store) == (1, 1, 0)


def test_a_record_sent_again_after_its_void_counts(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    rows = (session("S1", "void", updated="2026-02-01"), session("S1", "completed", "45", updated="2026-02-02"))
    run(store, export(tmp_path / "1", sessions(*rows)), profile=profile)
    assert query(store, "SELECT minutes FROM session") == [(45,)]


def test_a_void_without_its_record_is_quarantined(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    rows = (session("S1"), session("S9", "void"))
    report = run(store, export(tmp_path / "1", sessions(*rows)), profile=profile)
    assert fates(report) == (2, 1, 0, 1, 0, 0)
    assert lines(store, "DQ17") == [("session.csv", 3)]
    assert keys_left(store) == (1, 1, 0)


def test_a_void_whose_record_stays_out_is_quarantined_with_it(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    rows = (session("S1"), session("S9", "someday"), session("S9", "void"))
    report = run(store, export(tmp_path / "1", sessions(*rows)), profile=profile)
    assert fates(report) == (3, 1, 0, 2, 0, 0)


def test_an_older_void_gives_way_to_a_later_change(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path)
    later = export(tmp_path / "2", sessions(session("S1", updated="2026-03-01")))
    run(store, later, profile=profile, as_of=JULY)
    older = export(tmp_path / "1", sessions(session("S1", "void", updated="2026-02-01"), session("S2")))
    report = run(store, older, profile=profile, as_of=JUNE)
    assert fates(report) == (2, 1, 0, 0, 1, 0)
    assert keys_left(store) == (2, 2, 0)


def test_voids_of_a_full_export_count_as_removed_not_as_gone(tmp_path: Path) -> None:
    store, profile = tmp_path / "store", voiding(tmp_path, "snapshot")
    run(store, export(tmp_path / "1", sessions(session("S1"), session("S2"))), profile=profile, as_of=JUNE)
    rows = (session("S1", "void"), session("S2"))
    report = run(store, export(tmp_path / "2", sessions(*rows)), profile=profile, as_of=JULY)
    assert fates(report) == (2, 0, 1, 0, 1, 0)
    assert keys_left(store) == (1, 1, 1)


def test_a_void_that_compares_dates_is_an_error_of_the_profile(tmp_path: Path) -> None:
    path = Path(voiding(tmp_path))
    path.write_text(path.read_text().replace('is = ["void"]', 'after = "session_date"'), encoding="utf-8")
    with pytest.raises(ProfileError, match="the void of session cannot compare dates"):
        read_profile(str(path))

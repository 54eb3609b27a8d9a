"""The blank template as people fill it in: in a spreadsheet, with a spreadsheet's habits."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from load.commands import command
from load.loading import export, facts, query, run

from pipelines.profile.template import write_template
from pipelines.pseudonym import SALT_FILE


def filled(folder: Path, table: str, *rows: dict[str, str], encoding: str = "utf-8") -> None:
    """Fill one blank file; an empty row and a column of names are added, as people do."""
    path = folder / f"{table}.csv"
    headers = path.read_text(encoding="utf-8-sig").strip().split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, [*headers, "Name"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"Name": "Canary O’Neil"})
        out.write("," * len(headers) + "\n")
    path.write_bytes(out.getvalue().encode(encoding))


def template(folder: Path) -> Path:
    write_template(folder)
    for unused in ("participant", "assessment"):
        (folder / f"{unused}.csv").unlink()
    person = {"participant_key": "C-1", "county_fips": "Hancock Co."}
    days = (
        ("7/8/26", "Coaching", "Completed", "1 hr"),
        ("7/22/2026", "First meeting", "no show", ""),
        ("2026-08-05", "group", "completed", "45 min"),
    )
    names = ("session_date", "kind", "status", "minutes")
    sessions = [person | dict(zip(names, row, strict=True)) | {"mode": "Smoke signal"} for row in days]
    filled(folder, "session", *sessions, encoding="cp1252")
    filled(folder, "milestone", person | {"event_date": "8/9/26", "class": "Life win", "code": "Got job"})
    return folder


def test_a_template_filled_in_a_spreadsheet_loads_as_meant(tmp_path: Path) -> None:
    report = run(tmp_path / "store", template(tmp_path / "blank"))
    assert query(
        tmp_path / "store", "SELECT session_date::VARCHAR, kind, status, minutes, county_fips FROM session"
    ) == [
        ("2026-07-08", "coaching", "completed", 60, "23009"),
        ("2026-07-22", "first_meeting", "no_show", None, "23009"),
        ("2026-08-05", "group", "completed", 45, "23009"),
    ]
    assert query(tmp_path / "store", "SELECT event_date::VARCHAR, class, code FROM milestone") == [
        ("2026-08-09", "life_win", "got_job")
    ]
    assert {rule.rule: rule.where for rule in report.rules} == {
        "DQ08": "milestone.csv: Name; session.csv: Name",
        "DQ19": "session.csv: mode, lines 2, 4, 6",
    }


def test_days_as_a_spreadsheet_writes_them_mean_the_same(tmp_path: Path) -> None:
    iso, own = export(tmp_path / "iso"), export(tmp_path / "own")
    for path in own.iterdir():
        text = path.read_text()
        for month in (1, 2, 3):
            for day in (1, 2, 3, 5, 19):
                text = text.replace(f"2026-0{month}-{day:02d}", f"{month}/{day}/26")
        path.write_text(text)
    run(tmp_path / "a", iso)
    (tmp_path / "b").mkdir()
    shutil.copy(tmp_path / "a" / SALT_FILE, tmp_path / "b")
    run(tmp_path / "b", own)
    assert facts(tmp_path / "b") == facts(tmp_path / "a")


def test_what_was_found_is_shown_with_file_field_and_lines_and_no_value(tmp_path: Path) -> None:
    options = ("--profile", "canonical", "--as-of", "2026-09-30", "--store", tmp_path / "s")
    outcome = command("load", template(tmp_path / "blank"), *options)
    words = " ".join(outcome.out.replace("│", " ").split())
    assert outcome.code == 0
    assert "session.csv: mode, lines 2, 4, 6" in words
    assert "(--program)" in words
    for value in ("Canary", "Smoke", "Hancock", "C-1"):
        assert value not in outcome.out + outcome.err

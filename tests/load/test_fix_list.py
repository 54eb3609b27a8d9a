"""The fix list says where rows were kept out and what to do; a corrected export clears it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from load.commands import command
from load.loading import export, run

from pipelines.fix_list import FIX_LIST, HEADERS, Fix, fix_list, write_fix_list

BROKEN = """
    session_key participant_key program_id session_date status
    S1          QXCANARY1       P1         2026-01-05   completed
    S2          TEST            P1         2026-01-06   completed
    S3          QXCANARY1       P1         0/0/0000     completed
    S4          QXCANARY2       P1         2026-01-08   Canarystatus
"""
MENDED = BROKEN.replace("TEST     ", "QXCANARY3").replace("0/0/0000  ", "2026-01-07").replace("Canarystatus", "no_show")


def rows(store: Path) -> list[tuple[str, int, str]]:
    return [(fix.file, fix.line, fix.rule) for fix in fix_list(store)]


def test_rows_are_listed_by_file_and_line_with_the_rule_and_a_cure(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "export", sessions=BROKEN))
    assert rows(tmp_path / "store") == [
        ("session.csv", 3, "DQ13"),
        ("session.csv", 4, "DQ14"),
        ("session.csv", 5, "DQ16"),
    ]
    assert all(fix.title and fix.cure for fix in fix_list(tmp_path / "store"))


def test_loading_the_corrected_export_clears_the_list(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "export", sessions=BROKEN))
    run(tmp_path / "store", export(tmp_path / "again", sessions=MENDED))
    assert rows(tmp_path / "store") == []


def test_an_older_export_loaded_afterwards_brings_no_row_back(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "export", sessions=MENDED))
    run(tmp_path / "store", export(tmp_path / "older", sessions=BROKEN), as_of=date(2026, 8, 31))
    assert rows(tmp_path / "store") == []


def test_the_command_writes_a_table_without_any_value(tmp_path: Path) -> None:
    store, target = tmp_path / "store", tmp_path / "fixes.csv"
    loaded = command(
        "load", export(tmp_path / "export", sessions=BROKEN), "--profile", "canonical", "--as-of", "2026-09-30",
        "--store", store,
    )  # fmt: skip
    assert FIX_LIST in loaded.out
    assert command("fix-list", target, "--store", store).code == 0
    text = target.read_text(encoding="utf-8-sig")
    assert text == (store / FIX_LIST).read_text(encoding="utf-8-sig")
    assert [len(row) for row in csv.reader(text.splitlines())] == [len(HEADERS)] * 4
    assert "canary" not in text.casefold()


def test_a_file_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_fix_list((Fix("=cmd.csv", 2, "DQ14", "t", "f", "c"),), tmp_path / "fixes.csv")
    assert "'=cmd.csv" in (tmp_path / "fixes.csv").read_text(encoding="utf-8-sig")

"""`outcomes report`, as a person types it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from report_cases import protected
from typer.testing import CliRunner

import dashboard.report_source as report_source
from dashboard.cli import app
from dashboard.reports.renderers import plain_json
from dashboard.reports.submissions import ReportFolder
from pipelines.errors import OutcomesError


@pytest.fixture
def own(store, tmp_path) -> Path:
    """A copy of the store, because exports are logged in it."""
    folder = tmp_path / "store"
    shutil.copytree(store, folder)
    return folder


def run(*words: object) -> str:
    done = CliRunner().invoke(app, ["report", *map(str, words)], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def grant(own, out, *more):
    return run("grant", "--funder", "samhsa_bcor", "--period", "2026-FFQ3", "--store", own, "--out", out, *more)


def test_a_grant_report_is_written_in_the_formats_asked_for_and_verifies(own, tmp_path):
    said = grant(own, tmp_path / "out", "--to", "xlsx,docx,pdf,csv,json", "--reason", "Quarterly report")
    files = sorted((tmp_path / "out").iterdir())
    assert [f.name for f in files] == [f"samhsa_bcor-2026-FFQ3.{s}" for s in ("csv", "docx", "json", "pdf", "xlsx")]
    assert "Restricted" in said
    verified = run("verify", *files)
    assert verified.count("holds") == 5
    assert "Quarterly report" in (own / "reports" / "exports.jsonl").read_text()


def test_verify_fails_for_a_changed_file_and_for_what_is_no_report(own, tmp_path):
    grant(own, tmp_path, "--to", "csv")
    path = tmp_path / "samhsa_bcor-2026-FFQ3.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("New people", "Newer people"), encoding="utf-8")
    with pytest.raises(OutcomesError, match="not those the report was made with"):
        run("verify", path)
    with pytest.raises(OutcomesError, match="no kind of report"):
        run("verify", tmp_path / "notes.txt")
    (tmp_path / "broken.pdf").write_bytes(b"no pdf")
    with pytest.raises(OutcomesError, match=r"broken\.pdf.*cannot be read"):
        run("verify", tmp_path / "broken.pdf")
    with pytest.raises(OutcomesError, match="no such file"):
        run("verify", tmp_path / "none.pdf")


def test_a_submission_is_kept_and_the_next_report_compares(own, tmp_path):
    assert "Kept as submission 1" in grant(own, tmp_path, "--to", "csv", "--submitted")
    assert len(ReportFolder(own, "samhsa_bcor", "2026-FFQ3").submissions()) == 1
    grant(own, tmp_path, "--to", "json")
    assert "No number has changed" in (tmp_path / "samhsa_bcor-2026-FFQ3.json").read_text(encoding="utf-8")


def test_what_needs_protection_is_refused_and_nothing_is_written(own, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(OutcomesError, match="outcomes publish"):
        run("board", "--period", "2026Q3", "--store", own, "--out", out)
    with pytest.raises(OutcomesError, match="outcomes publish"):
        grant(own, out, "--shareable")
    with pytest.raises(OutcomesError, match="Leave out --shareable"):
        grant(own, out, "--shareable", "--submitted")
    assert not out.exists()
    assert not (own / "reports").exists()


def test_a_deck_is_written_where_protected_numbers_are_published(own, tmp_path, monkeypatch):
    monkeypatch.setattr(report_source, "protected_source", lambda audience, folder: protected(own, audience))
    run("board", "--period", "2026-SFY", "--funder", "state_contract", "--store", own, "--out", tmp_path)
    names = sorted(f.name for f in tmp_path.iterdir() if f.is_file())
    assert names == ["board-2026-SFY-a4.pdf", "board-2026-SFY-letter.pdf", "board-2026-SFY.pptx"]
    assert run("verify", *(tmp_path / name for name in names)).count("holds") == 3
    grant(own, tmp_path, "--shareable", "--to", "pdf")
    assert run("verify", tmp_path / "samhsa_bcor-2026-FFQ3.pdf").count("holds") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--funder", "samhsa_bcr", "--period", "2026-FFQ3"), 'Did you mean "samhsa_bcor"?'),
        (("--funder", "samhsa_bcor", "--period", "2026Q3"), "Write it like 2026-FFQ3"),
        (("--funder", "samhsa_bcor", "--period", "2026-FFQ3", "--to", "xlxs"), 'Did you mean "xlsx"?'),
        (("--funder", "samhsa_bcor", "--period", "2026-FFQ3", "--to", "pptx"), 'no format "pptx"'),
        (("--funder", "samhsa_bcor", "--period", "2026-FFQ3", "--to", ","), "no format is named"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_one(own, words, message):
    with pytest.raises(OutcomesError) as raised:
        run("grant", *words, "--store", own)
    assert message in str(raised.value)


def test_a_block_that_fails_leaves_no_file(own, tmp_path, monkeypatch):
    from dashboard.reports.blocks.targets import Targets

    def broken(self, context):
        raise ZeroDivisionError("participant 17")

    monkeypatch.setattr(Targets, "resolve", broken)
    with pytest.raises(OutcomesError, match=r'block "Targets".*was not written') as raised:
        grant(own, tmp_path / "out")
    assert "17" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_a_format_that_fails_leaves_no_file_of_the_others(own, tmp_path, monkeypatch):
    def broken(document):
        raise ZeroDivisionError("participant 17")

    monkeypatch.setattr(plain_json, "render", broken)
    with pytest.raises(OutcomesError, match=r"JSON.*could not be written") as raised:
        grant(own, tmp_path / "out", "--to", "csv,json")
    assert "17" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_funders_are_listed_with_their_periods():
    said = run("funders")
    assert "samhsa_bcor" in said
    assert "2026-FFQ3" in said

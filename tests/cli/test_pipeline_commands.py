"""The pipeline commands as a person uses them: help, wrong words, exit codes, plain lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from load.commands import command
from load.loading import SESSIONS, export, query

from pipelines.cli import app
from pipelines.cli.console import progress
from pipelines.errors import nearest
from pipelines.versions import live_file, read_pointer

PIPELINE = ("load", "check", "versions", "rollback", "profiles", "sample")


def names() -> list[str]:
    return [
        str(item.name or item.callback.__name__).replace("_", "-") for item in app.registered_commands if item.callback
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    outcome = command(
        "load",
        export(folder / "export"),
        "--profile",
        "canonical",
        "--as-of",
        "2026-09-30",
        "--store",
        folder / "store",
    )
    assert outcome.code == 0
    return folder / "store"


def test_the_pipeline_commands_are_there() -> None:
    assert set(PIPELINE) <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_command_has_help_with_an_example(name: str) -> None:
    outcome = command(name, "--help")
    assert outcome.code == 0
    assert f"Example: outcomes {name}" in " ".join(outcome.out.split())


def test_exit_codes_are_documented() -> None:
    assert "Exit codes: 0 done" in " ".join(command("--help").out.split())


@pytest.mark.parametrize(
    ("wrong", "right"), [("lod", "load"), ("version", "versions"), ("roll-back", "rollback"), ("profile", "profiles")]
)
def test_a_wrong_command_gets_the_nearest(wrong: str, right: str) -> None:
    outcome = command(wrong)
    assert outcome.code == 2
    assert f"'{right}'" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("load",),
        ("load", "x.csv"),
        ("load", "x.csv", "--profil", "canonical"),
        ("rollback", "a", "b"),
        ("sample", "x", "--sessions", "no"),
    ],
)
def test_wrong_words_end_with_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert command(*arguments).code == 2


def test_an_unknown_profile_gets_the_nearest(tmp_path: Path) -> None:
    outcome = command(
        "load", tmp_path, "--profile", "canonicle", "--as-of", "2026-09-30", "--store", tmp_path / "store"
    )
    assert (outcome.code, 'Did you mean "canonical"?' in outcome.err) == (1, True)


def test_an_unknown_version_gets_the_nearest(store: Path) -> None:
    live = read_pointer(store).version
    outcome = command("rollback", live[:-1], "--store", store)
    assert (outcome.code, f'Did you mean "{live}"?' in outcome.err) == (1, True)


def test_a_load_shows_its_account_and_what_to_do(tmp_path: Path) -> None:
    rows = (
        SESSIONS
        + "S4 TEST P1 2026-03-01 23009 coaching phone completed 20 -\n"
        + "S5 A1 P1 2026-03-01 Atlantis coaching phone completed 9999 -"
    )
    outcome = command(
        "load",
        export(tmp_path / "e", rows),
        "--profile",
        "canonical",
        "--as-of",
        "2026-09-30",
        "--store",
        tmp_path / "s",
    )
    words = " ".join(outcome.out.replace("│", " ").split())
    assert outcome.code == 0
    for word in ("session.csv 5 4 0 1 0 0", "milestone.csv 2 2 0 0 0 0", "DQ13", "DQ21", "DQ40", "is live."):
        assert word in words
    assert "Complete the ID" in words
    assert "Atlantis" not in outcome.out + outcome.err


def test_elsewhere_than_on_a_terminal_lines_are_plain(tmp_path: Path) -> None:
    outcome = command(
        "load", export(tmp_path / "e"), "--profile", "canonical", "--as-of", "2026-09-30", "--store", tmp_path / "s"
    )
    assert "\x1b" not in outcome.out + outcome.err
    assert [line for line in outcome.out.splitlines() if line.startswith("Loading:")] == [
        f"Loading: {stage} ({number} of 6)"
        for number, stage in enumerate(("reading", "mapping", "merging", "deriving", "checking", "publishing"), start=1)
    ]


def test_the_same_load_again_is_no_error(store: Path) -> None:
    before = read_pointer(store)
    outcome = command(
        "load", store.parent / "export", "--profile", "canonical", "--as-of", "2026-09-30", "--store", store
    )
    assert (outcome.code, read_pointer(store)) == (0, before)
    assert "Nothing new" in outcome.out


def test_a_dry_run_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in store.iterdir() if path.name != "load.lock")
    exports = export(tmp_path / "e", SESSIONS.replace("S3", "S7"))
    outcome = command("load", exports, "--profile", "canonical", "--as-of", "2026-10-01", "--store", store, "--dry-run")
    assert (outcome.code, "Dry run: nothing was changed." in outcome.out) == (0, True)
    assert (
        sorted((path.name, path.stat().st_mtime_ns) for path in store.iterdir() if path.name != "load.lock") == before
    )


def test_the_file_names_and_pieces_of_a_damaged_row_are_shown_but_never_its_cells(tmp_path: Path) -> None:
    exports = export(tmp_path / "e")
    (exports / "session.csv").write_text(
        "session_key,participant_key,session_date,status\nS1,canaryid,2026-01-05,canarystatus\nS2,canary,canaryday\n"
    )
    outcome = command("load", exports, "--profile", "canonical", "--as-of", "2026-09-30", "--store", tmp_path / "s")
    assert outcome.code == 1
    assert "session.csv: line 3 has 3 cells, the header has 4." in outcome.err
    assert "canary" not in outcome.out + outcome.err


def test_versions_lists_the_live_one(store: Path, tmp_path: Path) -> None:
    outcome = command("versions", "--store", store)
    assert (outcome.code, read_pointer(store).version in outcome.out, "live" in outcome.out) == (0, True, True)
    nothing = command("versions", "--store", tmp_path)
    assert (nothing.code, "No data has been loaded yet." in nothing.out) == (0, True)


def test_check_runs_every_rule_and_changes_nothing(store: Path, tmp_path: Path) -> None:
    before = live_file(store).read_bytes()
    outcome = command("check", "--store", store)
    assert (outcome.code, outcome.err) == (0, "")
    assert "DQ" in outcome.out
    assert live_file(store).read_bytes() == before
    assert command("check", "--store", tmp_path).code == 1


def test_profiles_are_listed_and_the_template_written(tmp_path: Path) -> None:
    outcome = command("profiles")
    assert outcome.code == 0
    assert all(
        name in outcome.out for name in ("canonical", "recovery_platform", "coach_spreadsheet", "ctn0094", "odin_pa")
    )
    assert command("profiles", "--template", tmp_path / "blank").code == 0
    assert (
        (tmp_path / "blank" / "session.csv").read_text(encoding="utf-8-sig").startswith("session_key,participant_key")
    )


def test_a_program_file_sets_state_and_gap(tmp_path: Path) -> None:
    program = tmp_path / "program.toml"
    program.write_text('organization = "Test"\nstate = "ME"\ngap_days = 60\n', encoding="utf-8")
    rows = SESSIONS.replace("23009", "Hancock")
    arguments = (
        "load",
        export(tmp_path / "e", rows),
        "--profile",
        "canonical",
        "--as-of",
        "2026-09-30",
        "--store",
        tmp_path / "s",
    )
    assert command(*arguments, "--program", program).code == 0
    assert query(tmp_path / "s", "SELECT count(*) FROM session WHERE county_fips = '23009'") == [(2,)]
    assert query(tmp_path / "s", "SELECT gap_days FROM data_window") == [(60,)]
    program.write_text("gap_dys = 60\n", encoding="utf-8")
    outcome = command(*arguments, "--program", program)
    assert (outcome.code, 'Did you mean "gap_days"?' in outcome.err) == (1, True)


@pytest.mark.parametrize(
    "modules",
    ["pipelines.cli, pipelines.load, pipelines.sample", "dashboard.measures, dashboard.charts, dashboard.store"],
)
def test_no_pipeline_and_no_measure_imports_streamlit(modules: str) -> None:
    code = f"import sys, {modules}; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_the_pipelines_run_without_the_dashboard() -> None:
    code = (
        "import runpy, sys; sys.argv = ['pipelines', '--help']\n"
        "try: runpy.run_module('pipelines', run_name='__main__')\n"
        "except SystemExit as stop: code = stop.code\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(code or bool(loaded & {'streamlit', 'dashboard', 'plotly'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "load" in done.stdout


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("conty", "county"),
        ("Date of session", "session_date"),
        ("Participant Identifier", "participant id"),
        ("zz", ""),
    ],
)
def test_the_nearest_name_may_have_its_words_in_another_order(wrong: str, right: str) -> None:
    known = ("county", "session_date", "session_key", "participant id")
    assert nearest(wrong, known) == (f'Did you mean "{right}"?' if right else "")


def test_long_counts_have_a_line_for_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Writing") as listener:
        for done in range(0, 1_000_001, 1_000):
            listener("sessions", done, 1_000_000)
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == ("Writing: sessions (1 of 1,000,000)", "Writing: sessions (1,000,000 of 1,000,000)")
    assert len(lines) == 11

"""Every shipped profile loads its fixture: exact counts, any order, twice, and no value where none belongs."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from fixture_loads import HALVES, HERE, NAMES, build_export, expected, load_half, outcome
from load.commands import command
from load.loading import facts, text_values

from pipelines.errors import LoadError
from pipelines.profile import profile_names, read_profile
from pipelines.pseudonym import SALT_FILE
from pipelines.versions import read_pointer


@pytest.fixture(scope="module", params=NAMES)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Both exports of one fixture, loaded one after the other, with what each gave."""
    name, folder = request.param, tmp_path_factory.mktemp(request.param)
    found: dict[str, object] = {"name": name, "folder": folder, "store": folder / "store"}
    for half in HALVES:
        report = load_half(name, half, build_export(name, half, folder / half), folder / "store")
        found[half] = (report, outcome(folder / "store", report))
    return found


def test_every_shipped_profile_has_a_fixture() -> None:
    assert profile_names() == NAMES


@pytest.mark.parametrize("half", HALVES)
def test_counts_are_exactly_as_expected(loaded: dict, half: str) -> None:
    wanted = expected(loaded["name"])[half]
    wanted.pop("as_of")
    assert loaded[half][1] == wanted


@pytest.mark.parametrize("half", HALVES)
def test_every_row_read_has_one_fate(loaded: dict, half: str) -> None:
    report = loaded[half][0]
    assert report.accounts
    assert all(account.closes() for account in report.accounts)


def test_the_order_of_loading_does_not_matter_and_no_planted_value_is_shown(loaded: dict, tmp_path: Path) -> None:
    """The older export, loaded last, brings nothing back; what the command prints holds no cell of either."""
    name, store, program = loaded["name"], tmp_path / "store", tmp_path / "program.toml"
    wanted = expected(name)
    program.write_text(f'state = "{wanted["program"]["state"]}"\n', encoding="utf-8")
    store.mkdir()
    shutil.copy(loaded["store"] / SALT_FILE, store / SALT_FILE)  # the same people get the same keys
    shown = ""
    for half in reversed(HALVES):
        outcome = command(
            "load", loaded["folder"] / half, "--profile", name, "--as-of", wanted[half]["as_of"],
            "--store", store, "--program", program,
        )  # fmt: skip
        assert (outcome.code, outcome.err) == (0, "")
        shown += outcome.out.lower()
    assert facts(store) == facts(loaded["store"])
    assert "what was found" in shown
    assert not [canary for canary in wanted["canaries"] if canary.lower() in shown]


@pytest.mark.parametrize("half", HALVES)
def test_loading_twice_changes_nothing(loaded: dict, half: str) -> None:
    before = read_pointer(loaded["store"])
    report = load_half(loaded["name"], half, loaded["folder"] / half, loaded["store"])
    assert report.version is None
    assert len(report.already_loaded) == len(list((loaded["folder"] / half).iterdir()))
    assert read_pointer(loaded["store"]) == before


def test_the_same_content_under_other_names_changes_no_fact(loaded: dict, tmp_path: Path) -> None:
    """A re-export whose bytes differ is read again: every row is a duplicate or quarantined as before."""
    store = tmp_path / "store"
    shutil.copytree(loaded["store"], store)
    again = tmp_path / "again"
    shutil.copytree(loaded["folder"] / "second", again)
    for path in again.iterdir():
        if path.suffix == ".csv":
            path.write_bytes(path.read_bytes() + b"\r\n")
        else:
            path.rename(path.with_stem(f"{path.stem} again"))
    before = facts(store)
    report = load_half(loaded["name"], "second", again, store)
    assert facts(store) == before
    assert report.removed == 0
    assert sum(account.loaded + account.replaced for account in report.accounts) == 0


def test_no_planted_value_is_stored_anywhere(loaded: dict) -> None:
    """IDs, notes, towns and unmapped labels leave no trace: not in a table, not in the bytes of the file."""
    texts = text_values(loaded["store"])
    file = (loaded["store"] / read_pointer(loaded["store"]).file).read_bytes().lower()
    for canary in expected(loaded["name"])["canaries"]:
        assert not [text for text in texts if canary.lower() in text.lower()], canary
        assert canary.lower().encode() not in file, canary


def half_with(name: str, file: str) -> str:
    """Return the export of a fixture that holds a file."""
    return next(half for half in reversed(HALVES) if (HERE / name / half / file).is_file())


@pytest.mark.parametrize(
    ("name", "file", "header", "drifted"),
    [
        ("canonical", "session.csv", "session_date", "sesion_date"),
        ("recovery_platform", "Engagements 2026-09.csv", "Duration (Minutes)", "Duration (Mins)"),
        ("ctn0094", "visits.csv", "visit_date", "visit_dt"),
        ("odin_pa", "odin_2018-12.csv", "Naloxone Administered", "Naloxone Admin"),
        ("coaching_db", "TBL_REC_COACHING.csv", "COACHING_MINUTES", "COACHING_MINS"),
        ("gpra_csv", "GPRA 2025-09.csv", "InterviewDate", "InterviewDay"),
        ("suprt_csv", "SUPRT 2026-06.csv", "Assessment Date", "Assesment Date"),
        ("redcap_flat", "Project_DATA_2026-06-30.csv", "session_minutes", "session_mins"),
        ("case_mgmt_report", "Contact report 2026-09.csv", "Milestone Date", "Milestone Dt"),
        ("billing_h0038", "claims 2026-05.csv", "duration_minutes", "duration_mins"),
    ],
)
def test_a_renamed_column_is_named_with_its_nearest(
    name: str, file: str, header: str, drifted: str, tmp_path: Path
) -> None:
    exports = build_export(name, half_with(name, file), tmp_path / "export")
    text = (exports / file).read_text(encoding="utf-8-sig")
    (exports / file).write_text(text.replace(header, drifted, 1), encoding="utf-8")
    with pytest.raises(LoadError) as error:
        load_half(name, half_with(name, file), exports, tmp_path / "store")
    assert error.value.rule == "DQ03"
    assert file in str(error.value)
    assert f'Did you mean "{drifted}"?' in str(error.value)


@pytest.mark.parametrize(
    ("name", "file", "header", "mark"),
    [
        ("canonical", "session.csv", "participant_key", ","),
        ("recovery_platform", "Outcomes 2026-09.csv", "Participant ID", ","),
        ("odin_pa", "odin_2018-12.csv", "Victim ID", ","),
        ("ctn0094", "participants.csv", "who", ","),
        ("coaching_db", "TBL_RECOVEREES.csv", "RECOVEREE_ID", ","),
        ("coaching_db", "TBL_REC_COACHING.csv", "COACHED_BY", ","),
        ("gpra_csv", "GPRA 2025-09.csv", "ClientID", ","),
        ("suprt_csv", "SUPRT 2026-06.csv", "Client ID", ","),
        ("redcap_flat", "Project_LABELS_2026-09-30.csv", "Record ID", ","),
        ("billing_h0038", "claims 2026-05.csv", "chart_id", ","),
    ],
)
def test_an_id_column_of_email_addresses_is_refused_by_name_only(
    name: str, file: str, header: str, mark: str, tmp_path: Path
) -> None:
    exports = build_export(name, "second", tmp_path / "second")
    with (exports / file).open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle, delimiter=mark))
    place = rows[0].index(header)
    for number, row in enumerate(rows[1:]):
        row[place] = f"canary{number}@example.org"
    with (exports / file).open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    with pytest.raises(LoadError) as error:
        load_half(name, "second", exports, tmp_path / "store")
    assert error.value.rule == "DQ01"
    assert header in str(error.value)
    assert "canary" not in str(error.value)


def test_fixture_folders_hold_nothing_real() -> None:
    """Participants of the fixtures have IDs no real export has."""
    assert all(read_profile(name).name == name for name in NAMES)
    assert (HERE / "odin_pa" / "first" / "odin_2018-06.csv").read_text(encoding="utf-8-sig").count("8,870,") > 5

"""The real public exports load by one command each, and their numbers are those a plain csv reader finds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from load.commands import command
from load.loading import query, run

from pipelines.program import Program
from pipelines.versions import read_pointer

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REAL.is_dir(), reason="the real data are not here"),
]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def odin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("odin")
    outcome = command("load", REAL / "odin_pa", "--profile", "odin_pa", "--as-of", "2019-08-31", "--store", store)
    assert (outcome.code, outcome.err) == (0, "")
    return store


@pytest.fixture(scope="module")
def victims() -> dict[str, dict[str, str]]:
    """The last row of every victim of the published file."""
    return {row["Victim ID"].replace(",", ""): row for row in read(REAL / "odin_pa" / "odin_snapshot_2019-09.csv")}


def test_odin_is_one_event_per_victim(odin: Path, victims: dict) -> None:
    assert len(victims) == 8_525
    assert query(odin, "SELECT count(*), count(DISTINCT participant_key) FROM milestone") == [(8_525, 8_525)]
    assert query(odin, "SELECT count(*), count(DISTINCT participant_key) FROM participant") == [(8_525, 8_525)]
    assert query(odin, "SELECT count(*) FROM session") == [(0,)]


def test_odin_accounts_for_every_row(odin: Path) -> None:
    account = query(
        odin, "SELECT rows_read, rows_loaded, rows_duplicate, rows_quarantined, rows_dropped FROM load_batch"
    )
    assert account == [(11_673, 8_525, 11_673 - 8_525, 0, 0)]


def test_odin_outcomes(odin: Path, victims: dict) -> None:
    """N = died, Y = survived, U = unknown."""
    wanted = Counter(row["Survive"] for row in victims.values())
    found = dict(query(odin, "SELECT od_fatal, count(*) FROM milestone GROUP BY od_fatal"))
    assert (wanted["N"], wanted["Y"]) == (found[True], found[False])
    assert found[True] == 1_405
    assert found[None] == wanted["U"] == len(victims) - wanted["N"] - wanted["Y"]
    assert query(odin, "SELECT count(*) FROM milestone WHERE od_fatal IS NULL AND certainty <> 'unknown'") == [(0,)]


def test_odin_by_county_and_month(odin: Path, victims: dict) -> None:
    def place(row: dict[str, str]) -> str | None:
        code = row["Incident County FIPS Code"]
        return f"42{int(code):03d}" if code not in ("NULL", "") and row["Incident State"] == "Pennsylvania" else None

    wanted = Counter((place(row), row["Incident Date"][6:] + row["Incident Date"][:2]) for row in victims.values())
    found = query(odin, "SELECT county_fips, strftime(event_date, '%Y%m'), count(*) FROM milestone GROUP BY ALL")
    assert {(county, month): count for county, month, count in found} == wanted
    assert len({county for county, _ in wanted if county}) == 65


def test_odin_naloxone_is_any_dose_of_the_person(odin: Path) -> None:
    rows = read(REAL / "odin_pa" / "odin_snapshot_2019-09.csv")
    given = {row["Victim ID"] for row in rows if row["Naloxone Administered"] == "Y"}
    assert query(odin, "SELECT count(*) FROM milestone WHERE od_naloxone") == [(len(given),)]


@pytest.mark.parametrize("later", [False, True])
def test_odin_loaded_twice_changes_nothing(odin: Path, tmp_path: Path, later: bool) -> None:
    """Also when a later export of the same system spells its IDs without the comma."""
    before = read_pointer(odin)
    paths: Path = REAL / "odin_pa"
    if not later:
        outcome = command("load", paths, "--profile", "odin_pa", "--as-of", "2019-08-31", "--store", odin)
        assert (outcome.code, "Nothing new" in outcome.out) == (0, True)
        assert read_pointer(odin) == before
        return
    text = (paths / "odin_snapshot_2019-09.csv").read_text(encoding="utf-8-sig")
    plain = re.sub(r'"(\d{1,3}),(\d{3})"', r"\1\2", text)
    assert plain != text
    (tmp_path / "odin_later.csv").write_text(plain, encoding="utf-8")
    report = run(odin, tmp_path, profile="odin_pa", as_of=date(2019, 9, 30), program=Program(), dry_run=True)
    assert [(a.read, a.duplicate, a.loaded + a.replaced) for a in report.accounts] == [(11_673, 11_673, 0)]
    assert report.removed == 0


@pytest.fixture(scope="module")
def ctn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("ctn")
    outcome = command("load", REAL / "ctn0094", "--profile", "ctn0094", "--as-of", "2023-12-31", "--store", store)
    assert (outcome.code, outcome.err) == (0, "")
    return store


def test_ctn_visits_attended_and_missed(ctn: Path) -> None:
    """One session per person, visit and day; blank and undated rows are kept out."""
    status = {"visit": "completed", "final": "completed", "no visit": "no_show", "MISSING": "no_show"}
    rows = read(REAL / "ctn0094" / "visits.csv")
    read_rows = [row for row in rows if row["what"] in status and row["visit_date"]]
    last = {(row["who"], row["visit"], row["visit_date"]): status[row["what"]] for row in read_rows}
    found = dict(query(ctn, "SELECT status, count(*) FROM session GROUP BY status"))
    assert found == Counter(last.values())
    account = query(
        ctn,
        "SELECT rows_read, rows_quarantined, rows_duplicate, rows_loaded"
        " FROM load_batch WHERE source_file = 'visits.csv'",
    )
    assert account == [(53_899, len(rows) - len(read_rows), len(read_rows) - len(last), len(last))]


def test_ctn_opioid_positive_after_randomization(ctn: Path) -> None:
    randomized = {row["who"]: row["randomized_date"] for row in read(REAL / "ctn0094" / "participants.csv")}
    positive = {
        (row["who"], row["test_date"])
        for row in read(REAL / "ctn0094" / "uds_positive.csv")
        if row["substance"] == "Opioid" and randomized[row["who"]] and row["test_date"] > randomized[row["who"]]
    }
    wanted = Counter(day for _, day in positive)
    found = query(ctn, "SELECT event_date::VARCHAR, count(*) FROM milestone WHERE class = 'return_to_use' GROUP BY 1")
    assert dict(found) == wanted
    people = query(ctn, "SELECT count(DISTINCT participant_key) FROM milestone")
    assert people == [(len({who for who, _ in positive}),)]


def test_ctn_participants_by_trial(ctn: Path) -> None:
    rows = read(REAL / "ctn0094" / "participants.csv")
    assert dict(query(ctn, "SELECT program_id, count(*) FROM participant GROUP BY 1")) == Counter(
        row["project"] for row in rows
    )
    women = sum(row["sex_is_male"] == "No" for row in rows)
    assert query(ctn, "SELECT count(*) FROM participant WHERE gender = 'woman'") == [(women,)]
    assert dict(query(ctn, "SELECT program_id, count(DISTINCT participant_key) FROM session GROUP BY 1")).keys() == {
        row["project"] for row in rows
    }


def test_ctn_loaded_twice_changes_nothing(ctn: Path) -> None:
    before = read_pointer(ctn)
    outcome = command("load", REAL / "ctn0094", "--profile", "ctn0094", "--as-of", "2023-12-31", "--store", ctn)
    assert (outcome.code, read_pointer(ctn)) == (0, before)
    assert "Nothing was changed." in outcome.out

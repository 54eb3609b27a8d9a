"""Publishing fails closed: whatever goes wrong, nothing new is live and the previous release stays up with its date."""

import json
import random
import shutil
from datetime import date

import highspy
import numpy as np
import pytest
from monthly_table import counts_at, draws, policy_file

from pipelines import publication
from pipelines.audit import audit_cubes, audit_folder
from pipelines.disclosure import ProtectionError, draft, read_ledger
from pipelines.errors import NoDataError, OutcomesError
from pipelines.policy import read_policy
from pipelines.publication import AuditFailedError, publish
from pipelines.published import read_cube, read_published, write_cube
from pipelines.published.cube import KEY

FIRST, SECOND, THIRD = date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 30)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A folder with one release, copied for each test."""
    folder = tmp_path_factory.mktemp("once")
    file = policy_file(folder)
    publish(counts_at(draws(), file, FIRST), file, folder / "published", folder / "ledger")
    return folder


@pytest.fixture
def place(once, tmp_path):
    shutil.copytree(once, tmp_path / "place")
    return tmp_path / "place"


def publish_next(place, table=None, counts=None):
    file = place / "policy.toml"
    counts = counts or counts_at(draws() if table is None else table, file, SECOND)
    return publish(counts, file, place / "published", place / "ledger")


def live(place, audience="funder"):
    published = read_published(place / "published", audience)
    return published.cube.sequence, published.cube.as_of


def test_a_release_goes_live_with_its_audit_and_the_next_replaces_it(place):
    assert live(place) == live(place, "board") == (1, "2025-07-31")
    publish_next(place)
    assert live(place) == live(place, "board") == (2, "2025-08-31")
    assert {name: found.passed for name, found in audit_folder(place / "published").items()} == {
        "funder": True,
        "board": True,
    }


def test_publishing_again_with_nothing_new_changes_no_file(place):
    def files():
        return {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}

    before = files()
    file = place / "policy.toml"
    again = publish(counts_at(draws(), file, FIRST), file, place / "published", place / "ledger")
    assert not again.new
    assert all(report.passed for report in again.reports.values())
    assert files() == before


def spoiled(table, **changes):
    counts = counts_at(table, changes.pop("file"), SECOND)
    frame = counts.frame.copy()
    return type(counts)(changes["spoil"](frame), counts.months, counts.as_of, counts.regions, counts.categories)


SPOILS = {
    "one value": lambda frame: frame.assign(value=frame["value"].where(frame.index != 5, frame["value"] + 1)),
    "negative": lambda frame: frame.assign(value=frame["value"].where(frame.index != 5, -1)),
    "fraction": lambda frame: frame.assign(value=frame["value"].where(frame.index != 5, 1.5)),
    "missing": lambda frame: frame.assign(value=frame["value"].where(frame.index != 5, np.nan)),
    "a row of the hierarchy is gone": lambda frame: frame[frame["county_level"] != "region"],
    "one cell is gone": lambda frame: frame.drop(index=7),
    "one cell is there twice": lambda frame: frame.loc[[*frame.index, 3]],
    "a county nobody knows": lambda frame: frame.assign(county=frame["county"].replace("D", "E")),
}


@pytest.mark.parametrize("name", SPOILS)
def test_counts_that_are_not_right_publish_nothing(name, place):
    counts = spoiled(draws(), file=place / "policy.toml", spoil=SPOILS[name])
    with pytest.raises(ProtectionError):
        publish_next(place, counts=counts)
    assert live(place) == (1, "2025-07-31")


@pytest.mark.parametrize("module", ["pipelines.disclosure.solver", "pipelines.audit.bounds"])
def test_a_solver_that_gives_up_publishes_nothing(module, place, monkeypatch):
    class Killed(highspy.Highs):
        def getModelStatus(self):  # noqa: N802  (the name HiGHS gives it)
            return highspy.HighsModelStatus.kTimeLimit

    monkeypatch.setattr(f"{module}.highspy.Highs", Killed)
    with pytest.raises(OutcomesError, match="kTimeLimit"):
        publish_next(place)
    assert live(place) == (1, "2025-07-31")


def test_a_release_that_fails_its_audit_is_not_published(place, monkeypatch):
    """The publisher forgets to protect; the auditor is another program and notices."""
    real = publication.draft

    def careless(counts, *rest, **how):
        made = real(counts, *rest, **how)
        true = {tuple(row[:5]): row[5] for row in counts.frame.to_numpy().tolist()}
        cube = made.cubes["funder"]
        keys = cube.frame[KEY].itertuples(index=False, name=None)
        cube.frame["value"] = [true[key] for key in keys]
        cube.frame.loc[cube.frame["county"] == "D", "value"] = None
        cube.frame["state"] = np.where(cube.frame["value"].isna(), "withheld", "shown")
        cube.frame["value"] = cube.frame["value"].astype("Int64")
        return made

    monkeypatch.setattr(publication, "draft", careless)
    with pytest.raises(AuditFailedError, match="can be worked out exactly"):
        publish_next(place)
    assert live(place) == (1, "2025-07-31")
    assert len(read_ledger(place / "ledger").lines) == 1


@pytest.mark.parametrize("step", ["_stage", "point_to"])
def test_a_publication_that_is_cut_off_can_be_made_again(step, place, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publication, step, stop)
        with pytest.raises(KeyboardInterrupt):
            publish_next(place)
    assert live(place) == (1, "2025-07-31")
    publish_next(place)
    assert live(place)[1] == live(place, "board")[1] == "2025-08-31"


def test_the_ledger_of_another_folder_is_refused(place, tmp_path):
    shutil.rmtree(place / "ledger")
    with pytest.raises(OutcomesError, match="not in the ledger"):
        publish_next(place)
    assert live(place) == (1, "2025-07-31")


def test_another_policy_needs_another_folder(place):
    file = place / "policy.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("min_width = 9", "min_width = 8"), encoding="utf-8")
    with pytest.raises(OutcomesError, match="another policy"):
        publish_next(place)
    assert live(place) == (1, "2025-07-31")


def _cube(place):
    return next((place / "published" / "funder").glob("cube-*.parquet"))


def _audit(place):
    return next((place / "published" / "funder").glob("audit-*.json"))


@pytest.mark.parametrize(
    ("what", "to_auditor", "to_publisher"),
    [
        ("missing", "release 1 is missing", "release 1 is missing"),
        ("changed", "not the release its name says", "release 1 was changed"),
        ("exchanged", "not the release its name says", "release 1 was changed"),
    ],
)
def test_an_earlier_release_that_was_lost_stops_publishing_and_audit(what, to_auditor, to_publisher, place):
    """An attack that knows less than an attacker proves nothing."""
    first = _cube(place)
    publish_next(place)
    if what == "missing":
        first.unlink()
    elif what == "changed":
        cube = read_cube(first)
        shown = cube.frame.index[cube.frame["state"] == "shown"][0]
        cube.frame.loc[shown, "value"] += 1
        write_cube(cube, first)
    else:
        shutil.copy(next((place / "published" / "board").glob("cube-0001-*")), first)
    with pytest.raises(OutcomesError, match=to_auditor):
        audit_folder(place / "published")
    with pytest.raises(OutcomesError, match=to_publisher):
        publish_next(place, counts=counts_at(draws(), place / "policy.toml", THIRD))
    assert live(place) == (2, "2025-08-31")


def test_a_lost_audit_or_pointer_is_mended_by_publishing(place):
    (place / "published" / "funder" / "current.json").write_text("{", encoding="utf-8")
    next((place / "published" / "board").glob("audit-*.json")).unlink()
    publish(
        counts_at(draws(), place / "policy.toml", FIRST), place / "policy.toml", place / "published", place / "ledger"
    )
    assert live(place) == live(place, "board") == (2, "2025-07-31")


def test_a_folder_where_nothing_is_published_is_no_policy_error(tmp_path):
    with pytest.raises(OutcomesError, match="nothing is published here"):
        audit_folder(tmp_path)


def _change(path, **fields):
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **fields}), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda place: _audit(place).unlink(), "is missing. Run `outcomes publish`"),
        (lambda place: _cube(place).unlink(), "is missing. Copy it back"),
        (lambda place: _change(_audit(place), passed=False), "did not pass"),
        (lambda place: _change(_audit(place), content_hash="0" * 64), "another release"),
        (lambda place: _cube(place).write_bytes(_cube(place).read_bytes() + b" "), "not the file|no published cube"),
        (lambda place: (place / "published/policy.toml").write_text("policy = 1\n[measures]\n"), "measures|audiences"),
        (lambda place: shutil.copy(place / "published/board/current.json", place / "published/funder/current.json"),
         "is missing"),
    ],
    ids=["no audit", "no cube", "failed audit", "audit of another release", "changed cube", "other policy",
         "pointer of another"],
)  # fmt: skip
def test_a_reader_refuses_what_is_not_audited(spoil, says, place):
    spoil(place)
    with pytest.raises((OutcomesError, NoDataError), match=says):
        read_published(place / "published", "funder")


def test_the_order_of_the_rows_changes_no_byte(once, tmp_path):
    """Rows shuffled, everything else equal: the same files."""
    file = policy_file(tmp_path)
    counts = counts_at(draws(), file, FIRST)
    order = random.Random(3).sample(range(len(counts.frame)), len(counts.frame))
    shuffled = counts.frame.iloc[order].reset_index(drop=True)
    again = type(counts)(shuffled, counts.months, counts.as_of, counts.regions, counts.categories)
    publish(again, file, tmp_path / "published", tmp_path / "ledger")
    for name in ("funder", "board"):
        one, other = (next((folder / "published" / name).glob("cube-*.parquet")) for folder in (once, tmp_path))
        assert one.read_bytes() == other.read_bytes()
        assert one.name == other.name


@pytest.mark.parametrize("seed", range(3))
def test_a_complement_shown_again_is_noticed_or_proved_needless(seed, tmp_path):
    """Show one withheld number more: the auditor names a cell, or every range is still wide enough."""
    file = policy_file(tmp_path)
    policy, text = read_policy(file)
    counts = counts_at(draws(seed, mean=18), file, FIRST)
    cube = draft(counts, policy, text, read_ledger(tmp_path / "ledger")).cubes["funder"]
    true = {tuple(row[:5]): row[5] for row in counts.frame.to_numpy().tolist()}
    keys = list(cube.frame[KEY].itertuples(index=False, name=None))
    large = [n for n, key in enumerate(keys) if cube.frame["state"].iloc[n] == "withheld" and true[key] >= 11]
    assert large
    noticed = 0
    for row in random.Random(seed).sample(large, min(3, len(large))):
        frame = cube.frame.copy()
        frame.loc[frame.index[row], ["state", "value"]] = ["shown", true[keys[row]]]
        shown = type(cube)(**{**vars(cube), "frame": frame})
        report = audit_cubes({"funder": [shown]}, policy, text)["funder"]
        noticed += not report.passed
        if report.passed:
            narrow = [f for f in report.findings if f.low < policy.threshold and f.width < policy.min_width]
            assert narrow == []
    assert noticed

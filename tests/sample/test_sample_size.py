"""The same seed gives the same bytes; sizes are kept; chunks join without seams."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.errors import OutcomesError
from pipelines.sample import chunks, export, write_sample


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("shape", ["vendor", "canonical"])
def test_same_seed_same_bytes(tmp_path: Path, shape: export.Shape) -> None:
    for name in ("one", "two"):
        write_sample(tmp_path / name, participants=120, shape=shape)
    write_sample(tmp_path / "other", participants=120, shape=shape, seed=7)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


def test_sessions_asked_for_are_reached_and_hardly_passed(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    written = write_sample(tmp_path, sessions=3_000, shape="canonical", progress=lambda *told: heard.append(told))
    assert 3_000 <= written.sessions < 3_100
    lines = (tmp_path / "synthetic_session.csv").read_text().splitlines()
    assert len(lines) == written.sessions + 1
    assert heard[-1] == ("sessions", 3_000, 3_000)


def test_many_small_chunks_make_one_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_PEOPLE", 64)
    written = write_sample(tmp_path, participants=200, shape="canonical")
    session = pd.read_csv(tmp_path / "synthetic_session.csv", usecols=["session_key", "participant_key"])
    people = pd.read_csv(tmp_path / "synthetic_participant.csv", usecols=["participant_key"])
    assert written.participants == 200
    assert session.session_key.is_unique
    assert people.participant_key.tolist() == [f"SYN-{n:07d}" for n in range(1, 201)]
    assert set(session.participant_key) == set(people.participant_key)


def test_large_samples_have_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "WORKBOOK_MAX_SESSIONS", 500)
    written = write_sample(tmp_path, sessions=600)
    assert list(written.files) == ["recovery_platform"]
    assert not list(tmp_path.glob("*.xlsx"))
    raw = pd.read_csv(tmp_path / "synthetic_Participants.csv", skiprows=1, dtype="str")
    assert raw["County of Residence"].str.contains("Piscataquis", na=False).any()


@pytest.mark.parametrize("participants", [1, 2, 9])
def test_the_smallest_samples_can_be_written(tmp_path: Path, participants: int) -> None:
    assert write_sample(tmp_path, participants=participants).participants == participants


@pytest.mark.parametrize("size", [{"participants": 0}, {"sessions": -1}, {"participants": 5, "sessions": 5}])
def test_sizes_that_make_no_sense_are_refused(tmp_path: Path, size: dict[str, int]) -> None:
    with pytest.raises(OutcomesError, match="sample"):
        write_sample(tmp_path, **size)  # type: ignore[arg-type]

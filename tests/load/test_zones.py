"""Times that state a zone: the program's own calendar day counts (statistics.md 12)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from load.loading import MAINE, export, findings, query, run

from pipelines.errors import OutcomesError
from pipelines.program import Program, read_program

AT_NIGHT = """
    session_key | participant_key | session_date           | status
    S1          | A1              | 2026-02-01 03:30:00+00 | completed
    S2          | A1              | 2026-02-02             | completed
"""


def days(store: Path) -> list[date]:
    return [date.fromisoformat(str(day)) for (day,) in query(store, "SELECT session_date FROM session ORDER BY 1")]


def test_a_session_at_night_belongs_to_the_evening_it_took_place(tmp_path: Path) -> None:
    program = MAINE.model_copy(update={"timezone": "America/New_York"})
    run(tmp_path / "store", export(tmp_path / "1", AT_NIGHT), program=program)
    assert days(tmp_path / "store") == [date(2026, 1, 31), date(2026, 2, 2)]
    assert not findings(tmp_path / "store")["DQ52 session_date"]


def test_without_a_time_zone_the_day_is_taken_as_written_and_the_load_says_so(tmp_path: Path) -> None:
    report = run(tmp_path / "store", export(tmp_path / "1", AT_NIGHT))
    assert days(tmp_path / "store") == [date(2026, 2, 1), date(2026, 2, 2)]
    assert findings(tmp_path / "store")["DQ52 session_date"] == 1
    assert "timezone" in next(rule.advice for rule in report.rules if rule.rule == "DQ52")


def test_dates_without_a_zone_need_no_setting(tmp_path: Path) -> None:
    run(tmp_path / "store", export(tmp_path / "1"))
    assert not [name for name in findings(tmp_path / "store") if name.startswith("DQ52")]


@pytest.mark.parametrize("name", ["Eastern", "America/Bangor", "../../etc/passwd"])
def test_an_unknown_time_zone_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "program.toml"
    path.write_text(f'timezone = "{name}"\n')
    with pytest.raises(OutcomesError, match="no such time zone is known"):
        read_program(path)


def test_a_program_without_a_time_zone_has_none() -> None:
    assert Program().zone() is None

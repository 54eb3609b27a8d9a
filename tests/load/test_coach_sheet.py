"""A coach's own sheet: codes nobody listed are kept as news of another kind, and said."""

from __future__ import annotations

from pathlib import Path

import pytest
from load.loading import findings, query, run
from load.test_workbooks import made

from pipelines.errors import LoadError

HEAD = ["Date", "Who (ID)", "Where", "How", "How long", "What we worked on", "Good news!", "Hard news", "Co."]


def sheet(tmp_path: Path, *hard_news: str) -> Path:
    """Write a sheet with one contact a day, each with this hard news."""
    rows = [
        [f"1/{day}/26", "QX1001", "Library", "F2F", "30", "job", None, news, "Hancock"]
        for day, news in enumerate(hard_news, start=5)
    ]
    return made(tmp_path / "log.xlsx", {"Jan 26": [HEAD, *rows]})


def news(store: Path) -> list[tuple[object, ...]]:
    return query(store, "SELECT class::VARCHAR, code::VARCHAR, count(*) FROM milestone GROUP BY ALL ORDER BY ALL")


def test_hard_news_with_an_unlisted_code_is_another_event_and_a_finding(tmp_path: Path) -> None:
    path = sheet(tmp_path, "RTU", "rtu", "Rtu", "OD", "od", "QXNEWS")
    report = run(tmp_path / "store", path, profile="coach_spreadsheet")
    assert news(tmp_path / "store") == [
        ("other_event", "other", 1),
        ("overdose", "overdose", 2),
        ("return_to_use", "return_to_use", 3),
    ]
    assert findings(tmp_path / "store") == {"DQ19 milestone.class": 1}
    assert next(rule.severity for rule in report.rules if rule.rule == "DQ19") == "warn"


def test_hard_news_somebody_typed_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, "RTU", "OD", "QXNEWS")
    with pytest.raises(LoadError, match=r'"Hard news" holds text people typed') as error:
        run(tmp_path / "store", path, profile="coach_spreadsheet")
    assert error.value.rule == "DQ02"
    assert "QXNEWS" not in str(error.value)

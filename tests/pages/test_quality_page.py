"""Data quality: rows kept out stay listed until the corrected export is loaded; relaxed rules; how late records are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from app_stores import AS_OF, cards, open_page, shown_texts, tables

from dashboard.measures.quality_lists import kept_out
from dashboard.store import Store
from pipelines.fix_list import fix_list, fix_list_csv
from pipelines.load import LoadOptions, load
from pipelines.program import Program, Relaxed

HEADER = "session_key,participant_key,program_id,session_date,status\n"
BROKEN = f"{HEADER}S1,A1,P1,2026-01-05,completed\nS2,TEST,P1,2026-01-06,completed\nS3,A1,P1,2024-01-07,completed\n"
MENDED = BROKEN.replace("TEST", "A2").replace("2024-01-07", "2026-01-07")
EVENTS = "milestone_key,participant_key,program_id,event_date,class,code\nM1,A1,P1,2026-02-01,life_win,got_job\n"
REASON = "Outreach began a year before the center opened"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def load_sessions(store: Path, text: str, relaxed: tuple[Relaxed, ...] = ()) -> None:
    folder = store.parent / "export"
    folder.mkdir(exist_ok=True)
    (folder / "session.csv").write_text(text, encoding="utf-8")
    (folder / "milestone.csv").write_text(EVENTS, encoding="utf-8")
    own = Program(state="ME", opened_on=date(2025, 1, 1), relaxed=relaxed)
    load([str(folder)], "canonical", LoadOptions(store, AS_OF, own, today=date(2026, 10, 5), memory="500MB"))


def table(title: str):
    """Return the first table of the page that has a column of this name; None without one."""
    return next((t for t in tables(open_page("data_quality")) if title in t.columns), None)


def said(page) -> str:
    """Return all a page says as one text."""
    return "\n".join(shown_texts(page))


def test_rows_kept_out_are_listed_until_the_corrected_export_is_loaded(store):
    load_sessions(store, BROKEN)
    found = table("Lines")
    assert list(zip(found["File"], found["Lines"], strict=True)) == [("session.csv", "3"), ("session.csv", "4")]
    assert found["Rule"].str.contains("DQ13|DQ15").all()
    (button,) = [b for b in open_page("data_quality").get("download_button") if "fix list" in b.label]
    assert "2 rows" in button.label
    assert fix_list_csv(kept_out(Store(store))) == fix_list_csv(fix_list(store))

    load_sessions(store, MENDED)
    page = open_page("data_quality")
    assert table("Lines") is None
    assert "No row was kept out." in shown_texts(page)
    assert fix_list(store) == kept_out(Store(store)) == ()


def test_a_relaxed_rule_is_on_the_page_with_its_reason_and_what_it_kept(store):
    load_sessions(store, BROKEN)
    assert table("Reason the program gives") is None
    load_sessions(store, BROKEN, relaxed=(Relaxed(rule="DQ15", reason=REASON),))
    (row,) = table("Reason the program gives").itertuples(index=False)
    assert "DQ15" in row[0]
    assert row[1:] == (REASON, "1")
    assert list(table("Lines")["Lines"]) == ["3"]  # who it is about is still missing


def test_a_month_still_filling_is_said_on_every_page_and_on_its_cards(store):
    """Two sessions a day, one typed in at once and one 20 days later."""
    days = [AS_OF - timedelta(days=age) for age in range(300)]
    rows = [f"a{n},A{n},P1,{day},completed,{day}" for n, day in enumerate(days)]
    rows += [f"b{n},B{n},P1,{day},completed,{day + timedelta(days=20)}" for n, day in enumerate(days) if n >= 20]
    load_sessions(store, HEADER.strip() + ",entered_on\n" + "\n".join(rows))
    september = {"calendar": "Months", "period": "Sep 2026"}
    page = open_page("overview", **september)
    says = "Sep 2026 is still filling: about 67 % of its sessions are expected to be recorded by now."
    assert says in said(page)
    assert page.title[0].value == "Overview"  # no headline rests on it
    periods = next(box for box in open_page("overview", calendar="Months").selectbox if box.label == "Period").options
    assert [name for name in periods if "filling" in name] == ["Sep 2026 (still filling)"]
    assert "Jul 2026 is still filling" not in said(open_page("overview", calendar="Months", period="Jul 2026"))
    assert cards(page)["People supported"] == "40"
    late = "95 % of sessions are typed in within 20 days: a month of them is filling until 17 days after its end."
    assert late in said(open_page("data_quality"))


def test_without_days_of_entry_the_page_says_that_nobody_knows(store):
    load_sessions(store, MENDED)
    assert "How late sessions are recorded is not measured" in said(open_page("data_quality"))
    assert "still filling" not in said(open_page("overview", calendar="Months", period="Sep 2026"))

"""The two planted signals can be seen in the raw vendor file, and only where they were planted."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.sample.vendor_words import KINDS


@pytest.fixture(scope="module")
def lines(platform: dict[str, pd.DataFrame]) -> pd.DataFrame:
    raw = platform["Engagements"].drop_duplicates("Engagement ID", keep="last")
    day = pd.to_datetime(raw["Engagement Date"], format="%m/%d/%Y", errors="coerce")
    return raw.assign(day=day)[(day >= "2023-10-01") & (day <= "2026-09-30")]


def second_contact_share(lines: pd.DataFrame, counties: set[str], begin: str, end: str) -> float:
    done = lines[(lines["Engagement Status"] == "Completed") & (lines["Engagement Type"] != "Discharge")]
    days = done.drop_duplicates(["Participant ID", "day"]).sort_values("day")
    order = days.groupby("Participant ID").cumcount()
    first = days[order == 0].set_index("Participant ID")
    second = days[order == 1].set_index("Participant ID").day.reindex(first.index)
    cohort = first["County of Service"].isin(counties) & first.day.between(begin, end)
    return float(((second - first.day).dt.days <= 14)[cohort].mean())


def missed_share(lines: pd.DataFrame, somerset: bool, begin: str, end: str) -> float:
    planned = lines[lines["Engagement Status"].isin(["Completed", "No Show"]) & lines.day.between(begin, end)]
    here = planned[(planned["County of Service"] == "Somerset") == somerset]
    return float((here["Engagement Status"] == "No Show").mean())


def test_second_contacts_rise_downeast_from_october_2025(lines: pd.DataFrame) -> None:
    downeast = {"Hancock", "Washington"}
    before = second_contact_share(lines, downeast, "2023-12-01", "2025-09-30")
    after = second_contact_share(lines, downeast, "2025-10-01", "2026-09-15")
    assert after - before > 0.12
    elsewhere = {"Waldo", "Somerset"}
    steady = second_contact_share(lines, elsewhere, "2025-10-01", "2026-09-15")
    assert after - steady > 0.10


def test_missed_sessions_rise_in_somerset_from_january_2026(lines: pd.DataFrame) -> None:
    before = missed_share(lines, True, "2023-10-01", "2025-12-31")
    after = missed_share(lines, True, "2026-01-01", "2026-09-30")
    assert after - before > 0.12
    others_before = missed_share(lines, False, "2023-10-01", "2025-12-31")
    others_after = missed_share(lines, False, "2026-01-01", "2026-09-30")
    assert abs(others_after - others_before) < 0.06


def test_most_kinds_are_words_the_profile_knows(lines: pd.DataFrame) -> None:
    assert lines["Engagement Type"].isin(KINDS).mean() > 0.98

"""The sample keeps its bands: what `calibration.py` aims at is what the files say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def contacts(canonical: Tables) -> pd.DataFrame:
    sessions = canonical["session"]
    counted = sessions[
        (sessions.status == "completed") & (sessions.kind != "closeout") & (sessions.session_date <= "2026-09-30")
    ]
    return counted.assign(day=pd.to_datetime(counted.session_date))


def events(canonical: Tables, code: str) -> pd.DataFrame:
    milestones = canonical["milestone"]
    return milestones[milestones.code == code]


def test_seven_hundred_people(canonical: Tables) -> None:
    assert len(canonical["participant"]) == 700
    assert canonical["session"].participant_key.nunique() == 700


def test_contacts_per_person_are_over_dispersed(contacts: pd.DataFrame) -> None:
    per_person = contacts.groupby("participant_key").size()
    assert 4.3 <= per_person.mean() <= 5.2  # published: 4.75
    assert 4.0 <= per_person.std() <= 5.5  # published: 4.74


def test_days_in_contact_have_a_heavy_tail(contacts: pd.DataFrame) -> None:
    days = contacts.groupby("participant_key").day.agg(lambda day: (day.max() - day.min()).days)
    assert 110 <= days.mean() <= 150  # published: 131
    assert 145 <= days.std() <= 190  # published: 167
    assert days.std() > days.mean()  # heavier than exponential


def test_second_contact_within_14_days_is_about_half(contacts: pd.DataFrame) -> None:
    days = contacts.drop_duplicates(["participant_key", "day"]).sort_values("day")
    first = days.groupby("participant_key").day.nth(0).to_numpy()
    order = days.groupby("participant_key").cumcount()
    firsts = days[order == 0].set_index("participant_key").day
    seconds = days[order == 1].set_index("participant_key").day.reindex(firsts.index)
    assert len(first) == len(firsts)
    assert 0.42 <= ((seconds - firsts).dt.days <= 14).mean() <= 0.58


def test_missed_sessions(canonical: Tables) -> None:
    sessions = canonical["session"]
    planned = sessions[
        sessions.status.isin(["completed", "no_show"])
        & ~sessions.kind.isin(["outreach", "closeout"])
        & ~sessions["mode"].isin(["text", "email", "mail"])
    ]
    assert 0.15 <= (planned.status == "no_show").mean() <= 0.23


def test_returns_to_use_are_told_rarely_and_overdoses_more_rarely(canonical: Tables) -> None:
    returns, overdoses = events(canonical, "return_to_use"), events(canonical, "overdose")
    assert 0.075 <= len(returns) / 700 <= 0.105  # published: 0.09
    assert 6 <= (overdoses.od_fatal == "false").sum() <= 20
    assert 1 <= (overdoses.od_fatal == "true").sum() <= 3
    assert 1 <= ((overdoses.od_fatal == "") & (overdoses.certainty == "unknown")).sum() <= 4


def test_deaths_are_few_one_by_suicide_one_also_sent_as_an_overdose(canonical: Tables) -> None:
    deaths = events(canonical, "death")
    assert 4 <= deaths.participant_key.nunique() <= 9
    assert (deaths.death_cause == "suicide").sum() == 1
    overdoses = events(canonical, "overdose")
    fatal = set(overdoses[overdoses.od_fatal == "true"].participant_key)
    by_overdose = set(deaths[deaths.death_cause == "overdose"].participant_key)
    assert len(by_overdose) == 1
    assert by_overdose < fatal or by_overdose == fatal


def test_about_a_third_have_a_win_work_and_home_first(canonical: Tables) -> None:
    wins = canonical["milestone"].query("`class` == 'life_win'")
    assert 0.28 <= wins.participant_key.nunique() / 700 <= 0.42
    new = wins[~wins.code.isin(["job_90_days", "housing_90_days"]) & (wins.domain != "recovery")]
    assert set(new.domain.value_counts().index[:2]) == {"work", "home"}
    jobs, kept = events(canonical, "got_job"), events(canonical, "job_90_days")
    assert 0.25 <= len(kept) / len(jobs) <= 0.65
    assert len(events(canonical, "job_ended")) > 0
    assert len(events(canonical, "housing_lost")) > 0


def test_counties_are_skewed(canonical: Tables) -> None:
    share = canonical["participant"].county_fips.value_counts(normalize=True)
    aims = {"23009": 0.40, "23029": 0.27, "23027": 0.18, "23025": 0.10, "23021": 0.05}
    for fips, aim in aims.items():
        assert share[fips] == pytest.approx(aim, abs=0.05)


def test_some_people_have_two_counties_and_some_come_back(contacts: pd.DataFrame) -> None:
    counties = contacts[contacts.county_fips != ""].groupby("participant_key").county_fips.nunique()
    assert 0.02 <= (counties > 1).mean() <= 0.10
    gaps = contacts.sort_values("day").groupby("participant_key").day.diff().dt.days
    assert 0.12 <= contacts.loc[gaps[gaps > 90].index].participant_key.nunique() / 700 <= 0.32


def test_most_entries_are_prompt_and_a_tail_is_late(canonical: Tables) -> None:
    sessions = canonical["session"]
    lag = (pd.to_datetime(sessions.entered_on) - pd.to_datetime(sessions.session_date)).dt.days
    assert lag.min() >= 0
    assert 0.85 <= (lag <= 7).mean() <= 0.95
    assert 0.008 <= (lag > 30).mean() <= 0.04


def test_winter_is_thin_and_september_full(contacts: pd.DataFrame) -> None:
    firsts = contacts.groupby("participant_key").day.min()
    inside = firsts[firsts >= "2023-12-01"]  # leaves out people who came before the data begin
    by_month = inside.dt.month.value_counts()
    contacts_by_month = contacts.day.dt.month.value_counts()
    assert contacts_by_month[[1, 2, 12]].mean() < 0.85 * contacts_by_month.mean()
    assert by_month[9] > 1.15 * by_month.mean()
    weekend = contacts.day.dt.day_of_week >= 5
    assert 0 < weekend.mean() < 0.10


def test_groups_and_every_kind_and_mode_occur(contacts: pd.DataFrame, canonical: Tables) -> None:
    assert 0.05 <= (contacts.kind == "group").mean() <= 0.15
    assert canonical["session"].kind.nunique() == 10
    assert canonical["session"]["mode"].nunique() >= 6
    minutes = contacts.minutes[contacts.minutes != ""].astype(int)
    assert np.percentile(minutes, [0, 100]).tolist() == [5, 90]

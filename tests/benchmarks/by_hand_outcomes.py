"""Retention, life wins, return to use, overdoses and deaths in pandas."""

from __future__ import annotations

import pandas as pd
from by_hand_frames import (
    CELL,
    DAY,
    PERSON,
    Frames,
    count_people,
    count_rows,
    in_month,
    month_of,
    people_seen,
    rate_of,
    told_events,
)


def retention(f: Frames) -> pd.DataFrame:
    horizon = f.as_of - 90 * DAY
    episode = f.own_episode[(f.own_episode["episode_no"] == 1) & (f.own_episode["start_date"] <= horizon)]
    people = episode.merge(f.first_contact[[PERSON, "supported_before"]], on=PERSON).merge(f.person, on=PERSON)
    late = people["supported_before"]
    people = people[~late | (people["start_date"] <= f.data_start + 90 * DAY)]
    late = people["supported_before"]
    started = people["start_date"].mask(late, people["enrolled_on"])
    has_left = people["end_date"] <= horizon
    duration = (people["end_date"].where(has_left, horizon) - started) / DAY
    entry = ((f.data_start - started) / DAY).where(late, -1)
    moves = pd.DataFrame({"county": people["county_fips"], "entry": entry, "day": duration, "exits": has_left})
    moves = moves[moves["entry"] < moves["day"]]
    gone = moves.assign(change=-1)[["county", "day", "change", "exits"]]
    come = moves.assign(change=1, exits=False, day=moves["entry"])[["county", "day", "change", "exits"]]
    table = pd.concat([gone, come]).groupby(["county", "day"], dropna=False)[["change", "exits"]].sum().reset_index()
    by_county = table.groupby("county", dropna=False)
    at_risk = by_county["change"].cumsum() - table["change"]
    table["value"] = 1 - (table["exits"] / at_risk.where(at_risk > 0)).fillna(0)
    table["value"] = by_county["value"].cumprod()
    table = table.assign(numerator=table["exits"], denominator=at_risk).drop(columns="exits")
    return table[table["day"] >= 0]


def retained(f: Frames) -> pd.DataFrame:
    episode = f.until(f.own_episode[f.own_episode["episode_no"] == 1], "start_date", 180)
    people = episode.merge(f.first_contact[[PERSON, "supported_before"]], on=PERSON)
    people = in_month(people[~people["supported_before"]], "start_date")
    return count_rows(people, people["end_date"].isna() | (people["end_date"] > people["start_date"] + 90 * DAY))


def reengaged(f: Frames) -> pd.DataFrame:
    episode = f.own_episode.sort_values([PERSON, "episode_no"])
    episode = episode.assign(
        back_on=episode.groupby(PERSON)["start_date"].shift(-1), known_on=episode["last_contact"] + 90 * DAY
    )
    silence = f.until(episode[episode["exit_reason"] == "left"], "known_on", 180)
    silence = silence.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    last_day = silence["known_on"] + 180 * DAY
    silence = silence.assign(hit=silence["back_on"] <= last_day)
    silence = silence[silence["hit"] | ~(silence["death_date"] <= last_day)]
    people = in_month(silence, "known_on").sort_values("known_on").drop_duplicates([PERSON, "period"])
    return count_rows(people, people["hit"])


def served_with(f: Frames, kind: str) -> pd.DataFrame:
    told = told_events(f, kind)[["period", PERSON]].drop_duplicates().assign(hit=True)
    people = people_seen(f).merge(told, on=["period", PERSON], how="left")
    return count_rows(people, people["hit"].notna())


def _new_wins(f: Frames) -> pd.DataFrame:
    win = told_events(f, "life_win")
    win = win[win["counts"] != "confirms"]
    step = pd.to_numeric(win["code"].astype("str").str.extract(r"^recovery_time_(\d+)$")[0])
    ladder = win[step.notna()].assign(step=step)
    ladder = ladder.sort_values(["step", "event_date", "event_key"], ascending=[False, True, True])
    return pd.concat([win[step.isna()], ladder.drop_duplicates(["period", PERSON])])


def win_events(f: Frames) -> pd.DataFrame:
    return count_rows(_new_wins(f))


def _active(event: pd.DataFrame) -> pd.DataFrame:
    return event[event["is_active"]].assign(county=event["active_county_fips"])


def win_rate(f: Frames) -> pd.DataFrame:
    return rate_of(f, _active(_new_wins(f)))


def event_rate(f: Frames, kind: str) -> pd.DataFrame:
    return rate_of(f, _active(told_events(f, kind)))


def wins_by_domain(f: Frames) -> pd.DataFrame:
    return count_people(told_events(f, "life_win"))


def lasting_win(f: Frames) -> pd.DataFrame:
    event = f.event[f.event["date_precision"].isin(["day", "week"])]
    parts = []
    for first_code, confirmed_code in (("got_job", "job_90_days"), ("found_housing", "housing_90_days")):
        first = event.loc[event["code"] == first_code, [PERSON, "event_date", "county_fips"]].drop_duplicates()
        confirmed = event.loc[event["code"] == confirmed_code, [PERSON, "event_date"]]
        confirmed = confirmed.assign(event_date=confirmed["event_date"] - 76 * DAY).sort_values("event_date")
        wins = first[[PERSON, "event_date"]].drop_duplicates().assign(win=lambda w: w["event_date"])
        spoken_of = pd.merge_asof(confirmed, wins.sort_values("event_date"), on="event_date", by=PERSON)["win"]
        lasted = pd.MultiIndex.from_arrays([confirmed[PERSON], spoken_of])
        hit = pd.MultiIndex.from_frame(first[[PERSON, "event_date"]]).isin(lasted)
        parts.append(first.assign(hit=hit))
    first = in_month(f.until(pd.concat(parts, ignore_index=True), "event_date", 120), "event_date")
    return count_people(first, first["hit"])


def _met_again(f: Frames, report: pd.DataFrame, first_day: pd.Series, days: int) -> pd.DataFrame:
    """First report of a person and month that can be judged, and beside it all reports."""
    report = report.assign(first_day=first_day, last_day=report["clock_date"] + days * DAY)
    contact = f.contact.loc[f.contact["date_precision"] == "day", [PERSON, "contact_date"]]
    met = report[["event_key", PERSON, "first_day", "last_day"]].merge(contact, on=PERSON)
    met = met.loc[met["contact_date"].between(met["first_day"], met["last_day"]), "event_key"]
    report = report.assign(reached=report["event_key"].isin(met))
    report = report.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    report = report[report["reached"] | ~(report["death_date"] <= report["last_day"])]
    report = in_month(report, "clock_date").sort_values(["clock_date", "event_key"])
    each = count_rows(report, report["reached"]).rename(
        columns={"numerator": "row_numerator", "denominator": "row_denominator"}
    )
    first = report.drop_duplicates([PERSON, "period"])
    return (
        count_rows(first, first["reached"]).merge(each, on=CELL, how="right").fillna({"numerator": 0, "denominator": 0})
    )


def still_with_us(f: Frames) -> pd.DataFrame:
    report = f.until(f.event[f.event["class"] == "return_to_use"], "clock_date", 14)
    report = report[report["reported_date"].notna() | (report["date_precision"] == "day")]
    return _met_again(f, report, report["clock_date"] + DAY, 14)


def reached_after_overdose(f: Frames) -> pd.DataFrame:
    report = f.until(f.event[f.event["class"] == "overdose"], "clock_date", 7)
    report = report[
        (report["od_fatal"] == False)  # noqa: E712
        & report["is_in_touch"]
        & (report["date_precision"] == "day")
        & (report["clock_date"] - report["event_date"] <= 30 * DAY)
    ]
    told = report["clock_date"].mask(report["certainty"] == "self_reported", report["clock_date"] + DAY)
    return _met_again(f, report, told, 7)


def nonfatal_overdoses(f: Frames) -> pd.DataFrame:
    told = told_events(f, "overdose")
    return count_rows(told[told["od_fatal"] == False])  # noqa: E712


def died(f: Frames, of_overdose: bool) -> pd.DataFrame:
    death = f.until(f.death[f.death["is_fatal_overdose"]] if of_overdose else f.death, "death_date")
    death = death.merge(f.event[["event_key", "event_date", "is_counted_death"]], on="event_key")
    death = death[death["is_counted_death"] & (death["event_date"] >= month_of(death["death_date"]))]
    return count_rows(death.assign(period=month_of(death["death_date"]), county="all"))

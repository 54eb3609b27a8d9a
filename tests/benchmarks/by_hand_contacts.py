"""Served and engagement measures in pandas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from by_hand_frames import (
    CELL,
    DAY,
    PERSON,
    Frames,
    count_people,
    count_rows,
    in_month,
    inside,
    people_seen,
    quartiles,
    rate_of,
)


def people_served(f: Frames) -> pd.DataFrame:
    return count_rows(people_seen(f))


def people_new(f: Frames) -> pd.DataFrame:
    people = people_seen(f).merge(f.first_contact[[PERSON, "first_date", "supported_before"]], on=PERSON)
    return count_rows(people, (people["first_date"] >= people["period"]) & ~people["supported_before"])


def after_silence(f: Frames, is_long: bool) -> pd.DataFrame:
    contact = in_month(f.until(f.contact_day, "contact_date"), "contact_date")
    first = contact[contact["previous_date"].isna() | (contact["previous_date"] < contact["period"])]
    first = first[["period", PERSON, "contact_date", "previous_date"]].merge(
        f.first_contact[[PERSON, "supported_before"]], on=PERSON
    )
    before = first["previous_date"].mask(first["previous_date"].isna() & first["supported_before"], f.data_start)
    silence = (first["contact_date"] - before) / DAY
    hit = (silence > 90) if is_long else (silence <= 90)
    people = people_seen(f).merge(first.assign(hit=hit)[["period", PERSON, "hit"]], on=["period", PERSON])
    return count_rows(people, people["hit"])


def in_touch(f: Frames) -> pd.DataFrame:
    """Month by month, because a contact counts at the end of up to four months."""
    contact = f.contact_day.sort_values("contact_date", ignore_index=True)
    days = contact["contact_date"].to_numpy()
    parts = []
    for start in pd.date_range(f.first, f.as_of, freq="MS"):
        day = min(np.datetime64(start + pd.offsets.MonthEnd(0), "s"), f.as_of.astype("datetime64[s]"))
        window = contact.iloc[np.searchsorted(days, day - 89 * DAY) : np.searchsorted(days, day, side="right")]
        latest = window.groupby(PERSON)["contact_date"].transform("max")
        people = window[window["contact_date"] == latest]
        closed = f.own_episode[(f.own_episode["exit_basis"] == "closing") & (f.own_episode["end_date"] <= day)]
        closed = people.merge(closed, left_on=[PERSON, "contact_date"], right_on=[PERSON, "last_contact"])[PERSON]
        gone = pd.concat([closed, f.death.loc[f.death["death_date"] <= day, PERSON]])
        parts.append(people[~people[PERSON].isin(gone)].assign(period=start, county=people["county_fips"]))
    return count_people(pd.concat(parts))


def second_contact(f: Frames) -> pd.DataFrame:
    first = f.until(f.first_contact, "first_date", 14)
    first = first[~first["supported_before"]]
    coarse = f.contact.loc[f.contact["date_precision"] != "day", [PERSON, "contact_date"]].drop_duplicates()
    for day in ("first_date", "second_date"):
        told = first[[PERSON, day]].merge(coarse, left_on=[PERSON, day], right_on=[PERSON, "contact_date"])
        first = first[~first[PERSON].isin(told[PERSON])]
    hit = first["second_date"] <= first["first_date"] + 14 * DAY
    died = (first["death_date"] <= first["first_date"] + 14 * DAY) & ~hit
    return count_rows(in_month(first[~died], "first_date"), hit[~died])


def engaged(f: Frames) -> pd.DataFrame:
    first = f.until(f.first_contact, "first_date", 48)
    coarse = f.contact[f.contact["date_precision"] != "day"].groupby(PERSON, as_index=False)["contact_date"].min()
    first = first.merge(coarse, on=PERSON, how="left")
    last_day = first["first_date"] + 48 * DAY
    is_coarse = first["contact_date"] <= first["fourth_date"].fillna(last_day)
    hit = (first["second_date"] <= first["first_date"] + 14 * DAY) & (
        first["fourth_date"] <= first["second_date"] + 34 * DAY
    )
    died = (first["death_date"] <= last_day) & ~hit
    kept = ~first["supported_before"] & ~is_coarse & ~died
    return count_rows(in_month(first[kept], "first_date"), hit[kept])


def contact_intensity(f: Frames) -> pd.DataFrame:
    contact = inside(f.until(f.contact, "contact_date"), "contact_date")
    contact = contact.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    alive = contact["death_date"].isna() | (contact["contact_date"] <= contact["death_date"])
    return rate_of(f, in_month(contact[alive], "contact_date"))


def contacts(f: Frames) -> pd.DataFrame:
    return count_rows(in_month(inside(f.until(f.contact, "contact_date"), "contact_date"), "contact_date"))


def contacts_per_person(f: Frames) -> pd.DataFrame:
    contact = in_month(inside(f.until(f.contact, "contact_date"), "contact_date"), "contact_date")
    return quartiles(contact.groupby([*CELL, PERSON], dropna=False).size().reset_index(name="amount"), "amount")


def _planned(f: Frames) -> pd.DataFrame:
    planned = f.until(f.session, "session_date")
    planned = planned[
        planned["status"].isin(["completed", "no_show"])
        & ~planned["kind"].isin(["outreach", "closeout"])
        & ~planned["mode"].isin(["text", "email", "mail"])
    ]
    planned = inside(planned, "session_date", ("month",))
    ends = planned["session_date"] + pd.offsets.MonthEnd(0)
    planned = planned[(planned["date_precision"] != "month") | (ends <= f.as_of)]
    planned = planned.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    expected = planned["death_date"].isna() | (planned["session_date"] <= planned["death_date"])
    planned = planned[expected | planned["kind"].isin(["family_support", "care_coordination"])]
    return in_month(planned, "session_date")


def missed_sessions(f: Frames) -> pd.DataFrame:
    planned = _planned(f)
    return count_rows(planned, planned["status"] == "no_show")


def people_missing_a_session(f: Frames) -> pd.DataFrame:
    planned = _planned(f)
    return count_people(planned, planned["status"] == "no_show")


def linked(f: Frames, count: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    offer = in_month(f.until(f.linkage_offer, "offered_on", 60), "offered_on")
    return count(offer, offer["connected_on"] <= offer["offered_on"] + 60 * DAY)

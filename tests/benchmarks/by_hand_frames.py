"""The frames that the pandas side reads, and the few steps most measures share.

Kind to pandas: only the columns needed are kept, people and counties are small integers or categories instead of
text, and months are cut from the days with numpy. Nothing else is prepared before the clock starts.
"""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pandas as pd

DAY = np.timedelta64(1, "D")
PERSON = "participant_key"
TABLES = {
    "contact": "participant_key, contact_date, date_precision, county_fips",
    "contact_day": "participant_key, contact_date, previous_date, county_fips",
    "first_contact": "participant_key, first_date, second_date, fourth_date, death_date, county_fips, supported_before",
    "death": "participant_key, death_date, is_fatal_overdose, event_key",
    "own_episode": "participant_key, episode_no, start_date, last_contact, end_date, exit_reason, exit_basis, "
    "county_fips",
    "person": "participant_key, enrolled_on",
    "person_day": "calendar_day, county_fips, people",
    "linkage_offer": "participant_key, offered_on, connected_on, county_fips",
    "event": "event_key, participant_key, class, code, counts, event_date, reported_date, clock_date, date_precision, "
    "date_known, certainty, od_fatal, county_fips, is_active, active_county_fips, is_in_touch, is_counted_death",
    "session": "participant_key, session_date, date_precision, status, kind, mode, county_fips, entered_on, coach_key, "
    "batch_id, source_file",
    "milestone": "event_date, reported_date, date_precision, class, county_fips, batch_id, source_file",
    "load_batch": "*",
    "load_issue": "*",
}
CODES = {
    "county_fips",
    "active_county_fips",
    "class",
    "code",
    "coach_key",
    "batch_id",
    "source_file",
    "exit_reason",
    "exit_basis",
}


class Frames:
    """The warehouse's tables as data frames."""

    contact: pd.DataFrame
    contact_day: pd.DataFrame
    first_contact: pd.DataFrame
    death: pd.DataFrame
    own_episode: pd.DataFrame
    person: pd.DataFrame
    person_day: pd.DataFrame
    linkage_offer: pd.DataFrame
    event: pd.DataFrame
    session: pd.DataFrame
    milestone: pd.DataFrame
    load_batch: pd.DataFrame
    load_issue: pd.DataFrame

    def __init__(self, con: duckdb.DuckDBPyConnection, first: date, as_of: date, data_start: date) -> None:
        self.first, self.as_of, self.data_start = (np.datetime64(day) for day in (first, as_of, data_start))
        people = pd.Index(con.sql("SELECT participant_key FROM person").df()[PERSON])
        self.counties = con.sql("SELECT fips FROM county").df()["fips"]
        for name, columns in TABLES.items():
            frame = con.sql(f"SELECT {columns} FROM {name}").df()
            if PERSON in frame:
                frame[PERSON] = people.get_indexer(frame[PERSON]).astype("int32")
            coded = [column for column in frame if column in CODES]
            setattr(self, name, frame.astype(dict.fromkeys(coded, "category")))

    def until(self, frame: pd.DataFrame, day: str, days: int = 0) -> pd.DataFrame:
        """Rows dated from the first day through `days` before the last one."""
        return frame[frame[day].between(self.first, self.as_of - days * DAY)]


def month_of(day: pd.Series) -> np.ndarray:
    return day.to_numpy().astype("datetime64[M]").astype("datetime64[s]")


def inside(frame: pd.DataFrame, day: str, in_month: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows whose whole span lies in the month (R7)."""
    precision = frame["date_precision"]
    week = (precision == "week") & (month_of(frame[day]) == month_of(frame[day] + 6 * DAY))
    return frame[precision.isin(["day", *in_month]) | week]


def in_month(frame: pd.DataFrame, day: str, county: str = "county_fips") -> pd.DataFrame:
    return frame.assign(period=month_of(frame[day]), county=frame[county])


CELL = ["period", "county"]


def count_rows(frame: pd.DataFrame, hit: pd.Series | None = None) -> pd.DataFrame:
    """Rows per month and county, and of these the ones that hit."""
    frame = frame.assign(hit=1 if hit is None else hit.astype("int8"))
    totals = frame.groupby(CELL, dropna=False)["hit"].agg(numerator="sum", denominator="size")
    return totals.reset_index()


def count_people(frame: pd.DataFrame, hit: pd.Series | None = None) -> pd.DataFrame:
    """People per month and county, and of these the ones with a row that hits."""
    keys = [*CELL, PERSON]
    if hit is None:
        return count_rows(frame[keys].drop_duplicates())
    each = frame.assign(hit=hit.astype("int8"))[[*keys, "hit"]]
    each = each.groupby(keys, dropna=False)["hit"].max().reset_index()
    return count_rows(each, each["hit"])


def people_seen(f: Frames) -> pd.DataFrame:
    contact = inside(f.until(f.contact, "contact_date"), "contact_date")
    return in_month(contact, "contact_date")[[*CELL, PERSON]].drop_duplicates()


def told_events(f: Frames, kind: str) -> pd.DataFrame:
    event = f.until(f.event[f.event["class"] == kind], "event_date")
    # Where only the day of telling is known, that day is exact.
    event = event.assign(date_precision=event["date_precision"].mask(~event["date_known"], "day"))
    return in_month(inside(event, "event_date", ("month",)), "event_date")


def rate_of(f: Frames, told: pd.DataFrame) -> pd.DataFrame:
    """Events per month and county over active time, and how much people repeat in each month."""
    active = in_month(f.until(f.person_day, "calendar_day"), "calendar_day")
    time = active.groupby(CELL, dropna=False)["people"].sum() / 30.4375
    events = told.groupby(CELL, dropna=False).size()
    each = told.groupby(["period", PERSON]).size()
    widening = np.sqrt((each**2).groupby("period").sum() / each.groupby("period").sum())
    frame = pd.concat({"numerator": events, "denominator": time}, axis=1).fillna(0).reset_index()
    return frame.assign(widening=frame["period"].map(widening).fillna(1))


def quartiles(amounts: pd.DataFrame, name: str) -> pd.DataFrame:
    cut = amounts.groupby(CELL, dropna=False)[name]
    total = cut.agg(numerator="sum", denominator="size").reset_index()
    quartiles = {"lower": 0.25, "value": 0.5, "upper": 0.75}
    return total.assign(**{column: cut.quantile(q).to_numpy() for column, q in quartiles.items()})

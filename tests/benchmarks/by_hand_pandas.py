"""The measures in pandas, from frames already in memory, as an analyst would write them in a notebook.

Kind to pandas: only the columns needed are kept, people and counties are small integers or categories instead of
text, and months are cut from the days with numpy. Nothing else is prepared before the clock starts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

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


def _month(day: pd.Series) -> np.ndarray:
    return day.to_numpy().astype("datetime64[M]").astype("datetime64[s]")


def _inside(frame: pd.DataFrame, day: str, in_month: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows whose whole span lies in the month (R7)."""
    precision = frame["date_precision"]
    week = (precision == "week") & (_month(frame[day]) == _month(frame[day] + 6 * DAY))
    return frame[precision.isin(["day", *in_month]) | week]


def _in_month(frame: pd.DataFrame, day: str, county: str = "county_fips") -> pd.DataFrame:
    return frame.assign(period=_month(frame[day]), county=frame[county])


CELL = ["period", "county"]


def _count(frame: pd.DataFrame, hit: pd.Series | None = None) -> pd.DataFrame:
    """Rows per month and county, and of these the ones that hit."""
    frame = frame.assign(hit=1 if hit is None else hit.astype("int8"))
    totals = frame.groupby(CELL, dropna=False)["hit"].agg(numerator="sum", denominator="size")
    return totals.reset_index()


def _people(frame: pd.DataFrame, hit: pd.Series | None = None) -> pd.DataFrame:
    """People per month and county, and of these the ones with a row that hits."""
    keys = [*CELL, PERSON]
    if hit is None:
        return _count(frame[keys].drop_duplicates())
    each = frame.assign(hit=hit.astype("int8"))[[*keys, "hit"]]
    each = each.groupby(keys, dropna=False)["hit"].max().reset_index()
    return _count(each, each["hit"])


def _served(f: Frames) -> pd.DataFrame:
    contact = _inside(f.until(f.contact, "contact_date"), "contact_date")
    return _in_month(contact, "contact_date")[[*CELL, PERSON]].drop_duplicates()


def people_served(f: Frames) -> pd.DataFrame:
    return _count(_served(f))


def people_new(f: Frames) -> pd.DataFrame:
    people = _served(f).merge(f.first_contact[[PERSON, "first_date", "supported_before"]], on=PERSON)
    return _count(people, (people["first_date"] >= people["period"]) & ~people["supported_before"])


def _after_silence(f: Frames, is_long: bool) -> pd.DataFrame:
    contact = _in_month(f.until(f.contact_day, "contact_date"), "contact_date")
    first = contact[contact["previous_date"].isna() | (contact["previous_date"] < contact["period"])]
    first = first[["period", PERSON, "contact_date", "previous_date"]].merge(
        f.first_contact[[PERSON, "supported_before"]], on=PERSON
    )
    before = first["previous_date"].mask(first["previous_date"].isna() & first["supported_before"], f.data_start)
    silence = (first["contact_date"] - before) / DAY
    hit = (silence > 90) if is_long else (silence <= 90)
    people = _served(f).merge(first.assign(hit=hit)[["period", PERSON, "hit"]], on=["period", PERSON])
    return _count(people, people["hit"])


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
    return _people(pd.concat(parts))


def second_contact(f: Frames) -> pd.DataFrame:
    first = f.until(f.first_contact, "first_date", 14)
    first = first[~first["supported_before"]]
    coarse = f.contact.loc[f.contact["date_precision"] != "day", [PERSON, "contact_date"]].drop_duplicates()
    for day in ("first_date", "second_date"):
        told = first[[PERSON, day]].merge(coarse, left_on=[PERSON, day], right_on=[PERSON, "contact_date"])
        first = first[~first[PERSON].isin(told[PERSON])]
    hit = first["second_date"] <= first["first_date"] + 14 * DAY
    died = (first["death_date"] <= first["first_date"] + 14 * DAY) & ~hit
    return _count(_in_month(first[~died], "first_date"), hit[~died])


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
    return _count(_in_month(first[kept], "first_date"), hit[kept])


def _rate(f: Frames, told: pd.DataFrame) -> pd.DataFrame:
    """Events per month and county over active time, and how much people repeat in each month."""
    active = _in_month(f.until(f.person_day, "calendar_day"), "calendar_day")
    time = active.groupby(CELL, dropna=False)["people"].sum() / 30.4375
    events = told.groupby(CELL, dropna=False).size()
    each = told.groupby(["period", PERSON]).size()
    widening = np.sqrt((each**2).groupby("period").sum() / each.groupby("period").sum())
    frame = pd.concat({"numerator": events, "denominator": time}, axis=1).fillna(0).reset_index()
    return frame.assign(widening=frame["period"].map(widening).fillna(1))


def contact_intensity(f: Frames) -> pd.DataFrame:
    contact = _inside(f.until(f.contact, "contact_date"), "contact_date")
    contact = contact.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    alive = contact["death_date"].isna() | (contact["contact_date"] <= contact["death_date"])
    return _rate(f, _in_month(contact[alive], "contact_date"))


def contacts(f: Frames) -> pd.DataFrame:
    return _count(_in_month(_inside(f.until(f.contact, "contact_date"), "contact_date"), "contact_date"))


def _quartiles(amounts: pd.DataFrame, name: str) -> pd.DataFrame:
    cut = amounts.groupby(CELL, dropna=False)[name]
    total = cut.agg(numerator="sum", denominator="size").reset_index()
    quartiles = {"lower": 0.25, "value": 0.5, "upper": 0.75}
    return total.assign(**{column: cut.quantile(q).to_numpy() for column, q in quartiles.items()})


def contacts_per_person(f: Frames) -> pd.DataFrame:
    contact = _in_month(_inside(f.until(f.contact, "contact_date"), "contact_date"), "contact_date")
    return _quartiles(contact.groupby([*CELL, PERSON], dropna=False).size().reset_index(name="amount"), "amount")


def _planned(f: Frames) -> pd.DataFrame:
    planned = f.until(f.session, "session_date")
    planned = planned[
        planned["status"].isin(["completed", "no_show"])
        & ~planned["kind"].isin(["outreach", "closeout"])
        & ~planned["mode"].isin(["text", "email", "mail"])
    ]
    planned = _inside(planned, "session_date", ("month",))
    ends = planned["session_date"] + pd.offsets.MonthEnd(0)
    planned = planned[(planned["date_precision"] != "month") | (ends <= f.as_of)]
    planned = planned.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    expected = planned["death_date"].isna() | (planned["session_date"] <= planned["death_date"])
    planned = planned[expected | planned["kind"].isin(["family_support", "care_coordination"])]
    return _in_month(planned, "session_date")


def missed_sessions(f: Frames) -> pd.DataFrame:
    planned = _planned(f)
    return _count(planned, planned["status"] == "no_show")


def people_missing_a_session(f: Frames) -> pd.DataFrame:
    planned = _planned(f)
    return _people(planned, planned["status"] == "no_show")


def _linked(f: Frames, count: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    offer = _in_month(f.until(f.linkage_offer, "offered_on", 60), "offered_on")
    return count(offer, offer["connected_on"] <= offer["offered_on"] + 60 * DAY)


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
    people = _in_month(people[~people["supported_before"]], "start_date")
    return _count(people, people["end_date"].isna() | (people["end_date"] > people["start_date"] + 90 * DAY))


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
    people = _in_month(silence, "known_on").sort_values("known_on").drop_duplicates([PERSON, "period"])
    return _count(people, people["hit"])


def _told(f: Frames, kind: str) -> pd.DataFrame:
    event = f.until(f.event[f.event["class"] == kind], "event_date")
    # Where only the day of telling is known, that day is exact.
    event = event.assign(date_precision=event["date_precision"].mask(~event["date_known"], "day"))
    return _in_month(_inside(event, "event_date", ("month",)), "event_date")


def _served_with(f: Frames, kind: str) -> pd.DataFrame:
    told = _told(f, kind)[["period", PERSON]].drop_duplicates().assign(hit=True)
    people = _served(f).merge(told, on=["period", PERSON], how="left")
    return _count(people, people["hit"].notna())


def _new_wins(f: Frames) -> pd.DataFrame:
    win = _told(f, "life_win")
    win = win[win["counts"] != "confirms"]
    step = pd.to_numeric(win["code"].astype("str").str.extract(r"^recovery_time_(\d+)$")[0])
    ladder = win[step.notna()].assign(step=step)
    ladder = ladder.sort_values(["step", "event_date", "event_key"], ascending=[False, True, True])
    return pd.concat([win[step.isna()], ladder.drop_duplicates(["period", PERSON])])


def win_events(f: Frames) -> pd.DataFrame:
    return _count(_new_wins(f))


def _active(event: pd.DataFrame) -> pd.DataFrame:
    return event[event["is_active"]].assign(county=event["active_county_fips"])


def win_rate(f: Frames) -> pd.DataFrame:
    return _rate(f, _active(_new_wins(f)))


def _event_rate(f: Frames, kind: str) -> pd.DataFrame:
    return _rate(f, _active(_told(f, kind)))


def wins_by_domain(f: Frames) -> pd.DataFrame:
    return _people(_told(f, "life_win"))


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
    first = _in_month(f.until(pd.concat(parts, ignore_index=True), "event_date", 120), "event_date")
    return _people(first, first["hit"])


def _met_again(f: Frames, report: pd.DataFrame, first_day: pd.Series, days: int) -> pd.DataFrame:
    """First report of a person and month that can be judged, and beside it all reports."""
    report = report.assign(first_day=first_day, last_day=report["clock_date"] + days * DAY)
    contact = f.contact.loc[f.contact["date_precision"] == "day", [PERSON, "contact_date"]]
    met = report[["event_key", PERSON, "first_day", "last_day"]].merge(contact, on=PERSON)
    met = met.loc[met["contact_date"].between(met["first_day"], met["last_day"]), "event_key"]
    report = report.assign(reached=report["event_key"].isin(met))
    report = report.merge(f.death[[PERSON, "death_date"]], on=PERSON, how="left")
    report = report[report["reached"] | ~(report["death_date"] <= report["last_day"])]
    report = _in_month(report, "clock_date").sort_values(["clock_date", "event_key"])
    each = _count(report, report["reached"]).rename(
        columns={"numerator": "row_numerator", "denominator": "row_denominator"}
    )
    first = report.drop_duplicates([PERSON, "period"])
    return _count(first, first["reached"]).merge(each, on=CELL, how="right").fillna({"numerator": 0, "denominator": 0})


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
    told = _told(f, "overdose")
    return _count(told[told["od_fatal"] == False])  # noqa: E712


def _died(f: Frames, of_overdose: bool) -> pd.DataFrame:
    death = f.until(f.death[f.death["is_fatal_overdose"]] if of_overdose else f.death, "death_date")
    death = death.merge(f.event[["event_key", "event_date", "is_counted_death"]], on="event_key")
    death = death[death["is_counted_death"] & (death["event_date"] >= _month(death["death_date"]))]
    return _count(death.assign(period=_month(death["death_date"]), county="all"))


def _records(f: Frames) -> pd.DataFrame:
    session, milestone = f.session, f.milestone
    session = session[(session["date_precision"] == "day") & session["entered_on"].notna()]
    milestone = milestone[(milestone["date_precision"] == "day") & milestone["reported_date"].notna()]
    names = {"session_date": "day", "entered_on": "told", "event_date": "day", "reported_date": "told"}
    record = pd.concat(
        [
            session[["session_date", "entered_on", "county_fips"]].rename(columns=names),
            milestone[["event_date", "reported_date", "county_fips"]].rename(columns=names),
        ]
    )
    record = _in_month(f.until(record, "day"), "day")
    return record.assign(amount=(record["told"] - record["day"]).dt.days)


def entered_promptly(f: Frames) -> pd.DataFrame:
    record = _records(f)
    return _count(record, record["amount"] <= 7)


def entry_lag(f: Frames) -> pd.DataFrame:
    return _quartiles(_records(f), "amount")


def missing_county(f: Frames) -> pd.DataFrame:
    milestone = f.milestone.assign(day=f.milestone["event_date"].fillna(f.milestone["reported_date"]))
    record = pd.concat([f.session.rename(columns={"session_date": "day"})[["day", "county_fips"]], milestone])
    record = f.until(record[["day", "county_fips"]], "day")
    return _count(record.assign(period=_month(record["day"]), county="all"), ~record["county_fips"].isin(f.counties))


def unmapped_values(f: Frames) -> pd.DataFrame:
    file = ["batch_id", "source_file"]
    wins = f.milestone[f.milestone["class"] == "life_win"]
    unmapped = f.load_issue[f.load_issue["rule_id"].isin(["DQ19", "DQ20"])]
    checked = pd.concat([2 * f.session.groupby(file).size(), wins.groupby(file).size()])
    amount = pd.concat({"denominator": checked, "numerator": unmapped.groupby(file).size()}, names=["what"])
    amount = amount.reset_index(name="amount").astype({"batch_id": "str", "source_file": "str"})
    batch = f.until(f.load_batch, "as_of")[[*file, "as_of"]].astype({"batch_id": "str", "source_file": "str"})
    told = amount.merge(batch, on=file)
    told = told.assign(period=_month(told["as_of"])).pivot_table("amount", "period", "what", "sum", fill_value=0)
    return told.reindex(columns=["numerator", "denominator"], fill_value=0).reset_index()


def _of_rows(f: Frames, columns: list[str]) -> pd.DataFrame:
    batch = f.until(f.load_batch, "as_of")
    batch = batch.assign(period=_month(batch["as_of"]), numerator=batch[columns].sum(axis=1))
    total = batch.groupby("period")[["numerator", "rows_read"]].sum()
    return total.rename(columns={"rows_read": "denominator"}).reset_index()


def quiet_coaches(f: Frames) -> pd.DataFrame:
    session = f.session[["coach_key", "session_date", "entered_on"]].dropna(subset="coach_key")
    session = session.assign(entered_on=session["entered_on"].fillna(session["session_date"]))
    rows = []
    for start in pd.date_range(f.first, f.as_of, freq="MS"):
        day = min(start + pd.offsets.MonthEnd(0), pd.Timestamp(f.as_of))
        seen = session[session["session_date"] <= day]
        active = seen.loc[seen["session_date"] > day - 90 * DAY, "coach_key"].unique()
        entered = seen.loc[seen["entered_on"].between(day - 29 * DAY, day), "coach_key"].unique()
        rows.append((start, (~active.isin(entered)).sum(), len(active)))
    return pd.DataFrame(rows, columns=["period", "numerator", "denominator"])


MEASURES: dict[str, Callable[[Frames], pd.DataFrame]] = {
    "people_served": people_served,
    "people_new": people_new,
    "people_continuing": partial(_after_silence, is_long=False),
    "people_returning": partial(_after_silence, is_long=True),
    "in_touch": in_touch,
    "second_contact": second_contact,
    "engaged": engaged,
    "contact_intensity": contact_intensity,
    "contacts": contacts,
    "contacts_per_person": contacts_per_person,
    "missed_sessions": missed_sessions,
    "people_missing_a_session": people_missing_a_session,
    "linkage_completed": partial(_linked, count=_count),
    "people_connected": partial(_linked, count=_people),
    "retention": retention,
    "retained": retained,
    "reengaged": reengaged,
    "people_with_win": partial(_served_with, kind="life_win"),
    "people_reporting_return": partial(_served_with, kind="return_to_use"),
    "win_events": win_events,
    "win_rate": win_rate,
    "wins_by_domain": wins_by_domain,
    "return_rate": partial(_event_rate, kind="return_to_use"),
    "overdose_rate": partial(_event_rate, kind="overdose"),
    "lasting_win": lasting_win,
    "still_with_us": still_with_us,
    "reached_after_overdose": reached_after_overdose,
    "nonfatal_overdoses": nonfatal_overdoses,
    "deaths": partial(_died, of_overdose=False),
    "fatal_overdoses": partial(_died, of_overdose=True),
    "entered_promptly": entered_promptly,
    "entry_lag": entry_lag,
    "missing_county": missing_county,
    "unmapped_values": unmapped_values,
    "duplicate_rows": partial(_of_rows, columns=["rows_duplicate", "rows_replaced"]),
    "rejected_rows": partial(_of_rows, columns=["rows_quarantined"]),
    "quiet_coaches": quiet_coaches,
}

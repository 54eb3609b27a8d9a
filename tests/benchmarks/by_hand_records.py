"""Measures of the records themselves in pandas."""

from __future__ import annotations

import pandas as pd
from by_hand_frames import (
    DAY,
    Frames,
    count_rows,
    in_month,
    month_of,
    quartiles,
)


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
    record = in_month(f.until(record, "day"), "day")
    return record.assign(amount=(record["told"] - record["day"]).dt.days)


def entered_promptly(f: Frames) -> pd.DataFrame:
    record = _records(f)
    return count_rows(record, record["amount"] <= 7)


def entry_lag(f: Frames) -> pd.DataFrame:
    return quartiles(_records(f), "amount")


def missing_county(f: Frames) -> pd.DataFrame:
    milestone = f.milestone.assign(day=f.milestone["event_date"].fillna(f.milestone["reported_date"]))
    record = pd.concat([f.session.rename(columns={"session_date": "day"})[["day", "county_fips"]], milestone])
    record = f.until(record[["day", "county_fips"]], "day")
    return count_rows(
        record.assign(period=month_of(record["day"]), county="all"), ~record["county_fips"].isin(f.counties)
    )


def unmapped_values(f: Frames) -> pd.DataFrame:
    file = ["batch_id", "source_file"]
    wins = f.milestone[f.milestone["class"] == "life_win"]
    unmapped = f.load_issue[f.load_issue["rule_id"].isin(["DQ19", "DQ20"])]
    checked = pd.concat([2 * f.session.groupby(file).size(), wins.groupby(file).size()])
    amount = pd.concat({"denominator": checked, "numerator": unmapped.groupby(file).size()}, names=["what"])
    amount = amount.reset_index(name="amount").astype({"batch_id": "str", "source_file": "str"})
    batch = f.until(f.load_batch, "as_of")[[*file, "as_of"]].astype({"batch_id": "str", "source_file": "str"})
    told = amount.merge(batch, on=file)
    told = told.assign(period=month_of(told["as_of"])).pivot_table("amount", "period", "what", "sum", fill_value=0)
    return told.reindex(columns=["numerator", "denominator"], fill_value=0).reset_index()


def of_rows(f: Frames, columns: list[str]) -> pd.DataFrame:
    batch = f.until(f.load_batch, "as_of")
    batch = batch.assign(period=month_of(batch["as_of"]), numerator=batch[columns].sum(axis=1))
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

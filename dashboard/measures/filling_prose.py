"""Sentences about records still to come: what a period lacks, and how that was estimated."""

from __future__ import annotations

from dashboard.measures.filling import FULL, LOOKED_BACK, Record, arrival, late_shares
from dashboard.measures.periods import Period
from dashboard.measures.wording import percent
from dashboard.store import Store

RECORDS: dict[Record, str] = {"session": "sessions", "milestone": "milestones"}
ARRIVE: dict[Record, str] = {"session": "typed in", "milestone": "known to the program"}
MONTH = 30  # days


def still_to_come(store: Store, period: Period) -> str:
    """Say what a period that is over still lacks; empty if it is full, not over, or nobody knows."""
    shares = late_shares(store, period)
    late = [f"about {percent(share)} of its {RECORDS[record]}" for record, share in shares.items()]
    if not late:
        return ""
    return (
        f"{period.label} is still filling: {' and '.join(late)} are expected to be recorded by now. "
        "What counts them will still change, is marked, and is not compared."
    )


def delays(store: Store) -> tuple[str, ...]:
    """Say of each kind of record how late it arrives and when a month is full, or why that is not known."""
    return tuple(_delay(store, record) for record in RECORDS)


def _delay(store: Store, record: Record) -> str:
    found, words = arrival(store, store.version, record), RECORDS[record]
    if not found.measured:
        return (
            f"How late {words} are recorded is not measured: {found.reason}. "
            "A month of them counts as complete from its last day on."
        )
    after = found.full_after(MONTH)
    until = f"filling until {_days(after)} after its end" if after else "full at its end"
    within = f"{percent(FULL)} of {words} are {ARRIVE[record]} within {_days(found.within(FULL))}"
    return (
        f"{within}: a month of them is {until}. "
        f"Estimated from the last {LOOKED_BACK} days, allowing for what is not in yet."
    )


def _days(n: int) -> str:
    return f"{n} day" if n == 1 else f"{n} days"

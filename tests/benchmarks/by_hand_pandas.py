"""The measures in pandas, from frames already in memory, as an analyst would write them in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import by_hand_contacts as contacts
import by_hand_outcomes as outcomes
import by_hand_records as records
import pandas as pd
from by_hand_frames import Frames, count_people, count_rows

MEASURES: dict[str, Callable[[Frames], pd.DataFrame]] = {
    "people_served": contacts.people_served,
    "people_new": contacts.people_new,
    "people_continuing": partial(contacts.after_silence, is_long=False),
    "people_returning": partial(contacts.after_silence, is_long=True),
    "in_touch": contacts.in_touch,
    "second_contact": contacts.second_contact,
    "engaged": contacts.engaged,
    "contact_intensity": contacts.contact_intensity,
    "contacts": contacts.contacts,
    "contacts_per_person": contacts.contacts_per_person,
    "missed_sessions": contacts.missed_sessions,
    "people_missing_a_session": contacts.people_missing_a_session,
    "linkage_completed": partial(contacts.linked, count=count_rows),
    "people_connected": partial(contacts.linked, count=count_people),
    "retention": outcomes.retention,
    "retained": outcomes.retained,
    "reengaged": outcomes.reengaged,
    "people_with_win": partial(outcomes.served_with, kind="life_win"),
    "people_reporting_return": partial(outcomes.served_with, kind="return_to_use"),
    "win_events": outcomes.win_events,
    "win_rate": outcomes.win_rate,
    "wins_by_domain": outcomes.wins_by_domain,
    "return_rate": partial(outcomes.event_rate, kind="return_to_use"),
    "overdose_rate": partial(outcomes.event_rate, kind="overdose"),
    "lasting_win": outcomes.lasting_win,
    "still_with_us": outcomes.still_with_us,
    "reached_after_overdose": outcomes.reached_after_overdose,
    "nonfatal_overdoses": outcomes.nonfatal_overdoses,
    "deaths": partial(outcomes.died, of_overdose=False),
    "fatal_overdoses": partial(outcomes.died, of_overdose=True),
    "entered_promptly": records.entered_promptly,
    "entry_lag": records.entry_lag,
    "missing_county": records.missing_county,
    "unmapped_values": records.unmapped_values,
    "duplicate_rows": partial(records.of_rows, columns=["rows_duplicate", "rows_replaced"]),
    "rejected_rows": partial(records.of_rows, columns=["rows_quarantined"]),
    "quiet_coaches": records.quiet_coaches,
}

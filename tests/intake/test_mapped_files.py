"""A mapping made on the page is a profile: it loads the file, on the command line as well, and learns values."""

from __future__ import annotations

import pytest
from load.commands import command
from load.loading import draw, findings, query, run

from pipelines.errors import OutcomesError, ProfileError
from pipelines.profile.compose import Answers, MappedTable, compose
from pipelines.profile.own import MappedValue, keep_profile, known_profiles, profile_files, with_values

LOG = """
    Person code|Visit Date|How it went|County
    AB1001     |3/14/2026 |Came       |Hancock
    AB1002     |3/15/2026 |Came       |Hancock
    AB1001     |4/2/2026  |Stayed home|Ellsworth
"""
SESSIONS = MappedTable(
    "session",
    "log *.csv",
    {"participant_key": "Person code", "session_date": "Visit Date", "status": "How it went", "county_fips": "County"},
    {"kind": "coaching"},
    {"session_date": ["%m/%d/%Y"]},
    state="ME",
    county_basis="service_site",
)
WINS = MappedTable(
    "milestone",
    "wins.csv",
    {"participant_key": "Person code", "event_date": "Day", "code": "News"},
    formats={"event_date": ["%Y-%m-%d"]},
)
STATUS = [
    MappedValue(0, "status", 0, "Came", "completed"),
    MappedValue(0, "status", 0, "Stayed home", "no_show"),
    MappedValue(0, "county_fips", 0, "Ellsworth", "23009"),
]


def log(folder, text=LOG, name="log 1.csv"):
    (folder / name).write_text(draw(text), encoding="utf-8")
    return folder / name


def test_a_mapped_file_loads_once_its_values_are_mapped(tmp_path):
    file, store = log(tmp_path), tmp_path / "store"
    path = keep_profile(store, with_values(compose(Answers("center_log", "Center log", [SESSIONS])), STATUS))
    run(store, file, profile=str(path))
    kept = query(store, "SELECT status::VARCHAR, county_fips::VARCHAR FROM session ORDER BY session_date")
    assert kept == [("completed", "23009"), ("completed", "23009"), ("no_show", "23009")]
    assert findings(store) == {}


def test_the_command_line_reads_the_same_profile(tmp_path):
    file, store = log(tmp_path), tmp_path / "store"
    path = keep_profile(store, with_values(compose(Answers("center_log", "Center log", [SESSIONS])), STATUS))
    outcome = command("load", file, "--profile", path, "--as-of", "2026-09-30", "--store", store)
    assert (outcome.code, "is live" in outcome.out) == (0, True)


def test_what_happened_decides_the_class_and_nothing_unmapped_counts_as_a_win(tmp_path):
    news = """
        Person code|Day       |News
        AB1001     |2026-03-14|Got a job
        AB1001     |2026-03-15|went back to it
        AB1002     |2026-03-16|something else
    """
    file, store = log(tmp_path, news, "wins.csv"), tmp_path / "store"
    learned = [MappedValue(0, "code", 0, "went back to it", "return_to_use")]
    path = keep_profile(store, with_values(compose(Answers("wins", "Wins", [WINS])), learned))
    run(store, file, profile=str(path))
    classes = query(store, "SELECT class::VARCHAR, code::VARCHAR FROM milestone ORDER BY 1")
    assert classes == [("life_win", "got_job"), ("other_event", "other"), ("return_to_use", "return_to_use")]


BOTH = """
    Person code|Visit Date|How it went|Good news
    AB1001     |2026-03-14|completed  |got_job
    AB1002     |2026-03-15|completed  |-
    JD         |2026-03-16|completed  |-
"""


def test_one_row_may_be_a_contact_and_what_happened_and_initials_among_codes_stay_out(tmp_path):
    person, day = {"participant_key": "Person code"}, ["%Y-%m-%d"]
    digits = {"participant_key": r".*\d.*"}
    contact = MappedTable(
        "session", "log *.csv", {**person, "session_date": "Visit Date", "status": "How it went"},
        formats={"session_date": day}, id_patterns=digits,
    )  # fmt: skip
    told = MappedTable(
        "milestone", "log *.csv", {**person, "event_date": "Visit Date", "code": "Good news"},
        formats={"event_date": day}, beside="session", id_patterns=digits,
    )  # fmt: skip
    file, store = log(tmp_path, BOTH), tmp_path / "store"
    path = keep_profile(store, compose(Answers("center_log", "Center log", [contact, told])))
    report = run(store, file, profile=str(path))
    assert [(a.read, a.loaded, a.quarantined) for a in report.accounts] == [(3, 2, 1)]
    assert query(store, "SELECT session_date::VARCHAR FROM session ORDER BY 1") == [("2026-03-14",), ("2026-03-15",)]
    assert query(store, "SELECT event_date::VARCHAR, code::VARCHAR, class::VARCHAR FROM milestone") == [
        ("2026-03-14", "got_job", "life_win")
    ]


@pytest.mark.parametrize("lacking", ["participant_key", "session_date", "status"])
def test_a_mapping_without_what_every_contact_needs_is_not_kept(lacking):
    columns = {name: header for name, header in SESSIONS.columns.items() if name != lacking}
    table = MappedTable("session", "x", columns, formats=SESSIONS.formats)
    with pytest.raises(ProfileError, match="nobody has said"):
        compose(Answers("x", "X", [table]))


def test_a_date_whose_order_nobody_stated_is_not_kept():
    table = MappedTable("session", "x", SESSIONS.columns, formats={})
    with pytest.raises(ProfileError, match=r'the date format of "session_date"|date format of "Visit Date"'):
        compose(Answers("x", "X", [table]))


def test_values_are_added_to_a_shipped_profile_in_a_copy_that_stands_in_for_it(tmp_path):
    shipped = profile_files(tmp_path)["recovery_platform"].read_text(encoding="utf-8")
    place = next(n for n, e in enumerate(known_profiles(tmp_path)["recovery_platform"].emit) if "kind" in e.fields)
    keep_profile(tmp_path, with_values(shipped, [MappedValue(place, "kind", 0, "Ride along", "coaching")]))
    own = known_profiles(tmp_path)["recovery_platform"]
    assert own.version == "1.1"
    assert own.recode_of(own.emit[place].fields["kind"][0])["Ride along"] == "coaching"
    kept = profile_files(tmp_path)["recovery_platform"].read_text(encoding="utf-8")
    assert kept.splitlines()[0] == shipped.splitlines()[0]  # comments stay


def test_a_name_that_would_leave_the_folder_is_refused(tmp_path):
    text = compose(Answers("x", "X", [SESSIONS])).replace('name = "x"', 'name = "../x"')
    with pytest.raises(OutcomesError, match="cannot be the name of a profile"):
        keep_profile(tmp_path, text)

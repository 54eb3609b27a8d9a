"""The shipped policies, each on data of the kind it is for; the others say what to do instead."""

import pytest
from typer.testing import CliRunner
from whiteboard import warehouse

from dashboard.cli import app
from dashboard.publish import count, publish
from dashboard.store import Store
from pipelines.errors import OutcomesError
from pipelines.policy import read_policy, shipped_policies
from pipelines.published import read_published

POLICIES = shipped_policies()
DAYS = [f"2026-{month:02d}-{day:02d}" for month in range(1, 7) for day in range(1, 28)]
OVERDOSES = "\n".join(
    ["participant_key class code event_date od_fatal certainty county_fips"]
    + [
        f"p{day} overdose overdose {day} false documented {'Hancock' if n % 2 else 'Knox'}"
        for n, day in enumerate(DAYS)
    ]
)
VISITS = "\n".join(["participant_key session_date", *(f"p{n % 60} {day}" for n, day in enumerate(DAYS))])


def store_of(folder, **tables):
    warehouse(folder, as_of="2026-07-31", **tables)
    return Store(folder)


def told(action):
    with pytest.raises(OutcomesError) as error:
        action()
    return f"{error.value.what} {error.value.cure}"


@pytest.mark.parametrize("name", POLICIES)
def test_each_can_be_read_and_the_board_is_never_shown_more(name):
    policy, _ = read_policy(POLICIES[name])
    assert policy.width_for("board") >= policy.width_for("funder") >= 5
    assert policy.threshold == 11


def test_overdoses_without_contacts_are_published_by_county(tmp_path, monkeypatch):
    """A day, an overdose: 27 a month in all, half of them in each of two counties, and none elsewhere.

    Months are printed of the two, and of no other county; those that would tell of the others' zeros are withheld.
    """
    store = store_of(tmp_path, milestones=OVERDOSES, settings={"state": "ME"})
    publish(store, POLICIES["overdose_surveillance"], tmp_path / "published", tmp_path / "ledger")
    cube = read_published(tmp_path / "published", "funder").cube
    months = cube.frame[(cube.frame["county_level"] == "county") & cube.frame["period"].str.contains("-0")]
    printed = months[months["state"] != "not_released"]
    assert set(printed["county"]) == {"23009", "23013"}
    assert set(printed["state"]) == {"shown", "withheld"}
    assert cube.about["has_sessions"] == "false"


def test_measures_of_contacts_need_contacts(tmp_path):
    """Zeros would say that nobody was supported."""
    store = store_of(tmp_path, milestones=OVERDOSES)
    policy, _ = read_policy(POLICIES["default"])
    message = told(lambda: count(store, policy))
    assert "people_served" in message
    assert "nonfatal_overdoses" not in message
    assert "outcomes policy write overdose_surveillance" in message


def test_without_a_state_the_cure_is_named(tmp_path):
    store = store_of(tmp_path, milestones=OVERDOSES, settings={"state": "", "service_area": ""})
    policy, _ = read_policy(POLICIES["overdose_surveillance"])
    message = told(lambda: count(store, policy))
    assert 'state = "PA"' in message
    assert "--program" in message
    assert "outcomes policy write single_site" in message


def test_one_site_needs_neither_state_nor_county(tmp_path):
    store = store_of(tmp_path, sessions=VISITS)
    policy, _ = read_policy(POLICIES["single_site"])
    counts = count(store, policy)
    assert set(counts.frame["county_level"]) == {"all"}
    assert counts.frame.query("quantity == 'contacts' and period == '2026-Q1'")["value"].tolist() == [81]


def test_a_policy_is_listed_and_copied_but_never_over_a_file(tmp_path):
    run = CliRunner().invoke
    assert all(name in run(app, ["policy", "list"]).output for name in POLICIES)
    own = tmp_path / "policy.toml"
    assert run(app, ["policy", "write", "single_site", str(own)]).exit_code == 0
    assert own.read_text(encoding="utf-8") == POLICIES["single_site"].read_text(encoding="utf-8")
    assert "already" in told(lambda: run(app, ["policy", "write", "default", str(own)], catch_exceptions=False))
    assert "single_site" in told(lambda: run(app, ["policy", "write", "singel_site", "x"], catch_exceptions=False))

"""What the program says of itself: which changes and targets concern which chart."""

from datetime import date

import pytest
from asking import HANCOCK, WASHINGTON
from words import banned

from dashboard.measures import load_measures, measure
from dashboard.measures.plans import Annotation, Plan, Target, check_program, may_have_target, read_plan
from pipelines.errors import OutcomesError, UnknownNameError
from pipelines.paths import sample_folder
from pipelines.program import Program, read_program

JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)
PLAN = Plan(
    (
        Annotation(JULY, "process_change", "Welcome calls", measure="second_contact"),
        Annotation(AUGUST, "event", "Ice storm"),
        Annotation(AUGUST, "process_change", "New site", county=HANCOCK),
        Annotation(SEPTEMBER, "process_change", "New form", measure="missed_sessions"),
    ),
    (
        Target("second_contact", JULY, date(2026, 9, 30), 0.6),
        Target("second_contact", JULY, date(2026, 9, 30), 0.5, county=HANCOCK),
    ),
)


@pytest.mark.parametrize(
    ("name", "county", "notes"),
    [
        ("second_contact", "", ["Welcome calls", "Ice storm"]),
        ("missed_sessions", "", ["Ice storm", "New form"]),
        ("people_served", "", ["Ice storm"]),
        ("people_served", HANCOCK, ["Ice storm", "New site"]),
        ("people_served", WASHINGTON, ["Ice storm"]),
        ("", "", ["Welcome calls", "Ice storm", "New form"]),  # the change of one county is not one of all
    ],
)
def test_a_chart_names_what_concerns_its_measure_and_place(name, county, notes):
    assert [note.note for note in PLAN.notes(name, county)] == notes


def test_only_a_change_of_how_the_program_works_starts_a_phase():
    assert PLAN.changes("second_contact") == (JULY,)
    assert PLAN.changes("people_served") == ()
    assert PLAN.changes("people_served", HANCOCK) == (AUGUST,)


def test_a_target_holds_in_its_days_and_place_only():
    assert PLAN.target("second_contact", SEPTEMBER).value == 0.6
    assert PLAN.target("second_contact", SEPTEMBER, HANCOCK).value == 0.5
    assert PLAN.target("second_contact", SEPTEMBER, WASHINGTON) is None
    assert PLAN.target("second_contact", date(2026, 10, 1)) is None
    assert PLAN.target("people_served", SEPTEMBER) is None


@pytest.mark.parametrize(
    ("day", "gone"), [(date(2026, 6, 30), 0.0), (JULY, 1 / 92), (date(2026, 9, 30), 1.0), (date(2027, 1, 1), 1.0)]
)
def test_the_time_of_a_target_goes_by_day_by_day(day, gone):
    assert PLAN.targets[0].gone_by(day) == pytest.approx(gone)


def test_a_plan_is_read_from_the_warehouse(store_of):
    store = store_of(
        annotation="""
            on_date|measure_id|county_fips|note|kind
            2026-08-01|-|Hancock|New site, larger|process_change
            2026-07-01|second_contact|-|Welcome calls|event
        """,
        target="""
            funder_id measure_id   period_start period_end county_fips value
            program   people_served 2026-07-01  2027-06-30 -           260
            program   spend         2026-07-01  2026-09-30 -           30000
            program   return_rate   2026-07-01  2026-09-30 -           2
            program   long_gone     2026-07-01  2026-09-30 -           2
        """,
    )
    plan = read_plan(store)
    assert [note.note for note in plan.annotations] == ["Welcome calls", "New site, larger"]
    assert plan.annotations[1] == Annotation(AUGUST, "process_change", "New site, larger", county=HANCOCK)
    assert plan.targets == (Target("people_served", JULY, date(2027, 6, 30), 260.0),)


def test_a_warehouse_without_any_has_an_empty_plan(store_of):
    assert read_plan(store_of()) == Plan()


def test_returns_overdoses_and_deaths_never_have_a_target():
    fit = {m.id for m in load_measures().values() if may_have_target(m)}
    assert not [number for number in fit if number.startswith(("U", "O"))]
    assert {"S1", "E1", "E4", "L1", "R2"} <= fit
    assert not may_have_target(measure("retention"))  # a curve has no one value


def program(**entries):
    return Program.model_validate(entries)


def aim(**changes):
    return {"measure": "second_contact", "first_day": JULY, "last_day": SEPTEMBER, "value": 0.5, **changes}


def test_a_misspelled_measure_is_refused_with_the_nearest_one():
    told = {"day": JULY, "kind": "event", "note": "Ice storm", "measure": "second_contct"}
    with pytest.raises(UnknownNameError, match=r'"annotation.1.measure".*second_contct.*Did you mean "second_contact"'):
        check_program(program(annotation=(told,)))
    with pytest.raises(UnknownNameError, match=r'"target.2.measure".*Did you mean "people_served"'):
        check_program(program(target=(aim(), aim(measure="people_servd"))))


@pytest.mark.parametrize("name", ["return_rate", "nonfatal_overdoses", "still_with_us", "deaths", "retention"])
def test_a_target_nobody_should_set_is_refused(name):
    with pytest.raises(OutcomesError, match="sets a target for"):
        check_program(program(target=(aim(measure=name),)))


def test_a_share_in_percent_is_refused_with_the_number_to_write():
    with pytest.raises(OutcomesError, match=r"Write 60 % as 0\.6"):
        check_program(program(target=(aim(value=60),)))


def test_the_sample_has_a_named_change_and_targets_in_agreed_words():
    sample = read_program(sample_folder() / "program.toml")
    check_program(sample)
    assert [note.measure for note in sample.annotation if note.kind == "process_change"] == ["second_contact"]
    assert sample.target
    assert not [word for note in sample.annotation for word in banned(note.note)]

"""Every definition is complete, runs as it is, stays inside the portable subset and keeps its promises."""

import re
from datetime import date
from pathlib import Path

import pytest
import sqlglot
from whiteboard import warehouse
from words import banned

from dashboard.measures import DIMENSIONS, load_measures, measure
from dashboard.measures.definition import CURVES
from dashboard.measures.methods import method_of
from dashboard.measures.parameters import DEFAULTS, parameters
from dashboard.measures.registry import DEFINITIONS, named, parse_measure
from pipelines.engine import MODELS
from pipelines.errors import OutcomesError, UnknownNameError
from pipelines.sqlfile import read_sql_file, read_sql_folder

MEASURES = load_measures()
COHORT = read_sql_file(MODELS / "cohort.sql").body
FILES = sorted(Path(DEFINITIONS).glob("*.sql"))
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.name)


@pytest.fixture(scope="module")
def shell():
    return warehouse(
        sessions="participant_key session_date\nA 07-01", milestones="participant_key event_date code\nA 07-02 got_job"
    )


def test_there_is_one_measure_per_file():
    assert {file.stem for file in FILES} == set(MEASURES)
    assert len({m.id for m in MEASURES.values()}) == len(MEASURES)


@every_measure
def test_the_header_says_everything_a_reader_needs(measure):
    assert all([measure.title, measure.short_title, measure.numerator, measure.why, measure.caveats, measure.example])
    assert measure.kind in {"people", "events"} or measure.denominator
    assert len(measure.short_title) <= 42
    assert set(measure.dimensions) <= set(DIMENSIONS)
    assert "{" not in " ".join([measure.title, measure.short_title, measure.numerator, measure.denominator])


@every_measure
def test_the_interval_fits_the_kind(measure):
    allowed = {
        "people": {"none"},
        "events": {"none"},
        "share_of_rows": {"none"},
        "share_of_people": {"none"} if measure.unit == "coach" else {"wilson"},
        "rate": {"poisson"},
        "median": {"quartiles"},
        "cost": {"none"},
        "matched_change": {"clopper_pearson"},
        "days_between": {"t_chart"},
        "retention": {"kaplan_meier"},
        "first_event": {"aalen_johansen"},
        "repeated_events": {"mean_cumulative"},
    }
    assert measure.interval in allowed[measure.kind]


@every_measure
def test_deaths_are_never_judged_placed_or_dated_finely(measure):
    if measure.id in {"O2", "O4"}:
        assert measure.direction == "none"
        assert not {"county", "region", "site", "program"} & set(measure.dimensions)


@every_measure
def test_the_file_runs_as_it_is_in_a_shell(shell, measure):
    """Defaults of `period` and `period_day` stand in the warehouse; only parameters are given."""
    used = set(re.findall(r"\$(\w+)", measure.sql))
    known = {**parameters({}, {}), "as_of": date(2026, 9, 30)}
    chosen = {name: known[name] for name in used}
    columns = {column[0] for column in shell.execute(measure.sql, chosen).description}
    assert used <= {*DEFAULTS, "as_of"}
    counted = {"entry", "duration", "exit_reason"} if measure.kind in CURVES else {"numerator", "denominator"}
    assert {"period", *counted} <= columns
    assert measure.key in columns or measure.kind in {"share_of_rows", "days_between"}
    offered = {name for name in measure.dimensions if DIMENSIONS[name].source == "body"}
    assert offered <= columns
    assert "county" in columns or "region" not in measure.dimensions
    if measure.left_out:
        assert "left_out" in columns


@every_measure
def test_the_body_translates_to_spark(measure):
    (translated,) = sqlglot.transpile(
        measure.sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert "SELECT" in translated


@every_measure
def test_codes_of_what_is_left_out_are_those_of_the_body(measure):
    codes = {code for code, _ in measure.left_out}
    # A curve takes the reasons that concern entry from the cohort.
    read = measure.sql + (COHORT if "cohort" in measure.sql else "")
    assert all(f"'{code}'" in read for code in codes)


def test_another_name_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r'no measure "people_serve".*Did you mean "people_served"'):
        measure("people_serve")


def test_a_mistake_in_a_header_is_named_with_file_and_field(tmp_path):
    file = tmp_path / "people_fed.sql"
    text = (DEFINITIONS / "people_served.sql").read_text(encoding="utf-8")
    file.write_text(text.replace("numerator =", "numerater ="), encoding="utf-8")
    with pytest.raises(OutcomesError, match=r'people_fed\.sql: "numerat'):
        parse_measure(read_sql_file(file))


def test_all_files_are_read_in_catalog_order():
    assert [m.id for m in MEASURES.values()][:4] == ["S1", "S2", "S3", "S4"]
    assert len(read_sql_folder(DEFINITIONS)) == len(MEASURES) >= 37


DRAWN = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_worked_examples_*.py"))


@every_measure
def test_the_worked_example_is_drawn_in_a_test(measure):
    assert f'"{measure.name}"' in DRAWN


@every_measure
def test_every_measure_says_how_it_is_worked_out(measure):
    method = method_of(measure)
    assert method.words
    assert bool(method.formula) == bool(method.source) == (measure.interval not in {"none", "quartiles"})
    assert banned(f"{method.words} {method.formula} {method.source}") == []


@pytest.mark.parametrize(
    ("text", "name", "settings"),
    [
        ("retention_90", "retained", (("days", 90),)),
        ("retained_180", "retained", (("days", 180),)),
        ("second_contact_14", "second_contact", (("second_contact_days", 14),)),
        ("reached_7", "reached_after_overdose", (("reach_days", 7),)),
        ("retention", "retention", ()),
        ("retention_x", "retention_x", ()),
    ],
)
def test_a_name_may_carry_the_days_of_its_measure(text, name, settings):
    assert named(text) == (name, settings)

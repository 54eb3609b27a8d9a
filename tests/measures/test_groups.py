"""Groups against the whole, for every measure and every dimension it offers; and nothing breaks without data."""

from datetime import date
from itertools import product

import pytest
from random_program import draw
from whiteboard import warehouse

from dashboard.measures import Period, Query, Result, evaluate, load_measures, periods_of
from dashboard.measures.cells import cells
from dashboard.measures.definition import CURVES
from dashboard.measures.parameters import parameters
from dashboard.measures.statement import asked_days, statement
from dashboard.store import Store
from pipelines.errors import NoDataError

MEASURES = load_measures()
SPLITS = [(name, dimension) for name, m in MEASURES.items() for dimension in m.dimensions]
ADDITIVE = {"events", "share_of_rows", "rate"}
QUARTERS = periods_of("quarter", date(2025, 7, 1), date(2026, 9, 30))


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    draw(folder)
    return Store(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    warehouse(folder)
    return Store(folder)


def sums(result: Result, column: str) -> dict[str, float]:
    return result.frame.groupby("period", sort=False)[column].sum().to_dict()


def test_every_measure_finds_something_to_count(program):
    """Otherwise the comparisons below would compare zero with zero."""
    year = Period(date(2025, 1, 1), date(2026, 9, 30), "all")
    for name in MEASURES:
        frame = evaluate(program, Query(name, (year,))).frame
        counted = frame["people"] if MEASURES[name].kind in CURVES else frame["numerator"]
        assert counted.max() > 0, name


@pytest.fixture(scope="module")
def whole_of(program):
    return {name: evaluate(program, Query(name, QUARTERS)) for name in MEASURES}


@pytest.mark.parametrize(("name", "dimension"), SPLITS)
def test_groups_add_up_to_the_whole_and_a_filter_gives_the_row_of_its_group(program, whole_of, name, dimension):
    whole = whole_of[name]
    groups = evaluate(program, Query(name, QUARTERS, by=(dimension,)))
    _filter_gives_the_row(program, groups, dimension)
    match MEASURES[name].kind:
        case kind if kind in ADDITIVE:
            for column in ("numerator", "denominator", "left_out"):
                assert sums(groups, column) == pytest.approx(sums(whole, column))
        case "people" | "share_of_people":
            _people_add_up(whole, groups, dimension)
        case "median":
            assert sums(groups, "numerator") == pytest.approx(sums(whole, "numerator"))
        case "matched_change":
            for column in ("numerator", "denominator", "pairs", "same", "not_reached", "left_out"):
                assert sums(groups, column) == pytest.approx(sums(whole, column))
        case kind if kind in CURVES:
            _curves_add_up(whole, groups)
        case _:
            pytest.fail("a kind without a rule for its groups")


def _people_add_up(whole: Result, groups: Result, dimension: str) -> None:
    """A person has one age, but may be seen in two counties: then rows add up to more, never to less."""
    counted = ["numerator"] if whole.measure.kind == "people" else ["numerator", "denominator"]
    for column in counted:
        for period, total in sums(whole, column).items():
            parts = groups.frame[groups.frame["period"] == period][column]
            if dimension in {"age_band", "gender", "race_eth", "referral_source"}:
                assert parts.sum() == total
            assert parts.max() <= total <= parts.sum() or (parts.empty and total == 0)


def _curves_add_up(whole: Result, groups: Result) -> None:
    def people(result: Result) -> dict[str, float]:
        curves = result.frame.drop_duplicates(["period", *result.query.by])
        return curves.groupby("period", sort=False)["people"].sum().to_dict()

    assert people(groups) == people(whole)
    for column in {"exits", "events"} & set(whole.frame.columns):
        assert sums(groups, column) == sums(whole, column)


def _filter_gives_the_row(program: Store, groups: Result, dimension: str) -> None:
    columns = [c for c in groups.frame.columns if c not in {dimension, "left_out"}]
    for code in list(groups.frame[dimension])[-1:]:
        kept = evaluate(program, Query(groups.measure.name, QUARTERS, where=((dimension, (code,)),)))
        group = groups.frame[groups.frame[dimension] == code][columns].reset_index(drop=True)
        assert kept.frame[columns].equals(group), code


@pytest.mark.parametrize("name", [name for name, m in MEASURES.items() if m.once])
def test_a_body_that_says_so_yields_each_unit_once_per_period(program, name):
    """Then rows may be added up; counting units as such gives the same."""
    once, asked = MEASURES[name], {**parameters(program.settings, {}), "as_of": program.as_of}
    year = (Period(date(2025, 10, 1), date(2026, 9, 30), "a year"),)
    for periods, by in product((QUARTERS, year), ((), *((dimension,) for dimension in once.dimensions))):
        query, days = Query(name, periods, by=by), asked_days(program, periods)
        quick, slow = (
            cells(program.columns(statement(measure, query, days, own_gap=True), asked), by, len(periods))
            for measure in (once, once.model_copy(update={"once": False}))
        )
        assert quick.keys() == slow.keys()
        assert all((quick[column] == slow[column]).all() for column in quick)


def test_new_continuing_and_returning_add_up_to_everyone_in_each_county(program):
    for by in [(), ("county",), ("region",), ("program",), ("site",), ("county", "program")]:
        served = evaluate(program, Query("people_served", QUARTERS, by=by)).frame
        parts = [
            evaluate(program, Query(f"people_{status}", QUARTERS, by=by)).frame
            for status in ("new", "continuing", "returning")
        ]
        assert sum(part["numerator"] for part in parts).equals(served["numerator"])
        assert all(part["denominator"].equals(served["numerator"]) for part in parts)


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_warehouse_gives_an_answer_and_no_error(empty, name):
    for dimension in ("", *MEASURES[name].dimensions[:2]):
        by = (dimension,) if dimension else ()
        frame = evaluate(empty, Query(name, QUARTERS, by=by)).frame
        assert len(frame) == (0 if by else len(QUARTERS))
        if not by and MEASURES[name].kind not in {"people", "events"}:
            assert frame["value"].isna().all()
            assert (frame["reason"] != "").all()


def test_before_the_first_load_the_answer_is_that_there_are_no_data(tmp_path):
    with pytest.raises(NoDataError, match="no data has been loaded yet"):
        evaluate(Store(tmp_path), Query("people_served", QUARTERS))

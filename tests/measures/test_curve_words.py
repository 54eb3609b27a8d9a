"""What a curve is allowed to say: a table of life tables and the sentences about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from asking import ask
from words import banned

from dashboard.measures import Period, alt_text, average_stay, curve_words, drawn, why_no_curve
from dashboard.measures.curve_prose import log_rank_words

ENTRIES = Period(date(2026, 1, 1), date(2026, 9, 30), "everyone")
START = date(2026, 1, 5)
CURVES = ("retention", "time_to_first_win", "wins_per_person", "time_to_first_return", "returns_per_person")


def visits(people: dict[str, list[int]], copies: int = 1) -> str:
    """Contacts by day since the first one; several copies of everyone make the 20 people a curve needs."""
    rows = [
        f"{who}{n} {START + timedelta(days=day)}" for n in range(copies) for who, days in people.items() for day in days
    ]
    return "\n".join(["participant_key session_date", *rows])


STAYS = list(range(0, 261, 20))
NINE = {"A": STAYS, "B": [0], "C": [0, 21, 41], "D": [0, 18, 46]}


def test_average_and_median_of_the_people_of_the_curve(store_of):
    """Four kinds of people, seven of each: S is 3/4 from day 0, 1/2 from day 41, 1/4 from day 46 on.

    Area to day 180: 41·0.75 + 5·0.5 + 134·0.25 = 66.75 days, where the longest follow-up is 178 days.
    """
    result = ask(store_of(sessions=visits(NINE, 7)), "retention", ENTRIES)
    assert average_stay(result, 178).days == pytest.approx(41 * 0.75 + 5 * 0.5 + 132 * 0.25)
    assert curve_words(result) == (
        "An average over 180 days cannot be given yet: the longest follow-up is 178 days. "
        "Half were still in touch at 41 days (95 % interval 41 to 46)."
    )


def test_a_median_that_is_not_reached_says_so(store_of):
    result = ask(store_of(sessions=visits({"A": STAYS, "E": STAYS, "B": [0]}, 8)), "retention", ENTRIES)
    assert curve_words(result).endswith("The median is not reached: over half were still in touch at 178 days.")


@pytest.mark.parametrize("name", CURVES)
def test_below_twenty_people_there_is_no_curve_and_words_say_why(store_of, name):
    result = ask(store_of(sessions=visits(NINE, 4)), name, ENTRIES)
    assert why_no_curve(result) == "Too few people for a curve: 16 people have been followed so far, and it takes 20."
    assert curve_words(result) == why_no_curve(result)
    assert all(part.empty for part in drawn(result))


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("sessions", ["", "participant_key session_date\nA 09-29"])
def test_nobody_followed_yet(store_of, name, sessions):
    result = ask(store_of(sessions=sessions), name, ENTRIES)
    assert curve_words(result) == "Nobody has been followed yet, so there is no curve."


@pytest.mark.parametrize("name", CURVES)
def test_one_person_is_no_curve(store_of, name):
    words = curve_words(ask(store_of(sessions=visits({"A": STAYS})), name, ENTRIES))
    assert words == "Too few people for a curve: 1 person has been followed so far, and it takes 20."


def test_everybody_still_in_touch(store_of):
    """All censored: the curve stays at 100 % and has no band."""
    result = ask(store_of(sessions=visits({"A": STAYS}, 25)), "retention", ENTRIES)
    solid, gray = drawn(result)
    assert list(solid["value"]) == [1.0]
    assert solid["lower"].isna().all()
    assert gray.empty
    assert "The median is not reached" in curve_words(result)


def test_everybody_gone_on_the_first_day(store_of):
    """S is 0 from day 0: half were still in touch at 0 days, and no band can be given."""
    result = ask(store_of(sessions=visits({"A": [0]}, 25)), "retention", ENTRIES)
    solid, _ = drawn(result)
    assert (list(solid["day"]), list(solid["value"])) == ([0], [0])
    assert solid["upper"].isna().all()
    assert "Half were still in touch at 0 days (95 % interval not reached to not reached)." in curve_words(result)


@pytest.mark.parametrize("name", CURVES[1:])
def test_no_event_at_all_is_zero_without_limits(store_of, name):
    result = ask(store_of(sessions=visits({"A": STAYS}, 25)), name, ENTRIES)
    words = curve_words(result)
    assert words.startswith(("0 % of people", "0.00 "))
    assert "interval" not in words


def told(code: str, days: dict[str, int], copies: int) -> str:
    rows = [f"{who}{n} {START + timedelta(days=day)} {code}" for n in range(copies) for who, day in days.items()]
    return "\n".join(["participant_key event_date code", *rows])


def test_a_first_event_is_named_with_the_people_who_left(store_of):
    """Of four kinds of people one tells of a win on day 50, after two have left without one."""
    store = store_of(
        sessions=visits({"A": STAYS, "B": [0], "C": [0, 21], "E": STAYS}, 10), milestones=told("got_job", {"A": 50}, 10)
    )
    result = ask(store, "time_to_first_win", ENTRIES)
    assert curve_words(result) == (
        "25 % of people shared a first life win within 90 days (95 % interval 14 % to 41 %). "
        "By then 50 % had left without telling of one."
    )


def test_events_per_person_are_named_by_month(store_of):
    store = store_of(sessions=visits({"A": STAYS, "E": STAYS}, 15), milestones=told("return_to_use", {"A": 50}, 15))
    words = curve_words(ask(store, "returns_per_person", ENTRIES))
    assert words == (
        "0.50 returns to use per person by month 3 (95 % interval 0.35 to 0.72); "
        "too few people are followed to month 6 or month 12."
    )


@pytest.mark.parametrize("name", CURVES)
def test_what_a_chart_of_a_curve_says_to_a_screen_reader(store_of, name):
    result = ask(store_of(sessions=visits({"A": STAYS}, 25)), name, ENTRIES)
    words = alt_text("Curve", result, "all counties")
    assert words == f"Curve: {result.measure.title}, all counties, everyone. {curve_words(result)}"
    assert banned(words) == []


def test_days_beyond_the_tenth_person_are_not_put_into_words(store_of):
    result = ask(store_of(sessions=visits({"A": STAYS}, 25)), "wins_per_person", ENTRIES)
    few = result.frame.assign(at_risk=[25.0, 9.0], reliable=[True, False])
    words = curve_words(replace(result, frame=few))
    assert words == "Too few people are followed to month 3 to put the curve into words."


def routes(copies: int, second: list[int]) -> str:
    """Two kinds of first contact: people of one come for months, those of the other on the days of `second`."""
    lines = ["participant_key session_date kind"]
    for n in range(copies):
        lines += [f"A{n} {START + timedelta(days=day)} group" for day in ([0] if n % 2 else STAYS)]
        lines += [f"B{n} {START + timedelta(days=day)} coaching" for day in second]
    return "\n".join(lines)


def test_curves_of_groups_known_on_the_first_day_may_be_compared(store_of):
    different = ask(store_of(sessions=routes(24, [0])), "retention", ENTRIES, by=("kind",))
    assert log_rank_words(different) == "curves of all days differ by more than chance (log-rank test, p < 0.001)"


def test_with_fewer_than_ten_exits_or_twenty_people_nothing_is_compared(store_of):
    """Half of the first group leaves, nobody of the second; or there are too few people at all."""
    for store in (routes(24, STAYS), routes(19, [0])):
        assert log_rank_words(ask(store_of(sessions=store), "retention", ENTRIES, by=("kind",))) == ""

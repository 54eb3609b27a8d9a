"""Every sentence a control chart may carry, one case each (pages.md 3): nothing stronger than the statistics."""

from datetime import date

import pytest
from monthly import directed, gaps, monthly
from test_prose import result
from words import banned

from dashboard.measures import load_measures, periods_of
from dashboard.measures.signal_prose import (
    assurance_words,
    card_words,
    change_clause,
    differences,
    headline_of,
    nothing_different,
    subject_clause,
)
from dashboard.measures.signals import mark_words, open_words
from dashboard.measures.trends import trend_of

STEADY = [40, 44, 41, 43, 39, 42] * 3  # 18 months, July 2025 comes next
HIGH, LOW = [*STEADY, 90], [*STEADY, 5]
RISING = [*STEADY, 38, 39, 40, 41, 42, 43, 44, 45]
FALLING = [*STEADY, 45, 44, 43, 42, 41, 40, 39, 38]
SHIFTED = [*STEADY, *[45, 47, 46] * 3]
LOWERED = [*STEADY, *[37, 35, 36] * 3]
NEAR = [*STEADY, 49, 45, 49]


def chart(values, name="second_contact", of=100, changes=(), **columns):
    return trend_of(monthly(name, values, of, **columns), changes)


NEW = result("second_contact", (96, 143))


@pytest.mark.parametrize(
    ("level", "trend", "sentence"),
    [
        # pages.md 3: the vectors that need a chart
        (
            result("people_served", (412, 0)),
            chart(STEADY),
            "412 people supported in FFY26 Q3; second meetings within usual variation",
        ),
        (NEW, chart(HIGH), "Two in three new people came back within 14 days, more than before"),
        (result("second_contact", (61, 140)), chart(STEADY[:11]), "44 % of new people came back within 14 days"),
        # no signal, twelve points or more
        (NEW, chart(STEADY), "Two in three new people came back within 14 days, within usual month-to-month variation"),
        # under twelve points, a signal or not: no change clause at all
        (NEW, chart([*STEADY[:10], 90]), "Two in three new people came back within 14 days"),
        (NEW, chart(STEADY[:5]), "Two in three new people came back within 14 days"),
        # under twelve points since a named change
        (NEW, chart(STEADY, changes=[date(2025, 1, 1)]), "Two in three new people came back within 14 days"),
        # the same rule downward; with another rule
        (NEW, chart(LOW), "Two in three new people came back within 14 days, fewer than before"),
        (NEW, chart(RISING), "Two in three new people came back within 14 days, rising for 8 months"),
        (NEW, chart(FALLING), "Two in three new people came back within 14 days, falling for 8 months"),
        (NEW, chart(SHIFTED), "Two in three new people came back within 14 days, more than before"),
        (NEW, chart(NEAR), "Two in three new people came back within 14 days, more than before"),
        # a signal three points back speaks, one four points back does not
        (NEW, chart([*HIGH, 45.5, 45.5]), "Two in three new people came back within 14 days, more than before"),
        (
            NEW,
            chart([*STEADY, 90, 45, 43, 46]),
            "Two in three new people came back within 14 days, within usual month-to-month variation",
        ),
        # a signal that the newest month has left again says nothing about now
        (NEW, chart([*HIGH, 45.5, 40]), "Two in three new people came back within 14 days"),
        (NEW, chart([*RISING, 41]), "Two in three new people came back within 14 days"),
        # one change clause only: the chart's signal goes before the year before, which goes before "usual"
        (
            result("retained", (141, 300), (174, 300)),
            chart(HIGH, "retained"),
            "58 % still in touch at 90 days, more than before",
        ),
        (
            result("retained", (141, 300), (174, 300)),
            chart(STEADY, "retained"),
            "58 % still in touch at 90 days, up from 47 %",
        ),
        (
            result("retained", (170, 300), (174, 300)),
            chart(STEADY, "retained"),
            "58 % still in touch at 90 days, within usual month-to-month variation",
        ),
        (
            result("return_rate", (40, 200), (45, 210), widening=1.4),
            chart(STEADY, "return_rate"),
            "Reported returns to use: no clear difference from the year before",
        ),
        # rolling periods overlap: the chart says nothing
        (
            result("return_rate", (45, 210)),
            trend_of(monthly("return_rate", STEADY, calendar="rolling_12")),
            "21.4 reported returns to use per 100 person-months in FFY26 Q3",
        ),
        # directions: a good side, a bad side, neither, never
        (
            result("missed_sessions", (12, 100)),
            chart(HIGH, "missed_sessions"),
            "12 % of planned sessions in FFY26 Q3 were missed, more than before",
        ),
        (
            result("in_touch", (120, 0)),
            chart(HIGH, "in_touch"),
            "120 people in touch at the end of FFY26 Q3, higher than usual",
        ),
        (
            result("in_touch", (120, 0)),
            chart(LOW, "in_touch"),
            "120 people in touch at the end of FFY26 Q3, lower than usual",
        ),
        (
            result("in_touch", (120, 0)),
            chart(RISING, "in_touch"),
            "120 people in touch at the end of FFY26 Q3, rising for 8 months",
        ),
        (result("deaths", (60, 0)), chart(HIGH, "deaths"), ""),
        # medians are higher or lower, not more
        (
            result("contacts_per_person", (3, 100)),
            trend_of(directed(monthly("contacts_per_person", HIGH), "higher")),
            "Half of people had 3 or fewer contacts in FFY26 Q3, higher than before",
        ),
        # the other measure's clause
        (result("people_served", (412, 0)), chart(HIGH), "412 people supported in FFY26 Q3; second meetings improved"),
        (result("people_served", (412, 0)), chart(LOW), "412 people supported in FFY26 Q3; second meetings fell"),
        (
            result("people_served", (412, 0)),
            chart(HIGH, "missed_sessions"),
            "412 people supported in FFY26 Q3; missed sessions rose",
        ),
        (
            result("people_served", (412, 0)),
            chart(LOW, "missed_sessions"),
            "412 people supported in FFY26 Q3; missed sessions improved",
        ),
        (
            result("people_served", (412, 0)),
            chart(RISING),
            "412 people supported in FFY26 Q3; second meetings rising for 8 months",
        ),
        (
            result("people_served", (412, 0)),
            chart(HIGH, "in_touch"),
            "412 people supported in FFY26 Q3; people in touch higher than usual",
        ),
        (result("people_served", (412, 0)), chart([*HIGH, 45.5, 40]), "412 people supported in FFY26 Q3"),
        (result("people_served", (412, 0)), chart(STEADY[:11]), "412 people supported in FFY26 Q3"),
        # too rare for a monthly chart, or the same every month: nothing is said
        (result("people_served", (412, 0)), chart([4, 3, 5, 4] * 4, "win_events"), "412 people supported in FFY26 Q3"),
        (NEW, chart([40] * 14), "Two in three new people came back within 14 days"),
        # no more than fifteen words: the shorter clause, or none
        (
            result("people_reporting_return", (24, 100)),
            chart(STEADY, "people_reporting_return"),
            "24 % of people told a coach of a return to use in FFY26 Q3",
        ),
        # the level must be able to carry a headline
        (result("second_contact", (6, 14)), chart(HIGH), ""),
        (result("people_served", (412, 0), completeness="incomplete"), chart(HIGH), ""),
    ],
)
def test_headlines_with_a_chart(level, trend, sentence):
    assert headline_of(level, trend) == sentence
    assert len(sentence.split()) <= 15
    assert not banned(sentence)


SERVED = result("people_served", (412, 0))
MORE, SAME = result("second_contact", (141, 300), (174, 300)), result("second_contact", (170, 300), (174, 300))


@pytest.mark.parametrize(
    ("trend", "year", "sentence"),
    [
        (chart(STEADY), MORE, "412 people supported in FFY26 Q3; second meetings up from 47 %"),
        (chart(STEADY[:11]), MORE, "412 people supported in FFY26 Q3; second meetings up from 47 %"),
        (chart(HIGH), MORE, "412 people supported in FFY26 Q3; second meetings improved"),
        (chart(STEADY), SAME, "412 people supported in FFY26 Q3; second meetings within usual variation"),
        (chart(STEADY[:11]), SAME, "412 people supported in FFY26 Q3"),
        (chart(STEADY[:11]), None, "412 people supported in FFY26 Q3"),
    ],
)
def test_another_measure_speaks_by_its_chart_then_by_the_year_before_then_of_usual_variation(trend, year, sentence):
    assert headline_of(SERVED, trend, year) == sentence
    assert not banned(sentence)


def test_a_year_before_of_the_level_itself_is_not_told_beside_another_measure():
    grown = result("people_served", (200, 0), (412, 0))
    assert headline_of(grown, chart(STEADY[:11]), SAME) == "412 people supported in FFY26 Q3"


def test_quarters_vary_from_quarter_to_quarter():
    periods = periods_of("quarter", date(2021, 1, 1), date(2024, 12, 31))
    trend = trend_of(result("people_served", *((n, 0) for n in [40, 44, 41, 43] * 4), periods=periods))
    assert change_clause(trend) == "within usual quarter-to-quarter variation"


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (chart(STEADY), "within usual variation"),
        (chart(HIGH), "above usual variation (improvement)"),
        (chart(LOW), "below usual variation (concern)"),
        (chart(HIGH, "missed_sessions"), "above usual variation (concern)"),
        (chart(HIGH, "in_touch"), "above usual variation"),
        (chart(RISING), "8 months rising in a row (improvement)"),
        (chart(FALLING, "missed_sessions"), "8 months falling in a row (improvement)"),
        (chart(SHIFTED), "9 months above the average (improvement)"),
        (chart(LOWERED), "9 months below the average (concern)"),
        (chart(NEAR), "near the upper limit in 2 of 3 months (improvement)"),
        (chart(STEADY[:11]), ""),
        (chart([*STEADY[:10], 90]), ""),
        (chart(STEADY[:5]), ""),
        (chart([40] * 14), ""),
        (chart(HIGH, "deaths"), ""),
        (trend_of(gaps([9, 12, 7, 15, 14, 8, 16, 10, 11, 13, 12, 9])), "within usual variation"),
        (
            trend_of(gaps([9, 12, 7, 15, 14, 8, 16, 10, 11, 13, 12, 90])),
            "above usual variation (improvement)",
        ),
    ],
)
def test_cards_say_how_the_newest_points_stand(trend, words):
    assert card_words(trend) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("values", "index", "words"),
    [
        (HIGH, -1, "above usual variation (improvement)"),
        (HIGH, 0, "18 months below the average (concern)"),
        (STEADY, -1, ""),
        ([*STEADY[:10], 90], -1, "above usual variation (improvement), limits on trial"),
        (SHIFTED, -1, "9 months above the average (improvement)"),
        (SHIFTED, -3, "9 months above the average (improvement)"),
        ([*RISING, 41], 20, "8 months rising in a row (improvement)"),
    ],
)
def test_every_mark_says_what_it_shows(values, index, words):
    assert mark_words(chart(values), index) == words


@pytest.mark.parametrize(
    ("trend", "sentence"),
    [
        (chart(HIGH), "Second meetings: above usual variation in Jul 2025 (improvement)."),
        (chart([*HIGH, 45.5, 45.5]), "Second meetings: above usual variation in Jul 2025 (improvement)."),
        (chart(RISING), "Second meetings: 8 months rising in a row to Feb 2026 (improvement)."),
        (chart([*RISING, 41]), "Second meetings: 8 months rising in a row to Feb 2026 (improvement)."),
        (chart(LOWERED), "Second meetings: 9 months below the average to Mar 2026 (concern)."),
        (chart(HIGH, "in_touch"), "People in touch: above usual variation in Jul 2025."),
        (
            trend_of(gaps([9, 12, 7, 15, 14, 8, 16, 10, 11, 13, 12, 90])),
            "Days between overdoses: above usual variation on 5 Aug 2024 (improvement).",
        ),
    ],
)
def test_what_is_different_is_listed_with_its_time_and_meaning(trend, sentence):
    assert differences([trend]) == ((trend.result.measure.name, sentence),)
    assert not banned(sentence)


def test_the_list_of_differences_has_the_newest_first_and_five_at_most():
    trends = [chart(STEADY), chart(HIGH), chart(LOWERED, "people_served"), *[chart(RISING, "engaged")] * 5]
    names = [name for name, _ in differences(trends)]
    assert names == ["people_served", "engaged", "engaged", "engaged", "engaged"]


@pytest.mark.parametrize(
    ("trends", "sentence"),
    [
        ([chart(STEADY)], "Nothing outside usual variation since Jan 2024."),
        ([chart(STEADY), chart([*HIGH, 45, 43, 46])], "Nothing outside usual variation since Jul 2025."),
        ([chart(STEADY), chart(HIGH)], ""),
        ([chart(STEADY[:11])], ""),
        ([chart(STEADY), chart([*STEADY[:10], 90])], "Nothing outside usual variation since Jan 2024."),
        ([], ""),
    ],
)
def test_where_nothing_is_different_it_says_since_when(trends, sentence):
    assert nothing_different(trends) == sentence
    assert not banned(sentence)


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("second_contact", 0.30, "consistently meets the target"),
        ("second_contact", 0.60, "consistently misses the target unless the process changes"),
        ("second_contact", 0.42, "hit or miss: the target lies within usual variation"),
        ("missed_sessions", 0.60, "consistently meets the target"),
        ("missed_sessions", 0.30, "consistently misses the target unless the process changes"),
        ("people_reporting_return", 0.30, ""),  # never given a target
        ("deaths", 5, ""),
    ],
)
def test_a_target_is_compared_with_the_limits(name, target, words):
    assert assurance_words(chart(STEADY, name), target) == words
    assert not banned(words)


def test_a_target_has_no_icon_under_twelve_points_or_without_limits():
    assert assurance_words(chart(STEADY[:11]), 0.3) == ""
    assert assurance_words(chart([40] * 14), 0.3) == ""


USUAL_GAPS = [9, 12, 7, 15, 14, 8, 16, 10, 11, 13, 12, 9]


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (trend_of(gaps(USUAL_GAPS, open_days=6.0)), "6 days since the last overdose"),
        (trend_of(gaps(USUAL_GAPS, open_days=1.0)), "1 day since the last overdose"),
        (trend_of(gaps(USUAL_GAPS, open_days=72.0)), "72 days since the last overdose, longer than usual"),
        (trend_of(gaps(USUAL_GAPS[:11], open_days=72.0)), "72 days since the last overdose"),
        (trend_of(gaps([], open_days=72.0)), "72 days since the last overdose"),
        (chart(STEADY), ""),
    ],
)
def test_the_open_gap_says_how_long_nothing_happened(trend, words):
    assert open_words(trend) == words
    assert not banned(words)


def test_days_between_are_longer_or_shorter():
    long = trend_of(gaps([*USUAL_GAPS, 90]))
    assert change_clause(long) == "longer than before"
    assert change_clause(trend_of(gaps([*USUAL_GAPS, 90], direction="neutral"))) == "higher than usual"
    assert change_clause(trend_of(gaps(USUAL_GAPS))) == "within usual variation"


@pytest.mark.parametrize("values", [STEADY, HIGH, LOW, RISING, FALLING, SHIFTED, LOWERED, NEAR])
@pytest.mark.parametrize(
    "name", [n for n, m in load_measures().items() if m.kind in ("people", "share_of_people", "rate")]
)
def test_no_measure_says_a_banned_word_or_more_than_its_direction_allows(name, values):
    trend = chart(values, name)
    said = [change_clause(trend), subject_clause(trend), card_words(trend), *(text for _, text in differences([trend]))]
    assert not [word for text in said for word in banned(text)]
    direction = trend.result.measure.direction
    if direction in {"neutral", "none"}:
        assert not [text for text in said if any(w in text for w in ("improve", "concern", " rose", " fell", "before"))]
    if direction == "none":
        assert not any(said)

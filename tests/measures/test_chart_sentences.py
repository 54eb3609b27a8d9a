"""What stands around a control chart, one case each: its title, its lines, its text alternative, its target."""

from datetime import date

import pytest
from monthly import directed, gaps, monthly
from words import banned

from dashboard.measures import load_measures
from dashboard.measures.chart_prose import (
    TOO_LITTLE,
    aim_words,
    chart_alt,
    chart_title,
    limits_words,
    means_words,
    note_words,
    pace_words,
    signal_words,
)
from dashboard.measures.plans import Annotation
from dashboard.measures.trends import trend_of

STEADY = [40, 44, 41, 43, 39, 42] * 3  # 18 months, July 2025 comes next
HIGH, LOW = [*STEADY, 90], [*STEADY, 5]
RISING = [*STEADY, 38, 39, 40, 41, 42, 43, 44, 45]
RAISED = [*STEADY, *[60, 64, 61, 63, 59, 62] * 2]
NEAR = [*STEADY, 49, 45, 49]
KINDS = ("people", "events", "share_of_people", "share_of_rows")
CHARTED = [name for name, measure in load_measures().items() if measure.kind in KINDS]
JULY = [date(2025, 7, 1)]


def chart(values, name="second_contact", of=100, changes=(), **columns):
    return trend_of(monthly(name, values, of, **columns), changes)


@pytest.mark.parametrize(
    ("trend", "title"),
    [
        (chart(STEADY), "Second meetings within usual variation"),
        (chart(HIGH), "Second meetings improved"),
        (chart(LOW), "Second meetings fell"),
        (chart(HIGH, "missed_sessions"), "Missed sessions rose"),
        (chart(LOW, "missed_sessions"), "Missed sessions improved"),
        (chart(RISING), "Second meetings rising for 8 months"),
        (chart(HIGH, "contacts"), "Contacts higher than usual"),
        (chart(HIGH, "people_served"), "People supported rose"),
        # nothing may be said: the title is then that of the measure
        (chart([*HIGH, 45.5, 40]), ""),
        (chart(STEADY[:11]), ""),
        (chart(HIGH, "deaths"), ""),
        (chart([40], completeness="incomplete"), ""),
    ],
)
def test_a_chart_is_titled_by_its_finding(trend, title):
    assert chart_title(trend) == title
    assert not banned(title)


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (chart(STEADY), "thin lines: mean and limits of usual variation"),
        (chart(STEADY[:11]), "limits on trial: under 12 months"),
        (chart(STEADY, changes=[date(2024, 8, 1)]), "limits on trial: under 12 months since the change"),
        (chart(STEADY, changes=[date(2025, 2, 1)]), "no limits: needs 6 points since the change"),
        (chart(STEADY[:5]), "no limits: needs 6 complete months"),
        (chart([40], completeness="incomplete"), "no limits: needs 6 complete periods"),
        (chart([40] * 14), "no limits: it does not vary"),
        (chart([4, 5] * 6, "people_served"), "no limits: under 5 a month"),
        (chart([0, 0, 9, 8] * 3), "no limits: 0 or all in too many months"),
        (trend_of(gaps([9, 12, 8])), "no limits: needs 6 gaps"),
        (chart(STEADY, "deaths"), ""),
    ],
)
def test_the_lines_are_named_or_why_there_are_none(trend, words):
    assert limits_words(trend) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (chart(RAISED, changes=JULY), "mean 62 % since Jul 2025, 42 % before"),
        (chart(RAISED, "people_served", changes=JULY), "mean 62 since Jul 2025, 42 before"),
        (chart(STEADY), ""),
        (chart([*STEADY, 60, 64], changes=JULY), ""),  # no mean yet since the change
    ],
)
def test_the_means_before_and_since_a_change_stand_side_by_side(trend, words):
    assert means_words(trend) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (chart(HIGH), "above usual variation in Jul 2025 (improvement)"),
        (chart([*HIGH, 45, 43, 46, 44]), "above usual variation in Jul 2025 (improvement)"),  # however long ago
        (chart(RISING), "8 months rising in a row to Feb 2026 (improvement)"),
        (chart(NEAR), "near the upper limit in 2 of 3 months to Sep 2025 (improvement)"),
        (chart([*STEADY[:10], 90]), "above usual variation in Nov 2024 (improvement), limits on trial"),
        (chart(STEADY), ""),
    ],
)
def test_the_newest_signal_is_written_beside_its_mark(trend, words):
    assert signal_words(trend) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (chart(STEADY), "Newest months: within usual variation."),
        (chart(HIGH), "Newest months: above usual variation (improvement)."),
        (
            chart(RAISED, changes=JULY),
            "Newest months: within usual variation. Mean 62 % since Jul 2025, 42 % before.",
        ),
        (chart(STEADY[:11]), "Limits on trial: under 12 months."),
        (chart(STEADY[:5]), "No limits: needs 6 complete months."),
        (chart(STEADY, "deaths"), ""),
    ],
)
def test_the_text_alternative_says_what_the_marks_show(trend, words):
    assert chart_alt(trend) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("trend", "target", "words"),
    [
        (chart(STEADY), 0.3, "Target 30 %: consistently meets the target"),
        (chart(STEADY), 0.6, "Target 60 %: consistently misses the target unless the process changes"),
        (chart(STEADY), 0.42, "Target 42 %: hit or miss: the target lies within usual variation"),
        (chart(STEADY[:11]), 0.3, "Target 30 %"),
        (chart(STEADY, "people_new"), 0.3, "Target 30 %"),  # neither side is better
        (trend_of(directed(monthly("entry_lag", STEADY), "lower")), 60, "Target 60: consistently meets the target"),
    ],
)
def test_a_share_is_held_against_its_target(trend, target, words):
    assert aim_words(trend, target) == words
    assert not banned(words)


@pytest.mark.parametrize(
    ("value", "target", "gone", "words"),
    [
        (78, 100, 0.75, "78 % of the target of 100, 75 % of its time gone"),
        (0, 260, 0.25, "0 % of the target of 260, 25 % of its time gone"),
        (1300, 1000, 1.0, "130 % of the target of 1,000, 100 % of its time gone"),
    ],
)
def test_a_count_has_a_pace(value, target, gone, words):
    assert pace_words(value, target, gone) == words
    assert not banned(words)


def test_a_named_change_is_dated():
    note = Annotation(date(2025, 10, 1), "process_change", "Welcome calls begin")
    assert note_words(note) == "1 Oct 2025: Welcome calls begin"


def test_saying_that_little_is_known_uses_agreed_words():
    assert not banned(TOO_LITTLE)


@pytest.mark.parametrize("values", [STEADY, HIGH, LOW, RISING, RAISED, NEAR, STEADY[:8], STEADY[:3], [0] * 12])
@pytest.mark.parametrize(
    "name",
    [n for n, m in load_measures().items() if m.kind in ("people", "events", "share_of_people", "share_of_rows")],
)
def test_no_measure_says_a_banned_word_around_its_chart(name, values):
    trend = chart(values, name, changes=[date(2024, 10, 1)])
    said = [chart_title(trend), limits_words(trend), means_words(trend), signal_words(trend), chart_alt(trend)]
    assert not [word for text in [*said, aim_words(trend, 0.5)] for word in banned(text)]
    if trend.result.measure.direction in {"neutral", "none"}:
        assert not [text for text in said if any(w in text for w in ("improve", "concern", " rose", " fell"))]

"""Sentences: pages.md section 3, as far as no chart signal is needed, and the words around a value."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from words import banned

from dashboard.measures import (
    Period,
    Provenance,
    Query,
    Result,
    alt_text,
    compare,
    headline,
    in_words,
    load_measures,
    measure,
    value_text,
)
from dashboard.measures.definition import CURVES
from dashboard.measures.values import with_values

LAST_YEAR = Period(date(2025, 4, 1), date(2025, 6, 30), "FFY25 Q3")
THIS_YEAR = Period(date(2026, 4, 1), date(2026, 6, 30), "FFY26 Q3")


def result(name: str, *counts: tuple[float, float], periods=(), widening=1.0, completeness="complete") -> Result:
    """Make the result that these counts would give: (numerator, denominator), oldest period first."""
    asked = measure(name)
    periods = periods or (LAST_YEAR, THIS_YEAR)[-len(counts) :]
    head = {
        "period": [p.label for p in periods],
        "period_start": [pd.Timestamp(p.start) for p in periods],
        "period_end": [pd.Timestamp(p.end) for p in periods],
        "completeness": completeness,
    }
    zeros = [*(f"out_{code}" for code, _ in asked.left_out), "row_numerator", "row_denominator"]
    counted = {
        "numerator": np.array([float(n) for n, _ in counts]),
        "denominator": np.array([d * 30.4375 if asked.kind == "rate" else float(d) for _, d in counts]),
        "widening": np.full(len(counts), widening),
        "middle": np.array([float(n) for n, _ in counts]),
        **dict.fromkeys(("lower", "upper"), np.full(len(counts), np.nan)),
        **dict.fromkeys(zeros, np.zeros(len(counts))),
    }
    frame = pd.DataFrame({**head, **with_values(asked, counted)})
    return Result(asked, Query(name, tuple(periods)), frame, Provenance("v", date(2026, 9, 30), 90))


@pytest.mark.parametrize(
    ("level", "change", "sentence"),
    [
        # pages.md 3
        (result("second_contact", (61, 140)), None, "44 % of new people came back within 14 days"),
        (result("second_contact", (96, 143)), None, "Two in three new people came back within 14 days"),
        (result("retained", (141, 300), (174, 300)), None, "58 % still in touch at 90 days, up from 47 %"),
        (
            result("return_rate", (40, 200), (45, 210), widening=1.4),
            None,
            "Reported returns to use: no clear difference from the year before",
        ),
        (result("people_served", (412, 0)), None, "412 people supported in FFY26 Q3"),
        (result("people_served", (1, 0)), None, "1 person supported in FFY26 Q3"),
        (result("people_with_win", (0, 0)), None, ""),
        # a level alone where the year before does not differ
        (result("second_contact", (60, 140), (61, 140)), None, "44 % of new people came back within 14 days"),
        # counts compare only from 20 on
        (result("people_served", (19, 0), (60, 0)), None, "60 people supported in FFY26 Q3"),
        (result("people_served", (350, 0), (412, 0)), None, "412 people supported in FFY26 Q3, up from 350"),
        (result("people_served", (400, 0), (412, 0)), None, "412 people supported in FFY26 Q3"),
        # two measures: level of one, change of the other
        (
            result("people_served", (400, 0), (412, 0)),
            result("second_contact", (141, 300), (174, 300)),
            "412 people supported in FFY26 Q3; second meetings up from 47 %",
        ),
        (
            result("people_served", (400, 0), (412, 0)),
            result("second_contact", (60, 140), (61, 140)),
            "412 people supported in FFY26 Q3",
        ),
        # directions: neutral measures are higher or lower, never up or down
        (
            result("people_new", (30, 100), (50, 100)),
            None,
            "50 new people in FFY26 Q3, higher than the year before (30 %)",
        ),
        (
            result("return_rate", (100, 1000), (200, 1000)),
            None,
            "Reported returns to use: higher than the year before (10)",
        ),
        (result("overdose_rate", (200, 1000), (100, 1000)), None, "Overdoses per 100 person-months: down from 20"),
        # unreliable: the page keeps its name
        (result("second_contact", (6, 14)), None, ""),
        (result("return_rate", (8, 412.5)), None, ""),
        # deaths never carry a headline
        (result("deaths", (30, 0), (60, 0)), None, ""),
        # an incomplete period carries none either
        (result("people_served", (412, 0), completeness="incomplete"), None, ""),
        (result("return_rate", (45, 210), completeness="filling"), None, ""),
    ],
)
def test_headlines(level, change, sentence):
    assert headline(level, change) == sentence


def test_a_headline_speaks_of_the_newest_complete_period():
    months = (
        Period(date(2026, 8, 1), date(2026, 8, 31), "Aug 2026"),
        Period(date(2026, 9, 1), date(2026, 9, 30), "Sep 2026"),
    )
    level = result("people_served", (40, 0), (50, 0), periods=months)
    level.frame.loc[1, "completeness"] = "incomplete"
    assert headline(level) == "40 people supported in Aug 2026"


def test_rolling_periods_read_well_in_a_sentence():
    year = Period(date(2025, 10, 1), date(2026, 9, 30), "12 months to Sep 2026")
    assert headline(result("people_served", (412, 0), periods=(year,))) == (
        "412 people supported in the 12 months to Sep 2026"
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (result("people_served", (400, 0), (412, 0)), "about the same as a year ago"),
        (result("people_served", (300, 0), (412, 0)), "112 more than a year ago"),
        (result("people_served", (412, 0), (300, 0)), "112 fewer than a year ago"),
        (result("retained", (141, 300), (174, 300)), "up from 47 % a year ago"),
        (result("people_served", (10, 0), (30, 0)), ""),
        (result("people_served", (412, 0)), ""),
        (result("missed_sessions", (40, 100), (10, 100)), ""),
        (result("deaths", (20, 0), (80, 0)), ""),
    ],
)
def test_cards_compare_in_words(answer, words):
    assert compare(answer) == words


@pytest.mark.parametrize(
    ("name", "counts", "words"),
    [
        ("second_contact", (61, 140), "44 % (61 of 140 people)"),
        ("second_contact", (0, 0), "– nobody in the denominator"),
        ("missed_sessions", (0, 0), "– nothing in the denominator"),
        ("overdose_rate", (8, 412.5), "1.94 per 100 person-months (8 overdoses in 412.5 person-months)"),
        ("overdose_rate", (1, 10), "10 per 100 person-months (1 overdose in 10.0 person-months)"),
        ("overdose_rate", (0, 0), "– no active time"),
        ("people_served", (1, 0), "1 person"),
        ("people_served", (1362, 0), "1,362 people"),
        ("entry_lag", (7, 30), "7 (30 records)"),
    ],
)
def test_a_value_is_written_with_what_it_rests_on(name, counts, words):
    answer = result(name, counts)
    (row,) = answer.frame.itertuples()
    assert in_words(answer.measure, row) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0 %"), (0.001, "under 1 %"), (0.999, "over 99 %"), (1.0, "100 %"), (0.446, "45 %")]
)
def test_percent_never_rounds_to_nobody_or_everybody(value, words):
    assert value_text(measure("people_new"), value) == words


def test_alt_text_says_kind_measure_place_period_and_what_it_shows():
    answer = result("second_contact", (60, 140), (61, 140))
    assert alt_text("Line", answer, "all counties", withheld=2) == (
        "Line: People who came back within 14 days, all counties, FFY25 Q3 to FFY26 Q3. "
        "FFY26 Q3: 44 % (61 of 140 people). Values run from 43 % to 44 %. 2 numbers withheld."
    )


@pytest.mark.parametrize("name", [name for name, m in load_measures().items() if m.clause and m.kind not in CURVES])
def test_every_level_clause_is_a_short_fit_sentence(name):
    asked = measure(name)
    counts = (40, 100) if asked.kind not in {"median"} else (7, 100)
    sentence = headline(result(name, counts))
    assert sentence
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert len(sentence.split()) <= 15
    assert banned(sentence) == []
    assert "{" not in sentence

"""Trends on pages: the table and file behind a control chart, and the signs of a card."""

from __future__ import annotations

import base64
import re
from datetime import date

import pandas as pd
import pytest

from dashboard.measures import Provenance, Query, Result, measure, periods_of
from dashboard.measures.plans import Annotation
from dashboard.measures.trends import Trend, trend_of
from dashboard.ui.card_wall import _html
from dashboard.ui.cards import Card
from dashboard.ui.icons import assurance_icon, variation_icon
from dashboard.ui.trends import _with_limits, trend_table

STEADY = [40.0, 44, 41, 43, 39, 42] * 3
BLUE, VERMILLION, GRAY = "#0072B2", "#D55E00", "#767676"


def trend(values: list[float]) -> Trend:
    periods = periods_of("month", date(2025, 1, 1), date(2030, 1, 1))[: len(values)]
    frame = pd.DataFrame(
        {
            "period": [p.label for p in periods],
            "period_start": pd.to_datetime([p.start for p in periods]),
            "period_end": pd.to_datetime([p.end for p in periods]),
            "completeness": "complete",
            "numerator": values,
            "denominator": float("nan"),
            "value": values,
            "lower": float("nan"),
            "upper": float("nan"),
            "reason": "",
            "reliable": True,
            "left_out": 0.0,
        }
    )
    asked = Query("people_served", periods)
    return trend_of(Result(measure("people_served"), asked, frame, Provenance("v", date(2027, 1, 31), 90)))


def test_the_table_has_mean_usual_range_and_what_each_month_shows():
    storm = Annotation(date(2025, 3, 9), "event", "Ice storm")
    table = trend_table(trend([*STEADY, 90.0]), (storm,))
    assert list(table.columns) == ["Period", "People supported", "Mean", "Usual range", "Signal"]
    assert table["Signal"].iloc[-1] == "above usual variation (improvement)"
    assert table["Signal"].iloc[2] == "18 months below the average (concern); 9 Mar 2025: Ice storm"
    assert set(table["Mean"]) == {"44"}


def test_a_month_without_limits_has_a_dash_and_a_quiet_chart_no_column_of_signals():
    assert list(trend_table(trend(STEADY)).columns) == ["Period", "People supported", "Mean", "Usual range"]
    assert list(trend_table(trend(STEADY[:5])).columns) == ["Period", "People supported"]


def test_the_file_holds_limits_as_numbers():
    frame = _with_limits(trend([*STEADY, 90.0]))
    assert len(frame) == 19
    assert {"mean", "limit_low", "limit_high", "phase", "rule", "meaning"} <= set(frame.columns)
    assert frame["limit_high"].iloc[0] > frame["mean"].iloc[0] > frame["limit_low"].iloc[0]
    assert frame["rule"].iloc[-1] == "outside"


def drawing(picture: str) -> str:
    return base64.b64decode(re.search('base64,([^"]+)', picture)[1]).decode()


@pytest.mark.parametrize(
    ("picture", "letter", "color"),
    [
        (variation_icon("high", "improvement"), ">H<", BLUE),
        (variation_icon("low", "concern"), ">L<", VERMILLION),
        (variation_icon("high", "neutral"), ">H<", "#CC79A7"),
        (variation_icon("usual", ""), "<path", GRAY),
        (assurance_icon("meets"), ">P<", BLUE),
        (assurance_icon("misses"), ">F<", VERMILLION),
        (assurance_icon("hit or miss"), ">?<", GRAY),
    ],
)
def test_an_icon_is_told_by_its_letter_as_well_as_its_color(picture, letter, color):
    assert letter in drawing(picture)
    assert color in drawing(picture)


def test_where_nothing_may_be_said_there_is_no_icon():
    assert (variation_icon("", ""), assurance_icon("")) == ("", "")
    assert "sign" not in _html(Card("People supported", "12"))


def test_an_icon_stands_beside_its_words_and_is_passed_over_by_screen_readers():
    card = Card(
        "E1", "44 %", signal="within usual variation", variation="usual", target="Target 30 %: x", assured="meets"
    )
    html = _html(card)
    signs = re.findall('<dd class="sign"><img[^>]*alt=""><span>(.*?)</span></dd>', html)
    assert signs == ["within usual variation", "Target 30 %: x"]

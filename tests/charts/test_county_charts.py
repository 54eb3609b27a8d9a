"""Counties: the funnel is the very test of the labels, maps show classes, and nothing is ranked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_results import result
from numpy import interp

from dashboard.charts import county_map, funnel, smoothed_map
from dashboard.measures.places import places_of

CODES = ("23001", "23003", "23005", "23007", "23009", "23011", "23013", "23015")


def shares(*counts):
    return places_of(
        result("second_contact", [(0, code, *n) for code, n in zip(CODES, counts, strict=False)], by=("county",))
    )


def rates(*counts, widening=1.0):
    asked = result("win_rate", [(0, code, *n) for code, n in zip(CODES, counts, strict=False)], by=("county",))
    frame = asked.frame.assign(value=100 * asked.frame["value"], widening=widening)
    return places_of(replace(asked, frame=frame))


SIX = ((30, 60), (28, 60), (32, 60), (31, 60), (29, 60), (6, 60))


def test_a_county_beyond_the_outer_limit_is_a_square_with_its_name():
    figure = funnel(shares(*SIX))
    points = figure.data[0]
    assert list(points.marker.symbol) == ["circle"] * 5 + ["square"]
    assert "lower (outlier)" in points.hovertext[5]
    assert [label.text for label in figure.layout.annotations[:1]] == ["23011"]


def test_a_point_lies_outside_the_drawn_limits_exactly_if_its_label_says_so():
    for places in (shares(*SIX), rates((30, 200), (28, 190), (32, 220), (31, 210), (29, 205), (6, 200))):
        for level in ("alert", "outlier"):
            low, high = places.edges(level)
            for row in places.frame.itertuples():
                inside = _at(low, row.denominator) <= row.value <= _at(high, row.denominator)
                assert inside == (row.label not in {level, "outlier"}), (level, row)


def _at(edge, exposure):
    return interp(exposure, edge.exposure, edge.value)


def test_with_repeat_events_the_funnel_is_wider_by_the_same_k_as_the_test():
    """Wins come in clusters: with k = 3 nothing stands out any more."""
    counts = ((30, 200), (28, 190), (32, 220), (31, 210), (29, 205), (12, 200))
    assert list(rates(*counts).frame["label"]) == [""] * 5 + ["alert"]
    assert set(rates(*counts, widening=3.0).frame["label"]) == {""}
    narrow, wide = (rates(*counts, widening=k).edges("alert")[1] for k in (1.0, 3.0))
    assert _at(wide, 200) > _at(narrow, 200)


def test_points_stand_at_people_and_percent():
    points = funnel(shares(*SIX)).data[0]
    assert (points.x[0], points.y[0]) == (60, 50)


def square(code, west):
    ring = [[west, 0], [west, 1], [west + 1, 1], [west + 1, 0], [west, 0]]
    return {"type": "Feature", "id": code, "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


SHAPES = {"type": "FeatureCollection", "features": [square(code, i) for i, code in enumerate(CODES)]}
EIGHT = ((90, 300), (20, 300), (50, 300), (52, 300), (48, 300), (2, 10), (51, 300), (49, 300))


def test_the_smoothed_map_draws_small_counties_near_the_average_and_says_how_much_is_their_own():
    places = rates(*EIGHT)
    weights = dict(zip(places.frame["county"], places.frame["weight"], strict=True))
    assert weights["23011"] < weights["23001"]
    figure = smoothed_map(places, SHAPES)
    texts = [text for trace in figure.data if trace.type == "choropleth" for text in trace.hovertext]
    assert sum("weight of own data" in text for text in texts) == 8
    drawn = [code for trace in figure.data if trace.type == "choropleth" for code in trace.locations]
    assert sorted(drawn) == sorted(CODES)  # every county is in one class and in no other


def test_counties_all_alike_are_one_class():
    places = rates(*[(50, 300)] * 8)
    assert not places.is_smoothed


def test_the_map_fills_its_room_and_leaves_out_numbers_that_would_cover_each_other():
    many = [f"42{n:03d}" for n in range(1, 50, 2)]
    shapes = {"type": "FeatureCollection", "features": [square(code, i) for i, code in enumerate(many)]}
    served = result("people_served", [(0, code, n + 1, 0) for n, code in enumerate(many)], by=("county",))
    figure = county_map(served, shapes)
    assert list(figure.layout.geo.lonaxis.range) == [0, 25]
    assert {trace.type for trace in figure.data} == {"choropleth"}
    assert [trace.name for trace in figure.data] == ["1–10", "11–25"]


@pytest.mark.parametrize("name", ["people_served", "contacts"])
def test_counts_have_no_funnel(name):
    with pytest.raises(ValueError, match="no funnel"):
        places_of(result(name, [(0, "23001", 5, 0)], by=("county",)))

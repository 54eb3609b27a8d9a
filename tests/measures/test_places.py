"""Counties beside the average: the labels in words, who is left out, and when rates are smoothed."""

from __future__ import annotations

import pytest
from asking import ask
from words import banned

from dashboard.measures import measure
from dashboard.measures.places import funnel_words, place_words, places_of


def program(store_of, *counties, came_back=()):
    """Ten new people per county; in some of them all came back, elsewhere half did."""
    lines = ["participant_key session_date county_fips"]
    for county in counties:
        for n in range(10):
            lines.append(f"{county}{n} 07-01 {county}")
            if county in came_back or n % 2:
                lines.append(f"{county}{n} 07-08 {county}")
    return store_of(sessions="\n".join(lines))


SIX = ("Hancock", "Washington", "Waldo", "Knox", "Somerset", "Penobscot")


def test_counties_are_judged_against_the_average_of_all_named_ones(store_of):
    places = places_of(ask(program(store_of, *SIX, "-"), "second_contact", by=("county",)))
    assert "unknown" not in set(places.frame["county"])
    assert places.mean == 0.5
    assert funnel_words(places) == "All 6 counties lie within what their size explains."


def test_a_county_where_everybody_came_back_is_an_alert(store_of):
    places = places_of(ask(program(store_of, *SIX, came_back=("Knox",)), "second_contact", by=("county",)))
    (row,) = places.frame[places.frame["label"] != ""].itertuples()
    assert place_words(measure("second_contact"), row.label, row.side) == "higher (alert)"
    assert funnel_words(places) == (
        "1 county is an alert (beyond 95 %). About 1 of 6 would be an alert by chance alone."
    )


def test_a_county_without_an_event_has_a_rate_of_zero_and_is_judged(store_of):
    """E 7.3: no wins anywhere: the average is 0 and nobody stands out."""
    places = places_of(ask(program(store_of, *SIX), "win_rate", by=("county",)))
    assert list(places.frame["value"]) == [0.0] * 6
    assert set(places.frame["label"]) == {""}
    assert all(edge.value.size == 0 for edge in places.edges("alert"))


def test_nobody_at_all(store_of):
    places = places_of(ask(store_of(), "second_contact", by=("county",)))
    assert places.frame.empty
    assert not places.is_smoothed


def test_fewer_than_eight_counties_are_not_smoothed(store_of):
    assert "smoothed" not in places_of(ask(program(store_of, *SIX), "contact_intensity", by=("county",))).frame


def test_from_eight_counties_on_rates_are_smoothed(store_of):
    eight = (*SIX, "Piscataquis", "Aroostook")
    places = places_of(ask(program(store_of, *eight, came_back=("Knox",)), "contact_intensity", by=("county",)))
    assert {"smoothed", "weight"} <= set(places.frame)


@pytest.mark.parametrize("label", ["", "alert", "outlier"])
@pytest.mark.parametrize("side", [-1, 1])
def test_labels_are_plain_words(label, side):
    assert banned(place_words(measure("win_rate"), label, side)) == []

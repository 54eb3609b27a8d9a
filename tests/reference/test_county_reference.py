import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "reference" / "counties"
MAINE = {
    "23001": ("Androscoggin County", 111_139),
    "23003": ("Aroostook County", 67_105),
    "23005": ("Cumberland County", 303_069),
    "23007": ("Franklin County", 29_456),
    "23009": ("Hancock County", 55_478),
    "23011": ("Kennebec County", 123_642),
    "23013": ("Knox County", 40_607),
    "23015": ("Lincoln County", 35_237),
    "23017": ("Oxford County", 57_777),
    "23019": ("Penobscot County", 152_199),
    "23021": ("Piscataquis County", 16_800),
    "23023": ("Sagadahoc County", 36_699),
    "23025": ("Somerset County", 50_477),
    "23027": ("Waldo County", 39_607),
    "23029": ("Washington County", 31_095),
    "23031": ("York County", 211_972),
}
# 2020 census, state totals
STATE_TOTALS = {
    "AL": 5_024_279, "AK": 733_391, "AZ": 7_151_502, "AR": 3_011_524, "CA": 39_538_223, "CO": 5_773_714,
    "CT": 3_605_944, "DE": 989_948, "DC": 689_545, "FL": 21_538_187, "GA": 10_711_908, "HI": 1_455_271,
    "ID": 1_839_106, "IL": 12_812_508, "IN": 6_785_528, "IA": 3_190_369, "KS": 2_937_880, "KY": 4_505_836,
    "LA": 4_657_757, "ME": 1_362_359, "MD": 6_177_224, "MA": 7_029_917, "MI": 10_077_331, "MN": 5_706_494,
    "MS": 2_961_279, "MO": 6_154_913, "MT": 1_084_225, "NE": 1_961_504, "NV": 3_104_614, "NH": 1_377_529,
    "NJ": 9_288_994, "NM": 2_117_522, "NY": 20_201_249, "NC": 10_439_388, "ND": 779_094, "OH": 11_799_448,
    "OK": 3_959_353, "OR": 4_237_256, "PA": 13_002_700, "RI": 1_097_379, "SC": 5_118_425, "SD": 886_667,
    "TN": 6_910_840, "TX": 29_145_505, "UT": 3_271_616, "VT": 643_077, "VA": 8_631_393, "WA": 7_705_281,
    "WV": 1_793_716, "WI": 5_893_718, "WY": 576_851, "PR": 3_285_874,
}  # fmt: skip
ISLAND_AREAS = {"AS": 3, "GU": 1, "MP": 4, "VI": 3}


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


@pytest.fixture(scope="module")
def counties():
    return {row["fips"]: row for row in rows_of("counties.csv")}


@pytest.fixture(scope="module")
def states():
    return {row["fips"]: row for row in rows_of("states.csv")}


@pytest.fixture(scope="module")
def features():
    return json.loads((FOLDER / "shapes.json").read_text(encoding="utf-8"))["features"]


def named(counties, state, name):
    return [fips for fips, row in counties.items() if (row["state"], row["name"]) == (state, name)]


def test_headers_are_as_agreed():
    first = (FOLDER / "counties.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == "fips,name,state,population,population_year"
    assert (FOLDER / "states.csv").read_text(encoding="utf-8").splitlines()[0] == "fips,abbreviation,name"


def test_fips_are_unique_sorted_five_digits(counties):
    codes = [row["fips"] for row in rows_of("counties.csv")]
    assert codes == sorted(set(codes))
    assert all(len(code) == 5 and code.isascii() and code.isdigit() for code in codes)
    assert len(counties) == 3_143 + 78 + sum(ISLAND_AREAS.values())


def test_maine_has_its_sixteen_counties_and_their_sum(counties):
    found = {f: (row["name"], int(row["population"])) for f, row in counties.items() if row["state"] == "ME"}
    assert found == MAINE
    assert sum(count for _, count in found.values()) == 1_362_359


def test_every_state_sums_to_its_census_total(counties):
    sums = dict.fromkeys(STATE_TOTALS, 0)
    for row in counties.values():
        if row["population"]:
            assert row["population_year"] == "2020"
            sums[row["state"]] += int(row["population"])
    assert sums == STATE_TOTALS
    assert sum(sums.values()) - sums["PR"] == 331_449_281


def test_only_the_island_areas_lack_a_population(counties):
    missing = [row["state"] for row in counties.values() if not row["population"]]
    assert {state: missing.count(state) for state in missing} == ISLAND_AREAS
    assert all(not row["population_year"] for row in counties.values() if not row["population"])


def test_vintage_is_the_2020_census(counties):
    codes = set(counties)
    assert {code for code in codes if code.startswith("09")} == {f"090{n:02}" for n in range(1, 16, 2)}
    assert {"02063", "02066", "46102"} <= codes
    assert not {"02261", "46113", "51515"} & codes


def test_states_agree_with_the_fips_prefix(counties, states):
    assert len(states) == 51 + 5
    assert len({row["abbreviation"] for row in states.values()}) == len(states)
    assert all(states[fips[:2]]["abbreviation"] == row["state"] for fips, row in counties.items())
    assert {fips[:2] for fips in counties} == set(states)


def test_names_are_unique_within_a_state_and_whole(counties):
    names = [(row["state"], row["name"]) for row in counties.values()]
    assert len(names) == len(set(names))
    assert all(name == name.strip() and "  " not in name for _, name in names)
    assert counties["35013"]["name"] == "Doña Ana County"
    assert counties["22071"]["name"] == "Orleans Parish"
    assert counties["02110"]["name"] == "Juneau City and Borough"
    assert counties["48507"]["name"] == "Zavala County"
    assert counties["32510"]["name"] == "Carson City"


def test_cities_exist_only_where_the_census_has_independent_cities(counties):
    cities = [row["state"] for row in counties.values() if row["name"].endswith(" city")]
    assert {state: cities.count(state) for state in cities} == {"VA": 38, "MD": 1, "MO": 1}


@pytest.mark.parametrize(
    ("state", "bare", "county", "city"),
    [
        ("MO", "St. Louis", "29189", "29510"),
        ("MD", "Baltimore", "24005", "24510"),
        ("VA", "Fairfax", "51059", "51600"),
        ("VA", "Franklin", "51067", "51620"),
        ("VA", "Roanoke", "51161", "51770"),
        ("VA", "Richmond", "51159", "51760"),
    ],
)
def test_ambiguous_names_are_there_as_county_and_as_city(counties, state, bare, county, city):
    assert named(counties, state, f"{bare} County") == [county]
    assert named(counties, state, f"{bare} city") == [city]


def test_no_other_name_is_both_county_and_city(counties):
    keys = {(row["state"], row["name"]) for row in counties.values()}
    both = {name for state, name in keys if (state, name.removesuffix(" city") + " County") in keys}
    cities = {name for name in both if name.endswith(" city")}
    assert {name.removesuffix(" city") for name in cities} == {
        "St. Louis", "Baltimore", "Fairfax", "Franklin", "Roanoke", "Richmond",
    }  # fmt: skip


def test_every_county_has_a_shape_and_every_shape_a_county(counties, features):
    ids = [feature["id"] for feature in features]
    assert ids == sorted(set(ids))
    assert set(ids) == set(counties)


def test_outer_rings_run_clockwise_and_holes_the_other_way(features):
    for feature in features:
        assert feature["geometry"]["type"] == "MultiPolygon"
        polygons = feature["geometry"]["coordinates"]
        assert polygons, feature["id"]
        for outer, *holes in polygons:
            assert signed_area(outer) < 0, feature["id"]
            assert all(signed_area(hole) > 0 for hole in holes), feature["id"]


def test_rings_are_closed_and_rounded_and_on_the_globe(features):
    for feature in features:
        for ring in (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon):
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert all(-180 <= x <= 180 and -15 <= y <= 72 for x, y in ring)
            assert all(round(value, 3) == value for point in ring for value in point)


def test_maine_lies_in_maine(features):
    maine = [feature for feature in features if feature["id"].startswith("23")]
    points = [p for f in maine for polygon in f["geometry"]["coordinates"] for ring in polygon for p in ring]
    assert all(-71.1 < x < -66.9 and 43.0 < y < 47.5 for x, y in points)


def test_files_stay_small():
    assert (FOLDER / "shapes.json").stat().st_size < 2_500_000
    assert (FOLDER / "counties.csv").stat().st_size < 200_000


def test_map_stub_has_every_base_layer_and_draws_none():
    stub = json.loads((ROOT / "dashboard" / "static" / "world_110m.json").read_text(encoding="utf-8"))
    layers = {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"}
    assert stub["type"] == "Topology"
    assert stub["objects"] == {name: {"type": "GeometryCollection", "geometries": []} for name in layers}
    assert stub["arcs"] == []
    assert stub["transform"] == {"scale": [1, 1], "translate": [0, 0]}

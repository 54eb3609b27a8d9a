"""Make data/reference/counties/ from its source files, by hand; the README.md there has the command."""

import argparse
import csv
import json
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]

ALASKA_KINDS = {
    "Census Area": "016 050 063 066 070 105 158 180 198 240 290",
    "City and Borough": "110 220 275 282",
    "Municipality": "020 230",
}
OTHER_KINDS = {"22": "Parish", "60": "District", "69": "Municipality", "72": "Municipio", "78": "Island"}
FALLS_CHURCH_BORDER = [  # with Fairfax County, 2019 Census boundary file; both atlases flatten the city away
    (-77.15, 38.873), (-77.163, 38.875), (-77.19, 38.878), (-77.195, 38.898), (-77.191, 38.9)
]  # fmt: skip
POSTAL_CODES = (
    "01 AL,02 AK,04 AZ,05 AR,06 CA,08 CO,09 CT,10 DE,11 DC,12 FL,13 GA,15 HI,16 ID,17 IL,18 IN,19 IA,20 KS,"
    "21 KY,22 LA,23 ME,24 MD,25 MA,26 MI,27 MN,28 MS,29 MO,30 MT,31 NE,32 NV,33 NH,34 NJ,35 NM,36 NY,37 NC,"
    "38 ND,39 OH,40 OK,41 OR,42 PA,44 RI,45 SC,46 SD,47 TN,48 TX,49 UT,50 VT,51 VA,53 WA,54 WV,55 WI,56 WY,"
    "60 AS,66 GU,69 MP,72 PR,78 VI"
)


def legal_name(fips: str, name: str) -> str:
    """Return the Census name with its kind ("Hancock County"); an atlas has the bare name."""
    state, code = fips[:2], fips[2:]
    if state in {"11", "66"} or fips == "32510":
        return name
    if state == "02":
        return f"{name} {next((kind for kind, codes in ALASKA_KINDS.items() if code in codes), 'Borough')}"
    return f"{name} {OTHER_KINDS.get(state, 'city' if code >= '510' else 'County')}"


def signed_area(ring: Ring) -> float:
    """Return the shoelace area in square degrees, below zero when the ring runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def decoded_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a quantized TopoJSON file as longitudes and latitudes of three decimals."""
    (width, height), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for steps in topology["arcs"]:
        x, y, arc = 0, 0, []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((round(left + x * width, 3), round(bottom + y * height, 3)))
        arcs.append(arc)
    return arcs


def mend_falls_church(shapes: list[dict[str, Any]], arcs: list[Ring]) -> None:
    """Put the border points back into the arc of Falls Church that is not Arlington's too."""
    used = {shape["id"]: shape["arcs"][0] for shape in shapes if shape["type"] == "Polygon"}
    for i in used["51610"]:
        if not {i, ~i} & set(used["51013"]):
            arc = arcs[max(i, ~i)]
            arc[1:-1] = FALLS_CHURCH_BORDER if arc[0][0] > arc[-1][0] else FALLS_CHURCH_BORDER[::-1]


def stitched(indexes: list[int], arcs: list[Ring], clockwise: bool) -> Ring:
    """Return one closed ring from its arcs (~i is arc i backwards), in the direction asked for."""
    points = [point for i in indexes for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]
    ring = [point for point, _ in groupby(points)]
    return ring if (signed_area(ring) < 0) == clockwise else ring[::-1]


def as_feature(shape: dict[str, Any], arcs: list[Ring]) -> dict[str, Any]:
    """Return one county as GeoJSON: outer rings clockwise, holes the other way, rings of no area left out."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    drawn = [[stitched(ring, arcs, n == 0) for n, ring in enumerate(polygon)] for polygon in polygons]
    kept = [[ring for ring in rings if signed_area(ring)] for rings in drawn if signed_area(rings[0])]
    geometry = {"type": "MultiPolygon", "coordinates": kept}
    return {"type": "Feature", "id": shape["id"], "properties": {}, "geometry": geometry}


def write_csv(path: Path, header: str, rows: list[Any]) -> None:
    """Write the rows, sorted, under the header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *sorted(rows)])


def main() -> None:
    """Read the two atlas files and the populations; write the three reference files."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("atlas", "alaska_atlas", "populations", "folder"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    lines = given.populations.read_text(encoding="utf-8").splitlines()
    people = {row["fips"]: row["population"] for row in csv.DictReader(lines)}
    postal = dict(code.split() for code in POSTAL_CODES.split(","))
    features: list[dict[str, Any]] = []
    counties: list[tuple[str, ...]] = []
    for path, wants_alaska in ((given.atlas, False), (given.alaska_atlas, True)):
        topology = json.loads(path.read_text(encoding="utf-8"))
        arcs, objects = decoded_arcs(topology), topology["objects"]
        mend_falls_church(objects["counties"]["geometries"], arcs)
        for shape in objects["counties"]["geometries"]:
            fips, name = shape["id"], shape["properties"]["name"]
            if (fips[:2] == "02") == wants_alaska:
                features.append(as_feature(shape, arcs))
                count = (people[fips], "2020") if people.get(fips) else ("", "")
                counties.append((fips, legal_name(fips, name), postal[fips[:2]], *count))
        found = objects["states"]["geometries"]
        states = [(one["id"], postal[one["id"]], one["properties"]["name"]) for one in found]
    features.sort(key=lambda one: str(one["id"]))
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n"
    (given.folder / "shapes.json").write_text(text, encoding="utf-8", newline="\n")
    write_csv(given.folder / "counties.csv", "fips,name,state,population,population_year", counties)
    write_csv(given.folder / "states.csv", "fips,abbreviation,name", states)


if __name__ == "__main__":
    main()

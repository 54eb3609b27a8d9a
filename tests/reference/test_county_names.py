"""Counties are read by the rules of source-profiles.md section 6: exactly, within a known state, never guessed."""

from __future__ import annotations

import pytest

from pipelines.reference import load_counties

KNOWN = """
    text                     | state        | fips
    23009                    | -            | 23009
    23009                    | ME           | 23009
    23009.0                  | -            | 23009
    1001                     | -            | 01001
    1001                     | ME           | 01001
    9                        | ME           | 23009
    09                       | ME           | 23009
    009                      | ME           | 23009
    9.0                      | Maine        | 23009
    9                        | 23           | 23009
    1                        | 1            | 01001
    045                      | Pennsylvania | 42045
    Hancock                  | ME           | 23009
    HANCOCK                  | maine        | 23009
    Hancock County           | ME           | 23009
    Hancock Co               | ME           | 23009
    Hancock Co.              | ME           | 23009
    Hancock Cty.             | ME           | 23009
    Hancock County, ME       | -            | 23009
    Hancock, Maine           | TN           | 23009
    Knox County, TN          | ME           | 47093
    Washington               | ME           | 23029
    Washington               | OR           | 41067
    St. Lawrence             | NY           | 36089
    Saint Lawrence County    | NY           | 36089
    Ste. Genevieve           | MO           | 29186
    Sainte Genevieve         | MO           | 29186
    Doña Ana                 | NM           | 35013
    Dona Ana County          | NM           | 35013
    Prince George's          | MD           | 24033
    Prince Georges County    | MD           | 24033
    Prince George’s          | MD           | 24033
    St. Tammany Parish       | LA           | 22103
    Bethel Census Area       | AK           | 02050
    North Slope Borough      | AK           | 02185
    St. Louis County         | MO           | 29189
    St. Louis City           | MO           | 29510
    St Louis city            | MO           | 29510
    Baltimore County         | MD           | 24005
    Baltimore city           | MD           | 24510
    Richmond city            | VA           | 51760
    Carson City              | NV           | 32510
    James City County        | VA           | 51095
    Charles City             | VA           | 51036
    District of Columbia     | DC           | 11001
    Fairfield                | CT           | 09001
"""
UNKNOWN = """
    text                     | state | problem
    9                        | -     | no state
    009                      | -     | no state
    Hancock                  | -     | no state
    Washington               | -     | no state
    Hancock                  | XX    | no state
    99999                    | -     | unknown
    002                      | ME    | unknown
    23002                    | ME    | unknown
    09110                    | CT    | unknown
    02261                    | AK    | unknown
    Baltimore                | MD    | ambiguous
    St. Louis                | MO    | ambiguous
    Fairfax                  | VA    | ambiguous
    Franklin                 | VA    | ambiguous
    Roanoke                  | VA    | ambiguous
    Richmond                 | VA    | ambiguous
    Ellsworth                | ME    | unknown
    Wahsington               | ME    | unknown
    MNEW LONDON              | CT    | unknown
    Hancock and Washington   | ME    | unknown
    -                        | ME    | unknown
    County                   | ME    | unknown
    123456                   | ME    | unknown
"""


def rows(text: str) -> list[dict[str, str | None]]:
    """Read a drawn table; `-` is an empty cell."""
    header, *body = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [{name: None if cell == "-" else cell for name, cell in zip(header, row, strict=True)} for row in body]


@pytest.mark.parametrize("row", rows(KNOWN), ids=lambda row: f"{row['text']} {row['state']}")
def test_known(row: dict[str, str | None]) -> None:
    assert load_counties().read(row["text"] or "", row["state"]).fips == row["fips"]


@pytest.mark.parametrize("row", rows(UNKNOWN), ids=lambda row: f"{row['text']} {row['state']}")
def test_never_guessed(row: dict[str, str | None]) -> None:
    found = load_counties().read(row["text"] or "", row["state"])
    assert (found.fips, found.problem) == (None, row["problem"])


@pytest.mark.parametrize(
    ("text", "state", "near"),
    [("Wahsington", "ME", "Washington County"), ("MNEW LONDON", "CT", "New London County"), ("Ellsworth", "ME", "")],
)
def test_a_near_miss_names_the_reference_and_not_the_cell(text: str, state: str, near: str) -> None:
    assert load_counties().read(text, state).near == near


def test_every_county_is_read_by_its_own_full_name_and_code() -> None:
    counties = load_counties()
    for fips, name in counties.names.items():
        assert counties.read(fips, None).fips == fips
        found = counties.read(name, counties.state_of[fips])
        assert found.fips == fips, name


def test_many_states_have_a_county_called_washington() -> None:
    """Why the state is never guessed (rule 1)."""
    counties = load_counties()
    for name, at_least in (("Washington", 29), ("Hancock", 9), ("Knox", 8)):
        states = {state for state in counties.state_fips if counties.read(name, state).fips}
        assert len(states) > at_least
        assert len({counties.read(name, state).fips for state in states}) == len(states)

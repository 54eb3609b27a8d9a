"""What a page of published numbers looks at: one release for one audience, and one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.measures.lookup import EVERYWHERE, Place, is_given, place_names
from dashboard.settings import read_settings
from dashboard.standing import NOT_RELEASED, NOT_RELEASED_LEGEND, STAMPS, WITHHELD, WITHHELD_LEGEND
from dashboard.ui.view import ALL_COUNTIES
from pipelines.policy import AudienceName
from pipelines.published import Published, read_published
from pipelines.published.folder import POINTER

WHOLE_PROGRAM = "Whole program"


@dataclass(frozen=True)
class Shared:
    """The release in use, the place chosen, and the ground (light or dark) the text of charts lies on."""

    published: Published
    place: Place = EVERYWHERE
    ground: str = ""

    @property
    def audience(self) -> AudienceName:
        """The audience this was published for."""
        return self.published.cube.audience

    @property
    def as_of(self) -> date:
        """The last day the records cover completely."""
        return date.fromisoformat(self.published.cube.as_of)

    @property
    def stamp(self) -> str:
        """The words that say for whom these numbers are."""
        return STAMPS[self.audience]

    @property
    def place_name(self) -> str:
        """The place in words."""
        return place_names(self.published).get(self.place, self.everywhere)

    @property
    def everywhere(self) -> str:
        """The name of all places together, of which a program without counties has one."""
        return WHOLE_PROGRAM if self.published.policy.hierarchies.county.levels == ("all",) else ALL_COUNTIES

    @property
    def resources(self) -> tuple[str, ...]:
        """Lines of support that the program adds."""
        lines = self.published.cube.about.get("resources", "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    @property
    def has_contacts(self) -> bool:
        """Whether the records hold contacts, or events alone."""
        return self.published.cube.about.get("has_sessions", "true") == "true"

    @property
    def gives_counties(self) -> bool:
        """Whether any table of this audience is by county."""
        policy = self.published.policy
        tables = (t for name in policy.measures for t in policy.tables_of(self.audience, name))
        return any(table[0] == "county" for table in tables)

    @property
    def marks(self) -> dict[str, str]:
        """The mark of each state that is not a number."""
        return {
            "withheld": self.published.policy.marks.withheld,
            "not_released": self.published.policy.marks.not_released,
        }

    @property
    def legends(self) -> dict[str, str]:
        """What each mark means, by mark: the standing words behind the marks of this policy."""
        return {
            self.marks["withheld"]: self.marks["withheld"] + WITHHELD_LEGEND.removeprefix(WITHHELD),
            self.marks["not_released"]: self.marks["not_released"] + NOT_RELEASED_LEGEND.removeprefix(NOT_RELEASED),
        }

    def gives(self, *names: str) -> tuple[str, ...]:
        """Return those of the measures that this audience is given."""
        return tuple(name for name in names if is_given(self.published, name))

    def gives_split(self, *names: str) -> tuple[str, ...]:
        """Return those of the measures that this audience is given by category."""
        policy = self.published.policy
        levels = {name: {table[2] for table in policy.tables_of(self.audience, name)} for name in self.gives(*names)}
        return tuple(name for name, found in levels.items() if "category" in found)


def in_use(audience: AudienceName) -> Published:
    """Return the live release of an audience; OutcomesError if there is none that passed its audit."""
    folder = read_settings().published
    pointer = folder / audience / POINTER
    stamp = pointer.read_bytes() if pointer.is_file() else b""
    return _read(folder, audience, stamp)


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(folder: Path, audience: AudienceName, pointer: bytes) -> Published:
    return read_published(folder, audience)

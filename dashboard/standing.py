"""Sentences that read the same on every page, slide and sheet: stamps, support, and what a mark means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.settings import Audience

STAMPS: Final[Mapping[Audience, str]] = {
    "director": "Internal: exact numbers, do not share",
    "funder": "Protected copy for the funder",
    "board": "Protected copy, fit for the board and the public",
}
RESTRICTED: Final = "Restricted: exact numbers, only for the funder named here"
RESOURCES: Final = "Need to talk? Call or text 988, the Suicide & Crisis Lifeline, any time. In an emergency call 911."
DEATHS_IN_WORDS: Final = (
    "Deaths of people the program has supported are recorded. "
    "Their number is not shown here, so that nobody can be singled out."
)
TOLD_A_COACH: Final = (
    "These numbers count what people **told a coach**. More contact and more trust mean that more is heard, "
    "so a rise is not bad news by itself. What counts here is whether someone was there afterward."
)
WITHOUT_CONTACTS: Final = (
    "These data hold **events without contacts**. Nothing in them says whom the program supported or reached, "
    "so every event recorded is counted, and no rate can be given."
)
DEATHS_OF_EVENTS: Final = "Deaths are recorded. Their number is not shown here, so that nobody can be singled out."
WITHHELD: Final = "•"
NOT_RELEASED: Final = "→"
WITHHELD_LEGEND: Final = "• Withheld so that nobody can be singled out. A withheld number can be small or large."
NOT_RELEASED_LEGEND: Final = "→ Not released at this level. Longer periods or larger places may be."
LEGENDS: Final[Mapping[str, str]] = {WITHHELD: WITHHELD_LEGEND, NOT_RELEASED: NOT_RELEASED_LEGEND}

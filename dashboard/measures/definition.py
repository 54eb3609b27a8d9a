"""A measure, once: the TOML header and the SQL body of one `.sql` file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

Texts: TypeAlias = "str | tuple[Texts, ...]"
Kind = Literal[
    "people",
    "share_of_people",
    "share_of_rows",
    "events",
    "rate",
    "median",
    "cost",  # spending per person
    "matched_change",  # pairs of answers of the same people
    "days_between",  # the days from each event to the next
    "retention",  # share still in touch, by days since entry
    "first_event",  # share with a first event, by days since entry
    "repeated_events",  # events per person, by days since entry
]
Direction = Literal["higher", "lower", "neutral", "none"]
Interval = Literal[
    "wilson",
    "poisson",
    "kaplan_meier",
    "aalen_johansen",
    "mean_cumulative",
    "clopper_pearson",
    "t_chart",
    "quartiles",
    "none",
]
CURVES: frozenset[Kind] = frozenset({"retention", "first_event", "repeated_events"})


class Measure(BaseModel):
    """One measure; every page, chart, file and help text reads these fields and no other words.

    Texts may hold `{parameter}` in braces, for example `{second_contact_days}`; `worded` fills them in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str  # file stem, for example people_served
    id: str  # catalog number, for example S1
    title: str
    short_title: str
    kind: Kind
    unit: str  # what one count is: person, session, event, day
    units: str  # its plural
    numerator: str
    denominator: str = ""
    direction: Direction
    interval: Interval  # in the words of statistics.md; quartiles belong to a median
    why: str
    caveats: tuple[str, ...]
    example: str  # the worked example in one or two sentences; a test holds it true
    dimensions: tuple[str, ...]
    audiences: tuple[Literal["director", "funder", "board"], ...]
    version: str = "1"
    synonyms: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other names a command understands; `{days}` stands for the value of a parameter
    clause: str = ""  # level clause of a headline: {n} {total} {value} {period}
    subject: str = ""  # noun phrase for a sentence about change, for example "reported returns to use"
    per: float = 100  # person-months of a rate
    key: str = "participant_key"  # column of the body that names the unit of the denominator
    once: bool = False  # the body yields each unit once per period, so that its rows add up
    looks_back: bool = False  # counts contacts up to the gap rule's days before the period ends
    left_out: tuple[tuple[str, str], ...] = ()  # codes of the body's column `left_out`, and their words
    rows_beside: str = ""  # what the body's `row_numerator` of `row_denominator` count, beside people
    sql: str

    def counted(self, n: float) -> str:
        """Return the unit or its plural, as `n` asks for."""
        return self.unit if n == 1 else self.units

    def worded(self, parameters: Mapping[str, object]) -> Measure:
        """Return the measure with every `{parameter}` of its texts replaced by its value."""
        return self.model_copy(update={name: _fill(getattr(self, name), parameters) for name in _TEXTS})


_TEXTS = (
    "title",
    "short_title",
    "numerator",
    "denominator",
    "why",
    "caveats",
    "clause",
    "subject",
    "left_out",
    "rows_beside",
)


def _fill(text: Texts, parameters: Mapping[str, object]) -> Texts:
    """Replace `{name}` in a text, or in every text of a tuple; other braces stay as they are."""
    if isinstance(text, tuple):
        return tuple(_fill(part, parameters) for part in text)
    for name, value in parameters.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text

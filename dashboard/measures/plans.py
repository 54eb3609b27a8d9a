"""What the program itself says about its numbers: dated, named changes, and its targets (data-model.md 3.4).

Both come from the program file with a load. A change of how the program works starts a new phase of a chart
(statistics.md 10); everything named is printed on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.measures.definition import CURVES, Measure
from dashboard.measures.registry import as_written, measure
from dashboard.store import Store
from pipelines.errors import OutcomesError
from pipelines.program import Program

NEW_PHASE = "process_change"
NEVER = ("U", "O")  # returns to use; overdoses and deaths: first letters of catalog numbers
_ANNOTATIONS = """
SELECT
  CAST(on_date AS VARCHAR) AS day, CAST(kind AS VARCHAR) AS kind, note,
  coalesce(measure_id, '') AS measure, coalesce(county_fips, '') AS county
FROM annotation
ORDER BY on_date, note
"""
_TARGETS = """
SELECT
  measure_id AS measure, CAST(period_start AS VARCHAR) AS first_day, CAST(period_end AS VARCHAR) AS last_day,
  value, coalesce(county_fips, '') AS county
FROM target
WHERE measure_id <> 'spend'
ORDER BY measure_id, period_start, county
"""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something dated that charts name; an empty `measure` or `county` concerns all of them."""

    day: date
    kind: str
    note: str
    measure: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A goal for one measure, in the unit of its values, from `first_day` through `last_day`."""

    measure: str
    first_day: date
    last_day: date
    value: float
    county: str = ""

    def gone_by(self, day: date) -> float:
        """Return the share of its time that is over at the end of `day`, 0 to 1."""
        whole = (self.last_day - self.first_day).days + 1
        return min(max((day - self.first_day).days + 1, 0), whole) / whole


@dataclass(frozen=True, slots=True)
class Plan:
    """All annotations, in order of time, and all targets."""

    annotations: tuple[Annotation, ...] = ()
    targets: tuple[Target, ...] = ()

    def notes(self, name: str = "", county: str = "") -> tuple[Annotation, ...]:
        """Return what concerns the measure `name` (any, if empty) in `county` (all of them, if empty).

        What concerns one county alone says nothing of all of them together.
        """
        return tuple(a for a in self.annotations if a.measure in {"", name or a.measure} and a.county in {"", county})

    def changes(self, name: str, county: str = "") -> tuple[date, ...]:
        """Return the days on which a new phase of the measure's chart begins."""
        return tuple(note.day for note in self.notes(name, county) if note.kind == NEW_PHASE)

    def target(self, name: str, day: date, county: str = "") -> Target | None:
        """Return the target of the measure that holds on `day`, of exactly this county (or of all)."""
        holding = (t for t in self.targets if t.measure == name and t.first_day <= day <= t.last_day)
        return next((t for t in holding if t.county == county), None)


def read_plan(store: Store) -> Plan:
    """Read the annotations and targets of the version in use, as far as this release knows their measures."""
    told = store.frame(_ANNOTATIONS).itertuples(index=False, name=None)
    aims = store.frame(_TARGETS).itertuples(index=False, name=None)
    annotations = (Annotation(date.fromisoformat(day), *rest) for day, *rest in told)
    targets = (Target(name, date.fromisoformat(a), date.fromisoformat(b), *rest) for name, a, b, *rest in aims)
    fit = (target for target in targets if target.measure in as_written() and may_have_target(measure(target.measure)))
    return Plan(tuple(annotations), tuple(fit))


def may_have_target(asked: Measure) -> bool:
    """Say whether a target is fit: never for returns to use, overdoses and deaths, nor for curves and spending."""
    judged = asked.direction != "none" and not asked.id.startswith(NEVER)
    return judged and asked.kind not in {*CURVES, "days_between", "cost"}


def check_program(program: Program) -> None:
    """Refuse annotations and targets of measures that do not exist, and targets that nobody should set.

    Raises UnknownNameError with the nearest name, or OutcomesError naming the entry.
    """
    for number, told in enumerate(program.annotation, start=1):
        if told.measure:
            _known(told.measure, f"annotation.{number}.measure")
    for number, aim in enumerate(program.target, start=1):
        where = f"target.{number}"
        asked = _known(aim.measure, f"{where}.measure")
        if not may_have_target(asked):
            raise OutcomesError("program file", f'"{where}" sets a target for {aim.measure}.', _WHY_NOT)
        if asked.kind.startswith("share") and aim.value > 1:
            cure = f"Write {aim.value:g} % as {aim.value / 100:g}."
            raise OutcomesError("program file", f'"{where}.value" is above 1, but {aim.measure} is a share.', cure)


_WHY_NOT = "Leave it out: returns to use, overdoses and deaths, spending and curves have no targets."


def _known(name: str, where: str) -> Measure:
    try:
        return measure(name)
    except OutcomesError as error:
        raise type(error)(f'program file, "{where}"', error.what, error.cure) from None

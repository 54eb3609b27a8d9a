"""The policy file as a strict model: an unknown key or an unsafe combination is an error."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

CountyLevel = Literal["county", "region", "all"]
PeriodLevel = Literal["month", "quarter", "year", "fiscal_year"]
CategoryLevel = Literal["category", "all"]
AudienceName = Literal["funder", "board"]
Axis = Literal["county", "period", "category"]
Kind = Literal["events", "persons", "distinct", "rate", "lifetable"]
Table: TypeAlias = tuple[CountyLevel, PeriodLevel, CategoryLevel]
Days = Annotated[int, Field(ge=1)]

COARSER: dict[str, int] = {"county": 0, "region": 1, "month": 0, "quarter": 1, "category": 0, "all": 9}
COARSER |= {"year": 2, "fiscal_year": 2}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Marks(_Strict):
    """What stands in place of a number."""

    withheld: str = "•"
    not_released: str = "→"


class CountyHierarchy(_Strict):
    """Levels of place; each costs cells."""

    levels: tuple[CountyLevel, ...] = ("county", "region", "all")


class PeriodHierarchy(_Strict):
    """Levels of time, and how many months the first release reaches back."""

    months: int = Field(default=36, ge=1, le=600)
    levels: tuple[PeriodLevel, ...] = ("month", "quarter", "year")
    fiscal_year_start: Literal["none"] | Annotated[int, Field(ge=2, le=12)] = "none"
    allow_overlap: bool = False


class CategoryHierarchy(_Strict):
    """Levels of the one further split a measure may have."""

    levels: tuple[CategoryLevel, ...] = ("category", "all")


class Hierarchies(_Strict):
    """The three axes of every cube."""

    county: CountyHierarchy = CountyHierarchy()
    period: PeriodHierarchy = PeriodHierarchy()
    category: CategoryHierarchy = CategoryHierarchy()


class MeasureRules(_Strict):
    """How one measure is counted and protected.

    `additive_over`: axes along which parts add up to totals; along the others a total lies between its largest
    part and the sum of its parts (one person can be in several). `matures_after_days`: how long after a period's
    end its numbers are still being judged.
    """

    kind: Kind
    unit: str = "participant"
    measure: str = ""  # the measure to evaluate, if the table has another name
    zeros: Literal["show", "hide"] = "hide"
    additive_over: tuple[Axis, ...] = ()
    levels: tuple[PeriodLevel, ...] = ()  # period levels this measure is released at; empty = all of the hierarchy
    category: str = ""  # the dimension behind the category axis; empty = none
    categories: tuple[str, ...] = ()
    multi: bool = False  # one unit can be in several categories, so that no category total is shown
    sensitive: bool = False
    providers: str = ""
    numerator: str = ""
    denominator: str = ""
    complement: str = ""
    decimals: Literal[0, 1] = 0
    grid_days: tuple[Days, ...] = ()
    settings: dict[str, int] = Field(default_factory=dict)
    matures_after_days: int = Field(default=0, ge=0)
    at_most: str = ""  # another quantity this count never exceeds


class Attacker(_Strict):
    """What the attacker of the audit can do beyond arithmetic and bounds."""

    integer: bool = True
    insider: Literal[0, 1] = 0


class Adaptive(_Strict):
    """Release each series at the finest period level at which few enough cells are small."""

    max_small_share: float = Field(default=0.10, gt=0, lt=1)
    never_finer_than: PeriodLevel = "month"


class AudienceRules(_Strict):
    """What one audience gets."""

    tables: tuple[Table, ...] = Field(min_length=1)
    adaptive: Adaptive | None = None
    threshold: int | None = Field(default=None, ge=2)
    min_width: int | None = Field(default=None, ge=2)
    drop_measures: tuple[str, ...] = ()
    measure_tables: dict[str, tuple[Table, ...]] = Field(default_factory=dict)
    providers_see: bool = False


class Release(_Strict):
    """When numbers are released and when they may change."""

    cadence: Literal["monthly", "quarterly", "yearly"] = "monthly"
    closed_periods_only: Literal[True] = True
    lag_days: int = Field(default=30, ge=0)
    restate: Literal["yearly", "never"] = "yearly"
    to_date_totals: bool = False


class Policy(_Strict):
    """The whole file."""

    policy: Literal[1]
    threshold: int = Field(default=11, ge=2)  # 1 … threshold - 1 is small
    min_width: int = Field(default=5, ge=2)  # most minus least that an attacker can still believe
    unreliable_below: int = Field(default=20, ge=0)
    on_failure: Literal["abort", "hide_component"] = "abort"
    marks: Marks = Marks()
    hierarchies: Hierarchies = Hierarchies()
    measures: dict[str, MeasureRules] = Field(min_length=1)
    attacker: Attacker = Attacker()
    audiences: dict[AudienceName, AudienceRules] = Field(min_length=1)
    release: Release = Release()

    def threshold_for(self, audience: AudienceName) -> int:
        """Return the threshold of an audience."""
        return self.audiences[audience].threshold or self.threshold

    def width_for(self, audience: AudienceName) -> int:
        """Return the width of an audience."""
        return self.audiences[audience].min_width or self.min_width

    def period_levels(self) -> tuple[PeriodLevel, ...]:
        """Return the levels of time in use, finest first."""
        period = self.hierarchies.period
        levels: list[PeriodLevel] = [level for level in period.levels if level != "fiscal_year"]
        if period.fiscal_year_start != "none":
            levels.append("fiscal_year")
        return tuple(sorted(levels, key=lambda level: COARSER[level]))

    def tables_of(self, audience: AudienceName, measure: str) -> tuple[Table, ...]:
        """Return the tables of one measure that an audience gets, narrowed to the measure's own levels.

        A funder gets the board's tables too: two audiences can pool what they see.
        """
        tables = self._own_tables(audience, measure)
        if audience == "funder" and "board" in self.audiences:
            tables += self._own_tables("board", measure)
        return tuple(dict.fromkeys(tables))

    def _own_tables(self, audience: AudienceName, measure: str) -> tuple[Table, ...]:
        rules, own = self.audiences[audience], self.measures[measure]
        if measure in rules.drop_measures:
            return ()
        tables = rules.measure_tables.get(measure, rules.tables)
        tables = tuple(t for t in tables if t[2] == "all" or own.category)
        return tuple(t for t in tables if not own.levels or t[1] in own.levels)

"""`outcomes measures` and `outcomes measure`: definitions, and one number as every page shows it."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table

from pipelines.cli.app import STORE, Store, app
from pipelines.cli.console import out
from pipelines.errors import OutcomesError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.measures import Period, Result
    from dashboard.measures.result import Row
    from dashboard.store import Store as Warehouse

FORMATS = ("table", "csv", "json")
GRANT_START = "09-30"
PLACES = {"contact": "All counties", "residence": "All counties (where people live)"}
By = Annotated[list[str] | None, typer.Option(help="Split by a dimension, for example county; may be repeated.")]
PeriodRange = Annotated[
    str, typer.Option("--period", help="2026Q3, 2025Q1:2026Q3, 2026-FFY, 2026-SFY, 2026-GY, 2026-07: …")
]
Calendar = Annotated[
    str, typer.Option(help="month, quarter, federal_fiscal_year, rolling_12 … Without it, that of --period.")
]


@app.command(epilog="Example: outcomes measures")
def measures() -> None:
    """List every measure with its definition."""
    from dashboard.measures import load_measures  # pandas takes a second to import

    table = Table("Measure", "Name", "What it says", "Numerator", "Denominator")
    for item in load_measures().values():
        table.add_row(item.id, item.name, item.title, item.numerator, item.denominator or "–")
    out.print(table)


@app.command(epilog="Example: outcomes measure retained --by county --period 2025Q1:2026Q3 --format csv")
def measure(  # every option is one choice of the question
    name: Annotated[str, typer.Argument(help="A name from `outcomes measures`.")],
    by: By = None,
    period: PeriodRange = "",
    calendar: Calendar = "",
    periods: Annotated[int, typer.Option(help="Without --period: how many of the latest periods.", min=1)] = 8,
    grant_start: Annotated[str, typer.Option(help="Month and day a grant year begins.")] = GRANT_START,
    setting: Annotated[
        list[str] | None, typer.Option("--set", help="Another setting, as days=180; may be repeated.")
    ] = None,
    county_of: Annotated[
        Literal["contact", "residence"], typer.Option(help="Which county is meant: of the contact, or of the home.")
    ] = "contact",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    store: Store = STORE,
) -> None:
    """Print one measure: numerator, denominator, value, limits, state, and the versions of definition and data."""
    from dashboard.measures import Query, evaluate
    from dashboard.measures.export import result_csv, result_json
    from dashboard.measures.registry import named
    from dashboard.store import Store as Warehouse

    if form not in FORMATS:
        raise unknown("--format", "format", form, FORMATS)
    warehouse = Warehouse(store)
    warehouse.refresh()
    asked = _periods(warehouse, period, calendar, periods, _month_day(grant_start))
    known, settings = named(name)
    settings += _settings(setting or ())
    result = evaluate(warehouse, Query(known, asked, tuple(by or ()), settings=settings, county_of=county_of))
    match form:
        case "csv":
            out.file.write(result_csv(result, PLACES[county_of]))
        case "json":
            out.file.write(result_json(result))
        case _:
            _print_result(result)


def _periods(
    warehouse: Warehouse, period: str, calendar: str, latest: int, grant_start: tuple[int, int]
) -> tuple[Period, ...]:
    from dashboard.measures import periods_of
    from dashboard.reports.period_codes import CALENDARS, read_range

    first, last = date.fromisoformat(warehouse.settings["data_start"]), warehouse.as_of
    every = periods_of(calendar or "quarter", first, last, grant_start=grant_start)  # names the nearest calendar
    if not period:
        return every[-latest:]
    if calendar and calendar not in CALENDARS:
        raise OutcomesError("--period", f"periods of {calendar} have no codes.", "Use --periods with it instead.")
    return read_range(period, first, last, (calendar,) if calendar else CALENDARS, grant_start=grant_start)


def _month_day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2023-{text}")
    except ValueError:
        raise OutcomesError("--grant-start", f'"{text}" is no month and day.', "Write it as 09-30.") from None
    return day.month, day.day


def _settings(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    chosen = []
    for text in texts:
        name, _, number = text.partition("=")
        if not number.strip().isdecimal():
            raise OutcomesError("--set", f'"{text}" is no setting.', "Write it as days=180.")
        chosen.append((name.strip(), int(number)))
    return tuple(chosen)


def _print_result(result: Result) -> None:
    from dashboard.measures.wording import interval_title

    measure, provenance = result.measure, result.provenance
    of = f", of {measure.denominator}" if measure.denominator else ""
    out.print(f"[bold]{measure.title}[/] ({measure.id}): {measure.numerator}{of}.", soft_wrap=True)
    heads, lines = _curve(result) if "at_risk" in result.frame else _cells(result)
    table = Table(*heads, "Value", interval_title(measure), "State")
    for line in lines:
        table.add_row(*line)
    out.print(table)
    for note in provenance.notes:
        out.print(note)
    out.print(
        f"Definition version {measure.version}. Data version {provenance.version}, through {provenance.as_of}; "
        f"{provenance.gap_days} days without contact count as leaving."
    )


def _cells(result: Result) -> tuple[list[str], list[list[str]]]:
    """Return headings and lines of a result with one row per period and group."""
    rows: Iterable[Row] = result.frame.itertuples()
    return [*_heads(result), "Numerator", "Denominator"], [
        [*_key(result, row), _count(row.numerator), _count(row.denominator), *_value(result, row)] for row in rows
    ]


def _curve(result: Result) -> tuple[list[str], list[list[str]]]:
    """Return headings and lines of a curve on the days people ask about."""
    from dashboard.measures import on_days

    complete = dict(zip(result.frame["period"], result.frame["completeness"], strict=True))
    frame = on_days(result)
    frame["completeness"] = frame["period"].map(complete)
    rows: Iterable[Row] = frame.itertuples()
    return [*_heads(result), "Day", "Still followed", "People"], [
        [*_key(result, row), f"{row.day}", _count(row.at_risk), _count(row.people), *_value(result, row)]
        for row in rows
    ]


def _heads(result: Result) -> list[str]:
    from dashboard.measures import title

    return ["Period", *(title(name) for name in result.query.by)]


def _key(result: Result, row: Row) -> list[str]:
    return [str(row.period), *(result.label(name, getattr(row, name)) for name in result.query.by)]


def _value(result: Result, row: Row) -> list[str]:
    from dashboard.measures import value_text
    from dashboard.measures.wording import state

    limits = [value_text(result.measure, limit) for limit in (row.lower, row.upper)]
    return [value_text(result.measure, row.value), "–" if isnan(row.lower) else " to ".join(limits), state(row)]


def _count(value: float) -> str:
    return "–" if isnan(value) else f"{value:,.1f}".removesuffix(".0")

"""One chart or table of published numbers: the same blocks as on a director's pages, with marks for what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import FEWEST_COUNTIES, MAP_CONFIG, in_ink
from dashboard.charts.marked import grid_dots, marked_bars, marked_dots, marked_trend
from dashboard.charts.marked_map import marked_map
from dashboard.charts.scale import is_share, parts, unknown_last
from dashboard.measures import Period, Query, Result, alt_text, title, value_text
from dashboard.measures.lookup import EVERYWHERE, LEVELS, closed_years, look_up, series
from dashboard.measures.result import Row
from dashboard.ui.block import Block, span
from dashboard.ui.cache import county_shapes
from dashboard.ui.released.files import frame_csv
from dashboard.ui.released.view import Shared

FEWEST_POINTS = 4  # fewer are a table


def over_time(view: Shared, name: str) -> Block | None:
    """Show a measure at the finest level released for the place, and say which; None if nothing is released."""
    result, level = series(view.published, name, view.place)
    if not level:
        return None
    figure = marked_trend(result, view.marks) if len(result.frame) >= FEWEST_POINTS else None
    return block(view, result, figure, "Line", LEVELS[level] + _finer(view, name, level), by_period(view, result))


def _finer(view: Shared, name: str, level: str) -> str:
    """Say that shorter periods exist in the tables of the audience but not for this series."""
    policy = view.published.policy
    asked = {table[1] for table in policy.tables_of(view.audience, name) if table[0] == view.place[0]}
    shorter = [own for own in policy.period_levels() if own in asked][:1]
    if not shorter or shorter[0] == level:
        return ""
    return f", the shortest periods released here ({LEVELS[shorter[0]]}: {view.marks['not_released']})"


def by_category(view: Shared, name: str) -> Block | None:
    """Show a measure by its category in the newest released year, for the whole program."""
    years = closed_years(view.published, name)
    split = view.published.policy.measures[name].category
    if not years or not split:
        return None
    result = look_up(view.published, Query(name, years[-1:], by=(split,), audience=view.audience))
    table = by_group(view, result, split)
    if not (result.frame["state"] == "shown").any():
        return block(view, result, None, "Table", "", table)
    return block(view, result, marked_bars(result, view.marks), "Bars", "", table, everywhere=True)


def by_county(view: Shared, name: str) -> Block | None:
    """Show a measure by county in the newest released year, with the whole program as a line."""
    years = closed_years(view.published, name)
    if not years:
        return None
    result = look_up(view.published, Query(name, years[-1:], by=("county",), audience=view.audience))
    whole = look_up(view.published, Query(name, years[-1:], audience=view.audience)).frame["value"]
    mean = float(whole.iloc[0]) if is_share(result.measure) else None
    figure = marked_dots(result, view.marks, mean)
    return block(view, result, figure, "Dots with intervals", "", by_group(view, result, "county"), everywhere=True)


def on_the_map(view: Shared, names: Sequence[str]) -> Block | None:
    """Draw the first of the measures that is a count on a map, for the newest released year; None without counties."""
    for name in names:
        years = closed_years(view.published, name)[-1:]
        if not years or view.published.policy.measures[name].kind == "rate":
            continue
        result = look_up(view.published, Query(name, years, by=("county",), audience=view.audience))
        shapes = county_shapes(frozenset(result.frame["county"]))
        if len(shapes["features"]) < FEWEST_COUNTIES:
            return None
        figure = marked_map(result, shapes, view.marks)
        table = by_group(view, result, "county")
        made = block(view, result, figure, "Map in classes of counts", "", table, everywhere=True)
        return replace(made, config=MAP_CONFIG)
    return None


def on_the_grid(view: Shared, name: str) -> Block | None:
    """Show a life table at the days of its grid, one row of dots per year of entry."""
    days = view.published.policy.measures[name].grid_days
    found = [series(view.published, name, view.place, day)[0] for day in days]
    periods = tuple(dict.fromkeys(period for result in found for period in result.query.periods))
    if not periods:
        return None
    cohorts = {period.label: _cohort(view, name, period, days) for period in periods[-4:]}
    figure = grid_dots(cohorts, dict.fromkeys(cohorts, days), view.marks)
    table = pd.DataFrame(
        [(label, *(cell(view, one, row) for row in _states(one))) for label, one in cohorts.items()],
        columns=["First contact in", *(f"{day} days" for day in days)],
    )
    newest = next(reversed(cohorts.values()))
    heading = "Still in touch, by year of first contact"
    return block(view, newest, figure, "Dots on a grid of days", "no steps between the days", table, heading=heading)


def _cohort(view: Shared, name: str, period: Period, days: Sequence[int]) -> Result:
    """Return one row per day for people who came first in a period."""
    where = ((view.place[0], (view.place[1],)),) if view.place != EVERYWHERE else ()
    rows = [look_up(view.published, Query(name, (period,), (), where, (("days", d),), view.audience)) for d in days]
    return Result(
        rows[0].measure.model_copy(update={"title": "People still in touch"}),
        rows[0].query,
        pd.concat([one.frame for one in rows], ignore_index=True),
        rows[0].provenance,
        rows[0].names,
    )


def side_by_side(view: Shared, names: Sequence[str]) -> Block | None:
    """Show several measures by county in the newest year that any of them is released for."""
    years = [year for name in names for year in closed_years(view.published, name)[-1:]]
    if not years:
        return None
    newest = (max(years, key=lambda year: year.end),)
    results = [look_up(view.published, Query(name, newest, by=("county",), audience=view.audience)) for name in names]
    table: dict[str, list[str]] = {"County": [results[0].label("county", c) for c in results[0].frame["county"]]}
    for result in results:
        table[result.measure.short_title] = [cell(view, result, row) for row in _states(result)]
    frame = pd.DataFrame(table).sort_values("County", key=lambda names: names.map(unknown_last))
    first = results[0]
    about = "Several measures" if len(results) > 1 else first.measure.title
    return block(view, first, None, "Table", "", frame, heading="County by county", about=about, everywhere=True)


def by_period(view: Shared, result: Result) -> pd.DataFrame:
    """Return one line per period: period and value with its n of N."""
    lines = [(row.period, cell(view, result, row)) for row in _states(result)]
    return pd.DataFrame(lines, columns=["Period", result.measure.short_title])


def by_group(view: Shared, result: Result, name: str) -> pd.DataFrame:
    """Return one line per group by name, those without a number last."""
    lines = [(result.label(name, getattr(row, name)), cell(view, result, row), row.state) for row in _states(result)]
    lines.sort(key=lambda line: (line[2] != "shown", unknown_last(line[0])))
    return pd.DataFrame([line[:2] for line in lines], columns=[title(name), result.measure.short_title])


def _states(result: Result) -> list[Row]:
    return list(result.frame.itertuples())


def cell(view: Shared, result: Result, row: Row) -> str:
    """Write one row: its mark, or its value with n of N."""
    state = str(row.state)
    if state in view.marks:
        return view.marks[state]
    value = value_text(result.measure, row.value)
    n_of = parts(result.measure, row)
    few = "" if row.reliable else ", few: read as a count"
    return f"{value} ({n_of}{few})" if n_of else value


def _heading(result: Result) -> str:
    by = ", ".join(title(name).lower() for name in result.query.by)
    return result.measure.title if not by or " by " in result.measure.title else f"{result.measure.title} by {by}"


def block(
    view: Shared,
    result: Result,
    figure: go.Figure | None,
    kind: str,
    subtitle: str,
    table: pd.DataFrame,
    *,
    heading: str = "",
    about: str = "",
    everywhere: bool = False,
) -> Block:
    """Make a block of published numbers; the legend of the marks stands below a heading that needs it."""
    place = view.everywhere if everywhere else view.place_name
    withheld = int((result.frame["state"] == "withheld").sum())
    cells = set(table.astype(str).to_numpy().ravel())
    legends = [words for mark, words in view.legends.items() if mark in cells or mark in subtitle]
    measured = about or (result.measure.title if heading else "")
    covers = " · ".join(
        part for part in (measured, place, span(result) if len(result.query.periods) else "", subtitle) if part
    )
    key = "-".join((result.measure.name, *result.query.by, kind)).replace(" ", "-").lower()
    return Block(
        key=f"{view.audience}-{key}",
        heading=heading or _heading(result),
        covers="  \n".join((covers, *legends)),
        figure=None if figure is None else in_ink(figure, view.ground),
        alt=alt_text(kind, result, place, withheld),
        table=lambda: table,
        file=lambda: frame_csv(view, result, place),
        nothing="" if len(table) else "Nothing is released here.",
    )

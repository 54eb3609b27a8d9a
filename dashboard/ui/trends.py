"""Monthly trends of a view as control charts, with the program's own changes and targets."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import control_chart
from dashboard.measures import Period, custom, line_text
from dashboard.measures.chart_prose import (
    aim_words,
    chart_alt,
    chart_title,
    limits_words,
    means_words,
    note_words,
    pace_words,
    signal_words,
)
from dashboard.measures.estimates.assurance import Assurance
from dashboard.measures.export import result_csv
from dashboard.measures.plans import Annotation, Target
from dashboard.measures.signal_prose import assurance_of
from dashboard.measures.signals import mark_words
from dashboard.measures.trends import Trend, trend_of
from dashboard.ui.block import Block, chart
from dashboard.ui.cache import plan
from dashboard.ui.tables import readable
from dashboard.ui.view import View, remembered

COUNTED = ("people", "events")
SIGNAL = "◆ "
LIMITS = {"center": "mean", "lower": "limit_low", "upper": "limit_high"}


@remembered
def monthly_trend(view: View, name: str) -> Trend:
    """Chart a measure by month; named changes of the program start new phases."""
    return trend_of(view.by_month(name), plan(view.version).changes(name, view.county))


@remembered
def trend_block(view: View, name: str, *, heading: str = "") -> Block:
    """Make the block of a monthly control chart; its title is the finding where there is one."""
    trend = monthly_trend(view, name)
    result, notes, target = trend.result, noted(view, name), _drawn_target(view, name)
    signal = signal_words(trend)
    said = (f"{SIGNAL}{signal}" if signal else "", means_words(trend), limits_words(trend))
    block = chart(
        view,
        result,
        _figure(trend, notes, target),
        "Line with limits by month" if trend.limited else "Line by month",
        heading=chart_title(trend) or heading,
        subtitle=" · ".join(words for words in said if words),
    )
    return replace(
        block,
        alt=f"{block.alt} {chart_alt(trend)}".strip(),
        table=lambda: trend_table(trend, notes),
        file=lambda: result_csv(replace(result, frame=_with_limits(trend)), view.place),
    )


def noted(view: View, name: str = "") -> tuple[Annotation, ...]:
    """Return what the program has named that concerns a measure (any, if empty) where the view looks."""
    return plan(view.version).notes(name, view.county)


def target_of(view: View, name: str) -> Target | None:
    """Return the target that holds on the last day looked at; none for a single program, as targets are for all."""
    return None if view.program else plan(view.version).target(name, view.last_day, view.county)


@remembered
def target_words(view: View, name: str) -> tuple[str, Assurance]:
    """Say how a measure stands against its target: the pace of a count, else whether the process meets it."""
    target = target_of(view, name)
    if target is None:
        return "", ""
    trend = monthly_trend(view, name)
    if trend.result.measure.kind not in COUNTED:
        return aim_words(trend, target.value), assurance_of(trend, target.value)
    so_far = _so_far(target, view)
    value = float(view.ask(name, so_far).frame["value"].iloc[0])
    return pace_words(value, target.value, target.gone_by(so_far.end)), ""


def _so_far(target: Target, view: View) -> Period:
    return custom(target.first_day, min(target.last_day, view.last_day))


def _drawn_target(view: View, name: str) -> Target | None:
    """Return the target if it is in the unit of the monthly values; that of a count is for all of its time."""
    target = target_of(view, name)
    return target if target and view.by_month(name).measure.kind not in COUNTED else None


def _figure(trend: Trend, notes: tuple[Annotation, ...], target: Target | None) -> go.Figure:
    return control_chart(trend, notes=notes, target=target)


def trend_table(trend: Trend, notes: tuple[Annotation, ...] = ()) -> pd.DataFrame:
    """Return the values as a table, with mean and limits, what each month shows, and what was named in it."""
    table, measure = readable(trend.result), trend.result.measure
    told = table["Period"].map(_told(trend, notes)).fillna("")
    rows = trend.points.set_index("label").reindex(table["Period"])
    if rows["upper"].notna().any():
        table["Mean"] = [line_text(measure, float(mean)) for mean in rows["center"]]
        limits = zip(rows["lower"], rows["upper"], strict=True)
        table["Usual range"] = [
            f"{line_text(measure, low)} to {line_text(measure, high)}" if pd.notna(low) else "–" for low, high in limits
        ]
    return table.assign(Signal=list(told)) if told.any() else table


def _told(trend: Trend, notes: tuple[Annotation, ...]) -> dict[str, str]:
    """Return month -> what it shows and what was named in it."""
    said = {label: [mark_words(trend, i)] for i, label in enumerate(trend.labels)}
    for period in trend.result.query.periods:
        named = [note_words(note) for note in notes if period.start <= note.day <= period.end]
        said.setdefault(period.label, []).extend(named)
    return {label: "; ".join(filter(None, words)) for label, words in said.items()}


def _with_limits(trend: Trend) -> pd.DataFrame:
    """Return the frame of the result with mean, limits and signals of its points, for the file."""
    points = trend.points.rename(columns=LIMITS | {"label": "period"})
    columns = ["period", *LIMITS.values(), "phase", "rule", "meaning"]
    return trend.result.frame.merge(points[columns], on="period", how="left")

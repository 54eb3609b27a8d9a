"""What cards say: a value with its n of N, a comparison in words and the last twelve months as a small line."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.rows import Row, row_of
from dashboard.charts.scale import parts, scaled
from dashboard.measures import Measure, Period, Result, compare, in_words, measure, value_text
from dashboard.measures.estimates.assurance import Assurance
from dashboard.measures.signal_prose import card_words
from dashboard.measures.signals import is_usual, newest_signal
from dashboard.measures.trends import Trend
from dashboard.measures.wording import COMPLETENESS
from dashboard.ui.cohorts import newest_judged
from dashboard.ui.icons import Variation
from dashboard.ui.method_texts import meaning
from dashboard.ui.page import long_date
from dashboard.ui.trends import monthly_trend, target_words
from dashboard.ui.view import View, remembered

SPARK_POINTS = 12


@dataclass(frozen=True, slots=True)
class Card:
    """What one card shows; every text is ready to be read aloud in this order."""

    label: str
    value: str
    detail: str = ""  # n of N, or why there is no value
    comparison: str = ""
    spark: tuple[float, ...] = ()
    spark_words: str = ""
    help: str = ""
    signal: str = ""  # how the newest months stand, with the icon of `variation` and `meaning`
    variation: Variation = ""
    meaning: str = ""
    target: str = ""  # pace or assurance, with the icon of `assured`
    assured: Assurance = ""


@remembered
def measure_card(view: View, name: str) -> Card:
    """Make the card of a measure for the chosen period, compared with a year before if asked for."""
    result = view.ask(name, *view.compared)
    trend = monthly_trend(view, name)
    spark = _spark(trend.result)
    target, assured = target_words(view, name)
    return Card(
        label=result.measure.short_title,
        value=value_text(result.measure, row_of(result, view.period.label).value),
        detail=_detail(result.measure, row_of(result, view.period.label)) + _unfiltered(view, result.measure),
        comparison=compare(result) if len(result.query.periods) > 1 else "",
        spark=spark,
        spark_words=_spark_words(result.measure, spark),
        help=_help(result.measure),
        signal=card_words(trend),
        variation=_variation(trend),
        meaning=_meaning(trend),
        target=target,
        assured=assured,
    )


@remembered
def retained_card(view: View, days: int) -> Card:
    """Make the card of staying in touch for `days`, of the newest quarter that can be judged."""
    cohort = newest_judged(view, days)
    result = view.ask("retained", cohort or view.period, settings=(("days", days),))
    measure = result.measure
    if cohort is None:
        return Card(measure.short_title, "–", "nobody has been followed long enough yet", help=_help(measure))
    row = row_of(result, cohort.label)
    detail = f"{_detail(measure, row)} · first contact in {cohort.label}"
    return Card(measure.short_title, value_text(measure, row.value), detail, help=_help(measure))


def missing_card(name: str) -> Card:
    """Make the card of a measure whose records are not in the data: not a zero, and not an error."""
    return Card(measure(name).short_title, "–", "not in the data loaded", help=_help(measure(name)))


def year_card(view: View, name: str, **only: str) -> Card:
    """Make the card of what is judged late: the last 12 months of the data, kept to `only` (dimension=code)."""
    return period_card(view.without("period"), name, view.year, tuple(only.items()))


@remembered
def period_card(view: View, name: str, period: Period, only: tuple[tuple[str, str], ...] = ()) -> Card:
    """Make the card of a measure for a period of its own, kept to `only` (pairs of dimension and code)."""
    result = view.ask(name, period, only=only)
    row = row_of(result, period.label)
    kept = ", ".join(result.label(dimension, code).lower() for dimension, code in only)
    label = result.measure.short_title + (f": {kept}" if kept else "")
    detail = f"{_detail(result.measure, row)} · {period.label}".removeprefix(" · ")
    return Card(label, value_text(result.measure, row.value), detail, help=_help(result.measure))


@remembered
def freshness_card(view: View) -> Card:
    """Make the card that says how fresh the data are."""
    prompt = view.ask("entered_promptly")
    row = row_of(prompt, view.period.label)
    words = "" if row.reason else f"{value_text(prompt.measure, row.value)} · {prompt.measure.short_title}"
    return Card("Data through", long_date(view.as_of), words, help=_help(prompt.measure))


def _detail(measure: Measure, row: Row) -> str:
    words = (_rests_on(measure, row), COMPLETENESS[row.completeness])
    return " · ".join(filter(None, words))


def _rests_on(measure: Measure, row: Row) -> str:
    if row.reason:
        return row.reason
    n_of = f"{parts(measure, row)} {measure.units}" if parts(measure, row) else ""
    per = in_words(measure, row).removeprefix(value_text(measure, row.value)).strip()
    rests_on = n_of or (per if measure.kind == "rate" else "")
    return " · ".join(words for words in (rests_on, "" if row.reliable else "few: read as a count") if words)


def _unfiltered(view: View, measure: Measure) -> str:
    """Say so where the county filter cannot apply, for example to records without a county."""
    return " · all counties" if view.county and "county" not in measure.dimensions else ""


def _variation(trend: Trend) -> Variation:
    found = newest_signal(trend)
    if found is None:
        return "usual" if is_usual(trend) else ""
    return "high" if found.side > 0 else "low"


def _meaning(trend: Trend) -> str:
    found = newest_signal(trend)
    return found.meaning if found else ""


def _spark(trend: Result) -> tuple[float, ...]:
    frame = trend.frame
    known = frame.loc[frame["completeness"] == "complete", "value"].dropna()
    return tuple(scaled(trend.measure, known.tail(SPARK_POINTS))) if len(known) > 1 else ()


def _spark_words(measure: Measure, spark: tuple[float, ...]) -> str:
    """Say in words what the small line shows: screen readers pass over it."""
    if not spark:
        return ""
    scale = 100 if measure.kind in {"share_of_people", "share_of_rows"} else 1
    low, high, last = (value_text(measure, v / scale) for v in (min(spark), max(spark), spark[-1]))
    return f"{len(spark)} months: {low} to {high}, last {last}"


def _help(measure: Measure) -> str:
    return f"{meaning(measure)} {' '.join(measure.caveats)}"

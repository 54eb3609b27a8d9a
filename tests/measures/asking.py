"""One question and its answer, as the worked examples read them."""

from datetime import date

from dashboard.measures import Period, Query, Result, evaluate
from dashboard.store import Store

Q3 = Period(date(2026, 7, 1), date(2026, 9, 30), "2026 Q3")
HANCOCK, WASHINGTON = "23009", "23029"


def ask(store: Store, measure: str, *periods: Period, by=(), where=(), county_of="contact", **settings: int) -> Result:
    """Ask one question; the third quarter of 2026 unless said otherwise."""
    query = Query(measure, periods or (Q3,), by=by, where=where, settings=tuple(settings.items()), county_of=county_of)
    return evaluate(store, query)


def n_of(result: Result) -> tuple[float, float]:
    """Numerator and denominator of the only row."""
    (row,) = result.frame.itertuples()
    return row.numerator, row.denominator


def count(result: Result) -> float:
    """Value of the only row."""
    return float(result.frame["value"].item())


def split(result: Result, column: str = "numerator") -> dict[str, float]:
    """One column by the first dimension."""
    return dict(zip(result.frame[result.query.by[0]], result.frame[column], strict=True))

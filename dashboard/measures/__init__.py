"""Measures: every number on a page, in a file or in a sentence is defined here once.

`evaluate(store, Query(...))` counts and estimates; the rest describes what can be asked.
"""

from dashboard.measures.catalogue import catalogue_markdown
from dashboard.measures.curve_prose import curve_words, why_no_curve
from dashboard.measures.curves import GRID, MONTHS, average_stay, drawn, medians, on_days
from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import DIMENSIONS, NOT_RECORDED, Dimension, dimension, label, order, title
from dashboard.measures.evaluate import evaluate
from dashboard.measures.options import options
from dashboard.measures.periods import Period, calendars, custom, periods_of
from dashboard.measures.prose import alt_text, compare, headline
from dashboard.measures.registry import load_measures, measure
from dashboard.measures.result import Provenance, Query, Result
from dashboard.measures.wording import in_words, line_text, value_text

__all__ = [
    "DIMENSIONS",
    "GRID",
    "MONTHS",
    "NOT_RECORDED",
    "Dimension",
    "Measure",
    "Period",
    "Provenance",
    "Query",
    "Result",
    "alt_text",
    "average_stay",
    "calendars",
    "catalogue_markdown",
    "compare",
    "curve_words",
    "custom",
    "dimension",
    "drawn",
    "evaluate",
    "headline",
    "in_words",
    "label",
    "line_text",
    "load_measures",
    "measure",
    "medians",
    "on_days",
    "options",
    "order",
    "periods_of",
    "title",
    "value_text",
    "why_no_curve",
]

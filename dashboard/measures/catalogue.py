"""The measure catalogue as Markdown, made from the definitions themselves."""

from __future__ import annotations

from dashboard.measures.definition import Measure
from dashboard.measures.dimensions import title
from dashboard.measures.methods import method_of
from dashboard.measures.registry import load_measures

_KINDS = {
    "people": "people, each once",
    "share_of_people": "share of people",
    "share_of_rows": "share of records",
    "events": "events",
    "rate": "rate per active time",
    "median": "median and quartiles",
    "cost": "dollars per person",
    "matched_change": "change of the same people",
    "days_between": "days from event to event",
    "retention": "curve by days since entry",
    "first_event": "share with a first event, by days since entry",
    "repeated_events": "events per person, by days since entry",
}
_INTERVALS = {
    "wilson": "95 % interval (Wilson)",
    "poisson": "95 % interval (Poisson, widened for repeat events)",
    "kaplan_meier": "95 % band (Kaplan-Meier, log-log)",
    "aalen_johansen": "95 % band (Aalen-Johansen)",
    "mean_cumulative": "95 % band (mean cumulative function, robust variance)",
    "clopper_pearson": "95 % interval (Clopper-Pearson)",
    "t_chart": "limits of a t-chart",
    "quartiles": "quartiles",
    "none": "no interval",
}
DIRECTIONS = {
    "higher": "higher is better",
    "lower": "lower is better",
    "neutral": "neither higher nor lower is better",
    "none": "never judged, compared or given a target",
}
OPENING = """# Measures

Every number on a page, in a file or in a sentence is one of these. This page is made from the definitions in
`dashboard/measures/definitions/`; `outcomes measures` prints the same.
"""


def catalogue_markdown() -> str:
    """Return the text of docs/measures.md; a test compares the file with it."""
    return "\n".join([OPENING, *(_entry(measure) for measure in load_measures().values())])


def _method(measure: Measure) -> str:
    method = method_of(measure)
    formula = f" `{method.formula}` ({method.source})." if method.formula else ""
    return f"{method.words}{formula}"


def _entry(measure: Measure) -> str:
    lines = [
        f"## {measure.id} {measure.title}\n",
        f"`{measure.name}`, version {measure.version} · {_KINDS[measure.kind]} · "
        f"{_INTERVALS[measure.interval]} · {DIRECTIONS[measure.direction]}\n",
        f"{measure.why}\n",
        f"- **Counted**: {measure.numerator}.",
        f"- **Out of**: {measure.denominator}." if measure.denominator else "",
        *(f"- **Left out**: {words}." for _, words in measure.left_out),
        f"- **Method**: {_method(measure)}",
        f"- **Split by**: {', '.join(title(name).lower() for name in measure.dimensions) or 'nothing'}.",
        f"- **Shown to**: {', '.join(measure.audiences)}.",
        *(f"- {caveat}" for caveat in measure.caveats),
        f"- **Example**: {measure.example}",
    ]
    return "\n".join(line for line in lines if line) + "\n"

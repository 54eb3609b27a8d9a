"""The texts of the Methods page that belong to no single measure, and its search."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.measures import Measure
from dashboard.measures.catalogue import DIRECTIONS
from dashboard.measures.change import FEWEST
from dashboard.measures.curves import GRAY_FROM
from dashboard.measures.estimates.control_chart import FEWEST_FOR_LIMITS, FEWEST_FOR_SIGNALS
from dashboard.measures.estimates.empirical_bayes import FEWEST_COUNTIES
from dashboard.measures.estimates.reliability import FEWEST_EVENTS, FEWEST_PEOPLE, WIDEST_RATE, WIDEST_SHARE
from dashboard.measures.estimates.rules import NEAR, NEAR_OF, SHIFT, TREND
from dashboard.measures.filling import FULL
from dashboard.measures.methods import method_of
from dashboard.measures.places import FEWEST_IN_FUNNEL
from dashboard.measures.values import CURVE_MIN_AT_RISK, CURVE_MIN_PEOPLE

AS_OF = (
    "Every number says *data through* a day. It is the last day the loaded files cover completely, as the "
    "export or the person who loaded it says. It is never today, and never the newest date in a file. "
    "A month is complete only if its last day is covered; other months are drawn hollow, and no sentence "
    "and no comparison uses them. Rates also wait for the gap rule: in the last months a person who has fallen "
    "silent still counts as active, so those points are *still filling* and will change. The same holds for a period "
    f"with less than {100 * FULL:.0f} % of its records expected to be in, judged by how late those of the last year "
    "came; Data quality says how late that is."
)
CALENDAR_NOTES = (
    "All periods include their first and their last day.\n\n"
    "- **State fiscal year**: July to June, named after the year it ends in.\n"
    "- **Federal fiscal year**: October to September, named after the year it ends in.\n"
    "- **Grant year**: from the day chosen in the filters (30 September at first), named after that day.\n"
    "- **12 months to a month**: windows that overlap, for what is too rare for single months."
)
DATA_POSITION = (
    "The data hold days of contact and counties, with a pseudonym in place of each participant's own number. "
    "Names, birth dates, addresses, phone numbers and free notes are refused when a file is loaded. "
    "Days and counties together are more than the Safe Harbor method of the HIPAA privacy rule allows, and a "
    "pseudonym is not anonymity: at best the data are a limited data set, or rest on an expert's "
    "determination. Numbers on these pages are exact and for use inside the program only."
)


def gap_rule(days: int) -> str:
    """Say when silence counts as leaving, with the program's own number of days."""
    return (
        f"A person is in touch until {days} days pass without a contact. Leaving is dated at the last contact "
        f"before that silence. Someone who fell silent less than {days} days ago still counts as in touch, "
        f"and everyone's follow-up ends {days} days before the data do. The Retention page shows the answer under "
        "rules of 30, 60 and 90 days side by side."
    )


SMALL_NUMBERS = (
    "Pages show exact numbers to people inside the program. For anyone else, small numbers have to be withheld, and "
    "with them others from which they could be worked out by subtraction, once and for all pages and files. Leaving "
    "out small numbers by hand does not protect anyone: totals, other periods and other places give them away. "
    "Nor does withholding protect from someone who already knows who took part."
)
_UNCERTAIN = (
    (
        "Few: read as a count",
        f"a rate of under {FEWEST_EVENTS} events, or whose interval is wider than {100 * WIDEST_RATE:.0f} % of it; "
        f"a share of under {FEWEST_PEOPLE} people, or whose interval is {100 * WIDEST_SHARE:.0f} points or wider.",
    ),
    (
        "Curves",
        f"none of fewer than {CURVE_MIN_PEOPLE} people; gray where fewer than {CURVE_MIN_AT_RISK} are still followed, "
        f"nothing below {GRAY_FROM}. No limits where a curve is at 0 or 100 %.",
    ),
    (
        "Trends",
        f"limits from {FEWEST_FOR_LIMITS} complete points on, and on trial below {FEWEST_FOR_SIGNALS}. A signal is a "
        f"point outside the limits, {SHIFT} in a row on one side of the mean, {TREND} in a row rising or falling, or "
        f"{NEAR} of {NEAR_OF} near a limit. Months still filling and months that are not complete are never judged.",
    ),
    (
        "Comparisons with a year before",
        f"a difference is named only if chance does not explain it; counts only from {FEWEST} on.",
    ),
    (
        "Counties",
        f"limits from {FEWEST_IN_FUNNEL} counties on. An *alert* lies beyond 95 % limits, which one county in twenty "
        f"does by chance alone; an *outlier* lies beyond 99.8 %. Smoothed rates from {FEWEST_COUNTIES} counties on.",
    ),
)
LIMITS = "\n".join(f"- **{name}**: {words}" for name, words in _UNCERTAIN)


def describe(measure: Measure) -> str:
    """Return everything a reader may want to know about a measure, as a list in Markdown."""
    method = method_of(measure)
    formula = f" In symbols: `{method.formula}` ({method.source})." if method.formula else ""
    lines = [
        ("Definition", meaning(measure)),
        ("Numerator", measure.numerator.removeprefix("of these, ")),
        ("Denominator", measure.denominator or "none: a count"),
        ("Left out", "; ".join(words for _, words in measure.left_out)),
        ("Method", method.words + formula),
        ("How to read it", DIRECTIONS[measure.direction]),
        ("Why it matters", measure.why),
        ("Worked example", measure.example),
        ("Read with care", " ".join(measure.caveats)),
        ("Also called", ", ".join(measure.synonyms)),
        ("Definition version", measure.version),
    ]
    return plain("\n".join(f"- **{name}**: {text}" for name, text in lines if text))


def plain(text: str) -> str:
    """Return Markdown in which a dollar sign is one: Streamlit would begin a formula there."""
    return text.replace("$", "\\$")


def settings_list(settings: Iterable[tuple[int, str, bool]]) -> str:
    """Return the settings behind the definitions as a list in Markdown; the program's own choices are named."""
    lines = (f"- **{value}** {words}{' (chosen by the program)' if own else ''}" for value, words, own in settings)
    return "\n".join(lines)


def meaning(measure: Measure) -> str:
    """Say in one sentence what a measure counts, out of what."""
    counted, whole = measure.numerator, measure.denominator
    if counted.startswith("of these, "):
        return f"Of {whole}: {counted.removeprefix('of these, ')}."
    start = counted[:1].upper() + counted[1:]
    match measure.kind:
        case "rate":
            per = "person-month" if measure.per == 1 else f"{measure.per:.0f} person-months"
            return f"{start}, for every {per} of active time."
        case "median":
            return f"The median of {counted}, among {whole}."
        case _:
            return f"{start}." + (f" Out of {whole}." if whole else "")


def matching(measures: Iterable[Measure], text: str) -> list[Measure]:
    """Return the measures whose words or synonyms hold every word of `text`; all of them without one."""
    wanted = text.casefold().split()
    return [measure for measure in measures if all(word in _words(measure) for word in wanted)]


def _words(measure: Measure) -> str:
    fields = (
        measure.id,
        measure.title,
        measure.numerator,
        measure.denominator,
        measure.why,
        *measure.synonyms,
    )
    return " ".join((*fields, *measure.caveats)).casefold()

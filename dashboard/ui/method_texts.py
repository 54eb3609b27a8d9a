"""The texts of the Methods page that belong to no single measure, and its search."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.measures import Measure

AS_OF = (
    "Every number says *data through* a day. It is the last day the loaded files cover completely, as the "
    "export or the person who loaded it says. It is never today, and never the newest date in a file. "
    "A month is complete only if its last day is covered; other months are drawn hollow, and no sentence "
    "and no comparison uses them. Rates also wait for the gap rule: in the last months a person who has fallen "
    "silent still counts as active, so those points are *still filling* and will change."
)
CALENDAR_NOTES = (
    "All periods include their first and their last day.\n\n"
    "- **State fiscal year**: July to June, named after the year it ends in.\n"
    "- **Federal fiscal year**: October to September, named after the year it ends in.\n"
    "- **Grant year**: from 30 September, named after the day it begins.\n"
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

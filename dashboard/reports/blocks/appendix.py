"""What stands behind the numbers: notes from the load ledger, and the definitions used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.measures import Measure, load_measures
from dashboard.measures.result import Row
from dashboard.reports.blocks.words import said
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Paragraph
from dashboard.reports.period_codes import long_date
from dashboard.reports.source import Records
from dashboard.standing import LEGENDS

MOST_FINDINGS = 6
FLOWS = ("people_new", "people_continuing", "people_returning")
COUNTS = {
    "rows_loaded": "loaded",
    "rows_replaced": "replaced by corrections",
    "rows_quarantined": "kept out",
    "rows_duplicate": "duplicates",
    "rows_dropped": "not asked for",
}


@dataclass(frozen=True, slots=True)
class DataNotes:
    """How far the data reach, what was loaded and kept out, and what the measures left out."""

    name: str = "Data notes"

    def resolve(self, context: Context) -> tuple[Paragraph, ...]:
        """Write the notes from the load ledger; a protected copy has no counts of records or of people left out."""
        source = context.source
        begins = "records begin on" if source.release is None else "numbers are released from"
        lines = [f"Data through {long_date(source.as_of)}; {begins} {long_date(source.data_start)}."]
        if context.period.end > source.as_of:
            lines.append(f"{context.period.label} is not complete: its numbers will still grow.")
        if source.records and (late := source.records.to_come(context.period)):
            lines.append(late)
        if source.records is None:
            lines += source.release.notes if source.release else ()
            lines += LEGENDS.values()
        else:
            prompt = Asked("entered_promptly")
            lines += _loaded(source.records)
            lines.append(f"{context.title(prompt)}: {said(context.ask(prompt))}.")
            lines += _findings(source.records)
            lines += context.left_out
        return tuple(Paragraph(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Methods:
    """The definition of every measure the report used, as the Methods page has it, with its version."""

    name: str = "Definitions"

    def resolve(self, context: Context) -> tuple[Paragraph, ...]:
        """Write one paragraph per measure, in the order of the catalog."""
        days = context.source.gap_days
        rule = f"A person is no longer in touch after more than {days} days without a contact."
        scope = "New, continuing and returning are judged over the whole organization."
        places = {name: place for place, name in enumerate(load_measures())}
        release = context.source.release
        given = (m for m in context.measures.values() if release is None or release.has(m.name))
        used = sorted(given, key=lambda m: (places.get(m.name, len(places)), m.title))
        judged = (scope,) if release is None or any(map(release.has, FLOWS)) else ()
        return (Paragraph(rule), *map(Paragraph, judged), *map(definition, used))


def definition(measure: Measure) -> Paragraph:
    """Write one measure's definition in a paragraph that begins with its title."""
    over = f" Out of: {measure.denominator}." if measure.denominator else ""
    counted = measure.numerator.removeprefix("of these, ")  # what they are out of follows here
    text = f"{measure.id}, definition version {measure.version}. Counts {counted}.{over}"
    return Paragraph(f"{text} {' '.join(measure.caveats)}", "quiet", f"{measure.title}.")


def _loaded(records: Records) -> Iterator[str]:
    ledger = records.ledger
    if ledger.empty:
        return
    sums = {name: int(ledger[name].sum()) for name in ("rows_read", *COUNTS)}
    parts = ", ".join(f"{sums[name]:,} {words}" for name, words in COUNTS.items())
    fits = "every row is accounted for" if sums["rows_read"] == sum(sums[n] for n in COUNTS) else "rows are missing"
    files = "1 file" if len(ledger) == 1 else f"{len(ledger)} files"
    yield f"From {files}, {sums['rows_read']:,} rows were read: {parts}; {fits}."


def _findings(records: Records) -> Iterator[str]:
    """Name the gravest findings, as their rules word them."""
    issues = records.issues
    grave = issues[(issues["rows_found"] > 0) & issues["severity"].isin(["stop", "quarantine", "warn"])]
    found: list[Row] = list(grave.head(MOST_FINDINGS).itertuples())
    for line in found:
        title = line.title or f"Rule {line.rule_id}"
        yield f"{title}: {line.rows_found:,.0f} {'row' if line.rows_found == 1 else 'rows'}."
    if len(grave) > MOST_FINDINGS:
        yield f"{len(grave) - MOST_FINDINGS} further rules found something; the Data quality page lists them."

"""Follow-up assessments: how many were done on time, and the change of people reached at both times."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.measures import load_measures
from dashboard.reports.blocks.grids import Line, MeasureTable
from dashboard.reports.context import Asked, Context
from dashboard.reports.document import Paragraph, Table

MEASURES = ("followup_rate",)
EXPECTED = "Funders expect 80 % of follow-ups that are due to be done on time."


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up rate against 80 %; without assessments, one sentence says what is missing."""

    notes: tuple[str, ...] = ()
    name: str = "Follow-up"

    def resolve(self, context: Context) -> tuple[Table | Paragraph, ...]:
        """Answer the measures of assessments, if any were loaded."""
        known = [name for name in MEASURES if name in load_measures()]
        if not context.source.has_assessments or not known:
            return (Paragraph("Needs assessments. Not loaded."),)
        lines = tuple(Line(Asked(name)) for name in known)
        return MeasureTable("follow_up", self.name, lines, notes=(EXPECTED, *self.notes)).resolve(context)

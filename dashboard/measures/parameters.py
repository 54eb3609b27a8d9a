"""Numbers a definition leaves open: `$name` in a measure's SQL, with a default and its meaning.

A program may set its own value in `program_setting`; a query may set another for itself (measures.md 1).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.errors import OutcomesError, unknown

DEFAULTS: dict[str, tuple[int, str]] = {
    "gap_days": (90, "days without contact after which a person is no longer in touch"),
    "second_contact_days": (14, "days after the first contact within which the second counts"),
    "engaged_days": (34, "days after the second contact within which two more count"),
    "reach_attempt_days": (30, "days after an outreach attempt within which a contact counts"),
    "longer_minutes": (15, "minutes by which a talk is longer than the first one"),
    "linkage_days": (60, "days after an offer within which a connection counts"),
    "days": (90, "days since the first contact at which staying in touch is judged"),
    "reengage_days": (180, "days after a long silence became known within which coming back counts"),
    "lasting_days": (90, "days after which a win counts as lasting"),
    "lasting_tolerance_days": (14, "days a confirmation may come early"),
    "lasting_grace_days": (30, "further days allowed for a confirmation to be told"),
    "after_return_days": (14, "days after a reported return to use within which a contact counts"),
    "reach_days": (7, "days after learning of an overdose within which a contact counts"),
    "learned_late_days": (30, "days after an overdose from which it counts as learned late"),
    "entered_days": (7, "days after the event within which a record counts as entered promptly"),
    "active_coach_days": (90, "days in which a coach must have a session to count as active"),
    "quiet_coach_days": (30, "days without a record entered after which a coach counts as quiet"),
}


def parameters(program: Mapping[str, str], chosen: Mapping[str, int]) -> dict[str, int]:
    """Return every parameter: the query's choice, else the program's setting, else the default.

    Raises UnknownNameError for a choice that is not a parameter, OutcomesError for a value below 1.
    """
    for name, value in chosen.items():
        if name not in DEFAULTS:
            raise unknown("settings", "setting", name, DEFAULTS)
        if value < 1:
            raise OutcomesError("settings", f'"{name}" is {value}.', "Give a whole number, 1 or more.")
    return {name: chosen.get(name, _program_value(program, name)) for name in DEFAULTS}


def _program_value(program: Mapping[str, str], name: str) -> int:
    text = program.get(name, "")
    return int(text) if text.isdecimal() else DEFAULTS[name][0]

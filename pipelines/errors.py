"""Errors that say where, what and the cure; never a value from a participant's row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

NEAR = 0.6  # of 1, as difflib measures likeness


class OutcomesError(Exception):
    """Anything a person can mend: `where` it happened, `what` is wrong, the `cure`."""

    def __init__(self, where: str, what: str, cure: str = "") -> None:
        self.where, self.what, self.cure = where, what, cure
        super().__init__(f"{where}: {what}" + (f" {cure}" if cure else ""))


class LoadError(OutcomesError):
    """A load was refused as a whole; the live version is untouched. `rule` names the check (DQ01–DQ12)."""

    def __init__(self, rule: str, where: str, what: str, cure: str = "") -> None:
        self.rule = rule
        super().__init__(where, f"{what} [{rule}]", cure)


class StoreBusyError(OutcomesError):
    """Another load is at work on the same warehouse."""


class ProfileError(OutcomesError):
    """A source profile cannot be used as written."""


class NoDataError(OutcomesError):
    """Nothing has been loaded yet."""


class UnknownNameError(OutcomesError):
    """A name that is not known, with the nearest one that is."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `Did you mean "x"?` for the nearest known name, or an empty string."""
    asked = (name.casefold(), _words(name))
    scored = [(max(map(_alike, asked, (option.casefold(), _words(option)))), option) for option in known]
    score, option = max(scored, default=(0.0, ""))  # of equals the last by name, whatever their order
    return f'Did you mean "{option}"?' if score >= NEAR else ""


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _words(name: str) -> str:
    """Sort the words of a name: "Date of session" is near "session_date"."""
    return " ".join(sorted(re.split(r"[\W_]+", name.casefold())))


def unknown(where: str, kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Build the error for an unknown `kind` called `name`, listing what is known if nothing is near."""
    options = sorted(known)
    cure = nearest(name, options) or f"Known: {', '.join(options)}."
    return UnknownNameError(where, f'there is no {kind} "{name}".', cure)

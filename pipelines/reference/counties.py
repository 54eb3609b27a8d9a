"""Recognizing a county from a code or a name, exactly and only within a known state (source-profiles.md 6)."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pipelines.paths import reference_folder

_KINDS = r"(county|co|cty|parish|borough|census area|municipality|planning region)"
_SAINT = ((r"\bste\b", "sainte"), (r"\bst\b", "saint"))


@dataclass(frozen=True, slots=True)
class CountyReading:
    """What a county cell says: a code, or why it says none."""

    fips: str | None
    problem: str = ""  # "", "unknown", "ambiguous" or "no state"
    near: str = ""  # nearest county name, from the reference and never from the row


@dataclass(frozen=True)
class Counties:
    """The county reference, indexed by code and by folded name within each state."""

    names: dict[str, str]  # fips -> name
    state_of: dict[str, str]  # fips -> postal state
    state_codes: dict[str, str]  # folded state name, postal code or FIPS -> postal state
    state_fips: dict[str, str]  # postal state -> two digits
    by_name: dict[tuple[str, str], tuple[str, ...]]  # (state, folded name) -> fips

    def read(self, text: str, state: str | None) -> CountyReading:
        """Read a county code or name; `state` is a postal code, a state name or a state's FIPS code."""
        postal = self.state_codes.get(fold_name(state or ""))
        if re.fullmatch(r"\d{1,5}(\.0)?", text.strip()):
            return self._code(text.strip().removesuffix(".0"), postal)
        name, named_state = self._split_state(text)
        postal = named_state or postal
        if postal is None:
            return CountyReading(None, "no state")
        found = self.by_name.get((postal, name)) or self.by_name.get((postal, _bare(name)), ())
        if len(found) == 1:
            return CountyReading(found[0])
        return CountyReading(None, "ambiguous") if found else CountyReading(None, "unknown", self._near(name, postal))

    def _code(self, digits: str, postal: str | None) -> CountyReading:
        if len(digits) == 4:
            digits = digits.zfill(5)
        if len(digits) < 4:
            if postal is None:
                return CountyReading(None, "no state")
            digits = self.state_fips[postal] + digits.zfill(3)
        return CountyReading(digits) if digits in self.names else CountyReading(None, "unknown")

    def _split_state(self, text: str) -> tuple[str, str | None]:
        written_out = re.fullmatch(rf"(.+\b{_KINDS}\.?) ([a-z]{{2}})", text.strip(), re.IGNORECASE)
        head, tail = (written_out[1], written_out[3]) if written_out else text.rpartition(",")[::2]
        state = self.state_codes.get(fold_name(tail)) if head else None
        return (fold_name(head), state) if state else (fold_name(text), None)

    def _near(self, name: str, postal: str) -> str:
        bare = _bare(name)
        options = {folded: fips for (state, folded), fips in self.by_name.items() if state == postal}
        close = get_close_matches(bare, options, n=1, cutoff=0.7)
        return self.names[options[close[0]][0]] if close else ""


def fold_name(text: str) -> str:
    """Fold a place name: Unicode, accents, punctuation, case, saints."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"[.'’`]", "", text.casefold())
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
    for pattern, saint in _SAINT:
        plain = re.sub(pattern, saint, plain)
    return plain


def _bare(folded: str) -> str:
    return re.sub(rf" {_KINDS}$", "", folded)


@cache
def load_counties() -> Counties:
    """Read the shipped county reference once."""
    folder = reference_folder() / "counties"
    with (folder / "states.csv").open(encoding="utf-8", newline="") as handle:
        states = list(csv.DictReader(handle))
    with (folder / "counties.csv").open(encoding="utf-8", newline="") as handle:
        counties = list(csv.DictReader(handle))
    codes = {fold_name(row[key]): row["abbreviation"] for row in states for key in ("abbreviation", "name", "fips")}
    codes |= {row["fips"].lstrip("0"): row["abbreviation"] for row in states}  # a spreadsheet drops the zero
    by_name: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in counties:
        folded = fold_name(row["name"])
        for key in dict.fromkeys((folded, _bare(folded), re.sub(r" city$", "", folded))):
            known = by_name.get((row["state"], key), ())
            by_name[row["state"], key] = tuple(dict.fromkeys((*known, row["fips"])))
    return Counties(
        names={row["fips"]: row["name"] for row in counties},
        state_of={row["fips"]: row["state"] for row in counties},
        state_codes=codes,
        state_fips={row["abbreviation"]: row["fips"] for row in states},
        by_name=by_name,
    )

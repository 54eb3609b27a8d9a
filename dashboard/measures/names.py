"""Names that come with the data: counties, instruments and their questions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dashboard.store import Store

# Dimension to the statement that names its codes; counties come with their state.
NAMED = {
    "county": "SELECT fips AS code, name, state FROM county",
    "instrument": "SELECT instrument AS code, title AS name, '' AS state FROM instrument",
    "item": "SELECT DISTINCT item AS code, title AS name, '' AS state FROM instrument_item",
}


def names_of(store: Store, dimension: str, codes: Iterable[str]) -> dict[str, str]:
    """Return code to name for a dimension of NAMED; counties of another state than the program's come with theirs.

    A county's name, and with it a link to its page, stays the same when a county elsewhere enters the data.
    """
    known = _known(store, store.version, dimension)
    used = {code: known[code] for code in sorted(set(codes)) if code in known}
    home = store.settings.get("state", "")
    several = len({state for _, state in used.values()} | ({home} if home else set())) > 1
    return {
        code: name.removesuffix(" County") + (f", {state}" if several and state not in {home, ""} else "")
        for code, (name, state) in used.items()
    }


@lru_cache(maxsize=16)
def _known(store: Store, version: str, dimension: str) -> dict[str, tuple[str, str]]:
    """Return every code with name and state; they do not change within a version."""
    rows = store.frame(NAMED[dimension])
    return {code: (name, state) for code, name, state in rows.itertuples(index=False)}

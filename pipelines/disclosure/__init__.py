"""The publisher: counts in, one protected cube per audience out, with everything earlier fixed.

`draft(counts, policy, text, ledger)` decides; `pipelines.publication.publish` has the draft audited and makes it live.
The engine below (`suppress`) knows only cells and relations.
"""

from pipelines.disclosure.counts import Count, Counts
from pipelines.disclosure.draft import Draft, draft
from pipelines.disclosure.grid import Grid, Key, grid_of
from pipelines.disclosure.ledger import Ledger, read_ledger
from pipelines.disclosure.problem import Problem, ProtectionError, Relation, State, at_most, total_of
from pipelines.disclosure.suppress import Pattern, suppress

__all__ = [
    "Count",
    "Counts",
    "Draft",
    "Grid",
    "Key",
    "Ledger",
    "Pattern",
    "Problem",
    "ProtectionError",
    "Relation",
    "State",
    "at_most",
    "draft",
    "grid_of",
    "read_ledger",
    "suppress",
    "total_of",
]

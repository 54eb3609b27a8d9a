"""The disclosure policy: what each audience may see, read once into a frozen object.

Publisher, auditor and viewer read the same file; its hash goes into everything they write.
"""

from pipelines.policy.explain import explain
from pipelines.policy.model import AudienceName, AudienceRules, MeasureRules, Policy, Table
from pipelines.policy.quantities import Quantity, Sum, caps, quantities, sums
from pipelines.policy.read import default_policy, policy_hash, read_policy, shipped_policies

__all__ = [
    "AudienceName",
    "AudienceRules",
    "MeasureRules",
    "Policy",
    "Quantity",
    "Sum",
    "Table",
    "caps",
    "default_policy",
    "explain",
    "policy_hash",
    "quantities",
    "read_policy",
    "shipped_policies",
    "sums",
]

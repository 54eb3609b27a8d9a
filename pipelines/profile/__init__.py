"""Source profiles: one vendor's export turned into canonical tables, by data alone."""

from pipelines.profile.model import Condition, Emit, FieldSpec, Input, Profile
from pipelines.profile.registry import SPLIT_FIELDS, parse_profile, profile_names, read_profile

__all__ = [
    "SPLIT_FIELDS",
    "Condition",
    "Emit",
    "FieldSpec",
    "Input",
    "Profile",
    "parse_profile",
    "profile_names",
    "read_profile",
]

"""Source profiles: one vendor's export turned into canonical tables, by data alone."""

from pipelines.profile.field import SHEET, FieldSpec
from pipelines.profile.model import Condition, Emit, Group, Input, Join, Lines, Link, PartsOf, Profile
from pipelines.profile.registry import SPLIT_FIELDS, parse_profile, profile_names, read_profile

__all__ = [
    "SHEET",
    "SPLIT_FIELDS",
    "Condition",
    "Emit",
    "FieldSpec",
    "Group",
    "Input",
    "Join",
    "Lines",
    "Link",
    "PartsOf",
    "Profile",
    "parse_profile",
    "profile_names",
    "read_profile",
]

"""One release for one audience as one Parquet file with the same bytes for the same publication."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import OutcomesError
from pipelines.policy import AudienceName

KEY = ["quantity", "county_level", "county", "period", "category"]
COLUMNS = [*KEY, "state", "value", "lo", "hi"]
STATES = ("shown", "withheld", "not_released")
# A release that is gone cannot be made again: the next is attacked together with every earlier one.
PUT_BACK = "Copy it back from a backup of the folder of what is published."
_META = b"outcomes"
_SCHEMA = pa.schema(
    [*((name, pa.string()) for name in [*KEY, "state"]), *((name, pa.int64()) for name in ("value", "lo", "hi"))]
)


@dataclass(frozen=True)
class Cube:
    """What an audience may see.

    `frame`: one row per cell with the columns COLUMNS, sorted by KEY. `value` is missing unless `state` is "shown";
    `lo` and `hi` say what anyone could work out for a withheld cell, rounded outward to fives.
    `regions`: county code -> region code, for every county of the cube. `categories`: measure -> its codes.
    `months`: the months the cube covers. `sequence`: 1, 2, … in order of release; `vintage` rises with a restatement.
    `about`: settings of the program that the words beside the numbers need (its name, lines of support, gap rule).
    """

    audience: AudienceName
    sequence: int
    vintage: int
    as_of: str
    policy_hash: str
    months: tuple[str, ...]
    regions: dict[str, str]
    categories: dict[str, tuple[str, ...]]
    frame: pd.DataFrame
    about: dict[str, str] = field(default_factory=dict)

    @cached_property
    def release(self) -> str:
        """Return the release id: 12 digits of the content's hash, so that it says nothing that is not published.

        Worked out once: the pages ask for it with every number they look up.
        """
        return content_hash(self)[:12]


def content_hash(cube: Cube) -> str:
    """Return the SHA-256 of everything in the cube but `lo` and `hi`, which the audit adds."""
    rows = cube.frame.sort_values(KEY)[[*KEY, "state", "value"]].astype(object)
    text = json.dumps([_meta(cube), rows.where(rows.notna(), None).to_numpy().tolist()], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_cube(cube: Cube, path: Path) -> None:
    """Write the file; the order of the rows handed in does not matter."""
    frame = cube.frame.sort_values(KEY)[COLUMNS].astype(dict.fromkeys(("value", "lo", "hi"), "Int64"))
    table = pa.Table.from_pandas(frame, schema=_SCHEMA, preserve_index=False)
    meta = json.dumps(_meta(cube), sort_keys=True, separators=(",", ":")).encode()
    pq.write_table(table.replace_schema_metadata({_META: meta}), path, compression="zstd")


def read_cube(path: Path) -> Cube:
    """Read a file; OutcomesError if it is no cube or breaks the rules of one."""
    try:
        table = pq.read_table(path)
        meta = json.loads(table.schema.metadata[_META])
        frame = table.to_pandas().astype(dict.fromkeys(("value", "lo", "hi"), "Int64"))
        meta["months"] = tuple(meta["months"])
        meta["categories"] = {name: tuple(codes) for name, codes in meta["categories"].items()}
        cube = Cube(frame=frame[COLUMNS], **meta)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowInvalid):
        raise OutcomesError(str(path), "this is no published cube.", PUT_BACK) from None
    for wrong in _faults(cube.frame):
        raise OutcomesError(str(path), wrong, PUT_BACK)
    return cube


def _faults(frame: pd.DataFrame) -> list[str]:
    shown = frame["state"] == "shown"
    tests = {
        "a cell is there twice.": frame.duplicated(KEY).any(),
        "a cell has an unknown state.": not frame["state"].isin(STATES).all(),
        "a cell that is not shown carries a value.": frame.loc[~shown, "value"].notna().any(),
        "a shown cell carries no value.": frame.loc[shown, "value"].isna().any(),
        "a count is negative.": (frame["value"].fillna(0) < 0).any(),
    }
    return [text for text, wrong in tests.items() if wrong]


def _meta(cube: Cube) -> dict[str, object]:
    return {
        "audience": cube.audience,
        "sequence": cube.sequence,
        "vintage": cube.vintage,
        "as_of": cube.as_of,
        "policy_hash": cube.policy_hash,
        "months": list(cube.months),
        "regions": dict(sorted(cube.regions.items())),
        "categories": {name: list(codes) for name, codes in sorted(cube.categories.items())},
        "about": dict(sorted(cube.about.items())),
    }

"""Columns of text made from codes and numbers: no Python object per row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.draws import Index
from pipelines.sample.seasons import CALENDAR, CALENDAR_SHIFT, Days

Integers = NDArray[np.signedinteger]

_DIGITS = np.array([f"{n:04d}" for n in range(10_000)], dtype="S4").view(np.uint8).reshape(-1, 4)


def labels(values: Sequence[str]) -> pa.Array:
    """Return labels ready for `pick`, with the empty cell last; long lists are worth keeping."""
    return pa.array([*values, ""])


def pick(values: Sequence[str] | pa.Array, codes: Integers) -> pa.DictionaryArray:
    """Return the label of each code, given strings or `labels`; a negative code is an empty cell.

    The text itself is made in the writing thread (`csv_files`).
    """
    table = values if isinstance(values, pa.Array) else labels(values)
    codes = codes.astype(np.int32)
    codes[codes < 0] = len(table) - 1
    return pa.DictionaryArray.from_arrays(pa.array(codes), table)


def blank(size: int) -> pa.Array:
    """Return empty cells."""
    return pa.nulls(size, pa.string())


def constant(value: str, size: int) -> pa.Array:
    """Return one value for every row."""
    return pick([value], np.zeros(size, np.int8))


def numbered(prefix: str, numbers: Index, width: int) -> pa.Array:
    """Return IDs such as SYN-0000012: the prefix, then the number padded to `width`  digits."""
    start = np.frombuffer(prefix.encode(), np.uint8)
    cells = np.empty((len(numbers), len(start) + width), np.uint8)
    cells[:, : len(start)] = start
    rest = numbers.astype(np.uint32)
    for end in range(len(start) + width, len(start), -4):
        digits = _DIGITS[rest % 10_000]
        begin = max(end - 4, len(start))
        cells[:, begin:end] = digits[:, begin - end :]
        rest = rest // 10_000
    return _fixed_width(cells)


def dates(days: Days, style: str) -> pa.Array:
    """Return dates written in a strftime style; a day outside the sample's calendar is an empty cell."""
    position = days + CALENDAR_SHIFT
    inside = (position >= 0) & (position < len(CALENDAR))
    return pick(_date_table(style), np.where(inside, position, -1))


def stamps(days: Days, minutes: Days, day_style: str, time_style: str) -> pa.Array:
    """Return local times: a date in `day_style`, then a minute of the day in `time_style` (fixed widths)."""
    day_cells = _cells(date_labels(day_style))[np.clip(days + CALENDAR_SHIFT, 0, len(CALENDAR) - 1)]
    time_cells = _cells(_minute_labels(time_style))[minutes]
    return _fixed_width(np.concatenate([day_cells, time_cells], axis=1))


@cache
def date_labels(style: str) -> tuple[str, ...]:
    """Return every day of the sample's calendar in a strftime style."""
    return tuple(day.strftime(style) for day in CALENDAR)


@cache
def _date_table(style: str) -> pa.Array:
    return labels(date_labels(style))


@cache
def _minute_labels(style: str) -> tuple[str, ...]:
    if style == "12h":
        return tuple(f" {(h % 12) or 12:02d}:{m:02d} {'AM' if h < 12 else 'PM'}" for h, m in _MINUTES)
    return tuple(f" {h:02d}:{m:02d}:00" for h, m in _MINUTES)


_MINUTES = tuple(divmod(minute, 60) for minute in range(1440))


@cache
def _cells(labels: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.array(labels, dtype=f"S{len(labels[0])}").view(np.uint8).reshape(len(labels), -1)


def _fixed_width(cells: NDArray[np.uint8]) -> pa.Array:
    rows, width = cells.shape
    offsets = pa.array(np.arange(0, (rows + 1) * width, width, dtype=np.int32)).buffers()[1]
    return pa.StringArray.from_buffers(rows, offsets, pa.py_buffer(np.ascontiguousarray(cells)))

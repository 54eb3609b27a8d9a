"""What the bytes of an export are: its checksum, whether they are text, in which encoding, and how many lines."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 18  # bytes, few enough to stay in the processor's cache while they are looked at four times


@dataclass(frozen=True, slots=True)
class FileBytes:
    """What one look through a file finds."""

    sha256: str
    lines: int  # a last one without a line break counts
    is_binary: bool  # a zero byte, which stands in no text of UTF-8 or Windows-1252
    is_utf8: bool


def look_through(path: Path) -> FileBytes:
    """Read a file once, whatever its size."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    lines, last, is_binary, is_utf8 = 0, b"\n", False, True
    with path.open("rb", buffering=0) as handle:
        while block := handle.read(BLOCK):
            digest.update(block)
            lines, last = lines + block.count(b"\n"), block[-1:]
            is_binary = is_binary or b"\0" in block
            is_utf8 = is_utf8 and _decodes(decoder, block)
    return FileBytes(digest.hexdigest(), lines + (last != b"\n"), is_binary, is_utf8 and _decodes(decoder, b""))


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    """Tell whether a text goes on in this block, or ends where an empty one says so."""
    if block.isascii() and block and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True

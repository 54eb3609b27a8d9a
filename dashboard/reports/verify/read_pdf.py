"""Tables of a tagged PDF, read through its own tags: the way a screen reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pypdf import PdfReader
from pypdf.generic import ContentStream

from dashboard.reports.verify import Contents

Node: TypeAlias = Any  # an object of the PDF; pypdf types them all alike
Marked = dict[tuple[int, int], str]  # page object and marked content, and its text


def read(path: Path) -> Contents:
    """Read every table of the structure tree, row by row."""
    reader = PdfReader(path)
    texts: Marked = {}
    for page in reader.pages:
        reference = page.indirect_reference
        assert reference is not None
        for mark, text in _marked(reader, page):
            at = (reference.idnum, mark)
            texts[at] = texts.get(at, "") + text
    root: Node = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    grids = tuple(list(_rows(table, texts)) for table in _of_kind(tree, "/Table"))
    return Contents(grids, "\n".join(page.extract_text() for page in reader.pages))


def _rows(table: Node, texts: Marked) -> Iterator[list[str]]:
    for row in _of_kind(table, "/TR"):
        yield ["".join(_texts(cell, texts, None)) for cell in _children(row) if isinstance(cell, dict)]


def _of_kind(element: Node, kind: str) -> Iterator[Node]:
    """Yield the elements of a kind below one, in reading order."""
    for child in _children(element):
        if isinstance(child, dict):
            if child.get("/S") == kind:
                yield child
            else:
                yield from _of_kind(child, kind)


def _children(element: Node) -> list[Node]:
    below = element.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    below = below if isinstance(below, list) else [below]
    return [child.get_object() for child in below]


def _texts(element: Node, texts: Marked, page: int | None) -> Iterator[str]:
    """Yield the texts of an element; a marked piece belongs to the page of its nearest ancestor."""
    if isinstance(element, int):
        yield texts.get((page or 0, int(element)), "")
        return
    own = element.raw_get("/Pg").idnum if "/Pg" in element else page
    if "/MCID" in element:
        yield texts.get((own or 0, int(element["/MCID"])), "")
        return
    for child in _children(element):
        yield from _texts(child, texts, own)


def _marked(reader: PdfReader, page: Node) -> Iterator[tuple[int, str]]:
    """Yield marked-content numbers of a page with the text shown inside them."""
    letters = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    stack: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        match operator:
            case b"BDC":
                properties = operands[1]
                stack.append(int(properties["/MCID"]) if "/MCID" in properties else None)
            case b"BMC":
                stack.append(None)
            case b"EMC":
                stack.pop()
            case b"Tf":
                font = letters[operands[0]]
            case b"Tj" | b"TJ":
                mark = next((mark for mark in reversed(stack) if mark is not None), None)
                parts = operands[0] if operator == b"TJ" else operands
                if mark is not None:
                    yield mark, "".join(_shown(part, font) for part in parts)


def _shown(part: Node, letters: dict[int, str]) -> str:
    """Decode one string of two-byte codes; numbers between strings only move the pen."""
    raw: bytes | None = getattr(part, "original_bytes", None)
    if raw is None:
        return ""
    return "".join(letters.get(int.from_bytes(raw[i : i + 2]), "") for i in range(0, len(raw), 2))


def _letters(font: Node) -> dict[int, str]:
    """Read which letters the codes of a font stand for (its ToUnicode map of single codes and ranges)."""
    letters: dict[int, str] = {}
    kind = ""
    for line in font["/ToUnicode"].get_data().decode("ascii", "replace").splitlines():
        if line.endswith(("beginbfchar", "beginbfrange")):
            kind = line.split("begin")[1]
        elif line.startswith("end"):
            kind = ""
        elif kind:
            codes = [bytes.fromhex(code) for code in line.replace("[", "").replace("]", "").strip("<> ").split("> <")]
            first, last = int.from_bytes(codes[0]), int.from_bytes(codes[-2 if kind == "bfrange" else 0])
            start = codes[-1].decode("utf-16-be")
            for step in range(last - first + 1):
                letters[first + step] = start[:-1] + chr(ord(start[-1]) + step)
    return letters

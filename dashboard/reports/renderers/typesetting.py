"""Typst: one compiler per template, with the fonts shipped here and no others: the same output everywhere."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
PICTURE_PPI = 200


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(str(HERE / template), font_paths=_fonts(), ignore_system_fonts=True)


def pdf(template: str, data: dict[str, Any], made_on: date) -> bytes:
    """Return a tagged PDF (PDF/UA-1, fonts embedded) of a template; the data never become part of its code."""
    made = datetime.combine(made_on, time(), UTC)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    written = _compiler(template).compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=made)
    assert isinstance(written, bytes)
    return written


def png(svg: str) -> bytes:
    """Return a drawing as a picture, for formats that hold no SVG."""
    drawn = _compiler("picture.typ").compile(format="png", ppi=PICTURE_PPI, sys_inputs={"svg": svg})
    assert isinstance(drawn, bytes)
    return drawn

"""Small pictures of cards, in the manner of NHS England's Making Data Count: a letter, a color, and always words."""

from __future__ import annotations

from base64 import b64encode
from typing import Literal

from dashboard.charts.look import BLUE, GRAY, PURPLE, VERMILLION
from dashboard.measures.estimates.assurance import Assurance

SIZE = 22  # pixels
Variation = Literal["", "usual", "high", "low"]
MEANT = {"improvement": BLUE, "concern": VERMILLION, "neutral": PURPLE}
LETTERS = {"high": "H", "low": "L"}
ASSURED: dict[Assurance, tuple[str, str]] = {
    "meets": ("P", BLUE),
    "misses": ("F", VERMILLION),
    "hit or miss": ("?", GRAY),
}


def variation_icon(variation: Variation, meaning: str) -> str:
    """Return the picture of how the newest points stand: H or L in the color of its meaning, or a gray wave."""
    if variation == "usual":
        wave = f'<path d="M5 12 q3 -6 6 -1 t6 -1" fill="none" stroke="{GRAY}" stroke-width="2"/>'
        return _picture(GRAY, wave)
    return _lettered(LETTERS[variation], MEANT[meaning]) if variation else ""


def assurance_icon(assured: Assurance) -> str:
    """Return the picture of whether a target is met: P (it is), F (it is not) or ? (hit or miss)."""
    return _lettered(*ASSURED[assured]) if assured else ""


def _lettered(letter: str, color: str) -> str:
    style = f'fill="{color}" font-family="sans-serif" font-size="12" font-weight="700" text-anchor="middle"'
    return _picture(color, f'<text x="11" y="15.3" {style}>{letter}</text>')


def _picture(color: str, inside: str) -> str:
    ring = f'<circle cx="11" cy="11" r="9.5" fill="none" stroke="{color}" stroke-width="2"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}">{ring}{inside}</svg>'
    # The words stand beside it, so a screen reader passes over the picture.
    return f'<img class="sign" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" alt="">'

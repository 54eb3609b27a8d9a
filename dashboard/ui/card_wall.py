"""Cards as one piece of HTML: a list of terms and their values, read aloud in the order it is written.

Streamlit's own card draws its small line with a charting library of its own, one chart per card, and its arrow is not
read aloud; six of them take longer to draw than the charts of a page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.charts.look import BLUE
from dashboard.ui.cards import Card
from dashboard.ui.icons import assurance_icon, variation_icon

MOST = 6  # pages.md section 4
WIDTH, HEIGHT, EDGE = 160, 32, 4  # of the small line, in pixels


def card_wall(cards: Sequence[Card]) -> None:
    """Show at most six cards on a grid that reflows on a small screen."""
    shown = cards[:MOST]
    pairs = " pairs" if len(shown) == 4 else ""
    st.html(f'<dl class="cards{pairs}">{"".join(map(_html, shown))}</dl>')


def _html(card: Card) -> str:
    small = "".join(f"<dd>{escape(words)}</dd>" for words in (card.detail, card.comparison) if words)
    return (
        f'<div><dt>{escape(card.label)}</dt><dd class="value">{escape(card.value)}</dd>{small}{_line(card)}'
        f"{_signs(card)}{_help(card)}</div>"
    )


def _signs(card: Card) -> str:
    """Show how the newest months stand, and the target: an icon each, beside its words."""
    signs = (
        (variation_icon(card.variation, card.meaning), card.signal),
        (assurance_icon(card.assured), card.target),
    )
    return "".join(f'<dd class="sign">{icon}<span>{escape(words)}</span></dd>' for icon, words in signs if words)


def _line(card: Card) -> str:
    """Draw the small line with its last point marked, as a picture with its words: they are read aloud."""
    if not card.spark:
        return ""
    points = _points(card.spark)
    x, y = points[-1]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{path}" fill="none" stroke="{BLUE}" stroke-width="2" stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{EDGE - 0.5}" fill="{BLUE}"/></svg>'
    )
    words = escape(card.spark_words, quote=True)
    # Streamlit strips drawings out of HTML; a picture may stay, and may have an alternative text.
    picture = b64encode(svg.encode()).decode()
    return f'<dd><img src="data:image/svg+xml;base64,{picture}" alt="{words}" title="{words}"></dd>'


def _points(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the pixels of a line from left to right, the lowest value at the bottom."""
    low, high = min(values), max(values)
    step, rise = (WIDTH - 2 * EDGE) / (len(values) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    return [(EDGE + i * step, HEIGHT - EDGE - (value - low) * rise) for i, value in enumerate(values)]


def _help(card: Card) -> str:
    """Return the definition, closed until asked for; by keyboard and by touch as well."""
    if not card.help:
        return ""
    name = escape(f"What {card.label} means", quote=True)
    return (
        f'<dd class="help"><details><summary aria-label="{name}">Definition</summary>{escape(card.help)}</details></dd>'
    )

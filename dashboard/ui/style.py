"""The few rules of style that Streamlit's theme has no setting for: cards, and tables that fit a telephone.

Colors come from the theme or work on either ground; names are our own, so that nothing else changes.
"""

from __future__ import annotations

import streamlit as st

STYLE = """<style>
.cards { display: grid; gap: 0.75rem; margin: 0; padding: 0 !important; }
.cards { grid-template-columns: repeat(auto-fit, minmax(max(13rem, 30%), 1fr)); }
.cards.pairs { grid-template-columns: repeat(auto-fit, minmax(max(13rem, 40%), 1fr)); }
.cards > div { border: 1px solid rgba(118, 118, 118, 0.35); border-radius: 0.4rem; padding: 0.75rem 1rem; }
.cards dt { font-weight: 400; }
.cards dd { margin: 0.15rem 0 0; font-size: 0.9rem; opacity: 0.82; }
.cards dd.value { font-size: 2rem; line-height: 1.25; opacity: 1; }
.cards img { display: block; margin-top: 0.35rem; }
.cards dd.sign { display: flex; gap: 0.45rem; align-items: flex-start; margin-top: 0.4rem; }
.cards img.sign { flex: none; margin: 0; }
.cards summary { cursor: pointer; font-size: 0.9rem; width: fit-content; }

.st-key-differences a { padding-left: 0; background: none; }
.st-key-differences a p { white-space: normal; font-weight: 400; text-decoration: underline; }
.st-key-differences p { font-size: 1rem; }

.figures { width: 100%; border-collapse: collapse; font-size: 0.9rem; margin: 0; }
.figures th, .figures td { padding: 0.4rem 0.6rem; border: 0 solid rgba(118, 118, 118, 0.35); }
.figures th, .figures td { border-bottom-width: 1px; text-align: left; vertical-align: top; font-weight: 400; }
.figures thead th { vertical-align: bottom; opacity: 0.82; }
.figures .n { text-align: right; font-variant-numeric: tabular-nums; }
.figures td.short { white-space: nowrap; }
.figures tbody th { overflow-wrap: anywhere; min-width: 8.5rem; }
@media screen and (max-width: 640px) {
  .figures.wide, .figures.wide tbody, .figures.wide th, .figures.wide td { display: block; }
  .figures.wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .figures.wide tr { display: grid; grid-template-columns: 1fr 1fr; padding: 0.4rem 0; }
  .figures.wide tr { border-bottom: 1px solid rgba(118, 118, 118, 0.35); }
  .figures.wide th, .figures.wide td { border: 0; text-align: left; padding: 0.2rem 0.4rem; }
  .figures.wide tbody th { grid-column: 1 / -1; font-weight: 600; }
  .figures.wide td.long { grid-column: 1 / -1; }
  .figures.wide td::before { content: attr(data-label); display: block; font-size: 0.85rem; opacity: 0.82; }
}

/* Streamlit's offer to install tools for programmers, where it finds some on the machine. */
.stSkillsNudge { display: none; }
</style>"""


def lay_style() -> None:
    """Put the rules on the page; they take no room."""
    st.html(STYLE)

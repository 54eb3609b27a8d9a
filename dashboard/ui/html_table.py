"""A frame of texts as an HTML table: whole on paper, with headers for every row, and readable on a telephone.

Streamlit's own table lets wide tables run off a small screen.
"""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

NARROW = 4  # with more columns (long texts count twice) the cells of a row stand below each other on a telephone
SHORT = 9  # letters of a number that stays on one line, as "under 1 %"
LONG = 24  # letters that need a line of their own there
NUMBER = re.compile(r"|–|•|→.*|[<≥$]?\d[\d,.]*( %)?( \(\d[\d,]* of \d[\d,]*\))?|(under|over) \d+ %")


def show_table(rows: pd.DataFrame, name: str) -> None:
    """Show `rows`, of texts, under the name a screen reader gives the table; the first column heads each row."""
    st.html(table_html(rows, name))


def table_html(rows: pd.DataFrame, name: str) -> str:
    """Return the table as HTML; every cell is escaped."""
    columns = [str(column) for column in rows.columns]
    cells = [[str(cell) for cell in row] for row in rows.itertuples(index=False, name=None)]
    kinds = ["", *(_kind([row[i] for row in cells]) for i in range(1, len(columns)))]
    head = "".join(_cell("th", "col", kind, column) for kind, column in zip(kinds, columns, strict=True))
    body = "".join(f'<tr role="row">{_row(columns, kinds, row)}</tr>' for row in cells)
    wide = " wide" if len(columns) + kinds.count("long") > NARROW else ""
    # The roles are those of a table; without them some screen readers forget it where rows are laid out anew.
    return (
        f'<table class="figures{wide}" role="table" aria-label="{escape(name, quote=True)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(columns: list[str], kinds: list[str], row: list[str]) -> str:
    first = _cell("th", "row", "", row[0])
    rest = zip(columns[1:], kinds[1:], row[1:], strict=True)
    return first + "".join(_cell("td", "", kind, text, label) for label, kind, text in rest)


def _cell(tag: str, scope: str, kind: str, text: str, label: str = "") -> str:
    role = {"col": "columnheader", "row": "rowheader"}.get(scope, "cell")
    named = f' data-label="{escape(label, quote=True)}"' if label else f' scope="{scope}"'
    looks = f' class="{kind}"' if kind else ""
    return f'<{tag} role="{role}"{named}{looks}>{escape(text)}</{tag}>'


def _kind(texts: list[str]) -> str:
    if texts and all(NUMBER.fullmatch(text) for text in texts):
        return "n short" if all(len(text) <= SHORT for text in texts) else "n"
    return "long" if any(len(text) > LONG for text in texts) else ""

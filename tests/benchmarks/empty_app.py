"""The baseline of the pages benchmark: two filters and as many figures as a page has, built once at import.

`Period` leaves the figures as they are; `Figures` shows another set of as many.
"""

from __future__ import annotations

import os

import streamlit as st
from empty_figures import FIGURES

st.set_page_config(page_title="Empty", layout="wide")
with st.sidebar:
    st.selectbox("Period", [f"Period {n}" for n in range(1, 13)], key="period")
    chosen = st.selectbox("Figures", ["Set A", "Set B"], key="figures")
first = 0 if chosen == "Set A" else len(FIGURES) // 2
for number in range(first, first + int(os.environ["FIGURES"])):
    st.plotly_chart(FIGURES[number], key=f"figure_{number}", config={"displayModeBar": False})

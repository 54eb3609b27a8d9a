"""The baseline of the pages benchmark: a filter and as many figures as a page has, built once at import."""

from __future__ import annotations

import os

import streamlit as st
from empty_figures import FIGURES

st.set_page_config(page_title="Empty", layout="wide")
with st.sidebar:
    st.selectbox("Period", [f"Period {n}" for n in range(1, 13)], key="period")
for number in range(int(os.environ["FIGURES"])):
    st.plotly_chart(FIGURES[number], key=f"figure_{number}", theme=None, config={"displayModeBar": False})

"""Charts: a Result in, a Plotly figure out. No chart takes a title; words come from the measure."""

from dashboard.charts.bars import bars, bars_in_order, lasting_parts, shares, shares_by, steps
from dashboard.charts.control import control_chart
from dashboard.charts.counties import FEWEST_COUNTIES, MAP_CONFIG, county_map, smoothed_map, subset
from dashboard.charts.curves import curve, state_stack
from dashboard.charts.dots import dot_interval, dumbbell
from dashboard.charts.funnel import funnel
from dashboard.charts.gap_dots import gap_dots
from dashboard.charts.gaps import gap_chart
from dashboard.charts.heat import heat
from dashboard.charts.look import in_ink
from dashboard.charts.panels import rate_over_contacts
from dashboard.charts.stacked import stacked
from dashboard.charts.trend import small_multiples, trend
from dashboard.charts.years import two_years

__all__ = [
    "FEWEST_COUNTIES",
    "MAP_CONFIG",
    "bars",
    "bars_in_order",
    "control_chart",
    "county_map",
    "curve",
    "dot_interval",
    "dumbbell",
    "funnel",
    "gap_chart",
    "gap_dots",
    "heat",
    "in_ink",
    "lasting_parts",
    "rate_over_contacts",
    "shares",
    "shares_by",
    "small_multiples",
    "smoothed_map",
    "stacked",
    "state_stack",
    "steps",
    "subset",
    "trend",
    "two_years",
]

"""Reference data: every US county and how it is recognized, and the assessment instruments."""

from pipelines.reference.counties import Counties, CountyReading, load_counties
from pipelines.reference.instruments import Instrument, instrument_rows, item_range, load_instruments

__all__ = [
    "Counties",
    "CountyReading",
    "Instrument",
    "instrument_rows",
    "item_range",
    "load_counties",
    "load_instruments",
]

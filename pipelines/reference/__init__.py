"""Reference data: every US county, its population, and how a county is recognized."""

from pipelines.reference.counties import Counties, CountyReading, load_counties

__all__ = ["Counties", "CountyReading", "load_counties"]

"""Loading exports: land → map → judge → merge → derive → check → publish."""

from pipelines.load.run import LoadOptions, LoadReport, load

__all__ = ["LoadOptions", "LoadReport", "load"]

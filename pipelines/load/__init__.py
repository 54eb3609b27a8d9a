"""Loading exports: land → map → judge → merge → derive → check → publish."""

from pipelines.load.options import LoadOptions, LoadReport
from pipelines.load.run import load

__all__ = ["LoadOptions", "LoadReport", "load"]

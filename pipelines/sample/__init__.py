"""Synthetic exports: invented people, realistic numbers, and the dirt of real files."""

from pipelines.sample.export import SampleFiles, write_sample

__all__ = ["SampleFiles", "write_sample"]

"""Pipeline commands; they run without the dashboard (`python -m pipelines load …`)."""

from pipelines.cli.app import app, run

__all__ = ["app", "run"]

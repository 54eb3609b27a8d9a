"""Exports in, warehouse out. Knows nothing of the dashboard."""

"""The dashboard: measures, charts, pages and the `outcomes` command."""

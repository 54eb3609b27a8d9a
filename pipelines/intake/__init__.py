"""Understanding files nobody described yet: which profile fits, what the columns hold, what a dry run saw.

Runs in the process of a load, never in that of the pages (docs/decisions.md).
"""

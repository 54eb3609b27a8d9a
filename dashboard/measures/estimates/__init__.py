"""Estimators: counts in, value and limits out. Plain functions on arrays, without a database.

Formulas and their sources: `statistics.md`. Names follow the methods, so that a reader finds the paper.
"""

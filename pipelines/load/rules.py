"""The rules the loader judges while reading; their words are read where the pages can read them too."""

from pipelines.rule_texts import Rule, Severity, loader_rules

__all__ = ["Rule", "Severity", "loader_rules"]

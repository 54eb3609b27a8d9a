"""Canonical tables, declared once."""

from pipelines.schema.ddl import create_table, enum_statements, schema_statements, sql_type
from pipelines.schema.tables import TABLES, Column, Table
from pipelines.schema.vocabularies import (
    EXIT_OF_CLOSE_REASON,
    LIFE_WINS,
    VOCABULARIES,
    LifeWin,
    label,
)

__all__ = [
    "EXIT_OF_CLOSE_REASON",
    "LIFE_WINS",
    "TABLES",
    "VOCABULARIES",
    "Column",
    "LifeWin",
    "Table",
    "create_table",
    "enum_statements",
    "label",
    "schema_statements",
    "sql_type",
]

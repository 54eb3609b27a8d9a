"""What a dry run lists as values without a code: those of the rows a record is made of, and of no others."""

from __future__ import annotations

from fixture_loads import build_export, load_half

from pipelines.intake.observe import describe


def without_code(name: str, tmp_path) -> dict[tuple[str, str], dict[str, int]]:
    """Return (column, field) -> text -> rows of what the check of a fixture asks to be mapped."""
    seen: dict = {}
    exports = build_export(name, "first", tmp_path / "export")
    load_half(name, "first", exports, tmp_path / "store", observe=lambda builders: seen.update(describe(builders)))
    found = {
        (entry["column"], entry["field"]): {value["text"]: value["rows"] for value in entry["values"] if value["rule"]}
        for entry in seen["values"]
    }
    return {at: values for at, values in found.items() if values}


def test_rows_of_another_kind_of_record_ask_for_no_code(tmp_path):
    """In one flat export the rows of contacts stand under events that are no time of an assessment."""
    assert without_code("redcap_flat", tmp_path) == {
        ("session_kind", "kind"): {"7": 1},
        ("session_status", "status"): {"8": 1},
    }

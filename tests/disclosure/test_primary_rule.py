"""Which cells are small: none and all of a group tell of everyone in it, whatever the size of the group says else."""

from datetime import date

import pytest

from pipelines.disclosure import Count, Key, grid_of
from pipelines.disclosure.primary import small_and_need
from pipelines.policy import read_policy

POLICY = """
policy = 1
[hierarchies]
period = {{ months = 12, levels = ["year"] }}
[measures]
returned = {{ kind = "rate", {rules} }}
[audiences.funder]
tables = [["all", "year", "all"]]
"""
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))


@pytest.mark.parametrize(
    ("rules", "numerator", "complement", "small"),
    [
        pytest.param('zeros = "hide"', 0, 40, {"numerator"}, id="0 % of an outcome"),
        pytest.param('zeros = "hide"', 40, 0, {"complement"}, id="100 % of an outcome"),
        pytest.param('zeros = "show"', 0, 40, set(), id="0 % of an activity is no secret"),
        pytest.param('zeros = "show"', 40, 0, set(), id="nor is 100 %"),
        pytest.param('zeros = "show", sensitive = true', 21, 0, {"complement"}, id="everyone of 21, sensitive"),
        pytest.param('zeros = "show", sensitive = true', 22, 0, set(), id="everyone of 22: twice the threshold"),
        pytest.param('zeros = "show"', 10, 40, {"numerator"}, id="10 are few"),
        pytest.param('zeros = "show"', 11, 40, set(), id="11 are not"),
    ],
)
def test_none_and_all(rules, numerator, complement, small, tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text(POLICY.format(rules=rules), encoding="utf-8")
    policy, _ = read_policy(file)
    grid = grid_of(policy, MONTHS, date(2026, 6, 30), {"A": "east"}, {})
    parts = {"numerator": numerator, "denominator": numerator + complement, "complement": complement}
    cells = {
        Key(f"returned.{part}", "all", "all", "2025", "all"): Count(value, value, 0) for part, value in parts.items()
    }
    assert {key.quantity.partition(".")[2] for key in small_and_need(grid, cells, "funder")} == small

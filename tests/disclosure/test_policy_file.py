"""The policy file: an error names the key and the nearest known one, and what would leak is refused."""

import pytest
from made_up import POLICY, policy_file

from pipelines.errors import OutcomesError
from pipelines.policy import default_policy, explain, policy_hash, read_policy

AGAIN = '{ kind = "distinct", measure = "served", levels = ["year"] }'


def refused(folder, text):
    with pytest.raises(OutcomesError) as error:
        read_policy(policy_file(folder, text))
    return f"{error.value.what} {error.value.cure}"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("threshold = 11", "treshold = 11", ["treshold", "threshold"]),
        ("threshold = 11", "threshold = 1", ["threshold", "greater than or equal to 2"]),
        ('kind = "events"', 'kind = "event"', ["kind", "events"]),
        ("sensitive = true", "sensitiv = true", ["sensitiv", "sensitive"]),
        ("policy = 1", "policy = 2", ["policy"]),
        ('kind = "events"', 'kind = "mean"', ["kind", "events"]),
        ("served = {", f"by_age = {AGAIN}\nserved = {{", ["by_age and measures.served", "protected apart"]),
        ("policy = 1", "policy = ", ["TOML"]),
        ('drop_measures = ["returned"]', 'drop_measures = ["returnd"]', ["returnd", "returned"]),
        ('["county", "year", "all"], ["region"', '["county", "fiscal_year", "all"], ["region"', ["fiscal_year"]),
        ("min_width = 9", "min_width = 4", ["min_width", "below the funder's"]),
        ("min_width = 9", "threshold = 5", ["threshold", "below the funder's"]),
        ('["county", "month", "all"], ["county", "quarter", "all"], ', "", ["not contained in a funder's"]),
        ('zeros = "show", levels = ["year"] }', 'zeros = "show" }', ["several period levels", 'levels = ["year"]']),
        (
            'category = "mode" }',
            'category = "mode", multi = true }',
            ["one person can be in several", "measure_tables"],
        ),
        (
            'levels = ["month", "quarter", "year"] }',
            'levels = ["month", "quarter", "year"], fiscal_year_start = 7 }',
            ["fiscal years", "allow_overlap"],
        ),
        (
            "[audiences.funder]\n",
            "[release]\nto_date_totals = true\n[audiences.funder]\n",
            ["to-date totals", "release.to_date_totals"],
        ),
        ("[audiences.funder]\n", "[release]\nclosed_periods_only = false\n[audiences.funder]\n", ["closed_periods"]),
    ],
)  # fmt: skip
def test_errors_name_the_key_and_the_cure(old, new, says, tmp_path):
    assert old in POLICY
    message = refused(tmp_path, POLICY.replace(old, new, 1))
    for words in says:
        assert words in message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(OutcomesError, match="no such policy file"):
        read_policy(tmp_path / "none.toml")


def test_the_shipped_policy_has_the_safe_defaults():
    policy, _ = read_policy(default_policy())
    assert (policy.threshold, policy.min_width) == (11, 5)
    assert policy.release.closed_periods_only
    assert not policy.release.to_date_totals
    for name in ("people_reporting_return", "reached_after_overdose", "nonfatal_overdoses", "retained"):
        assert policy.measures[name].zeros == "hide"
    assert "nonfatal_overdoses" in policy.audiences["board"].drop_measures


def test_the_explanation_lists_the_tables_of_each_audience_and_no_other():
    policy, _ = read_policy(default_policy())
    both, board = explain(policy), explain(policy, ("board",))
    assert "A count from 1 to 10 is small" in both
    assert "funder: small below 11, width 5" in both
    assert "board: small below 11, width 9" in board
    assert "nonfatal_overdoses: not given" in board
    assert "funder:" not in board


def test_line_ends_do_not_change_the_hash():
    assert policy_hash("a = 1\nb = 2\n") == policy_hash("a = 1\r\nb = 2\r\n") != policy_hash("a = 1\nb = 3\n")

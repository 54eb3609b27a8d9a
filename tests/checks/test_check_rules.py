"""Every data-quality rule on a whiteboard with a row that breaks it and one that does not."""

from dataclasses import dataclass, field

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel
from whiteboard import warehouse
from words import banned

import pipelines.check_rules as check_rules
from pipelines.check_rules import LISTED_ROWS, CheckResult, load_checks, run_checks
from pipelines.errors import LoadError, OutcomesError

CHECKS = {check.id: check for check in load_checks()}


@dataclass(frozen=True)
class Board:
    """A whiteboard and the lines (header = 1) its rule must find, by file."""

    rule: str
    found: list[tuple[str, int]]
    tables: dict[str, str]
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.rule} {' '.join(self.tables)}"


def board(rule, found, settings=None, **tables):
    return Board(rule, found, tables, settings or {})


# A hundred sessions on a hundred days; some rows of it are then put on one day.
HUNDRED = [f"p{n} 2026-0{1 + n % 8}-{2 + n % 27:02} 45" for n in range(100)]
HEADER = "participant_key session_date minutes\n"

BOARDS = [
    board(
        "DQ25",
        [("assessment.csv", 3)],
        assessment="""
            participant_key timepoint status    assessed_on due_from due_to
            A               6_month   conducted 07-10       07-01    07-31
            B               6_month   conducted 08-10       07-01    07-31
            C               6_month   missed    -           07-01    07-31
        """,
    ),
    board(
        "DQ28",
        [("session.csv", 3)],
        sessions="""
            participant_key session_date status
            A               07-01        completed
            A               07-01        no_show
            A               07-02        no_show
        """,
    ),
    board(
        "DQ29",
        [("participant.csv", 2)],
        participants="""
            participant_key program_id gender  updated_on
            A               P1         woman   2026-01-01
            A               P2         man     2026-02-01
            B               P1         unknown 2026-01-01
            B               P2         man     2026-02-01
        """,
    ),
    board(
        "DQ30",
        [("session.csv", 3)],
        sessions="""
            participant_key session_date kind
            A               07-01        coaching
            A               07-02        coaching
            A               07-02        family_support
        """,
        milestones="participant_key event_date class\nA 07-01 death",
    ),
    board(
        "DQ31",
        [("milestone.csv", 3)],
        milestones="""
            participant_key event_date class certainty
            A               07-01      death documented
            A               07-01      death suspected
            B               07-01      death suspected
        """,
    ),
    board(
        "DQ32",
        [("milestone.csv", 3)],
        milestones="""
            participant_key event_date class    od_fatal
            A               07-01      overdose true
            A               07-03      death    -
            B               07-03      death    -
        """,
    ),
    board(
        "DQ33",
        [("milestone.csv", 2), ("milestone.csv", 3)],
        milestones="""
            participant_key event_date class    od_fatal death_cause
            A               07-01      overdose true     -
            A               07-03      death    -        suicide
            B               07-03      death    -        suicide
        """,
    ),
    board(
        "DQ34",
        [("participant.csv", 2), ("session.csv", 5)],
        sessions="""
            participant_key session_date kind
            A               02-01        coaching
            A               03-01        coaching
            C               02-01        coaching
            C               02-10        closeout
            C               02-20        coaching
            B               02-01        coaching
        """,
        participants="participant_key closed_on\nA 02-10\nB 02-10",
    ),
    board(
        "DQ35",
        [("milestone.csv", 3)],
        sessions="participant_key session_date\nA 02-01\nA 03-01",
        milestones="""
            participant_key event_date code
            A               02-10      got_job
            A               05-10      got_job
            A               05-10      er_visit
        """,
    ),
    board(
        "DQ36",
        [("milestone.csv", 2), ("session.csv", 3)],
        sessions="participant_key session_date date_precision\nA 02-01 day\nA 02-01 month",
        milestones="participant_key event_date date_precision code\nA 02-01 quarter got_job",
    ),
    board(
        "DQ37",
        [("milestone.csv", 2), ("session.csv", 3)],
        sessions="participant_key session_date\nA 09-30\nA 10-01",
        milestones="participant_key event_date code\nA 10-01 got_job",
    ),
    board(
        "DQ39",
        [("milestone.csv", 2), ("session.csv", 3)],
        sessions="participant_key session_date county_fips\nA 02-01 Knox\nA 02-01 -",
        milestones="participant_key event_date county_fips code\nA 02-01 - got_job",
    ),
    board(
        "DQ40",
        [("milestone.csv", 2), ("session.csv", 3)],
        settings={"service_area": "23009, 23027"},
        sessions="participant_key session_date county_fips\nA 02-01 Hancock\nA 02-01 Knox\nA 02-01 -",
        milestones="participant_key event_date county_fips code\nA 02-01 Washington got_job",
    ),
    board(
        "DQ41",
        [("session.csv", 3)],
        sessions="""
            participant_key session_date county_fips
            A               02-01        Hancock
            A               03-01        Waldo
            A               04-01        Hancock
            B               2025-12-01   Hancock
            B               02-01        Waldo
        """,
    ),
    board(
        "DQ42",
        [("session.csv", 3)],
        sessions="participant_key session_date entered_on\nA 02-01 03-03\nA 02-01 03-04\nA 02-01 -",
    ),
    board(
        "DQ43",
        [("milestone.csv", 3), ("milestone.csv", 6)],
        milestones="""
            participant_key event_date code
            A               02-01      got_job
            A               04-17      job_90_days
            B               02-01      got_job
            B               04-18      job_90_days
            C               04-18      housing_90_days
        """,
    ),
    board(
        "DQ44",
        [("milestone.csv", 4), ("milestone.csv", 6)],
        milestones="""
            participant_key event_date code
            A               02-01      recovery_time_30
            A               04-02      recovery_time_90
            A               06-30      recovery_time_180
            B               02-01      recovery_time_90
            B               03-20      recovery_time_30
            C               02-01      recovery_time_90
            C               02-10      return_to_use
            C               03-20      recovery_time_30
        """,
    ),
    board(
        "DQ45",
        [("milestone.csv", 2)],
        milestones="""
            participant_key event_date class death_cause
            A               04-02      death pending
            B               04-03      death pending
            C               04-02      death other
        """,
    ),
    board(
        "DQ46",
        [("session.csv", 3)],
        sessions="""
            participant_key session_date coach_key entered_on
            A               07-20        quiet     -
            A               08-20        quiet     08-21
            A               08-20        active    09-20
            A               06-20        gone      -
        """,
    ),
    board(
        "DQ47",
        [("session.csv", row) for row in range(102, 114)],
        sessions=HEADER + "\n".join([*HUNDRED, *(f"q{n} 03-01 45" for n in range(12))]),
    ),
    board(
        "DQ47",
        [("session.csv", row) for row in range(102, 122)],
        sessions=HEADER + "\n".join([*HUNDRED, *(f"q{n} 0{1 + n % 8}-01 45" for n in range(20))]),
    ),
    board(
        "DQ47",
        [("session.csv", row) for row in range(2, 72)],
        sessions=HEADER + "\n".join(row.replace(" 45", " 60") if n < 70 else row for n, row in enumerate(HUNDRED)),
    ),
    board("DQ47", [], sessions=HEADER + "\n".join(HUNDRED)),
    board(
        "DQ48",
        [("session.csv", 3)],
        sessions="participant_key session_date\nA 02-01\nB 02-01",
        participants="participant_key\nA",
    ),
    board(
        "KEYS",
        [("session.csv", 2), ("session.csv", 3)],
        sessions="session_key participant_key session_date\ns1 A 02-01\ns1 A 02-02\ns2 A 02-02",
    ),
    board(
        "KEYS",
        [("participant.csv", 2), ("participant.csv", 3)],
        participants="participant_key program_id\nA P1\nA P1\nA P2",
    ),
]


def drawn(b: Board) -> duckdb.DuckDBPyConnection:
    return warehouse(**b.tables, settings=b.settings)


def results(connection, **how) -> dict[str, CheckResult]:
    return {result.rule_id: result for result in run_checks(connection, **how)}


def test_every_rule_has_a_board():
    assert {b.rule for b in BOARDS} == CHECKS.keys()


@pytest.mark.parametrize("b", BOARDS, ids=lambda b: b.name)
def test_a_rule_finds_the_row_that_breaks_it_and_no_other(b):
    found = drawn(b).execute(f"SELECT source_file, source_row FROM ({CHECKS[b.rule].body}) ORDER BY ALL").fetchall()
    assert found == b.found


@pytest.mark.parametrize("b", [b for b in BOARDS if b.rule != "KEYS"], ids=lambda b: b.name)
def test_what_a_rule_finds_is_counted_and_listed(b):
    connection = drawn(b)
    result = results(connection)[b.rule]
    assert result.rows_found == len(b.found)
    assert result.rows_checked is not None
    assert result.rows_checked >= result.rows_found
    listed = connection.execute(
        "SELECT source_file, source_row, severity, field, action FROM load_issue WHERE rule_id = ? ORDER BY ALL",
        [b.rule],
    ).fetchall()
    check = CHECKS[b.rule]
    assert listed == [(*row, check.severity, check.field, check.action) for row in b.found]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_rule_is_one_portable_statement(check):
    for sql in (check.body, check.checked):
        assert len(duckdb.extract_statements(sql)) == 1
        sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_rule_speaks_the_directors_language(check):
    assert banned(f"{check.title}. {check.advice}") == []


def test_with_nothing_loaded_no_rule_counts_as_passed():
    empty = results(warehouse())
    assert empty.keys() == CHECKS.keys()
    assert {result.rows_checked for result in empty.values()} == {None}
    assert {result.share for result in empty.values()} == {None}


def test_rules_about_events_are_not_checked_without_events():
    result = results(warehouse(sessions="participant_key session_date\nA 02-01"))
    assert result["DQ30"].rows_checked is None
    assert result["DQ35"].rows_checked is None
    assert result["DQ48"].rows_checked is None
    assert result["DQ40"].rows_checked is None, "no service area is set"
    assert result["DQ39"].rows_checked == 1


def test_the_share_is_found_of_checked():
    result = results(warehouse(sessions="participant_key session_date county_fips\nA 02-01 Knox\nA 02-02 -"))
    assert result["DQ39"].share == 0.5


def test_results_are_kept_for_the_data_quality_page():
    connection = warehouse(sessions="participant_key session_date\nA 02-01", checks=True)
    kept = connection.execute("SELECT rule_id, rows_checked, rows_found FROM check_result").fetchall()
    assert ("DQ39", 1, 1) in kept
    assert ("DQ48", None, 0) in kept
    assert len(kept) == len(CHECKS)


def test_running_again_replaces_what_was_found_and_keeps_what_the_load_found():
    connection = warehouse(sessions="participant_key session_date county_fips\nA 02-01 -")
    connection.execute(
        "INSERT INTO load_issue VALUES ('B1', 'session.csv', 9, 'DQ40', 'warn', 'county_fips', 'field_cleared')"
    )
    run_checks(connection)
    run_checks(connection)
    listed = connection.execute("SELECT rule_id, source_row FROM load_issue ORDER BY ALL").fetchall()
    assert listed == [("DQ39", 2), ("DQ40", 9)]


def test_looking_without_writing_finds_the_same():
    connection = warehouse(sessions="participant_key session_date\nA 02-01")
    looked = run_checks(connection, write=False)
    assert connection.execute("SELECT count(*) FROM load_issue").fetchall() == [(0,)]
    assert looked == run_checks(connection)


def test_the_list_of_lines_is_bounded_and_the_count_is_not():
    lines = "\n".join(f"p{n} 02-01" for n in range(LISTED_ROWS // 100))
    connection = warehouse(sessions=f"participant_key session_date\n{lines}")
    connection.execute(
        "INSERT INTO session SELECT s.* REPLACE (s.session_key || n AS session_key)"
        " FROM session AS s, range(1, 101) AS r(n)"
    )
    assert results(connection)["DQ39"].rows_found > LISTED_ROWS
    listed = connection.execute("SELECT count(*) FROM load_issue WHERE rule_id = 'DQ39'").fetchall()
    assert listed == [(LISTED_ROWS,)]


def test_two_rows_with_one_key_stop_the_load():
    connection = warehouse(sessions="session_key participant_key session_date\ns1 A 02-01\ns1 A 02-02")
    with pytest.raises(LoadError, match="two rows share one key"):
        run_checks(connection)
    assert results(connection, write=False)["KEYS"].rows_found == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('severty = "warn"', 'no key "severty". Did you mean "severity"'),
        ("", '"severity" must be given as text'),
        ('severity = "grave"', "severity or action is not known"),
    ],
)
def test_a_rule_with_a_wrong_header_is_named(tmp_path, line, message):
    text = '/*\nid = "X"\ntitle = "T"\nadvice = "A"\naction = "noted"\nchecked = "SELECT 1"\n'
    (tmp_path / "wrong.sql").write_text(f"{text}{line}\n*/ SELECT 1")
    with pytest.raises(OutcomesError, match=rf"wrong\.sql: .*{message}"):
        check_rules.load_checks(tmp_path)

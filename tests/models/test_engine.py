"""The folder of models: order, headers, portability, and a warehouse with nothing in it."""

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel
from whiteboard import warehouse

from pipelines.engine import DuckDBEngine, build_models, in_order, load_models
from pipelines.errors import OutcomesError
from pipelines.sqlfile import SqlFile, read_sql_file

MODELS = {model.name: model for model in load_models()}
PROMISED = {
    "data_window",
    "death",
    "contact",
    "contact_day",
    "person",
    "first_contact",
    "episode",
    "active_span",
    "person_day",
    "person_day_by_trait",
    "event",
    "linkage_offer",
    "period",
    "period_day",
}


def test_every_promised_model_is_a_file():
    assert MODELS.keys() >= PROMISED


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_model_says_what_it_is_and_nothing_unknown(model):
    assert {"title", "meaning"} <= model.header.keys() <= {"title", "meaning", "materialized"}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_a_model_is_one_portable_statement(model):
    assert len(duckdb.extract_statements(model.body)) == 1
    spark = sqlglot.transpile(model.body, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    assert len(spark) == 1


def test_models_come_after_those_they_read():
    engine = DuckDBEngine(warehouse())
    names = [model.name for model in in_order(load_models(), engine.sources)]
    assert names.index("death") < names.index("contact") < names.index("contact_day") < names.index("own_episode")


def test_models_that_read_each_other_are_refused():
    ring = [SqlFile("egg", {}, "SELECT * FROM hen"), SqlFile("hen", {}, "SELECT * FROM egg")]
    with pytest.raises(OutcomesError, match=r"read each other: .*hen.*egg"):
        in_order(ring, DuckDBEngine(duckdb.connect()).sources)


def test_a_statement_whose_tables_cannot_be_told_names_its_file():
    broken = SqlFile("broken", {}, "SELECT a FROM x JOIN y USING (a)")
    with pytest.raises(OutcomesError, match=r"broken\.sql.*ON instead of USING"):
        DuckDBEngine(duckdb.connect()).sources(broken)


def test_a_model_that_does_not_run_names_its_file():
    with pytest.raises(OutcomesError, match=r"broken\.sql: the model does not run"):
        DuckDBEngine(duckdb.connect()).model(SqlFile("broken", {}, "SELECT nothing FROM nowhere"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1", "the opening comment is missing"),
        ("/* title = */ SELECT 1", "not valid TOML"),
        ('/* title = "A" */', "no statement after the comment"),
    ],
)
def test_a_damaged_file_is_named(tmp_path, text, message):
    path = tmp_path / "damaged.sql"
    path.write_text(text)
    with pytest.raises(OutcomesError, match=rf"damaged\.sql: .*{message}"):
        read_sql_file(path)


def test_an_empty_warehouse_has_every_model():
    empty = warehouse()
    counts = {name: empty.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in MODELS}
    assert {name for name, rows in counts.items() if rows} == {"data_window", "gap_rule"}


def test_progress_is_told_model_by_model():
    told = []
    build_models(warehouse(), lambda name, done, of: told.append((name, done, of)))
    assert [done for _, done, _ in told] == list(range(1, len(MODELS) + 1))
    assert {of for _, _, of in told} == {len(MODELS)}


def test_building_twice_changes_nothing():
    board = warehouse(sessions="participant_key session_date\nA 07-01\nA 07-08")
    before = board.execute("SELECT * FROM contact_day ORDER BY ALL").fetchall()
    build_models(board)
    assert board.execute("SELECT * FROM contact_day ORDER BY ALL").fetchall() == before

"""A process of funders or the board: its audience is fixed, and there is no way from it to a participant's row."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from app_stores import open_page, opened, shown_texts, tables
from everything import PAGES, SLOW, pages_of
from whiteboard import warehouse
from words import banned

from dashboard.settings import read_settings
from dashboard.store import Store
from pipelines.errors import OutcomesError

ROOT = Path(__file__).parents[2]
STAMPS = {"funder": "Protected copy for the funder", "board": "Protected copy, fit for the board and the public"}
OPEN_EVERY_PAGE = """
import json, os, sys
opened = []
sys.addaudithook(lambda event, about: opened.append(str(about[0])) if event == "open" else None)
sys.path[:0] = [{pages!r}, {tests!r}]
from app_stores import open_page
for page in {names!r}:
    app = open_page(page)
    assert not app.exception, page
print(json.dumps([name for name in opened if name.startswith({folder!r})]))
"""


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_only_the_files_of_the_audience_are_opened(audience, program, tmp_path):
    """Store, ledger and the other audience lie beside it: only the own cube, pointer, audit and policy are read."""
    shutil.copytree(program[1].parent, tmp_path / "all")
    (tmp_path / "all" / "warehouse").mkdir()
    warehouse(tmp_path / "all" / "warehouse", sessions="participant_key session_date\nA 07-08")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OUTCOMES_")}
    environment |= {"OUTCOMES_AUDIENCE": audience, "OUTCOMES_PUBLISHED": str(tmp_path / "all" / "published")}
    names = pages_of(audience, program[1])[:: 1 if SLOW else 3]
    code = OPEN_EVERY_PAGE.format(
        pages=str(ROOT / "tests/pages"), tests=str(ROOT / "tests"), names=names, folder=str(tmp_path)
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = {Path(name).relative_to(tmp_path / "all" / "published").parts[0] for name in _last_line(done.stdout)}
    assert found == {audience, "policy.toml"}


def _last_line(text):
    import json

    return json.loads(text.splitlines()[-1])


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_the_warehouse_cannot_be_opened(audience, tmp_path, monkeypatch):
    """Not even by somebody who knows where it is and says so in the environment."""
    warehouse(tmp_path, sessions="participant_key session_date\nA 07-08")
    Store(tmp_path).close()
    monkeypatch.setenv("OUTCOMES_AUDIENCE", audience)
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path))
    with pytest.raises(OutcomesError, match="no exact numbers"):
        Store(tmp_path)


def test_the_audience_is_never_taken_from_the_address(program, as_audience):
    as_audience("board", program[1])
    for query in ({"audience": "director"}, {"audience": "funder"}, {"OUTCOMES_AUDIENCE": "director"}):
        assert any(STAMPS["board"] in text for text in shown_texts(open_page("overview", **query)))
    assert "Return to use & overdose" not in shown_texts(open_page("overview"))


def test_an_audience_that_does_not_exist_is_refused(monkeypatch):
    monkeypatch.setenv("OUTCOMES_AUDIENCE", "bord")
    with pytest.raises(OutcomesError, match="board"):
        read_settings()


def test_serving_others_forgets_where_the_store_is(monkeypatch, tmp_path):
    from dashboard import serve

    monkeypatch.setattr(serve, "make_app", lambda: type("App", (), {"run": lambda self, config: None})())
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path))
    monkeypatch.setenv("OUTCOMES_AUDIENCE", "director")
    monkeypatch.setenv("OUTCOMES_PUBLISHED", "")
    (tmp_path / "published").mkdir()
    serve.serve(tmp_path, "127.0.0.1", 1, True, audience="board", published=tmp_path / "published")
    assert "OUTCOMES_STORE" not in os.environ
    assert read_settings().audience == "board"
    assert read_settings().published == tmp_path / "published"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: shutil.rmtree(folder), "no such folder"),
        (lambda folder: next((folder / "board").glob("cube-*")).unlink(), "is missing"),
        (lambda folder: next((folder / "board").glob("audit-*.json")).write_text("{}"), "did not pass"),
    ],
    ids=["no folder", "no cube", "no audit that passed"],
)
def test_what_was_not_audited_is_not_served(spoil, says, program, tmp_path, monkeypatch):
    """The process does not start, and says why."""
    from dashboard import serve

    monkeypatch.setattr(serve, "make_app", lambda: pytest.fail("it starts"))
    shutil.copytree(program[1], tmp_path / "published")
    spoil(tmp_path / "published")
    with pytest.raises(OutcomesError, match=says):
        serve.serve(tmp_path, "127.0.0.1", 1, True, audience="board", published=tmp_path / "published")


def test_without_a_publication_there_is_one_sentence(tmp_path, as_audience):
    as_audience("board", tmp_path)
    app = open_page("overview")
    assert not app.exception
    assert [title.value for title in app.title] == ["Nothing to show"]
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_every_page_says_for_whom_it_is_and_keeps_to_the_words(audience, program, as_audience):
    as_audience(audience, program[1])
    for page in PAGES:
        if page in pages_of(audience, program[1]):
            texts = shown_texts(open_page(page))
            assert any("Data through 31 Mar 2026" in text and STAMPS[audience] in text for text in texts), page
            assert any("Do not try to find out who" in text for text in texts), page
            assert {text: banned(text) for text in texts if banned(text)} == {}


def test_what_the_board_is_not_given_it_does_not_see(program):
    assert "return-to-use" in pages_of("funder", program[1])
    assert "return-to-use" not in pages_of("board", program[1])


def test_withheld_numbers_are_marks_with_a_legend(program, as_audience):
    as_audience("funder", program[1])
    app = opened(open_page("return-to-use"))
    assert any("•" in table.to_numpy() for table in tables(app))
    assert any("A withheld number can be small or large" in m.value for m in app.markdown)


def test_the_director_sees_the_same_pages_as_previews(program, tmp_path, monkeypatch):
    warehouse(tmp_path, sessions="participant_key session_date county_fips\nA 07-08 Hancock")
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path))
    monkeypatch.setenv("OUTCOMES_PUBLISHED", str(program[1]))
    app = open_page("what-others-see")
    assert not app.exception
    previewed = shown_texts(app)
    assert any(STAMPS["funder"] in text for text in previewed)
    app.selectbox(key="preview-audience").set_value("What the board sees").run()
    assert any(STAMPS["board"] in text for text in shown_texts(app))

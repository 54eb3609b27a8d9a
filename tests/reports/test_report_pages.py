"""The pages show the document the files are written from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from report_cases import protected, tables_on
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from words import banned

import dashboard.report_source as report_source
from dashboard.reports.renderers import FORMATS
from dashboard.reports.submissions import ReportFolder
from dashboard.ui.reports import _memory, _written

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    _memory().clear()
    yield
    _memory().clear()


@pytest.fixture
def own(store, tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(store, folder)
    monkeypatch.setenv("OUTCOMES_STORE", str(folder))
    return folder


@pytest.fixture
def published(monkeypatch, own):
    monkeypatch.setattr(report_source, "protected_source", lambda audience, folder: protected(own, audience))


def open_page(page: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=180).run()
    app._page_hash = calc_hash(page)  # `switch_page` knows pages that are files, not functions
    return app.run()


def texts(app: AppTest) -> list[str]:
    found = [
        str(element.value)
        for kind in ("title", "header", "subheader", "caption", "markdown", "info", "warning", "error", "success")
        for element in app.get(kind)
    ]
    found += [cell for table in tables_on(app) for row in table for cell in row]
    found += [text for metric in app.metric for text in (metric.label, metric.value)]
    return [*found, *(box.label for box in (*app.selectbox, *app.text_area, *app.text_input))]


def test_the_page_shows_every_table_as_the_files_have_it(own):
    app = open_page("grant-reports")
    assert not app.exception
    (made,) = _memory().values()
    shown = tables_on(app)
    for table in made.document.tables:
        assert table.grid in shown
    assert any(made.document.checksum in text for text in texts(app))
    assert banned("\n".join(texts(app))) == []


def test_files_need_a_reason_and_are_logged(own):
    app = open_page("grant-reports")
    buttons = app.get("download_button")
    assert len(buttons) == 5
    assert all(button.proto.disabled for button in buttons)
    app.text_input(key="reason").input("Quarterly report").run()
    assert not any(button.proto.disabled for button in app.get("download_button"))
    (made,) = _memory().values()
    content = _written(made.document, "xlsx", "", "Quarterly report")
    assert content == FORMATS["xlsx"].render(made.document)[f"{made.document.name}.xlsx"]
    assert "Quarterly report" in (own / "reports" / "exports.jsonl").read_text()


def test_what_is_handed_in_is_kept_and_compared(own):
    app = open_page("grant-reports")
    (button,) = [b for b in app.button if "as handed in" in b.label]
    button.click().run()
    assert not app.exception
    (folder,) = (own / "reports" / "hrsa_rcorp").iterdir()
    assert len(ReportFolder(own, "hrsa_rcorp", folder.name).submissions()) == 1
    assert any("Handed in once" in text for text in texts(app))
    assert any("No number has changed" in text for text in texts(app))


def test_texts_are_kept_and_appear_in_the_report(own):
    app = open_page("grant-reports")
    area = app.text_area[0]
    area.input("We opened a second room.")
    (keep,) = [b for b in app.button if b.label == "Keep these texts"]
    keep.click().run()
    assert not app.exception
    assert any("We opened a second room." in str(m.value) for m in app.markdown)


def test_a_shareable_copy_says_what_it_needs(own):
    app = open_page("grant-reports")
    app.selectbox(key="copy").set_value("shareable").run()
    assert any("outcomes publish" in text for text in texts(app))
    assert not app.get("download_button")
    assert not tables_on(app)


def test_a_sum_that_does_not_come_out_blocks_the_files(own, monkeypatch):
    from dashboard.reports import document as module

    first = property(lambda document: ((_first(document), _first(document).checks[0]),))
    monkeypatch.setattr(module.Document, "failing", first)
    app = open_page("grant-reports")
    assert not app.get("download_button")
    assert any("do not come out" in text for text in texts(app))


def _first(document):
    return next(table for table in document.tables if table.checks)


def test_without_a_publication_the_board_page_says_what_it_needs(own):
    app = open_page("board-presentation")
    assert not app.exception
    assert any("outcomes publish" in text for text in texts(app))
    assert not app.get("download_button")
    assert not app.metric


def test_the_board_page_shows_slides_and_presents_them(own, published):
    app = open_page("board-presentation")
    assert not app.exception
    (made,) = _memory().values()
    deck = made.document
    labels = [block.label for block in app.expander]
    assert [f"{n}. {slide.claim}" for n, slide in enumerate(deck.slides, 1)] == [x for x in labels if x[:1].isdigit()]
    assert banned("\n".join(texts(app))) == []
    (button,) = [b for b in app.button if b.label == "Present"]
    button.click().run()
    for slide in deck.slides:
        assert not app.exception
        assert app.title[0].value == slide.claim
        assert not app.text_input
        following = app.button(key="present-next")
        if not following.disabled:
            following.click().run()
    assert app.button(key="present-next").disabled
    app.button(key="present-close").click().run()
    assert any(b.label == "Present" for b in app.button)


def test_a_story_is_kept_only_with_consent(own, published):
    app = open_page("board-presentation")
    story = next(area for area in app.text_area if "story" in area.label.casefold())
    story.input("A story.")
    (keep,) = [b for b in app.button if b.label == "Keep these texts"]
    keep.click().run()
    assert not any("A story." in path.read_text() for path in (own / "reports").rglob("texts.json"))
    story = next(area for area in app.text_area if "story" in area.label.casefold())
    story.input("A story.")
    app.checkbox[0].check()
    (keep,) = [b for b in app.button if b.label == "Keep these texts"]
    keep.click().run()
    assert any("A story." in path.read_text() for path in (own / "reports").rglob("texts.json"))


def test_the_day_of_a_report_is_the_day_it_is_made(own):
    open_page("grant-reports")
    (made,) = _memory().values()
    assert made.document.made_on == date.today()

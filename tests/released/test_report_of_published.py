"""Decks and shareable reports of what was published: the same numbers in every format, and none that is hidden."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from app_stores import open_page, shown_texts
from canaries import numbers_in, secrets_of
from everything import COPIES, TODAY, in_document
from publications import SPLITS
from typer.testing import CliRunner
from whiteboard import warehouse
from words import banned

from dashboard.cli import app
from dashboard.report_source import protected_source
from dashboard.reports.definitions import Order
from dashboard.reports.document import Cards, Chart
from dashboard.reports.funders import read_funder
from dashboard.reports.make import make
from dashboard.reports.offered import DECK_CALENDARS, first_choice, offered
from dashboard.reports.period_codes import read_period
from dashboard.reports.renderers import FORMATS, SHOWN, WRITTEN
from dashboard.reports.verify import verify
from dashboard.standing import DEATHS_IN_WORDS, NOT_RELEASED
from pipelines.errors import OutcomesError
from pipelines.published import cube_paths, read_cube


class Thin:
    """A release that says of how many measures each period has numbers."""

    def __init__(self, counts):
        self.coverage = lambda: counts


@pytest.fixture(scope="module")
def documents(program):
    return {copy: in_document(program[1], copy) for copy in COPIES}


@pytest.mark.parametrize("copy", COPIES)
def test_every_format_has_the_same_numbers_and_its_checksum_holds(copy, documents, tmp_path):
    document = documents[copy]
    for form in SHOWN if copy == "deck" else WRITTEN:
        for name, content in FORMATS[form].render(document).items():
            (tmp_path / name).write_bytes(content)
            found = verify(tmp_path / name)
            assert found.holds, name
            assert found.found == document.checksum, name


@pytest.mark.parametrize("copy", COPIES)
def test_no_hidden_number_is_in_a_report(copy, flown):
    counts, folder = flown
    document = in_document(folder, copy)
    secrets = secrets_of(counts, read_cube(cube_paths(folder, COPIES[copy][2])[0]))
    assert len(secrets) > 20
    (content,) = FORMATS["json"].render(document).values()
    told = re.sub(r"[0-9a-f]{12}|[0-9a-f]{4}(-[0-9a-f]{4})+", "", content.decode())  # hashes are no numbers
    assert numbers_in(told) & secrets == set()
    assert any(cell.text == "•" for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("copy", COPIES)
def test_every_number_is_one_of_the_cube_or_follows_from_shown_ones(copy, documents, program):
    """Whole numbers of a report are shown cells of the audience's own cube."""
    shown = set(read_cube(cube_paths(program[1], COPIES[copy][2])[0]).frame["value"].dropna().astype(float))
    cells = [cell for t in documents[copy].tables for row in t.rows for cell in row.cells if cell.number is not None]
    counts = [cell.number for cell in cells if not cell.is_percent]
    assert len(counts) > 20
    targets = {float(t.value) for t in read_funder("opioid_settlement").targets}
    assert set(counts) <= shown | targets


@pytest.mark.parametrize("copy", COPIES)
def test_what_was_not_released_is_named_and_fills_no_table(copy, documents):
    for table in documents[copy].tables:
        for row in table.rows:
            assert not all(cell.text.startswith(NOT_RELEASED) for cell in row.cells), (table.title, row.label)
    assert any(note.startswith("Not released: ") for table in documents[copy].tables for note in table.notes)


@pytest.mark.parametrize("copy", COPIES)
def test_the_words_are_fit_to_be_shown(copy, documents):
    (content,) = FORMATS["json"].render(documents[copy]).values()
    assert banned(content.decode()) == []


def test_a_deck_of_a_closed_year_holds_charts_and_cards(documents):
    slides = {slide.key: slide for slide in documents["deck"].slides}
    (cards,) = [element for element in slides["numbers"].elements if isinstance(element, Cards)]
    assert len(cards.cards) >= 3
    for key in ("reach", "relationship", "wins"):
        assert any(isinstance(element, Chart) for element in slides[key].elements), key


def test_the_curve_of_a_deck_is_the_published_grid(documents):
    (table,) = [t for t in documents["deck"].tables if t.key == "in_touch"]
    assert [row.label for row in table.rows] == ["30 days", "90 days", "365 days"]
    assert table.columns[0] == "Since the first contact in 2025"
    chart = next(e for s in documents["deck"].slides for e in s.elements if isinstance(e, Chart) and e.table == table)
    assert not chart.joined


def test_what_has_no_number_for_the_quarter_is_named_with_its_year(program):
    """Life wins and retention are released by year only: a deck of a quarter says of which year they are."""
    deck = in_document(program[1], "deck", "2025Q2")
    labels = [row.label for table in deck.tables if table.key == "numbers" for row in table.rows]
    assert "People supported" in labels
    assert "People with a life win, 2024" in labels
    (wins,) = [table for table in deck.tables if table.key == "wins"]
    assert wins.title == "People with a life win, 2024"
    assert all(slide.claim for slide in deck.slides)


def test_a_period_that_was_not_released_is_refused_with_those_that_were(program):
    with pytest.raises(OutcomesError, match=r"nothing is released to the board for 2026 Q1.*Released are 2025, 2025Q4"):
        in_document(program[1], "deck", "2026Q1")
    with pytest.raises(OutcomesError, match=r"to the funder for Jan to Jun 2025.*Released are 2025"):
        in_document(program[1], "report", "2025H1")


def test_the_page_begins_with_the_newest_period_that_has_enough(program):
    source = protected_source("board", program[1])
    periods = offered(source, DECK_CALENDARS)
    assert {period.calendar for period in periods} == {"quarter", "calendar_year"}
    assert periods[first_choice(source, periods)].code == "2025"
    days = {code: (p.period.start, p.period.end) for code, p in ((p.code, p) for p in periods)}
    counts = {**source.release.coverage(), days["2024"]: 4, days["2025"]: 3, days["2025Q4"]: 1}
    source = replace(source, release=Thin(counts))
    assert periods[first_choice(source, periods)].code == "2025"


def test_targets_are_compared_with_a_whole_released_year_only(program):
    """A target of a year from September is never held against a calendar year."""
    deck = in_document(program[1], "deck", "2025Q4", "hrsa_rcorp")
    (slide,) = [slide for slide in deck.slides if slide.key == "targets"]
    assert [type(element).__name__ for element in slide.elements] == ["Paragraph"]
    assert "none is compared" in slide.elements[0].text


def test_deaths_are_words_in_a_shareable_copy(documents):
    words = [element.text for element in documents["report"].elements if hasattr(element, "text")]
    assert DEATHS_IN_WORDS in words
    assert not any(table.key == "deaths" for table in documents["report"].tables)


def test_a_funder_that_pays_for_some_programs_gets_no_numbers_of_all(program):
    source = protected_source("funder", program[1])
    funder = read_funder("opioid_settlement").model_copy(update={"programs": ("recovery_center",)})
    with pytest.raises(OutcomesError, match="some programs only"):
        make("grant", Order(read_period("2025"), funder, "shareable"), source, today=TODAY)


def test_without_a_publication_nothing_is_in_document(tmp_path):
    for audience in ("funder", "board"):
        with pytest.raises(OutcomesError, match="outcomes publish"):
            protected_source(audience, tmp_path)


def test_splits_are_those_of_the_cube(program):
    source = protected_source("funder", program[1])
    assert set(source.options("mode")) == set(SPLITS["contacts"])
    assert source.options("gender") == {}
    assert list(source.options("county").values())[-1].startswith("Other counties")


def test_the_pages_of_a_director_offer_what_was_published(program, tmp_path, monkeypatch):
    """Deck and shareable copy: only released periods, stamps of their audience, and no exact number."""
    warehouse(tmp_path, sessions="participant_key session_date county_fips\nA 07-08 Hancock")
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path))
    monkeypatch.setenv("OUTCOMES_PUBLISHED", str(program[1]))
    deck = open_page("board-presentation")
    assert not deck.exception
    assert next(box for box in deck.selectbox if box.label == "Period of the deck").value == "2025"
    assert any("fit for the board and the public" in text for text in shown_texts(deck))
    report = open_page("grant-reports", funder="opioid_settlement")
    report.selectbox(key="copy").set_value("shareable").run()
    assert not report.exception
    assert not report.error
    assert any(
        "Data through 31 Mar 2026" in text and "Protected copy for the funder" in text for text in shown_texts(report)
    )
    assert {text: banned(text) for text in shown_texts(report) if banned(text)} == {}


def test_a_deck_is_written_by_the_command_from_the_published_folder(program, tmp_path):
    """The warehouse is not opened: there is none."""
    words = ["report", "board", "--period", "2025", "--store", tmp_path / "none", "--published", program[1]]
    done = CliRunner().invoke(app, [*map(str, words), "--to", "pptx", "--out", str(tmp_path), "--reason", "Meeting"])
    assert done.exit_code == 0, done.output
    assert verify(tmp_path / "board-2025.pptx").holds

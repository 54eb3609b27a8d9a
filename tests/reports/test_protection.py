"""Exact numbers do not leave the house; what is withheld stays so in every file."""

from __future__ import annotations

import pytest
from report_cases import BCOR, SHARED, TODAY, Case, exact, made, protected

from dashboard.report_source import source_for
from dashboard.reports.document import Chart
from dashboard.reports.make import guard
from dashboard.reports.renderers import FORMATS, formats_of
from dashboard.reports.submissions import ReportFolder
from dashboard.standing import DEATHS_IN_WORDS, WITHHELD
from pipelines.errors import OutcomesError


def test_a_shareable_copy_or_a_deck_is_never_made_of_exact_numbers(store):
    with pytest.raises(OutcomesError, match="outcomes publish"):
        made(store, Case("board", "", "2026Q3", "director"))
    with pytest.raises(OutcomesError, match="exact"):
        guard("grant", "shareable", "director")


def test_a_submission_is_never_made_of_protected_numbers():
    with pytest.raises(OutcomesError, match="exact numbers"):
        guard("grant", "submission", "funder")


def test_without_a_publication_there_is_no_source_for_others(store):
    assert source_for("director", store, store).audience == "director"
    for audience in ("funder", "board"):
        with pytest.raises(OutcomesError, match=f"published for the {audience}"):
            source_for(audience, store, store)


def test_what_is_withheld_is_a_mark_everywhere(store, document, shared):
    """The true numbers of withheld cells stand in no cell, chart, alt text or sentence of the copy."""
    true = document(BCOR)
    hidden = 0
    for own, copy in zip(true.tables, shared.tables, strict=False):
        if own.title != copy.title:
            continue
        for row in copy.rows:
            match = next((r for r in own.rows if r.label == row.label), None)
            if match is None:
                continue
            for cell, exact_cell in zip(row.cells, match.cells, strict=True):
                if cell.is_hidden:
                    hidden += 1
                    assert cell.number is None
                    assert cell.text != exact_cell.text
    assert hidden > 20


def test_a_withheld_row_is_drawn_without_length(document):
    year = document(Case("grant", "samhsa_bcor", "2026-FFY", "funder"))
    charts = [element for element in year.elements if isinstance(element, Chart)]
    marks = [
        (chart, place)
        for chart in charts
        for place, value in enumerate(chart.series[0].values)
        if chart.table_text(place, chart.series[0].name) == WITHHELD
    ]
    assert marks
    for chart, place in marks:
        assert chart.series[0].values[place] != chart.series[0].values[place]  # no number
        assert f"{chart.categories[place]} {WITHHELD}" in chart.alt
        assert " withheld." in chart.alt


def test_sums_of_withheld_numbers_are_not_claimed_to_come_out(shared):
    unchecked = [c for t in shared.tables for c in t.checks if c.passes is None]
    assert unchecked
    assert all("not checked" in c.mark for c in unchecked)


def test_hidden_numbers_change_no_byte_of_a_copy(store, monkeypatch):
    """Two data sets that differ only in what is withheld give the same files (disclosure.md G6)."""
    import report_cases

    first = made(store, SHARED).document
    hide = report_cases.hidden

    def other_truth(result):
        frame = result.frame.copy()
        if "numerator" in frame:
            small = frame["numerator"].between(1, 9)
            frame.loc[small, "numerator"] += 1
            if result.measure.kind in {"people", "events"}:
                frame.loc[small, "value"] += 1
        shifted = report_cases.replace(result, frame=frame)
        mask = hide(result).frame
        answer = hide(shifted).frame
        answer["state"] = mask.get("state", "shown")
        gone = answer["state"] != "shown"
        answer.loc[gone, ["numerator", "denominator", "value", "lower", "upper"]] = float("nan")
        kept = mask.where(~gone, answer) if "state" in mask else mask
        return report_cases.replace(result, frame=kept)

    monkeypatch.setattr(report_cases, "hidden", other_truth)
    second = made(store, SHARED).document
    for form in formats_of(first):
        if form in {"docx", "pptx"}:  # zip times
            continue
        assert FORMATS[form].render(first) == FORMATS[form].render(second)


def test_numbers_handed_in_stay_out_of_a_protected_copy(store, bcor, tmp_path):
    """What was handed in is exact: a shareable copy neither shows it nor compares with it."""
    kept = ReportFolder(tmp_path, "samhsa_bcor", "2026-FFQ3").keep(bcor, ("B1",), {}, TODAY)
    copy = made(store, SHARED, submission=kept).document
    assert not any(table.key == "changes" for table in copy.tables)
    assert not any("since submission" in getattr(e, "text", "") for e in copy.elements)
    assert any(
        "since submission" in getattr(e, "text", "") for e in made(store, BCOR, submission=kept).document.elements
    )


def test_how_many_people_were_left_out_is_no_part_of_a_protected_copy(bcor, shared, deck):
    own, copy = ([getattr(e, "text", "") for e in report.elements] for report in (bcor, shared))
    assert any("people left out" in text for text in own)
    assert not any("left out:" in text for text in copy)
    assert not any("left out:" in getattr(e, "text", "") for slide in deck.slides for e in slide.elements)


def test_deaths_are_words_for_the_board(deck):
    texts = [e.text for slide in deck.slides for e in slide.elements if hasattr(e, "text")]
    assert DEATHS_IN_WORDS in texts
    assert not any("deaths" in t.key for t in deck.tables)


def test_the_director_has_records_and_others_have_none(store):
    assert exact(store).records is not None
    assert protected(store, "board").records is None

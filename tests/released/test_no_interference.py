"""Hidden numbers change nothing: two worlds with the same publication give the same bytes, everywhere."""

import logging
import re

import pytest
from everything import in_files, in_formats, on_screen
from publications import published, world

from pipelines.published import cube_paths, read_cube

TIMES = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\S*|\b\d+(\.\d+)?(e-\d+)? ?(ms|s|seconds)\b")
ONCE = re.compile("bare mode|No runtime found")  # said by libraries, once
OVERDOSES = "nonfatal_overdoses"


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The same program, but one overdose of one county was a month later, and one of another a month earlier."""
    table = world()
    months = table[OVERDOSES][:2, :, 0]
    month = next(m for m in range(0, 24, 3) if months[0, m] and months[1, m + 1])
    table[OVERDOSES][0, month] -= 1
    table[OVERDOSES][0, month + 1] += 1
    table[OVERDOSES][1, month] += 1
    table[OVERDOSES][1, month + 1] -= 1
    return published(tmp_path_factory.mktemp("other"), table)


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_two_worlds_one_publication(audience, program, other, as_audience, caplog, capfd):
    """Cube, files, every page, and whatever the process writes while it makes them."""
    (truth, one), (other_truth, two) = program, other
    assert not truth.frame.equals(other_truth.frame)
    paths = [cube_paths(folder, audience)[0] for folder in (one, two)]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    caplog.set_level(logging.DEBUG)
    first, second = (_written(as_audience, audience, folder, caplog, capfd) for folder in (one, two))
    assert second == first
    assert first[2]


def _written(as_audience, audience, folder, caplog, capfd):
    """Files, pages, log, and what was printed, without times of day and lengths of time."""
    as_audience(audience, folder)
    caplog.clear()
    made = in_files(audience, folder), on_screen(audience, folder)
    log = "\n".join(f"{record.levelname} {record.name} {record.getMessage()}" for record in caplog.records)
    return *made, *(_timeless(text, folder) for text in (log, *capfd.readouterr()))


def _timeless(text, folder):
    lines = text.replace(str(folder), "").splitlines()
    return [TIMES.sub("", line) for line in lines if not ONCE.search(line)]


def test_two_worlds_one_set_of_documents(program, other):
    """Decks and reports in every format, part by part: workbooks of charts and notes of slides too."""
    first, second = (in_formats(folder) for _, folder in (program, other))
    files = {name.partition("/")[0] for name in first}
    assert {name.rpartition(".")[2] for name in files} == {"pptx", "xlsx", "docx", "pdf", "csv", "json"}
    assert any("embeddings" in name and "sheet1.xml" in name for name in first)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()


def test_a_shown_number_does_change_the_pages(program, tmp_path, as_audience):
    """The test above can fail: one shown number more, and pages differ."""
    table = world()
    table["contacts"][0, 0, 0] += 1
    _, folder = published(tmp_path / "more", table)
    assert read_cube(cube_paths(folder, "funder")[0]).release != read_cube(cube_paths(program[1], "funder")[0]).release
    assert in_files("funder", folder) != in_files("funder", program[1])

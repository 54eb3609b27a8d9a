"""Hidden numbers change nothing: two worlds with the same publication give the same bytes, everywhere."""

import pytest
from everything import in_files, on_screen
from publications import published, world

from pipelines.published import cube_paths, read_cube

OVERDOSES = "nonfatal_overdoses"


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The same program, but one overdose of one county was a month later, and one of another a month earlier."""
    table = world()
    months = table[OVERDOSES][:2, :, 0]
    month = next(m for m in range(0, 36, 3) if months[0, m] and months[1, m + 1])
    table[OVERDOSES][0, month] -= 1
    table[OVERDOSES][0, month + 1] += 1
    table[OVERDOSES][1, month] += 1
    table[OVERDOSES][1, month + 1] -= 1
    return published(tmp_path_factory.mktemp("other"), table)


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_two_worlds_one_publication(audience, program, other, as_audience):
    (truth, one), (other_truth, two) = program, other
    assert not truth.frame.equals(other_truth.frame)
    paths = [cube_paths(folder, audience)[0] for folder in (one, two)]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert in_files(audience, one) == in_files(audience, two)
    as_audience(audience, one)
    first = on_screen(audience, one)
    as_audience(audience, two)
    assert on_screen(audience, two) == first


def test_a_shown_number_does_change_the_pages(program, tmp_path, as_audience):
    """The test above can fail: one shown number more, and pages differ."""
    table = world()
    table["contacts"][0, 0, 0] += 1
    _, folder = published(tmp_path / "more", table)
    assert read_cube(cube_paths(folder, "funder")[0]).release != read_cube(cube_paths(program[1], "funder")[0]).release
    assert in_files("funder", folder) != in_files("funder", program[1])

"""A file is recognized by its header alone, whatever it is called, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_loads import NAMES, build_export

from pipelines.errors import LoadError
from pipelines.intake.detect import matches
from pipelines.intake.peek import peek
from pipelines.load.source_files import match_files
from pipelines.profile.own import known_profiles

SHIPPED = known_profiles(Path("no store"))
FIXTURES = Path(__file__).parents[1] / "profiles"


def first(path: Path):
    return matches(peek(path), SHIPPED)[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_profile_is_recognized_under_any_name(tmp_path, name):
    files = match_files([str(build_export(name, "first", tmp_path / "export"))], SHIPPED[name])
    for number, file in enumerate(files):
        copy = file.path.rename(tmp_path / f"download ({number}){file.path.suffix}")
        found = first(copy)
        assert (found.profile, found.input, found.fits) == (name, file.input.id, True)


def test_a_renamed_column_is_named_with_the_nearest(tmp_path):
    text = (FIXTURES / "canonical/first/session.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "s.csv").write_text(text.replace("session_date", "session_dat"), encoding="utf-8")
    found = first(tmp_path / "s.csv")
    assert not found.fits
    assert [(item.column, item.near) for item in found.missing] == [("session_date", "session_dat")]


def test_columns_that_identify_people_are_refused_by_name(tmp_path):
    (tmp_path / "s.csv").write_text(
        "participant_key,session_date,status,Phone number,Shoe size\nA1,2026-01-02,completed,207-555-0100,9\n"
    )
    found = first(tmp_path / "s.csv")
    assert (found.refused, found.unread) == (("Phone number",), ("Shoe size",))


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("Title\n\nWho;When\nA;1\n", ";", 2),
        ("Who\tWhen\nA\t1\n", "\t", 0),
        ("Report of June,,\nWho,When,How\nA,1,x\n", ",", 1),
    ],
)
def test_delimiter_and_header_line_are_found(tmp_path, text, delimiter, header):
    (tmp_path / "x.csv").write_text(text)
    (found,) = peek(tmp_path / "x.csv")
    assert (found.delimiter, found.header) == (delimiter, header)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.parquet"])
def test_what_is_no_table_is_refused_with_a_cure(tmp_path, name):
    (tmp_path / name).write_bytes(b"\0\1\2 no table")
    with pytest.raises(LoadError, match=r"DQ05.*(Export|Save) it|DQ05.*Export again"):
        peek(tmp_path / name)

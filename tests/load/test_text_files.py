"""Delimited text lands whole, with the line numbers a person sees, or not at all."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.errors import LoadError
from pipelines.load.file_bytes import BLOCK, look_through
from pipelines.load.text_file import LONGEST_LINE, land_text, open_text
from pipelines.profile import Input
from pipelines.profile.model import Header

Landed = list[tuple[int, str | None, str | None]]
HEADER = Header(find=("id", "note"))


def land(path: Path, *, delimiter: str = ",", encoding: str | None = None, header: Header = HEADER) -> Landed:
    """Land the columns `id` and `note` of a file as (line, id, note)."""
    source = Input(id="x", match="*", delimiter=delimiter, encoding=encoding, header=header)
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    with duckdb.connect() as con:
        text = open_text(path, look_through(path), source, scratch)
        land_text(con, text, "t", ["id", "note"], scratch)
        return con.execute("SELECT source_row, r0, r1 FROM t ORDER BY 1").fetchall()


def made(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


PLAIN: Landed = [(2, "1", "café “quoted” — fine"), (3, "2", "Doña Ana")]
TEXT = "id,note\n1,café “quoted” — fine\n2,Doña Ana\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_found_without_being_told(tmp_path: Path, encoding: str) -> None:
    assert land(made(tmp_path, TEXT, encoding)) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_either_order_by_its_mark(tmp_path: Path, encoding: str) -> None:
    assert land(made(tmp_path, ("\ufeff" + TEXT).encode(encoding))) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-16-le", "cp1252", "mac-roman", "windows-1252"])
def test_encodings_a_profile_names(tmp_path: Path, encoding: str) -> None:
    assert land(made(tmp_path, TEXT, encoding), encoding=encoding) == PLAIN


def test_the_last_byte_alone_can_tell_windows_1252(tmp_path: Path) -> None:
    assert land(made(tmp_path, "id,note\n1,café", "cp1252")) == [(2, "1", "café")]


def test_a_sign_that_two_blocks_share_is_still_utf8(tmp_path: Path) -> None:
    head, row = "id,note\n", "1,twenty letters here\n"
    rows, rest = divmod(BLOCK - len(head) - 3, len(row))  # "1," and the first byte of the sign end the block
    text = head.replace("\n", f"{'e' * rest}\n") + row * rows + "1,é\n"
    path = made(tmp_path, text)
    assert path.read_bytes()[BLOCK - 1 : BLOCK + 1] == "é".encode()
    assert look_through(path).is_utf8
    assert look_through(path).lines == rows + 2


def test_a_sign_windows_1252_does_not_have_arrives_in_utf8(tmp_path: Path) -> None:
    assert land(made(tmp_path, "id,note\n1,≤30 days\n")) == [(2, "1", "≤30 days")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "'"])
def test_delimiters(tmp_path: Path, mark: str) -> None:
    text = f"id{mark}note\n1{mark}one\n2{mark}\n"
    assert land(made(tmp_path, text), delimiter=mark) == [(2, "1", "one"), (3, "2", None)]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("id,note\n1,one\n2,two", [(2, "1", "one"), (3, "2", "two")], id="no last line break"),
        pytest.param("id,note\r\n1,one\r\n2,two\r\n", [(2, "1", "one"), (3, "2", "two")], id="windows line ends"),
        pytest.param("id,note\r\n1,one\n2,two\r\n", [(2, "1", "one"), (3, "2", "two")], id="mixed line ends"),
        pytest.param("id,note\r1,one\r2,two\r", [(2, "1", "one"), (3, "2", "two")], id="old Mac line ends"),
        pytest.param('id,note\n1,"a, ""b"""\n', [(2, "1", 'a, "b"')], id="quotes and delimiter in a cell"),
        pytest.param('id,note\n1,"a\nb"\n2,two\n', [(2, "1", "a\nb"), (3, "2", "two")], id="line break in a cell"),
        pytest.param("id,note\n1,one\n\n2,two\n", [(2, "1", "one"), (4, "2", "two")], id="blank line"),
        pytest.param("id,note\n1,one\n,\n2,two\n,\n", [(2, "1", "one"), (4, "2", "two")], id="lines of empty cells"),
        pytest.param("id,note\n1,one\n2,\n", [(2, "1", "one"), (3, "2", None)], id="empty last cell"),
        pytest.param("Report,\nRun on 1 May,\n\nid,note\n1,one\n", [(5, "1", "one")], id="preamble"),
        pytest.param('"Report\nof May",\nid,note\n1,one\n', [(3, "1", "one")], id="line break in the preamble"),
        pytest.param(
            '"id","no\nte"\n1,one\n2,two\n', [(2, "1", "one"), (3, "2", "two")], id="line break in the header"
        ),
        pytest.param("note,id\none,1\n", [(2, "1", "one")], id="columns swapped"),
        pytest.param("x, id ,NOTE,y\n9,1,one,8\n", [(2, "1", "one")], id="blanks and case in the header"),
        pytest.param("id,note\n1,=1+1\n", [(2, "1", "=1+1")], id="a formula is text"),
        pytest.param("id,note\n1,NULL\n", [(2, "1", "NULL")], id="sentinels are judged later"),
    ],
)
def test_shapes(tmp_path: Path, content: str, rows: Landed) -> None:
    header = Header(find=("id", "no te")) if "no\nte" in content else HEADER
    if header is HEADER:
        assert land(made(tmp_path, content)) == rows
        return
    source = Input(id="x", match="*", header=header)
    with duckdb.connect() as con:
        path = made(tmp_path, content)
        text = open_text(path, look_through(path), source, tmp_path)
        land_text(con, text, "t", ["id", "no te"], tmp_path)
        assert con.execute("SELECT source_row, r0, r1 FROM t ORDER BY 1").fetchall() == rows


def test_many_rows_by_either_road_are_the_same(tmp_path: Path) -> None:
    """DuckDB's reader and the exact reader must agree; one quoted line break decides which one reads."""
    body = "".join(f"{n},word {n % 7}\n" for n in range(60_000))
    fast = land(made(tmp_path, f"id,note\n{body}"))
    exact = land(made(tmp_path, f'id,note\n{body}60000,"a\nb"\n'))
    assert exact[:-1] == fast
    assert exact[-1] == (60_002, "60000", "a\nb")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param("id;note\n1;one\n", "the columns are separated by semicolons", id="wrong delimiter"),
        pytest.param("id,note\n1,one\n2\n", "line 3 has 1 cells, the header has 2", id="short row"),
        pytest.param("id,note\n1,one\n2,two,three\n", "line 3 has 3 cells, the header has 2", id="long row"),
        pytest.param('id,note\n1,"one\n2,two\n', "line 2 cannot be read", id="open quote"),
        pytest.param('id,note\n1,"o"ne\n', "line 2 cannot be read", id="text after a quote"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "this is a binary file", id="binary"),
        pytest.param("id,note,ID\n1,one,2\n", 'the column "ID" occurs twice', id="one name twice"),
        pytest.param("x" * (LONGEST_LINE + 1), "over a million characters", id="one endless line"),
        pytest.param("id,note\n1," + "a,b" * LONGEST_LINE, "over a million characters", id="an endless second line"),
        pytest.param(b"id,note\n1,\x81\x8d\xff\n", "the file is not windows-1252 text", id="no known encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_cure(tmp_path: Path, content: str | bytes, what: str) -> None:
    with pytest.raises(LoadError) as error:
        land(made(tmp_path, content))
    assert error.value.rule in ("DQ03", "DQ05")
    assert what in str(error.value)
    assert error.value.where == "export.csv"
    assert error.value.cure


def test_the_right_delimiter_is_guessed_for_the_cure(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="separated by semicolons, the profile expects commas"):
        land(made(tmp_path, "id;note\n1;one\n"), header=Header())


def test_a_renamed_header_is_suggested_but_a_cell_never_is(tmp_path: Path) -> None:
    """Without a header the first line is somebody's data; "Participant Ida" must not be quoted."""
    header = Header(find=("Participant ID", "Visit date"))
    with pytest.raises(LoadError, match='Did you mean "Participant Nr"') as drifted:
        land(made(tmp_path, "Participant Nr,Visit date\nX1,2026-01-01\n"), header=header)
    assert drifted.value.rule == "DQ03"
    with pytest.raises(LoadError) as headless:
        land(made(tmp_path, "Participant Ida,2026-01-01\nParticipant Ivo,2026-01-02\n"), header=header)
    assert "Ida" not in str(headless.value)
    assert "Ivo" not in str(headless.value)


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_header_found_at_another_mark_names_it(tmp_path: Path, mark: str, name: str) -> None:
    with pytest.raises(LoadError, match=rf"separated by {name}, the profile expects commas. \[DQ05\] Export it with"):
        land(made(tmp_path, "id,note\n1,one\n".replace(",", mark)))

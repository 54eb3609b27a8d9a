"""An upload is written to disk while it arrives; what Streamlit gets in its place is an empty file of that name."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.uploads import DiskUploads
from pipelines.jobs import received_folder

BOUNDARY = b"----a-boundary"
ROWS = b"Who,When\r\n" + b"A1,2026-01-02\r\n" * 20_000


async def as_streamlit(request: Request) -> Response:
    """Refuse what carries no token before the body is touched; else say what came."""
    if request.headers.get("X-Xsrftoken") != "right":
        return PlainTextResponse("no", 403)
    if request.method == "DELETE":
        return Response(status_code=204)
    form = await request.form()
    file = form["file"]
    size = len(await file.read())
    await file.close()
    return PlainTextResponse(f"{file.filename}: {size}")


APP = DiskUploads(
    Starlette(routes=[Route("/_stcore/upload_file/{session}/{file}", as_streamlit, methods=["PUT", "DELETE"])])
)


def send(file: str, body: bytes, *, token: str = "right", method: str = "PUT", cut: bool = False) -> tuple[int, str]:
    """Send a request in pieces of 1,000 bytes; `cut` breaks off before the last one."""
    pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)] or [b""]
    messages = [{"type": "http.request", "body": p, "more_body": p is not pieces[-1]} for p in pieces]
    if cut:
        messages[-1] = {"type": "http.disconnect"}
    scope = {
        "type": "http", "method": method, "path": f"/_stcore/upload_file/s/{file}", "query_string": b"",
        "headers": [
            (b"content-type", b"multipart/form-data; boundary=" + BOUNDARY), (b"x-xsrftoken", token.encode()),
        ],
    }  # fmt: skip
    answers: list[dict] = []

    async def receive() -> dict:
        return messages.pop(0)

    async def answer(message: dict) -> None:
        answers.append(message)

    with ThreadPoolExecutor(1) as thread:  # the browser tests leave a running loop in the thread of the tests
        thread.submit(asyncio.run, APP(scope, receive, answer)).result()
    return answers[0]["status"], answers[1]["body"].decode()


def form(content: bytes, name: str = "Visits of June.csv") -> bytes:
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    return b"--" + BOUNDARY + b"\r\n" + head.encode() + content + b"\r\n--" + BOUNDARY + b"--\r\n"


@pytest.fixture
def received(tmp_path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_STORE", str(tmp_path / "store"))
    return received_folder(tmp_path / "store")


def test_the_bytes_are_on_disk_and_the_server_holds_an_empty_file(received):
    file = str(uuid.uuid4())
    assert send(file, form(ROWS)) == (200, "Visits of June.csv: 0")
    assert (received / file).read_bytes() == ROWS
    assert send(file, b"", method="DELETE")[0] == 204
    assert list(received.iterdir()) == []


def test_nothing_is_written_before_the_servers_own_checks(received):
    file = str(uuid.uuid4())
    assert send(file, form(ROWS), token="wrong")[0] == 403
    assert list(received.iterdir()) == []
    send(file, form(ROWS))
    assert send(file, b"", method="DELETE", token="wrong")[0] == 403
    assert (received / file).exists()


def test_an_upload_that_breaks_off_leaves_nothing(received):
    assert send(str(uuid.uuid4()), form(ROWS), cut=True)[0] == 400
    assert list(received.iterdir()) == []


def test_a_file_over_the_limit_is_refused_while_it_arrives(received, monkeypatch):
    monkeypatch.setenv("OUTCOMES_MAX_UPLOAD_MB", "0")
    assert send(str(uuid.uuid4()), form(ROWS))[0] == 413
    assert list(received.iterdir()) == []


@pytest.mark.parametrize("audience", ["funder", "board"])
def test_a_process_without_the_page_takes_no_file(received, monkeypatch, audience):
    monkeypatch.setenv("OUTCOMES_AUDIENCE", audience)
    assert send(str(uuid.uuid4()), form(ROWS))[0] == 403
    assert list(received.iterdir()) == []

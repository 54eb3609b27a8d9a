"""Uploads go straight to disk: ASGI middleware in front of Streamlit's own upload address.

Streamlit keeps every uploaded file in memory for as long as the session lives. Here the body is written to a folder
beside the warehouse while it arrives, and Streamlit is handed the same form with an empty file in it; the page finds
the file by its ID. Streamlit's own checks come first, because the body is not touched before its route asks for it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.settings import read_settings
from pipelines.jobs import received_folder

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

ADDRESS = re.compile(r".*/_stcore/upload_file/[^/]+/(?P<id>[0-9a-f-]{36})")
FRAMING = 64 * 1024  # what a form adds to the file in it, at most


class DiskUploads:
    """ASGI middleware: the bytes of an upload go to `received_folder`, under the ID of the file."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but uploads; those only where there is a page that takes files."""
        found = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] not in ("PUT", "DELETE"):
            await self.app(scope, receive, send)
            return
        settings = read_settings()
        if settings.audience != "director":
            await PlainTextResponse("No page here takes files.", 403)(scope, receive, send)
            return
        target = received_folder(settings.store) / found["id"]
        if scope["method"] == "DELETE":
            await self.app(scope, receive, _then_remove(target, send))
            return
        await self.app(scope, _Spool(scope, receive, target, settings.max_upload_mb * 1024 * 1024), send)


def _then_remove(target: Path, send: Send) -> Send:
    """Remove the file once Streamlit has agreed to its removal."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 300:
            target.unlink(missing_ok=True)
        await send(message)

    return answer


class _Spool:
    """Stands in for `receive`: asked for the body, it writes the file in it to disk and returns an empty one."""

    def __init__(self, scope: Scope, receive: Receive, target: Path, limit: int) -> None:
        self.receive, self.target, self.limit = receive, target, limit
        kind, options = parse_options_header(Headers(scope=scope).get("content-type", ""))
        self.boundary = options.get(b"boundary", b"") if kind == b"multipart/form-data" else b""
        self.done = False

    async def __call__(self) -> Message:
        if self.done or not self.boundary:
            return await self.receive()
        draft = self.target.with_name(f"{self.target.name}.part")
        try:
            with draft.open("xb") as file:
                head = await self._spool(file)
            draft.replace(self.target)
        finally:
            draft.unlink(missing_ok=True)
        self.done = True
        return {"type": "http.request", "body": self._empty_form(head), "more_body": False}

    async def _spool(self, file: BinaryIO) -> list[tuple[bytes, bytes]]:
        form, size = _Form(file, self.boundary), 0
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise HTTPException(status_code=400, detail="The upload broke off.")
            body = message.get("body", b"")
            size += len(body)
            if size > self.limit + FRAMING:
                raise HTTPException(status_code=413, detail="File too large")
            form.parser.write(body)
            more = message.get("more_body", False)
        form.parser.finalize()
        return form.headers

    def _empty_form(self, headers: list[tuple[bytes, bytes]]) -> bytes:
        head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        return b"--" + self.boundary + b"\r\n" + head + b"\r\n\r\n--" + self.boundary + b"--\r\n"


class _Form:
    """The one file of a form: its headers are kept, its bytes are written as they come."""

    def __init__(self, file: BinaryIO, boundary: bytes) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self._name, self._value, self._parts = b"", b"", 0
        self._file = file
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_part_data": self._on_data,
            "on_header_field": self._on_field,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header_end,
        }
        self.parser = MultipartParser(boundary, callbacks)

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > 1:
            raise HTTPException(status_code=400, detail="Expected one file.")

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._file.write(data[start:end])

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        self.headers.append((self._name, self._value))
        self._name = self._value = b""

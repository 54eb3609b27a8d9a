"""Serve the pages for one store folder: Streamlit behind gzip and the security headers of platform.md 1.8."""

from __future__ import annotations

import os
import re
import socket
import tomllib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.settings import Audience, read_settings
from dashboard.uploads import DiskUploads
from pipelines.errors import NoDataError, OutcomesError
from pipelines.policy import AudienceName
from pipelines.published import read_published

SCRIPT = Path(__file__).with_name("app.py")
STORE_VARIABLE = "OUTCOMES_STORE"
AUDIENCE_VARIABLE, PUBLISHED_VARIABLE = "OUTCOMES_AUDIENCE", "OUTCOMES_PUBLISHED"
# The first is the file `streamlit run` reads in a checkout; the second is its copy in an installed package.
CONFIG_FILES = (SCRIPT.parents[1] / ".streamlit" / "config.toml", SCRIPT.with_name("_streamlit_config.toml"))
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy() -> str:
    """Return the policy of platform.md 1.8: this server only, and Streamlit's own inline scripts by hash."""
    index = Path(st.__file__).with_name("static") / "index.html"
    scripts = INLINE_SCRIPT.findall(index.read_text(encoding="utf-8"))
    hashes = "".join(f" 'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in scripts)
    return (
        # Plotly compiles its templates, hence 'unsafe-eval'; without it no chart is drawn.
        f"default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
}


class SecurityHeaders:
    """ASGI middleware that adds `HEADERS` to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def serve(
    store: Path, host: str, port: int, headless: bool, *, audience: Audience = "director", published: Path | None = None
) -> None:
    """Run the pages for one audience at `host:port` until stopped; opens a browser unless `headless`.

    The audience is fixed for the life of the process. Only a director's process is told where the store is.
    Raises OutcomesError if the address is taken or not of this machine, or if what was published is not to be trusted.
    """
    _require_free(host, port)
    if audience != "director" and published is not None:
        _require_audited(published, audience)
    os.environ[AUDIENCE_VARIABLE] = audience
    if audience == "director":
        os.environ[STORE_VARIABLE] = str(store.resolve())
    else:
        os.environ.pop(STORE_VARIABLE, None)
    if published is not None:
        os.environ[PUBLISHED_VARIABLE] = str(published.resolve())
    make_app().run(config=config(host, port, headless))


def _require_free(host: str, port: int) -> None:
    """Refuse an address another program holds, before Streamlit ends without a cure."""
    try:
        socket.create_server((host, port)).close()
    except OSError:
        cure = f"Stop the program that uses it, or give another: --port {port % 65535 + 1}."
        raise OutcomesError("--port", f"{host}:{port} is taken, or no address of this machine.", cure) from None


def _require_audited(published: Path, audience: AudienceName) -> None:
    """Refuse a folder that is not there or whose release fails its checks; one still empty is filled while served."""
    if not published.is_dir():
        cure = "Run `outcomes publish` first, or name the folder it wrote with --published."
        raise OutcomesError(str(published), "there is no such folder.", cure)
    with suppress(NoDataError):
        read_published(published, audience)


def make_app() -> st.App:
    """Return the ASGI application; its script finds the store folder in the environment."""
    layers = [Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1024), Middleware(DiskUploads)]
    return st.App(SCRIPT, middleware=layers)


def config(host: str, port: int, headless: bool) -> dict[str, Any]:
    """Return every option by its dotted name.

    `App.run` reads a `.streamlit/config.toml` only in the folder it is started from, hence all of it is
    passed in code (platform.md 1.2).
    """
    file = next((path for path in CONFIG_FILES if path.exists()), None)
    options = dict(_dotted(tomllib.loads(file.read_text(encoding="utf-8")))) if file else {}
    return options | {
        "server.address": host,
        "server.port": port,
        "server.headless": headless,
        "server.enableStaticServing": True,
        "server.maxUploadSize": read_settings().max_upload_mb,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
    }


def _dotted(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield `a.b.c` and its value for every leaf of nested tables."""
    for name, value in section.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value

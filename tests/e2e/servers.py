"""A server of the pages as `outcomes serve` starts it, for as long as a test needs it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.jobs import Jobs

START = """
import sys
from pathlib import Path
from dashboard.serve import serve
serve(Path(sys.argv[1]), "127.0.0.1", int(sys.argv[2]), True)
"""


@contextmanager
def serving(store: Path, folder: Path) -> Iterator[str]:
    """Start the pages from `folder`, yield their address, and stop them by their own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", START, str(store), str(port)], cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen) -> None:
    for _ in range(150):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer in 30 seconds")


@contextmanager
def loading_into(store: Path) -> Iterator[tuple[str, Path]]:
    """Serve a store of a program in Maine, made if it is not there; a job left on it is ended afterward."""
    store.mkdir(exist_ok=True)
    (store / "program.toml").write_text('organization = "Test program"\nstate = "ME"\n', encoding="utf-8")
    with serving(store, store.parent) as address:
        yield address, store
    Jobs(store, (sys.executable,)).cancel()

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

"""Real servers for the pages benchmark: started on a free port, stopped by their own process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Server:
    """One running server: its address and its process."""

    url: str
    pid: int

    def cpu(self) -> float:
        """CPU seconds of the process so far, all threads; steps of 10 ms."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_demo(folder: Path) -> Path:
    """Write and load the demo data; return its store."""
    _outcomes("demo", "--no-serve", "--folder", str(folder)).wait()
    return folder / "warehouse"


@contextmanager
def product_server(store: Path) -> Iterator[Server]:
    port = _free_port()
    process = _outcomes("serve", "--store", str(store), "--port", str(port), "--headless")
    with _running(process, port) as server:
        yield server


@contextmanager
def empty_server(figures: int) -> Iterator[Server]:
    port = _free_port()
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "empty_app.py"), *flags]
    with _running(_start(command, FIGURES=str(figures)), port) as server:
        yield server


def _outcomes(*arguments: str) -> subprocess.Popen[bytes]:
    code = "import sys; sys.argv[0] = 'outcomes'; from dashboard.cli import main; main()"
    return _start([sys.executable, "-c", code, *arguments])


def _start(command: list[str], **environment: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=os.environ | environment, stdout=quiet, stderr=quiet)


@contextmanager
def _running(process: subprocess.Popen[bytes], port: int) -> Iterator[Server]:
    try:
        _wait_until_up(process, port)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server ended at once, with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""The server's process starts loads and reads what they write; it never imports what loads."""

import subprocess
import sys


def test_the_pages_do_not_bring_the_loader_into_the_server():
    loads = ("pipelines.load", "pipelines.intake", "pipelines.jobs.work", "dashboard.load_job")
    code = (
        "import sys, dashboard.serve, dashboard.app_pages.load_data;"
        f"found = [name for name in sys.modules if name.startswith({loads!r})]; assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

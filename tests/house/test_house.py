"""The habits a machine can check: imports, style, types, and what the engine room may load."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        ("lint-imports", "--no-cache"),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ],
    ids=lambda command: command[0],
)
def test_the_machine_is_content(command):
    tool = Path(sys.executable).with_name(command[0])
    done = _run(str(tool), *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["pipelines.cli", "dashboard.measures", "dashboard.charts", "dashboard.store"])
def test_no_streamlit_below_the_screen(module):
    code = f"import sys, {module}; assert 'streamlit' not in sys.modules"
    done = _run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


def test_top_level_stays_small():
    known = {
        "dashboard", "data", "docs", "pipelines", "tests",
        "CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml", "uv.lock",
    }  # fmt: skip
    tracked = _run("git", "ls-files", "-z").stdout.rstrip("\0").split("\0")
    assert {name.split("/")[0] for name in tracked if not name.startswith(".")} <= known


def test_no_generated_or_real_data_is_tracked():
    tracked = _run("git", "ls-files", "-z", "data").stdout.rstrip("\0").split("\0")
    assert all(name.startswith(("data/reference/", "data/sample/", "data/README")) for name in tracked)

"""A second opinion from a compiled engine (tau-ARGUS on HiGHS), where the development environment has it."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
COUNTIES, VOLUME = 2, 50.0
PATTERN = "import json, disclosure_sides; print(json.dumps(sorted(disclosure_sides.PATTERNS[{side!r}]({size}))))"


@pytest.mark.skipif(not importlib.util.find_spec("pytauargus"), reason="pytauargus is not installed")
def test_its_pattern_leaves_nothing_exact_and_ours_hides_hardly_more(tmp_path, monkeypatch):
    """2 counties x 36 months x 8 categories with all margins: our attack finds nothing exact in either pattern."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from disclosure_sides import open_cells

    theirs, ours = (_pattern(side, tmp_path) for side in ("pytauargus", "ours"))
    assert open_cells(theirs, COUNTIES, VOLUME)[0] == 0
    assert open_cells(ours, COUNTIES, VOLUME) == (0, 0)
    assert len(ours) <= 1.25 * len(theirs)
    assert open_cells(frozenset(), COUNTIES, VOLUME)[0] > 0  # the attack can tell


def _pattern(side, folder):
    """The complements of one side, worked out in a process of its own: the two bring different builds of HiGHS.

    pytauargus leaves files of its solver where it runs, so that it runs in `folder`.
    """
    code = PATTERN.format(side=side, size=f"{COUNTIES}, {VOLUME}")
    environment = {**os.environ, "PYTHONPATH": str(BENCHMARKS)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return frozenset(json.loads(done.stdout.splitlines()[-1]))

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "pages"))


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """(true counts, published folder) of the made-up program."""
    from publications import published, world

    return published(tmp_path_factory.mktemp("program"), world())


@pytest.fixture(scope="session")
def flown(tmp_path_factory):
    """The same program with a number of its own in every cell, most of them hidden."""
    from canaries import THRESHOLD, birds
    from publications import POLICY, published

    text = POLICY.replace("policy = 1", f"policy = 1\nthreshold = {THRESHOLD}")
    return published(tmp_path_factory.mktemp("birds"), birds(), text)


@pytest.fixture(autouse=True)
def maps_of_few(monkeypatch):
    """Draw maps from three counties on, so that a small program, quick to publish, has one."""
    monkeypatch.setattr("dashboard.ui.released.blocks.FEWEST_COUNTIES", 3)


@pytest.fixture
def as_audience(monkeypatch):
    """Make this process that of an audience, with nothing but a published folder."""

    def become(audience, folder):
        monkeypatch.delenv("OUTCOMES_STORE", raising=False)
        monkeypatch.setenv("OUTCOMES_AUDIENCE", audience)
        monkeypatch.setenv("OUTCOMES_PUBLISHED", str(folder))

    return become

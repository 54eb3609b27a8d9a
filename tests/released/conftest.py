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


@pytest.fixture
def as_audience(monkeypatch):
    """Make this process that of an audience, with nothing but a published folder."""

    def become(audience, folder):
        monkeypatch.delenv("OUTCOMES_STORE", raising=False)
        monkeypatch.setenv("OUTCOMES_AUDIENCE", audience)
        monkeypatch.setenv("OUTCOMES_PUBLISHED", str(folder))

    return become

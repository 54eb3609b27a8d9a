from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from app_stores import REAL_STORES, STORES


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build each store once; tests only read them."""
    folders: dict[str, Path] = {}

    def build(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name)
            (STORES | REAL_STORES)[name](folders[name])
        return folders[name]

    return build


@pytest.fixture
def use_store(built, monkeypatch) -> Callable[[str], Path]:
    """Point the app at a store by name."""

    def use(name: str) -> Path:
        folder = built(name)
        monkeypatch.setenv("OUTCOMES_STORE", str(folder))
        return folder

    return use

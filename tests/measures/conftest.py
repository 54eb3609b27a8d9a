"""Whiteboard data in, answers out: the road of the product, from a warehouse file through `evaluate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whiteboard import warehouse

from dashboard.store import Store


@pytest.fixture
def store_of(tmp_path: Path) -> Callable[..., Store]:
    """Return a function that draws a warehouse (arguments of `whiteboard.warehouse`) and opens it."""

    def draw(**tables: Any) -> Store:
        warehouse(tmp_path, **tables)
        return Store(tmp_path)

    return draw

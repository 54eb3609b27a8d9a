from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import report_cases

from dashboard.reports.document import Document


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder nobody writes reports into; tests that do copy it."""
    folder = tmp_path_factory.mktemp("report_store")
    report_cases.build(folder)
    return folder


@pytest.fixture(scope="session")
def document(store: Path) -> Callable[[report_cases.Case], Document]:
    """Make each report once."""
    known: dict[report_cases.Case, Document] = {}

    def get(case: report_cases.Case) -> Document:
        if case not in known:
            known[case] = report_cases.document(store, case)
        return known[case]

    return get


@pytest.fixture(scope="session")
def bcor(document) -> Document:
    return document(report_cases.BCOR)


@pytest.fixture(scope="session")
def shared(document) -> Document:
    return document(report_cases.SHARED)


@pytest.fixture(scope="session")
def deck(document) -> Document:
    return document(report_cases.BOARD)

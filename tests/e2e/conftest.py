"""One server and one browser for all end-to-end tests; skipped where Chromium is absent."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import serving

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("pages", "profiles", "intake")]
CHROMIUM = os.environ.get("OUTCOMES_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if config.pluginmanager.hasplugin("xdist"):  # one worker, so that one server is enough
                item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> Path:
    from app_stores import many

    folder = tmp_path_factory.mktemp("store")
    many(folder)
    return folder


@pytest.fixture(scope="session")
def server(store, tmp_path_factory) -> Iterator[str]:
    """Start the pages from another folder than the checkout, and stop them by their own process."""
    with serving(store, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser):
    """One browser profile, so that scripts and fonts are fetched once."""
    profile = browser.new_context(accept_downloads=True)
    yield profile
    profile.close()


@pytest.fixture
def page(context, server):
    """A fresh tab that notes every request to another machine and every error of the console."""
    tab = context.new_page()
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.set_default_timeout(30_000)
    tab.outside, tab.errors = [], []
    local = (server, server.replace("http", "ws"), "data:", "blob:")
    tab.on("request", lambda request: None if request.url.startswith(local) else tab.outside.append(request.url))
    tab.on("console", lambda message: _note(tab, message))
    yield tab
    tab.close()


@pytest.fixture
def window(context):
    """A fresh tab for a server of the test's own."""
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    yield tab
    tab.close()


def _note(tab, message) -> None:
    # On a deep link Streamlit asks for its own address below the page first and gets a 404, by design.
    by_design = "/_stcore/" in str(message.location)
    if message.type == "error" and not by_design:
        tab.errors.append(message.text)

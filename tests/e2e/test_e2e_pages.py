"""The pages in a real browser, served as `outcomes serve` does, from a folder that is not the checkout."""

from __future__ import annotations

import re
import urllib.request

import pytest
from browser_steps import settled

ADDRESSES = (
    "",
    "engagement",
    "life-wins",
    "retention",
    "return-to-use",
    "counties",
    "data-quality",
    "load-data",
    "methods",
)
STAMP = "Internal: exact numbers, do not share"


def choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(f"{label}$")).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_opens_without_errors_requests_outside_or_scrolling_sideways(page, server, address):
    page.goto(f"{server}/{address}")
    settled(page)
    page.get_by_text(STAMP).first.wait_for()
    for chart in page.locator(".js-plotly-plot").all():
        chart.locator(".main-svg").first.wait_for(state="attached")
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert page.get_by_text("This app has encountered an error").count() == 0
    assert page.outside == []
    assert page.errors == []


def test_the_map_draws_its_counties_offline(page, server):
    page.goto(f"{server}/counties")
    settled(page)
    page.locator(".choroplethlayer path").first.wait_for(state="attached")
    assert page.locator(".choroplethlayer path").count() >= 6
    assert page.outside == []


def test_a_filter_survives_page_switch_reload_and_back(page, server):
    page.goto(server)
    settled(page)
    choose(page, "County", "Hancock")
    assert "county=Hancock" in page.url
    page.get_by_role("link", name="Methods").click()
    settled(page)
    page.get_by_text("This page does not use the choices below").wait_for()
    page.get_by_role("link", name="Engagement").click()
    page.wait_for_url("**/engagement**")
    settled(page)
    page.get_by_text(re.compile(r"2026 Q3 · Hancock")).wait_for()
    page.reload()
    settled(page)
    page.get_by_text(re.compile(r"2026 Q3 · Hancock")).wait_for()
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile(r"/\?"))
    settled(page)
    page.get_by_text(re.compile(r"2026 Q3 · Hancock")).wait_for()
    assert "county=Hancock" in page.url


def test_a_chart_downloads_as_csv_with_its_origin(page, server, tmp_path):
    page.goto(f"{server}/engagement")
    settled(page)
    box = page.locator("details").filter(has_text="Show as table").nth(1)
    box.locator("summary").press("Enter")  # by keyboard alone
    button = box.get_by_role("button", name="Download CSV")
    with page.expect_download() as download:
        button.press("Enter")  # a mouse would miss it while the table still unfolds
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("# measure,")
    assert "# as_of,2026-09-30" in text
    assert "numerator,denominator,value" in text


def test_a_chart_opens_as_a_table(page, server):
    page.goto(f"{server}/engagement")
    settled(page)
    page.get_by_text("Show as table").first.click()
    page.get_by_role("rowheader", name="First contact").wait_for()


def test_an_open_page_follows_a_new_load(page, server, store):
    """The pointer moves to another version, and the page changes without a click."""
    page.goto(f"{server}/methods")
    settled(page)
    old = page.get_by_text(re.compile("Data version")).inner_text()
    pointer = store / "current.json"
    before = pointer.read_text(encoding="utf-8")
    try:
        _publish_copy(store)
        page.wait_for_function("old => !document.body.innerText.includes(old)", arg=old, timeout=40_000)
    finally:
        pointer.write_text(before, encoding="utf-8")


def _publish_copy(store) -> None:
    import json
    import shutil

    current = json.loads((store / "current.json").read_text(encoding="utf-8"))
    shutil.copy(store / current["file"], store / "warehouse-aaaaaaaaaaaa.duckdb")
    draft = store / "draft.json"
    draft.write_text(json.dumps({"version": "aaaaaaaaaaaa", "file": "warehouse-aaaaaaaaaaaa.duckdb"}), encoding="utf-8")
    draft.replace(store / "current.json")


def test_answers_carry_the_security_headers_and_are_compressed(server):
    request = urllib.request.Request(server, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        headers = answer.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-encoding"] == "gzip"

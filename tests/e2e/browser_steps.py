"""What a director does on the Load data page, by keyboard: what unfolds may still be moving under a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def settled(window) -> None:
    """Wait until the page has its title and nothing on it is being drawn anew."""
    window.wait_for_selector("h1")
    window.wait_for_function("() => !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')")


def press(window, name: str) -> None:
    """Press a button by keyboard: what unfolds above it may still be moving."""
    button = window.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    settled(window)
    button.press("Enter")


def tick(window, words: str) -> None:
    """Tick a box by keyboard, once the page stands still."""
    settled(window)
    box = window.get_by_role("checkbox", name=words)
    box.press("Space")
    expect(box).to_be_checked()


def state_day(window, day: str) -> None:
    """State the last day an export covers, written as 2026-09-30."""
    settled(window)
    window.get_by_role("spinbutton", name=re.compile("^year, Last day")).click()
    window.keyboard.type(day.replace("-", ""))
    window.keyboard.press("Escape")
    window.keyboard.press("Tab")

"""One open page: choose an option of a filter and say how long the rerun took, script and drawing."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

FIGURE = '[data-testid="stPlotlyChart"]'
QUIET_MS = 400  # no change of the page for so long, with no script running, means that the rerun is over

# The clock starts when Enter reaches the page. The script's end is the last message of the server; the rerun is over
# with the last change of the page before it stays as it is (a list of the sidebar that folds up is none). A short run
# never shows as "running", hence the messages.
_CLOCK = """() => {
  const clock = window.outcomesClock = {start: 0, message: 0, change: 0};
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter') Object.assign(clock, {start: performance.now(), message: 0, change: 0});
  }, true);
  const heard = onmessage => function (event) {
    clock.message = performance.now();
    return onmessage.call(this, event);
  };
  const {get, set} = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
  Object.defineProperty(WebSocket.prototype, 'onmessage', {get, set(handler) { set.call(this, heard(handler)); }});
  const addEventListener = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (type, handler, ...rest) {
    return addEventListener.call(this, type, type === 'message' ? heard(handler) : handler, ...rest);
  };
  const ofPage = ({target}) => (target.closest ? target : target.parentElement)?.closest('[data-testid="stMain"]');
  new MutationObserver(changes => { if (changes.some(ofPage)) clock.change = performance.now(); })
    .observe(document, {childList: true, subtree: true, attributes: true, characterData: true});
}"""
_SETTLED = """quiet => {
  const {start, message, change} = window.outcomesClock;
  const state = document.querySelector('[data-test-script-state]').dataset.testScriptState;
  return message > start && state === 'notRunning' && performance.now() - Math.max(message, change) > quiet;
}"""
_READ = """() => {
  const {start, message, change} = window.outcomesClock;
  return [message - start, Math.max(message, change) - start];
}"""
_STILL = """() => {
  const {message, change} = window.outcomesClock;
  return message > 0 && document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"]') && performance.now() - Math.max(message, change) > 2000;
}"""


@dataclass(frozen=True)
class Rerun:
    """Milliseconds from the key press until the script's end reached the page, and until the page stood still."""

    script: float
    settled: float


class OpenPage:
    """A page in a window of its own."""

    def __init__(self, browser: Browser, url: str, ready: str = "h1") -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.add_init_script(f"({_CLOCK})()")
        self.page.goto(url)
        self.page.locator('[data-testid="stSidebar"] [role="combobox"]').first.wait_for(timeout=90_000)
        self.page.locator(ready).first.wait_for(timeout=60_000)  # nothing moves while first answers are worked out
        self.page.wait_for_function(_STILL, timeout=60_000)

    def figures(self) -> int:
        return self.page.locator(FIGURE).count()

    def options(self, label: str) -> list[str]:
        """Return every option of a filter, walking down the list, which draws only what is in sight."""
        box = self._box(label)
        box.click()
        self.page.locator('[role="option"]').first.wait_for()
        seen: dict[str, None] = {}
        for _ in range(12):
            seen |= dict.fromkeys(self.page.locator('[role="option"]').all_inner_texts())
            self.page.locator('[role="listbox"]').evaluate("list => list.scrollBy(0, 200)")
            self.page.wait_for_timeout(30)
        box.press("Escape")
        return list(seen)

    def choose(self, label: str, option: str) -> Rerun:
        """Choose an option with the keyboard and wait until the page stands still again."""
        box = self._box(label)
        box.click()
        box.fill(option)
        self.page.locator('[role="option"]').first.wait_for()
        self.page.wait_for_timeout(150)
        box.press("Enter")
        self.page.wait_for_function(_SETTLED, arg=QUIET_MS, timeout=90_000)
        return Rerun(*self.page.evaluate(_READ))

    def close(self) -> None:
        self.context.close()

    def _box(self, label: str) -> Locator:
        return self.page.locator('[data-testid="stSidebar"]').get_by_role("combobox", name=label, exact=True)

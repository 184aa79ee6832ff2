"""A real browser for the tests: Chromium, headless, driven by Playwright, and axe-core for accessibility."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = "a browser is not installed (Debian: apt-get install chromium)"

PATIENT_S = 15.0


def executable() -> str:
    """Where Chromium lies. Without one the test is skipped, but never where everything must be tested."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # A sandbox needs rights that a container does not give; sound goes nowhere, but takes its time.
        arguments = ["--no-sandbox", "--disable-audio-output"]
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Watched:
    """A page, with everything that went wrong on it and everything that it asked for."""

    def __init__(self, browser: Browser, **context: Any) -> None:
        self.page: Page = browser.new_context(**context).new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url[:60]))
        self.page.on("requestfailed", lambda request: self.wrong.append(f"failed: {request.url[:60]}"))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def open(self, file: Path, width: int = 1280, scheme: str = "light") -> Page:
        """The file, fresh; what went wrong before is forgotten."""
        self.page.goto("about:blank")
        self.wrong.clear()
        self.asked.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(media="screen", color_scheme=scheme)  # type: ignore[arg-type]
        self.page.goto(file.as_uri())
        return self.page

    def violations(self) -> list[str]:
        """What axe-core finds, with where it is."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            f"{one['impact']}: {one['id']}: {[node['target'] for node in one['nodes']][:5]}" for one in found
        ]

    def until(self, condition: str, argument: Any = None) -> None:
        """Waits for something to become true in the page.

        Asked again and again from here: the page's own policy forbids a script of ours that would wait in it.
        """
        end_s = time.monotonic() + PATIENT_S
        while not self.page.evaluate(condition, argument):
            assert time.monotonic() < end_s, f"never came true: {condition}"
            self.page.wait_for_timeout(50)

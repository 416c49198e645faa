"""A preview that runs, and what a browser sees of it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pymupdf
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.conftest import ROOT

# Milliseconds; a save is seen in one or two seconds, on a machine that does nothing else. On a busy
# one it may take a minute, and a test that passes waits no longer for it.
expect.set_options(timeout=90_000)


@dataclass(frozen=True)
class Preview:
    """A preview that runs: its address, its content folder, its process."""

    address: str
    content: Path
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port
        return port

    def write(self, name: str, text: str) -> None:
        (self.content / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.content / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))


@contextmanager
def running(content: Path, *arguments: str) -> Iterator[Preview]:
    process = subprocess.Popen(
        [sys.executable, "make_booklet.py", "preview", "--no-open", "--content", content,
         *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        yield Preview(process.stdout.readline().split()[1], content, process)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def shown(browser: Browser, address: str, **look: object) -> Iterator[Page]:
    """The page once both sides stand."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **look)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#status")).to_contain_text("Up to date")
    expect(on_screen(page).locator("h1")).to_be_visible()
    expect(page.locator("#paper img").first).to_be_visible()
    yield page
    context.close()


def on_screen(page: Page) -> FrameLocator:
    return page.frame_locator("#screen")


def printed(page: Page) -> list[str]:
    """The words of each page of the PDF that is offered."""
    address = page.locator("#pdf").evaluate("link => link.href")
    pdf = pymupdf.open(stream=page.request.get(address).body(), filetype="pdf")
    return [" ".join(sheet.get_text().split()) for sheet in pdf]

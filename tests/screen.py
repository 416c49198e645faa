"""A web page in a real browser: what the tests ask Chromium about it."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The program: that without windows needs half the processor time of the one with them."""

LEVELS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LINKS = ("link-in-text-block",)
COLOURS = ("color-contrast", "color-contrast-enhanced", *LINKS)
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced-light": {"color_scheme": "light", "forced_colors": "active"},
    "forced-dark": {"color_scheme": "dark", "forced_colors": "active"},
}

# Every piece of text that is painted, with its colour and the one painted behind it.
_PAINTED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg")) continue;
    let behind = element;
    while (behind && /^rgba.*, 0\\)$/.test(getComputedStyle(behind).backgroundColor))
      behind = behind.parentElement;
    const colours = [getComputedStyle(element).color,
                     behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)"];
    found.push({words: node.data.trim(), colours});
  }
  return found;
}"""

# The letters on every line of text: those whose boxes stand at one height of one block.
_LINES = """() => {
  const lines = [];
  for (const block of document.querySelectorAll("p, li, dd, dt, figcaption")) {
    if (block.querySelector("p, li, ul")) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), rows = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (let at = 0; at < node.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const foot = Math.round(range.getBoundingClientRect().bottom);
        rows.set(foot, (rows.get(foot) || "") + node.data[at]);
      }
    lines.push(...rows.values());
  }
  return lines.map(line => line.replace(/\\s+/g, " ").replace(/\u200b/g, "").trim());
}"""

_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(e => !e.closest(".skip") && !e.parentElement.closest("svg"))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map(e => e.outerHTML.slice(0, 80))"""

FOCUSABLE = "a[href], button, input, textarea, summary, [tabindex]"
_FOCUS = """focusable => {
  const e = document.activeElement, box = e.getClientRects()[0], style = getComputedStyle(e);
  const bar = document.querySelector(".call");
  return {
    number: [...document.querySelectorAll(focusable)].indexOf(e),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    colours: [style.outlineColor, getComputedStyle(document.documentElement).backgroundColor],
    covered: !bar.contains(e) && !e.matches(".skip") &&
      box.top < bar.getBoundingClientRect().bottom && box.bottom > 0,
    seen: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
  };
}"""

# One control of each kind with the focus: after a key, else a page does not show where it is.
_OUTLINES = """focusable => {
  const kinds = new Map();
  for (const e of document.querySelectorAll(focusable))
    kinds.set([e.tagName, e.type, e.className].join(" "), e);
  return [...kinds].map(([kind, e]) => {
    e.focus();
    const style = getComputedStyle(e);
    return {
      kind,
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      colours: [style.outlineColor, getComputedStyle(document.documentElement).backgroundColor],
    };
  });
}"""

# Pictures give way to their words; skip link, numbers that stay, notices are the screen's own.
_IN_WORDS = """() => {
  document.querySelectorAll(".skip, .call, .kept, svg[aria-hidden]").forEach(e => e.remove());
  for (const picture of document.querySelectorAll("svg[role=img]")) {
    const words = document.createElement("p");
    words.textContent = picture.getAttribute("aria-label");
    picture.replaceWith(words);
  }
  return document.body.innerText;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    assert CHROMIUM, "Chromium is not on this machine; `sh setup.sh tests` installs it"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, width: int = 1280, **look: Any) -> Iterator[Page]:
    """The page in a window of that width, with nothing left of other pages."""
    height = look.pop("height", 800)
    context = browser.new_context(viewport={"width": width, "height": height}, **look)
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def looks(
    browser: Browser, file: Path, width: int = 1280, names: Iterable[str] = LOOKS
) -> Iterator[tuple[str, Page]]:
    """The page in several looks, opened once: the name of each, and the page as it then is."""
    with opened(browser, file, width) as page:
        for name in names:
            page.emulate_media(**{"forced_colors": "none", **LOOKS[name]})
            yield name, page


def violations(page: Page, rules: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """What axe-core holds against the page, and how many of its rules found nothing to say.

    Some of its rules alone are for another look of a page that all have seen.
    """
    every = {"type": "tag", "values": LEVELS}
    options = {
        "runOnly": {"type": "rule", "values": [*rules]} if rules else every,
        "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
        "resultTypes": ["violations"],  # all of these; of what passes one element a rule will do
    }
    found = Axe().run(page, options=options).response
    said = [
        f"{rule['id']}: {node['html'][:100]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    return said, len(found["passes"])


def painted(page: Page) -> list[tuple[str, float]]:
    """Every piece of text outside pictures, with its contrast by WCAG's formula."""
    return [(each["words"], contrast(*each["colours"])) for each in page.evaluate(_PAINTED)]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as CSS computes them.

    >>> contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: str) -> float:
    assert colour.startswith("rgb("), f"{colour} is not opaque"
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lines(page: Page) -> list[str]:
    """The words of every line of text."""
    return list(page.evaluate(_LINES))


def too_wide(page: Page) -> list[str]:
    """What stands out at the right; nothing where the page need not be moved sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return (["the page scrolls sideways"] if wide else []) + list(page.evaluate(_TOO_WIDE))


def focus(page: Page) -> Any:
    """What has the focus: its place among the links, its outline, whether it is seen."""
    return page.evaluate(_FOCUS, FOCUSABLE)


def outlines(page: Page) -> Any:
    """One control of each kind, with its outline when the keyboard has brought the focus there."""
    page.keyboard.press("Tab")
    return page.evaluate(_OUTLINES, FOCUSABLE)


def words(page: Page) -> list[str]:
    """The words on the page in order, each picture's words in its place."""
    return str(page.evaluate(_IN_WORDS)).replace("\u200b", "").split()

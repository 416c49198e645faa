"""One section set again before the rest, in the place it has among pages that were set before."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from booklet.problems import FaultsFound
from booklet.tagging.page_fonts import page_fonts
from booklet.tagging.typeset import complaints, marked_too_long
from booklet.tagging.weasyprint_patches import (
    PageStart,
    hanging_spaces_fit,
    page_box,
    set_from,
)

if TYPE_CHECKING:
    import weasyprint

_PATH_TO_A_PART = 3
"""How many steps of the path of a page's start lead to a part: `main` is in `body` in the root."""

_KNOWN_NUMBERS = "section-first.css"
"""The sheet that prints numbers of pages as the links say them: not every place is set."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where everything stands on pages that were set; it can be sent to another process."""

    sources: tuple[str, ...]
    """A digest of each part of `main`: the sections, and among them the contents list."""
    pages: tuple[tuple[int, int], ...]  # The first and the last page of each part, from 1
    starts: tuple[PageStart, ...]  # The start of each page
    numbers: dict[str, int]  # The page of each place that a link may lead to, by its name


@dataclass(frozen=True, slots=True)
class SectionPages:
    """The pages of one section, to be put in the place of those it had."""

    document: "weasyprint.Document"
    first: int  # The page it begins on, from 1
    replaced: int  # How many pages it had


def sources(page: "weasyprint.HTML") -> tuple[str, ...]:
    """A digest of each part of a page that has not been set yet."""
    return tuple(sha256(ElementTree.tostring(part)).hexdigest() for part in _main(page))


def standing(
    document: "weasyprint.Document", starts: Iterable[PageStart], sources: tuple[str, ...]
) -> Standing:
    """Where everything stands on these pages, which were set of parts with these digests."""
    found: dict[Any, list[int]] = {}
    numbers: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in _parts_on(page_box(page)):
            found.setdefault(box.element, []).append(number)
        for anchor in page.anchors:
            numbers.setdefault(anchor, number)
    pages = tuple((on[0], on[-1]) for on in found.values())
    return Standing(sources, pages, tuple(starts), numbers)


def _main(page: "weasyprint.HTML") -> Any:
    return page.etree_element.find("./body/main")


def _parts_on(box: Any) -> Iterator[Any]:
    """The boxes of the parts that a page has something of, from the box of the page."""
    for child in getattr(box, "children", ()):
        if child.element_tag == "main":
            yield from child.children
        elif child.element_tag in ("html", "body"):
            yield from _parts_on(child)


def section_pages(
    page: "weasyprint.HTML", before: Standing, letters: int | None = None
) -> SectionPages | None:
    """The pages of the first section that has changed; nothing where only the whole can tell.

    `page` is not set yet and is used up; `letters` is as for `typeset`. Setting goes on from the
    start of the page the section begins on, as it did when all was set: what stands above it on
    that page is the same, and so are the number, the side and the line at the foot. Numbers in
    links are those of the pages before. Of what comes behind, that is set which may share a page
    with the section. What the typesetter complains of is told when the whole is set.
    """
    at = _changed_section(page, before)
    if at is None:
        return None
    first, last = before.pages[at]
    start = before.starts[first - 1]
    section = _main(page)[at]
    if letters:
        marked_too_long(page, letters)
    _leave_only(page, _part_of(start), [on > last + 1 for on, _ in before.pages])
    _say_numbers(page, before.numbers)
    with _unheard(), hanging_spaces_fit(), set_from(start):
        document = page.render(font_config=page_fonts())
    pages = document.pages[1:]  # the first is the empty one of `set_from`
    end = max(number for number, each in enumerate(pages) if section in _elements_on(each))
    return SectionPages(document.copy(pages[: end + 1]), first, last - first + 1)


def without_structure(document: "weasyprint.Document") -> bytes:
    """The pages as a file to be looked at, without what programs read: half the time."""
    with _unheard():
        pdf: bytes = document.write_pdf()
    return pdf


@contextmanager
def _unheard() -> Iterator[None]:
    """Whatever the typesetter complains of inside is not told."""
    with suppress(FaultsFound), complaints(Path()):
        yield


def _changed_section(page: "weasyprint.HTML", before: Standing) -> int | None:
    """Which part is the first section that has changed, if its page can be taken up again.

    It can where the page starts with a whole part, or inside of one that has not changed.
    """
    now = sources(page)
    if not len(now) == len(before.sources) == len(before.pages):
        return None
    for at, (new, old, part) in enumerate(zip(now, before.sources, _main(page), strict=True)):
        if new != old and part.tag == "section":
            start = before.starts[before.pages[at][0] - 1]
            inside = _part_of(start)
            whole = len(start.path) <= _PATH_TO_A_PART
            return at if whole or now[inside] == before.sources[inside] else None
    return None


def _part_of(start: PageStart) -> int:
    """Which part a page starts with, or inside of which."""
    return start.path[_PATH_TO_A_PART - 1] if len(start.path) >= _PATH_TO_A_PART else 0


def _leave_only(page: "weasyprint.HTML", start: int, behind: list[bool]) -> None:
    """Empty the parts before the start, which are passed over, and take away those far behind."""
    main = _main(page)
    parts = [*main]
    for part in parts[:start]:
        del part[:]
        part.text = ""
    for part, far in zip(parts, behind, strict=True):
        if far:
            main.remove(part)
    body = page.etree_element.find("body")
    children = [*body]
    for each in children[children.index(main) + 1 :]:
        body.remove(each)


def _say_numbers(page: "weasyprint.HTML", numbers: dict[str, int]) -> None:
    """Tell every link the number it prints, and let it print that."""
    for link in page.etree_element.iter("a"):
        name = link.get("href", "").removeprefix("#")
        link.set("data-page", str(numbers.get(name, "")))
    sheet = {"rel": "stylesheet", "href": _KNOWN_NUMBERS}
    page.etree_element.find("head").append(ElementTree.Element("link", sheet))


def _elements_on(page: Any) -> list[Any]:
    return [box.element for box in _parts_on(page_box(page))]

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
class Sources:
    """What pages are set of, as digests."""

    parts: tuple[str, ...]  # Of each part of `main`: the sections, and among them the contents list
    covers: str  # Of what stands before and behind `main`


@dataclass(frozen=True, slots=True)
class Standing:
    """Where everything stands on pages that were set; it can be sent to another process."""

    sources: Sources  # What they were set of
    pages: tuple[tuple[int, int], ...]  # The first and the last page of each part, from 1
    starts: tuple[PageStart, ...]  # The start of each page
    numbers: dict[str, int]  # The page of each place that a link may lead to, by its name


@dataclass(frozen=True, slots=True)
class SectionPages:
    """The pages of one section, to be put in the place of those it had."""

    document: "weasyprint.Document"
    first: int  # The page it begins on, from 1
    replaced: int  # How many pages it had
    others: bool  # Whether something else has changed too, which these pages do not show


def sources(page: "weasyprint.HTML", code: str = "") -> Sources:
    """What a page that has not been set yet is made of.

    `code` is one that is worked out from all words: that it is another counts as no change.
    """

    def digest(*parts: Any) -> str:
        # Not as XML: how a process writes that depends on what it has drawn before.
        elements = (each for part in parts for each in part.iter())
        said = [(each.tag, each.items(), each.text, each.tail, len(each)) for each in elements]
        return sha256(repr(said).replace(code, "").encode()).hexdigest()

    main = _main(page)
    covers = (each for each in page.etree_element.find("body") if each is not main)
    return Sources(tuple(map(digest, main)), digest(*covers))


def standing(
    document: "weasyprint.Document", starts: Iterable[PageStart], sources: Sources
) -> Standing:
    """Where everything stands on these pages, which were set of this."""
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
    page: "weasyprint.HTML",
    now: Sources,
    before: Standing,
    looked: tuple[int, ...] = (),
    letters: int | None = None,
) -> SectionPages | None:
    """The pages of one part that has changed; nothing where only the whole can tell.

    That is the first on the pages `looked` at (by their numbers before, the one looked at most
    first), or else the first section of all. `page` is not set yet and is used up; `now` is what
    it is made of; `letters` is as for `typeset`. Setting goes on from the start of the page the
    section begins on, as it did when all was set: what stands above it on that page is the same,
    and so are the number, the side and the line at the foot. Numbers in links are those of the
    pages before. Of what comes behind, that is set which may share a page with the section. What
    the typesetter complains of is told when the whole is set.
    """
    changed = _changed(now, before)
    at = _part_to_set(page, before, changed, looked)
    begin = _begin(at, before, changed) if at is not None else None
    if at is None or begin is None:
        return None
    first, last = before.pages[begin][0], before.pages[at][1]
    start = before.starts[first - 1]
    section = _main(page)[at]
    if letters:
        marked_too_long(page, letters)
    top = _part_of(start)
    _leave_only(page, top, [on > last + 1 for on, _ in before.pages])
    _say_numbers(page, before.numbers)
    with _unheard(), hanging_spaces_fit(), set_from(start):
        document = page.render(font_config=page_fonts())
    pages = document.pages[1:]  # the first is the empty one of `set_from`
    end = max(number for number, each in enumerate(pages) if section in _elements_on(each))
    others = now.covers != before.sources.covers or not changed <= {*range(top, at + 1)}
    return SectionPages(document.copy(pages[: end + 1]), first, last - first + 1, others)


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


def _changed(now: Sources, before: Standing) -> frozenset[int]:
    """Which parts have changed; none where they cannot be told apart by their numbers."""
    then = before.sources.parts
    if not len(now.parts) == len(then) == len(before.pages):
        return frozenset()
    return frozenset(at for at, part in enumerate(now.parts) if part != then[at])


def _part_to_set(
    page: "weasyprint.HTML", before: Standing, changed: frozenset[int], looked: tuple[int, ...]
) -> int | None:
    """Which changed part is set first: one that is looked at, or else the first section."""
    for number in looked:
        for at in sorted(changed):
            first, last = before.pages[at]
            if first <= number <= last:
                return at
    sections = (at for at, part in enumerate(_main(page)) if part.tag == "section")
    return next((at for at in sections if at in changed), None)


def _begin(at: int, before: Standing, changed: frozenset[int]) -> int | None:
    """The part to begin with, so that the pages of this one come out right.

    The place inside of a changed part where a page started may not be there any more: setting
    then begins with that part.
    """
    start = before.starts[before.pages[at][0] - 1]
    inside = _part_of(start)
    if len(start.path) <= _PATH_TO_A_PART or inside not in changed:
        return at
    return _begin(inside, before, changed) if inside < at else None


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

"""Rules about finding one's way: bookmarks, contents, page numbers, links."""

import re
from collections.abc import Iterator

from booklet.check.inspected_pdf import Evidence
from booklet.check.lines import joined
from booklet.check.rule import Outcome, Place, Rule, counted, nothing, place, sole
from booklet.pdf.document import Link
from booklet.pdf.page_model import PageContent
from booklet.pdf.tree import Element, LinkTo

SHORT = 4
"""Pages up to which a leaflet needs no bookmarks: one folded sheet."""

EDGE = 0.15
"""The share of a page's height, above and below, where its number is looked for."""

_NUMBER = re.compile(
    r"(?:.*\D[ |–—])?\W*(?:page )?(\d{1,3}|[ivxlc]{1,6})(?: (?:of|/) \d+|/\d+)?\W*", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"(\d{1,3}|[ivxlc]{1,6})\W*$")
_EMPTY_WORDS = frozenset(
    {"click here", "here", "more", "read more", "link", "this link", "this page"}
)
_ADDRESS = re.compile(
    r"^(?:https?://[^/\s]+|mailto:[^@\s]+@[^@\s]+|tel:\+?[\d-]{3,}|sms:\+?[\d]{3,})", re.I
)


def bookmarks(evidence: Evidence) -> Outcome:
    """The bookmarks are the headings, in order, and lead to their pages."""
    marks = evidence.document.bookmarks
    if not marks:
        needed = len(evidence.pages) > SHORT
        return Outcome("no bookmarks", (Place(0, "no bookmarks"),) if needed else (), needed)
    dead = [Place(0, f"leads nowhere: {mark.title}") for mark in marks if not mark.page]
    if not evidence.headings:
        return Outcome(counted(len(marks), "bookmark"), tuple(dead))
    depth = max(mark.level for mark in marks)
    heads = [(_plain(h.text), h.page) for h in evidence.headings if h.level <= depth]
    shown = [(_plain(mark.title), mark.page) for mark in marks]
    lost = [
        place(page, f"heading without bookmark: {text}")
        for text, page in heads
        if text not in dict(shown)
    ]
    odd = [
        place(page, f"bookmark without heading: {text}")
        for text, page in shown
        if (text, page) not in heads
    ]
    order = (
        []
        if lost or odd or _in_order(shown, heads)
        else [Place(0, "not in the order of the headings")]
    )
    return Outcome(
        f"{counted(len(marks), 'bookmark')}, {counted(len(evidence.headings), 'heading')}",
        sole([*dead, *lost, *odd, *order]),
    )


def _in_order(shown: list[tuple[str, int]], heads: list[tuple[str, int]]) -> bool:
    rest = iter(heads)
    return all(any(mark == head for head in rest) for mark in shown)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u2011", "-").split()).casefold()


def contents(evidence: Evidence) -> Outcome:
    """Each entry of the contents list names the page it leads to, and a heading there."""
    entries = list(_entries(evidence))
    wrong = []
    for page, text, target in entries:
        number = _LAST_NUMBER.search(text)
        label = evidence.document.labels[target - 1] if target else ""
        title = _plain(text[: number.start()] if number else text).rstrip(" .…\u2024")
        heads = [_plain(heading.text) for heading in evidence.headings if heading.page == target]
        if not target:
            wrong.append(place(page, f"leads nowhere: {text}"))
        elif number and number[1] != label:
            wrong.append(place(page, f"says {number[1]}, leads to {label}: {text}"))
        elif (
            evidence.headings
            and title
            and not any(title in head or head in title for head in heads)
        ):
            wrong.append(place(page, f"no such heading on page {label}: {text}"))
    return Outcome(counted(len(entries), "entry", "entries"), sole(wrong), bool(entries))


def _entries(evidence: Evidence) -> Iterator[tuple[int, str, int]]:
    """Each entry of a contents list: its page, its words, the page it leads to (0: none)."""
    by_number = {link.number: link for link in evidence.document.links}
    for element in evidence.elements:
        if element.role == "TOCI":
            own = [link for link in _links_in(element) if link.number in by_number]
            target = by_number[own[0].number].target if own else 0
            yield element.page, _own_words(element, evidence), target


def _own_words(entry: Element, evidence: Evidence) -> str:
    """The words of an entry without those of entries below it."""
    nested = [mark for child in entry.walk() if child.role == "TOC" for mark in child.marks]
    runs = [
        run for mark in entry.marks if mark not in nested for run in evidence.marked.get(mark, ())
    ]
    return " ".join(joined(runs).split())


def _links_in(element: Element) -> Iterator[LinkTo]:
    for child in element.walk():
        yield from (one for one in child.children if isinstance(one, LinkTo))


def page_numbers(evidence: Evidence) -> Outcome:
    """The number printed on a page is the one the file shows for it."""
    printed = {page.number: _printed(page, evidence) for page in evidence.pages}
    numbered = {page: numbers for page, numbers in printed.items() if numbers}
    if not numbered:
        long = len(evidence.pages) > SHORT
        missing = (Place(0, "no printed page numbers"),) if long else ()
        return Outcome("no printed page numbers", missing, long)
    labels = evidence.document.labels
    wrong = [
        Place(page, f"printed {' or '.join(sorted(numbers))}, labelled {labels[page - 1]}")
        for page, numbers in numbered.items()
        if labels[page - 1].casefold() not in numbers
    ]
    return Outcome(
        f"{counted(len(numbered), 'numbered page')} of {len(evidence.pages)}", tuple(wrong)
    )


def _printed(page: PageContent, evidence: Evidence) -> set[str]:
    """What may be the page's number: a line of its own at the upper or lower edge.

    Furniture is believed before other text, of which only the outermost lines can be one.
    """
    lines = evidence.lines_on(page.number)
    top, bottom = page.height * (1 - EDGE), page.height * EDGE
    edge = [line for line in lines if line.baseline > top or line.baseline < bottom]
    if not edge:
        return set()
    heights = [line.baseline for line in lines]
    outermost = (max(heights), min(heights))
    furniture = [line for line in edge if line.owner.artifact] or [
        line for line in edge if any(abs(line.baseline - height) < 1 for height in outermost)
    ]
    return {match[1].casefold() for line in furniture if (match := _NUMBER.fullmatch(line.text))}


def links(evidence: Evidence) -> Outcome:
    """Every link leads somewhere, says where in words, and is in the structure."""
    found = evidence.document.links
    inside = {link.number for element in evidence.elements for link in _links_in(element)}
    wrong = [
        place(one.page, fault) for one in found if (fault := _link_fault(one, evidence, inside))
    ]
    return Outcome(counted(len(found), "link"), sole(wrong), bool(found))


def _link_fault(link: Link, evidence: Evidence, inside: set[int]) -> str:
    words = _words_on(link, evidence)
    about = words or link.contents or link.to
    if not link.target and not link.to:
        return f"leads nowhere: {about}"
    if link.to and ":" in link.to and not _ADDRESS.match(link.to):
        return f"a broken address, {link.to}: {about}"
    if not link.contents.strip():
        return f"no description: {about}"
    if (
        _plain(link.contents).strip(" .") in _EMPTY_WORDS
        or _plain(words).strip(" .") in _EMPTY_WORDS
    ):
        return f"says nothing of where it leads: {about}"
    return (
        f"not in the structure: {about}" if evidence.elements and link.number not in inside else ""
    )


def _words_on(link: Link, evidence: Evidence) -> str:
    page = evidence.pages[link.page - 1]
    letters = [
        glyph.char
        for run in page.runs
        for glyph in run.glyphs
        if link.box.left - 0.5 <= glyph.x < link.box.right - 0.5
        and link.box.bottom <= glyph.y <= link.box.top
    ]
    return " ".join("".join(letters).split())


def tab_order(evidence: Evidence) -> Outcome:
    """On pages with links, the keyboard follows the structure."""
    pages = sorted({link.page for link in evidence.document.links})
    if not pages:
        return nothing("no links")
    wrong = [
        Place(page, "not by structure")
        for page in pages
        if evidence.document.tab_orders[page - 1] != "/S"
    ]
    return Outcome(counted(len(pages), "page") + " with links", tuple(wrong))


FINDING = (
    Rule(
        "bookmarks",
        "Bookmarks equal to the headings and leading to them",
        f"all, in a file of more than {SHORT} pages",
        "WCAG 2.2, 2.4.5; technique PDF2",
        bookmarks,
        why="They are the way through a long file for those who do not turn pages.",
    ),
    Rule(
        "contents",
        "Contents list that leads to the pages and headings it names",
        "all",
        "house rule; WCAG 2.2, 2.4.5",
        contents,
        why="An entry that leads to the wrong page is worse than no entry.",
    ),
    Rule(
        "page-numbers",
        "Printed page numbers equal to the file's page labels",
        "all",
        "WCAG 2.2, technique PDF17",
        page_numbers,
        why="“Page 12” on the telephone has to be page 12 on the screen.",
    ),
    Rule(
        "links",
        "Links that lead somewhere, described, and in the structure",
        "all",
        "ISO 14289-1, 7.18.5; WCAG 2.2, 2.4.4 and 2.4.9; NHS manual",
        links,
        why="Links are read out as a list, without the text around them.",
    ),
    Rule(
        "tab-order",
        "Keyboard order by structure on pages with links",
        "all",
        "ISO 14289-1, 7.18.3",
        tab_order,
        why="Those who use the keyboard meet links in the order of the tab key.",
    ),
)

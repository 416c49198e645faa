"""Rules about finding one's way: bookmarks, contents, page numbers, links."""

import re
from collections.abc import Iterator

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import joined
from booklet.check.pdf_rule import Shortfalls, looked_at
from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.document import Link
from booklet.pdf.page_model import PageContent
from booklet.pdf.tree import Element, LinkTo

SHORT = 4  # Pages up to which a leaflet needs no bookmarks: one folded sheet
EDGE = 0.15  # The share of a page's height, above and below, where its number is looked for

_NUMBER = re.compile(
    r"(?:.*\D[ |–—])?\W*(?:page )?(\d{1,3}|[ivxlc]{1,6})(?: (?:of|/) \d+|/\d+)?\W*", re.IGNORECASE
)
_BROKEN_BEHIND = re.compile("(?<=[/\u2013\u2014-]) ")
_LAST_NUMBER = re.compile(r"(\d{1,3}|[ivxlc]{1,6})\W*$")
_EMPTY_WORDS = {"click here", "here", "more", "read more", "link", "this link", "this page"}
_ADDRESS = re.compile(r"https?://[^/\s]|mailto:[^@\s]+@[^@\s]|tel:\+?[\d-]{3,}|sms:\+?\d{3,}", re.I)


@rule(f"all, in a file of more than {SHORT} pages", "WCAG 2.2, 2.4.5; technique PDF2")
def bookmarks(pdf: InspectedPdf) -> Shortfalls:
    """Bookmarks equal to the headings and leading to them.

    They are the way through a long file for those who do not turn pages.
    """
    marks = pdf.document.bookmarks
    if not marks:
        if len(pdf.pages) > SHORT:
            yield 0, "no bookmarks"
        return Nothing("no bookmarks")
    yield from ((0, f"leads nowhere: {mark.title}") for mark in marks if not mark.page)
    if not pdf.headings:
        return counted(len(marks), "bookmark")
    depth = max(mark.level for mark in marks)
    heads = [(_plain(h.text), h.page) for h in pdf.headings if h.level <= depth]
    shown = [(_plain(mark.title), mark.page) for mark in marks]
    lost = [head for head in heads if head[0] not in dict(shown)]
    odd = [mark for mark in shown if mark not in heads]
    longer = {mark: head for mark in odd for head in lost if _goes_on(mark, head)}
    for (text, page), head in longer.items():
        yield page, f"bookmark adds to its heading: {text[len(head[0]) :].strip(' .:')}"
    for text, page in (head for head in lost if head not in longer.values()):
        yield page, f"heading without bookmark: {text}"
    for text, page in (mark for mark in odd if mark not in longer):
        yield page, f"bookmark without heading: {text}"
    rest = iter(heads)  # Looking for one takes those before it out, too
    if not (lost or odd or all(mark in rest for mark in shown)):
        yield 0, "not in the order of the headings"
    return f"{counted(len(marks), 'bookmark')}, {counted(len(pdf.headings), 'heading')}"


def _goes_on(mark: tuple[str, int], head: tuple[str, int]) -> bool:
    """Whether a bookmark says all that a heading of its page says, and then more."""
    return mark[1] == head[1] and mark[0].startswith(head[0])


def _plain(text: str) -> str:
    """Words as they are compared; a line may have been broken behind a stroke or a dash.

    >>> _plain("Chemotherapy/ Radio\u2011therapy")
    'chemotherapy/radio-therapy'
    """
    words = " ".join(text.replace("\u00a0", " ").replace("\u2011", "-").split())
    return _BROKEN_BEHIND.sub("", words).casefold()


@rule("all", "house rule; WCAG 2.2, 2.4.5")
def contents(pdf: InspectedPdf) -> Shortfalls:
    """Contents list that leads to the pages and headings it names.

    An entry that leads to the wrong page is worse than no entry.
    """
    entries = list(_entries(pdf))
    for page, text, target in entries:
        number = _LAST_NUMBER.search(text)
        label = pdf.document.labels[target - 1] if target else ""
        title = _plain(text[: number.start()] if number else text).rstrip(" .…\u2024")
        heads = [_plain(heading.text) for heading in pdf.headings if heading.page == target]
        if not target:
            yield page, f"leads nowhere: {text}"
        elif number and number[1] != label:
            yield page, f"says {number[1]}, leads to {label}: {text}"
        elif pdf.headings and title and not any(title in head or head in title for head in heads):
            yield page, f"no such heading on page {label}: {text}"
    return looked_at(entries, "entry", "entries")


def _entries(pdf: InspectedPdf) -> Iterator[tuple[int, str, int]]:
    """Each entry of a contents list: its page, its words, the page it leads to (0: none)."""
    by_number = {link.number: link for link in pdf.document.links}
    for element in pdf.elements:
        if element.role == "TOCI":
            own = [link for link in _links_in(element) if link.number in by_number]
            target = by_number[own[0].number].target if own else 0
            yield element.page, _own_words(element, pdf), target


def _own_words(entry: Element, pdf: InspectedPdf) -> str:
    """The words of an entry without those of entries below it."""
    nested = [mark for child in entry.walk() if child.role == "TOC" for mark in child.marks]
    runs = [run for mark in entry.marks if mark not in nested for run in pdf.marked.get(mark, ())]
    return " ".join(joined(runs).split())


def _links_in(element: Element) -> Iterator[LinkTo]:
    for child in element.walk():
        yield from (one for one in child.children if isinstance(one, LinkTo))


@rule("all", "WCAG 2.2, technique PDF17")
def page_numbers(pdf: InspectedPdf) -> Shortfalls:
    """Printed page numbers equal to the file's page labels.

    “Page 12” on the telephone has to be page 12 on the screen.
    """
    numbered = {page.number: found for page in pdf.pages if (found := _printed(page, pdf))}
    if not numbered:
        if len(pdf.pages) > SHORT:
            yield 0, "no printed page numbers"
        return Nothing("no printed page numbers")
    for page, numbers in numbered.items():
        label = pdf.document.labels[page - 1]
        if label.casefold() not in numbers:
            yield page, f"printed {' or '.join(sorted(numbers))}, labelled {label}"
    return f"{counted(len(numbered), 'numbered page')} of {len(pdf.pages)}"


def _printed(page: PageContent, pdf: InspectedPdf) -> set[str]:
    """What may be the page's number: a line of its own at the upper or lower edge.

    Furniture is believed before other text, of which only the outermost lines can be one.
    """
    lines = pdf.lines_on(page.number)
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


@rule("all", "ISO 14289-1, 7.18.5; WCAG 2.2, 2.4.4 and 2.4.9; NHS manual")
def links(pdf: InspectedPdf) -> Shortfalls:
    """Links that lead somewhere, described, and in the structure.

    Links are read out as a list, without the text around them.
    """
    found = pdf.document.links
    inside = {link.number for element in pdf.elements for link in _links_in(element)}
    for link in found:
        if fault := _link_fault(link, pdf, inside):
            yield link.page, fault
    return looked_at(found, "link")


def _link_fault(link: Link, pdf: InspectedPdf, inside: set[int]) -> str:
    words = _words_on(link, pdf)
    about = words or link.contents or link.to
    if not link.target and not link.to:
        return f"leads nowhere: {about}"
    if link.to and ":" in link.to and not _ADDRESS.match(link.to):
        return f"a broken address, {link.to}: {about}"
    if not link.contents.strip():
        return f"no description: {about}"
    if any(_plain(said).strip(" .") in _EMPTY_WORDS for said in (link.contents, words)):
        return f"says nothing of where it leads: {about}"
    return f"not in the structure: {about}" if pdf.elements and link.number not in inside else ""


def _words_on(link: Link, pdf: InspectedPdf) -> str:
    page, box = pdf.pages[link.page - 1], link.box
    letters = [
        glyph.char
        for run in page.runs
        if run.lowest <= box.top and run.highest >= box.bottom
        for glyph in run.glyphs
        if box.bottom <= glyph.y <= box.top and box.left - 0.5 <= glyph.x < box.right - 0.5
    ]
    return " ".join("".join(letters).split())


@rule("all", "ISO 14289-1, 7.18.3")
def tab_order(pdf: InspectedPdf) -> Shortfalls:
    """Keyboard order by structure on pages with links.

    Those who use the keyboard meet links in the order of the tab key.
    """
    pages = sorted({link.page for link in pdf.document.links})
    for page in pages:
        if pdf.document.tab_orders[page - 1] != "/S":
            yield page, "not by structure"
    return looked_at(pages, "page with links", "pages with links")

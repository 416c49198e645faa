"""Rules about finding one's way: headings, links, telephone numbers."""

import re
from collections.abc import Iterator

from booklet.check.words.edition import Edition, folded, words_of
from booklet.check.words.lists import phrases
from booklet.check.words.rule import Found, WordRule, at, quoted

LONGEST_HEADING = 65
"""NHS digital service manual, "Formatting": headings of up to 65 characters."""

_DATES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|I|England|Scotland|Wales|Northern Ireland)\b"
)
_NUMBER = re.compile(r"(?<![\w,./-])(?:\+44|0)[ -]?\d(?:[ -]?\d){8,9}(?!\d)")
_SHORT_NUMBER = re.compile(r"\b(?:ring|call|phone|dial|text|to|on|or) (\d{3})\b(?! ?\w)", re.I)
_SMALL = re.compile(
    r"\b(?:a|an|and|at|by|for|from|how|if|in|into|it|of|on|or|the|to|what|when|who|with)\b"
)


def long_heading(edition: Edition) -> Iterator[Found]:
    """Headings of more than 65 characters."""
    for wording in edition.headings():
        if len(wording.words) > LONGEST_HEADING:
            yield at(wording, f"{len(wording.words)} characters in a heading; say it shorter")


def heading_case(edition: Edition) -> Iterator[Found]:
    """Headings with capitals that are neither the first word nor a name, or a full stop."""
    names = phrases(*edition.names)
    for wording in edition.headings():
        text = _DATES.sub("x", names.sub("x", wording.words))
        words = words_of(re.sub(r"[:?!.] +\w", " x", text))
        strange = [word for word in words[1:] if word[0].isupper() and word[1:].islower()]
        if strange:
            yield at(wording, f"{quoted(strange[0])}: capitals only for the first word and names")
        if wording.words.endswith("."):
            yield at(wording, f"{quoted(wording.words)}: no full stop at the end of a heading")


def empty_heading(edition: Edition) -> Iterator[Found]:
    """Headings that do not say what stands below them."""
    listed = {folded(each) for each in edition.lists.avoid.empty_headings}
    for wording in edition.headings():
        if folded(wording.words).strip(" .:") in listed:
            yield at(wording, f"{quoted(wording.words)} says little; say what the reader finds")


def empty_link(edition: Edition) -> Iterator[Found]:
    """Links whose words do not say where they lead."""
    listed = {folded(each) for each in edition.lists.avoid.empty_links}
    titles = {f"#{each.id}": each.section.title.plain for each in edition.booklet.sections}
    for wording in edition.texts():
        for to, words in wording.links:
            if to.startswith("tel:"):
                continue
            bare = re.fullmatch(r"(https?://|www\.)?\S+\.\S+", words)
            other = to in titles and not _telling(words) & _telling(titles[to])
            if folded(words).strip(" .") in listed or bare or other:
                remedy = f"write {quoted(titles[to])}" if to in titles else "name it"
                yield at(wording, f"the link {quoted(words)} does not say where it leads; {remedy}")


def _telling(words: str) -> set[str]:
    return set(words_of(_SMALL.sub(" ", folded(words))))


def telephone_number(edition: Edition) -> Iterator[Found]:
    """Telephone numbers typed into a text."""
    known = {
        _dialled(contact.phone): name
        for name, contact in edition.booklet.contacts.items()
        if contact.phone
    }
    for wording in edition.wordings:
        text = wording.own_words
        for printed in (*_NUMBER.findall(text), *_SHORT_NUMBER.findall(text)):
            name = known.get(_dialled(printed))
            remedy = (
                f"write [](contact:{name})" if name
                else "add it to house.yaml and write [](contact:its-name)"
            )  # fmt: skip
            yield at(wording, f"the number {printed} is typed by hand; {remedy}")


def _dialled(number: str) -> str:
    """The digits of a number as they are dialled in the UK.

    >>> _dialled("+44 20 7946 0001")
    '02079460001'
    """
    return re.sub(r"\D", "", re.sub(r"^\+44", "0", number))


FINDING = (
    WordRule(
        "long-heading", "error", "Characters in a heading", f"{LONGEST_HEADING}",
        "NHS manual, Formatting", "A heading is scanned, not read.",
        "What you need to know about all of the different treatments that you may be offered",
        "Treatments you may be offered", long_heading, english=False,
    ),
    WordRule(
        "heading-case", "warning", "Sentence case in headings, no full stop at the end", "all",
        "NHS manual, Formatting", "Words with capitals are harder to read, and names get lost.",
        "Looking After Yourself", "Looking after yourself", heading_case,
    ),
    WordRule(
        "empty-heading", "warning", "Headings that say nothing of what follows", "none",
        "PEMAT-P, item on informative headers; NHS manual, Formatting",
        "People look for their question in the contents list.",
        "Introduction", "What the test can show", empty_heading,
    ),
    WordRule(
        "empty-link", "error", "Links that do not say where they lead", "none",
        "NHS manual, Links; WCAG 2.2, 2.4.4",
        "Screen readers list links on their own, and on paper “here” leads nowhere. A link to a "
        "section shares a word with its title.",
        "[Click here](#call)", "[When to call for help](#call)", empty_link,
    ),
    WordRule(
        "telephone-number", "error", "Telephone numbers typed into a text", "none",
        "house rule: a number stands once, in house.yaml",
        "A number that stands once can be looked up and put right once.",
        "Ring 0808 2080 888.", "Ring [](contact:helpline).", telephone_number,
        english=False,
    ),
)  # fmt: skip

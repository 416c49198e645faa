"""Rules about finding one's way: headings, links, telephone numbers."""

import re
from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.lists import phrases
from booklet.check.words.reader_text import ReaderText, folded, words_of
from booklet.messages import quoted
from booklet.problems import Problem

LONGEST_HEADING = 65  # NHS digital service manual, "Formatting": headings of up to 65 characters

_DATES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|I|England|Scotland|Wales|Northern Ireland)\b"
)
_NUMBER = re.compile(r"(?<![\w,./-])(?:\+44|0)[ -]?\d(?:[ -]?\d){8,9}(?!\d)")
_SHORT_NUMBER = re.compile(r"\b(?:ring|call|phone|dial|text|to|on|or) (\d{3})\b(?! ?\w)", re.I)
_SMALL = re.compile(
    r"\b(?:a|an|and|at|by|for|from|how|if|in|into|it|of|on|or|the|to|what|when|who|with)\b"
)


@rule(f"{LONGEST_HEADING}", "NHS manual, Formatting", english=False)
def long_heading(reader: ReaderText) -> Iterator[Problem]:
    """Characters in a heading.

    A heading is scanned, not read.
    Not: What you need to know about all of the different treatments that you may be offered
    Better: Treatments you may be offered
    """
    for wording in reader.headings():
        if len(wording.words) > LONGEST_HEADING:
            yield wording.problem(f"{len(wording.words)} characters in a heading; say it shorter")


@rule("all", "NHS manual, Formatting", "warning")
def heading_case(reader: ReaderText) -> Iterator[Problem]:
    """Sentence case in headings, no full stop at the end.

    Words with capitals are harder to read, and names get lost.
    Not: Looking After Yourself
    Better: Looking after yourself
    """
    names = phrases(*reader.names)
    for wording in reader.headings():
        told = _DATES.sub("x", names.sub("x", wording.words))
        words = words_of(re.sub(r"[:?!.] +\w", " x", told))
        strange = [word for word in words[1:] if word[0].isupper() and word[1:].islower()]
        if strange:
            remedy = "capitals only for the first word and names"
            yield wording.problem(f"{quoted(strange[0])}: {remedy}")
        if wording.words.endswith("."):
            yield wording.problem(f"{quoted(wording.words)}: no full stop at the end of a heading")


@rule("none", "PEMAT-P, item on informative headers; NHS manual, Formatting", "warning")
def empty_heading(reader: ReaderText) -> Iterator[Problem]:
    """Headings that say nothing of what follows.

    People look for their question in the contents list.
    Not: Introduction
    Better: What the test can show
    """
    listed = {folded(each) for each in reader.lists.avoid.empty_headings}
    for wording in reader.headings():
        if folded(wording.words).strip(" .:") in listed:
            yield wording.problem(f"{quoted(wording.words)} says little; say what the reader finds")


@rule("none", "NHS manual, Links; WCAG 2.2, 2.4.4")
def empty_link(reader: ReaderText) -> Iterator[Problem]:
    """Links that do not say where they lead.

    Screen readers list links on their own, and on paper “here” leads nowhere. A link to a section
    shares a word with its title.
    Not: [Click here](#call)
    Better: [When to call for help](#call)
    """
    listed = {folded(each) for each in reader.lists.avoid.empty_links}
    titles = {f"#{each.id}": each.section.title.plain for each in reader.booklet.sections}
    for wording in reader.texts():
        for to, words in wording.text.links:
            if to.startswith("tel:"):
                continue
            bare = re.fullmatch(r"(https?://|www\.)?\S+\.\S+", words)
            other = to in titles and not _telling(words) & _telling(titles[to])
            if folded(words).strip(" .") in listed or bare or other:
                remedy = f"write {quoted(titles[to])}" if to in titles else "name it"
                fault = f"the link {quoted(words)} does not say where it leads"
                yield wording.problem(f"{fault}; {remedy}")


def _telling(words: str) -> set[str]:
    return set(words_of(_SMALL.sub(" ", folded(words))))


@rule("none", "house rule: a number stands once, in house.yaml", english=False)
def telephone_number(reader: ReaderText) -> Iterator[Problem]:
    """Telephone numbers typed into a text.

    A number that stands once can be looked up and put right once.
    Not: Ring 0808 2080 888.
    Better: Ring [](contact:helpline).
    """
    contacts = reader.booklet.contacts.items()
    known = {_dialled(contact.phone): name for name, contact in contacts if contact.phone}
    for wording in reader.wordings:
        typed = wording.own_words
        for printed in (*_NUMBER.findall(typed), *_SHORT_NUMBER.findall(typed)):
            name = known.get(_dialled(printed))
            first = "" if name else "add it to house.yaml and "
            remedy = f"{first}write [](contact:{name or 'its-name'})"
            yield wording.problem(f"the number {printed} is typed by hand; {remedy}")


def _dialled(number: str) -> str:
    """The digits of a number as they are dialled in the UK.

    >>> _dialled("+44 20 7946 0001")
    '02079460001'
    """
    return re.sub(r"\D", "", re.sub(r"^\+44", "0", number))

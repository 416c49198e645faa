"""Rules about sources: facts have one, and sources have a date."""

import re
from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.lists import phrases
from booklet.check.words.reader_text import NAMES, ReaderText
from booklet.content.roles import walk
from booklet.content.wordings import Wording
from booklet.content.yaml_source import Route
from booklet.messages import quoted
from booklet.problems import Problem

_NO_FACT = re.compile(r"\b24-hour\b|\b\d+ (?:point|pages?)\b|\b(?:999|111)\b", re.I)
_FIGURE = re.compile(r"\b\d[\d,.]*(?: (?:in|out of|to) \d+)?(?: \w+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@rule("none", "PIF TICK, criterion 4; NHS content standard")
def fact_without_source(reader: ReaderText) -> Iterator[Problem]:
    """Sections with figures or medicines and no `sources:`.

    Whoever reviews the words must be able to look every fact up. Figures are digits outside
    telephone numbers; medicines are those listed in `spelling.yaml`.
    Not: title: How common it is (no sources), About 3 in 10 people …
    Better: title: How common it is, sources: [nice-ta642]
    """
    medicines = phrases(*reader.lists.spelling.medicines)
    for named in reader.booklet.sections:
        file = reader.files.sections[named.id]
        if named.section.sources:
            continue
        for wording in reader.wordings:
            if wording.source is not file or wording.role in NAMES or _has_its_own(wording):
                continue
            words = _NO_FACT.sub(" ", wording.own_words)
            if fact := medicines.search(words) or _FIGURE.search(words):
                yield wording.problem(
                    f"{quoted(fact.group())} is a fact, and this section lists no source; "
                    "add `sources: [its-name]` under the title"
                )


def _names_a_source(route: Route) -> bool:
    """Whether a value stands under `sources:` of a section, or `source:` of a story."""
    return route[:1] == ("sources",) or route[-1:] == ("source",)


def _has_its_own(wording: Wording) -> bool:
    """Whether a text belongs to a story, which names its source itself."""
    inside = (wording.route[:depth] for depth in range(1, len(wording.route)))
    return any((*route, "source") in wording.source.places for route in inside)


@rule("all", "DISCERN, questions 4 and 5; NHS content standard", "warning", english=False)
def source_without_date(reader: ReaderText) -> Iterator[Problem]:
    """Sources with the date they carry and the date read.

    A reviewer must see how old a fact is. A page that carries no date says so with `on_purpose:`.
    Not: checked: recently
    Better: dated: August 2020, checked: November 2026
    """
    about = reader.files.about
    for name, source in reader.booklet.about.sources.items():
        here = ("sources", name)
        if not source.dated:
            message = f"the source `{name}` has no `dated:`; add the date it carries"
            yield about.problem(message, (*here, "title"))
        elif not _YEAR.search(source.dated):
            yield about.problem(f"{quoted(source.dated)} has no year; add it", (*here, "dated"))
        if not _YEAR.search(source.checked):
            when = "does not say when it was read; write month and year"
            yield about.problem(f"{quoted(source.checked)} {when}", (*here, "checked"))


@rule("none", "house rule", "warning", english=False)
def source_without_use(reader: ReaderText) -> Iterator[Problem]:
    """Sources that no section and no story names.

    A source nobody used makes the list look better than the work was.
    Not: sources: an entry that stands in no section
    Better: a section with `sources: [its-name]`
    """
    values = (each for file in reader.files.sections.values() for each in walk(file.values, None))
    used = {each.value for each in values if _names_a_source(each.route)}
    for name in reader.booklet.about.sources:
        if name not in used:
            message = (
                f"no section and no story names the source `{name}`; add it to one, or take it out"
            )
            yield reader.files.about.problem(message, ("sources", name, "title"))

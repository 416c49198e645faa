"""Rules about sources: facts have one, and sources have a date."""

import re
from collections.abc import Iterator

from booklet.check.words.edition import NAMES, Edition
from booklet.check.words.lists import phrases
from booklet.check.words.rule import Found, WordRule, quoted

_NO_FACT = re.compile(r"\b24-hour\b|\b\d+ (?:point|pages?)\b|\b(?:999|111)\b", re.I)
_FIGURE = re.compile(r"\b\d[\d,.]*(?: (?:in|out of|to) \d+)?(?: \w+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def fact_without_source(edition: Edition) -> Iterator[Found]:
    """Sections that carry figures or names of medicines and list no source."""
    medicines = phrases(*edition.lists.spelling.medicines)
    for named in edition.booklet.sections:
        file = edition.files.sections[named.id]
        if named.section.sources:
            continue
        for wording in edition.wordings:
            if wording.source is not file or wording.role in NAMES:
                continue
            text = _NO_FACT.sub(" ", wording.own_words)
            if fact := medicines.search(text) or _FIGURE.search(text):
                yield Found(
                    file, wording.route,
                    f"{quoted(fact.group())} is a fact, and this section lists no source; "
                    "add `sources: [its-name]` under the title",
                )  # fmt: skip


def source_without_date(edition: Edition) -> Iterator[Found]:
    """Sources of which it is not said when they were published, or when they were read."""
    about = edition.files.about
    for name, source in edition.booklet.about.sources.items():
        if not source.dated:
            yield Found(
                about, ("sources", name, "title"),
                f"the source `{name}` has no `dated:`; add the date it carries",
            )  # fmt: skip
        elif not _YEAR.search(source.dated):
            yield Found(
                about, ("sources", name, "dated"), f"{quoted(source.dated)} has no year; add it"
            )
        if not _YEAR.search(source.checked):
            yield Found(
                about, ("sources", name, "checked"),
                f"{quoted(source.checked)} does not say when it was read; write month and year",
            )  # fmt: skip


def source_without_use(edition: Edition) -> Iterator[Found]:
    """Sources that no section names."""
    used = {
        name
        for file in edition.files.sections.values()
        for name in file.values.get("sources") or ()
    }
    for name in edition.booklet.about.sources:
        if name not in used:
            yield Found(
                edition.files.about, ("sources", name, "title"),
                f"no section names the source `{name}`; add it to one, or take it out",
            )  # fmt: skip


SOURCES = (
    WordRule(
        "fact-without-source", "error", "Sections with figures or medicines and no `sources:`",
        "none", "PIF TICK, criterion 4; NHS content standard",
        "Whoever reviews the words must be able to look every fact up. Figures are digits "
        "outside telephone numbers; medicines are those listed in `spelling.yaml`.",
        "title: How common it is (no sources), About 3 in 10 people …",
        "title: How common it is, sources: [nice-ta642]", fact_without_source,
    ),
    WordRule(
        "source-without-date", "warning", "Sources with the date they carry and the date read",
        "all", "DISCERN, questions 4 and 5; NHS content standard",
        "A reviewer must see how old a fact is. A page that carries no date says so with "
        "`on_purpose:`.",
        "checked: recently", "dated: August 2020, checked: November 2026",
        source_without_date, english=False,
    ),
    WordRule(
        "source-without-use", "warning", "Sources that no section names", "none",
        "house rule", "A source nobody used makes the list look better than the work was.",
        "sources: an entry that stands in no section", "a section with `sources: [its-name]`",
        source_without_use, english=False,
    ),
)  # fmt: skip

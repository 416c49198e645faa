"""What changed between two texts of a booklet, in words and sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from booklet.messages import counted

_SENTENCE_END = re.compile(r"(?<=[.?!”’])\s+(?=[A-Z“‘\[0-9])")
_KEY = re.compile(r"(?:- )?(?:(?:text|kind): )?")
MOST_NAMED = 6
"""Sections named in one sentence; the number of the rest follows."""


Change = tuple[tuple[str, ...], tuple[str, ...]]
"""Sentences as they were, and those that took their place; either may be empty."""

SectionChange = tuple[str, tuple[Change, ...]]
"""The title of a section, both titles where the readers have different ones, and what changed in
it, in the order of the text; what both readers get counts once."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one text of a booklet to another."""

    added: tuple[str, ...] = ()  # The titles of sections that are new
    removed: tuple[str, ...] = ()  # The titles of sections that are gone
    renamed: tuple[tuple[str, str], ...] = ()
    """The titles, old and new, of sections that are called something else."""
    changed: tuple[SectionChange, ...] = ()  # The sections with other sentences
    moved: bool = False  # Whether sections that both have stand in another order
    head: bool = False  # Whether the version or the day it was written changed

    @property
    def places(self) -> tuple[str, ...]:
        """The titles of all sections that are not what they were."""
        renamed = (new for _, new in self.renamed)
        changed = (title for title, _ in self.changed)
        return tuple(dict.fromkeys((*changed, *renamed, *self.added, *self.removed)))

    def __bool__(self) -> bool:
        return bool(self.places or self.moved)


Sections = dict[tuple[str, str], tuple[str, list[str]]]
"""The sections of a text by reader and id: the title of each, and its sentences."""


def compare(before: str, after: str) -> Changes:
    """What changed between two whole texts (`booklet.content.plain_text`)."""
    old, new = _sections(before), _sections(after)
    ids = dict.fromkeys(id for _, id in (*old, *new))
    titles = [(id, _title(old, id), _title(new, id)) for id in ids]
    return Changes(
        added=tuple(other for _, one, other in titles if not one),
        removed=tuple(one for _, one, other in titles if not other),
        renamed=tuple((one, other) for _, one, other in titles if one and other and one != other),
        changed=tuple(
            (other, found)
            for id, one, other in titles
            if one and other and (found := _changes(old, new, id))
        ),
        moved=[key for key in old if key in new] != [key for key in new if key in old],
        head=_head(before) != _head(after),
    )


def _head(text: str) -> str:
    """What stands before the words of the first reader: name, version and day."""
    return text.partition("\n# Reader")[0]


def _title(sections: Sections, id: str) -> str:
    """The title of a section, the titles of both readers where they differ, or nothing."""
    found = (title for (_, each), (title, _) in sections.items() if each == id)
    return " / ".join(dict.fromkeys(found))


def _changes(old: Sections, new: Sections, id: str) -> tuple[Change, ...]:
    """What changed in a section for any reader; what changed for both in the same way is once."""
    found: dict[Change, None] = {}
    for key in (key for key in {**old, **new} if key[1] == id):
        (_, before), (_, after) = old.get(key, ("", [])), new.get(key, ("", []))
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                found[tuple(before[a:b]), tuple(after[c:d])] = None
    return tuple(found)


def _sections(text: str) -> Sections:
    reader, key = "", ("", "")
    found: Sections = {}
    for line in text.splitlines():
        if line.startswith("## "):
            id, _, title = line[3:].partition(": ")
            key = (reader, id)
            found[key] = (title or id, [])
        elif line.startswith("# "):
            reader, key = line, ("", "")
        elif key in found and line.strip():
            found[key][1].extend(_SENTENCE_END.split(_KEY.sub("", line.strip(), count=1)))
    return found


def summary(changes: Changes) -> str:
    r"""What changed, in words.

    >>> summary(Changes(added=("Tests",), changed=(("Call", ((("A.",), ()),)),)))
    '1 sentence changed in 1 section: “Call”; 1 section added: “Tests”'
    >>> text = "version: 0.1\n# Reader: patient\n"
    >>> summary(compare(text, text))
    'nothing; words, version and date are the same'
    >>> summary(compare(text, text.replace("0.1", "0.2")))
    'the words are the same; only the version or its date changed'
    """
    said = []
    if changes.changed:
        found = [change for _, section in changes.changed for change in section]
        sentences = sum(max(len(before), len(after)) for before, after in found)
        where = counted(len(changes.changed), "section")
        titles = named([title for title, _ in changes.changed])
        said.append(f"{counted(sentences, 'sentence')} changed in {where}: {titles}")
    for word, sections in (("added", changes.added), ("removed", changes.removed)):
        if sections:
            said.append(f"{counted(len(sections), 'section')} {word}: {named(sections)}")
    said += [f"“{one}” is now called “{other}”" for one, other in changes.renamed]
    if changes.moved:
        said.append("the order of the sections changed")
    if not said and not changes.head:
        return "nothing; words, version and date are the same"
    return "; ".join(said) or "the words are the same; only the version or its date changed"


def named(titles: tuple[str, ...] | list[str]) -> str:
    """Titles in quotation marks, the first few and the number of the rest."""
    quoted = ", ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    return f"{quoted} and {more} more" if more > 0 else quoted


def sentence_lines(changes: Changes) -> Iterator[str]:
    """Every sentence that changed, under its section: `-` as it was, `+` as it is."""
    for title, section in changes.changed:
        yield f"{title}:"
        for before, after in section:
            yield from (f"  - {sentence}" for sentence in before)
            yield from (f"  + {sentence}" for sentence in after)

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


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences that took the place of others; either may be empty."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many sentences changed."""
        return max(len(self.before), len(self.after))


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What changed in one section, for whichever reader; what both readers get counts once."""

    title: str
    changes: tuple[Change, ...]

    @property
    def sentences(self) -> int:
        """How many sentences changed."""
        return sum(change.size for change in self.changes)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one text of a booklet to another."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    changed: tuple[SectionChange, ...] = ()
    moved: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The titles of all sections that are not what they were."""
        renamed = (new for _, new in self.renamed)
        changed = (each.title for each in self.changed)
        return tuple(dict.fromkeys((*changed, *renamed, *self.added, *self.removed)))

    def __bool__(self) -> bool:
        return bool(self.places or self.moved)


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    sentences: tuple[str, ...]


def compare(before: str, after: str) -> Changes:
    """What changed between two whole texts (`booklet.content.plain_text`)."""
    old, new = _parts(before), _parts(after)
    ids = {id: None for _, id in (*old, *new)}
    titles = [(_titles(old, id), _titles(new, id)) for id in ids]
    pairs = [(id, one, other) for id, (one, other) in zip(ids, titles, strict=True)]
    return Changes(
        added=tuple(other for _, one, other in pairs if not one),
        removed=tuple(one for _, one, other in pairs if not other),
        renamed=tuple((one, other) for _, one, other in pairs if one and other and one != other),
        changed=tuple(
            SectionChange(other, found)
            for id, one, other in pairs
            if one and other and (found := _changes(old, new, id))
        ),
        moved=_order(old, new) != _order(new, old),
    )


def _titles(parts: dict[tuple[str, str], _Part], id: str) -> str:
    """The title of a section; both titles, where the readers have different ones."""
    return " / ".join(dict.fromkeys(part.title for (_, each), part in parts.items() if each == id))


def _order(parts: dict[tuple[str, str], _Part], others: object) -> list[tuple[str, str]]:
    """The order of those sections that both texts have."""
    return [key for key in parts if key in others]  # type: ignore[operator]


def _changes(
    old: dict[tuple[str, str], _Part], new: dict[tuple[str, str], _Part], id: str
) -> tuple[Change, ...]:
    found: dict[Change, None] = {}
    for key in (key for key in {**old, **new} if key[1] == id):
        before = old[key].sentences if key in old else ()
        after = new[key].sentences if key in new else ()
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                found[Change(before[a:b], after[c:d])] = None
    return tuple(found)


def _parts(text: str) -> dict[tuple[str, str], _Part]:
    """The sections of a text, by reader and id, each with its sentences."""
    reader, key = "", ("", "")
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("## "):
            id, _, title = line[3:].partition(": ")
            key = (reader, id)
            found[key] = (title or id, [])
        elif line.startswith("# "):
            reader, key = line, ("", "")
        elif key in found and line.strip():
            found[key][1].extend(_sentences(line))
    return {key: _Part(title, tuple(lines)) for key, (title, lines) in found.items()}


def _sentences(line: str) -> Iterator[str]:
    yield from _SENTENCE_END.split(_KEY.sub("", line.strip(), count=1))


def summary(changes: Changes) -> str:
    """What changed, in words.

    >>> summary(Changes(added=("Tests",), changed=(SectionChange("Call", (Change(("A.",), ()),)),)))
    '1 sentence changed in 1 section: “Call”; 1 section added: “Tests”'
    """
    sentences = sum(each.sentences for each in changes.changed)
    said = []
    if changes.changed:
        where = counted(len(changes.changed), "section")
        titles = named([each.title for each in changes.changed])
        said.append(f"{counted(sentences, 'sentence')} changed in {where}: {titles}")
    for word, sections in (("added", changes.added), ("removed", changes.removed)):
        if sections:
            said.append(f"{counted(len(sections), 'section')} {word}: {named(sections)}")
    said += [f"“{one}” is now called “{other}”" for one, other in changes.renamed]
    if changes.moved:
        said.append("the order of the sections changed")
    return "; ".join(said) or "the words are the same; only the version or its date changed"


def named(titles: tuple[str, ...] | list[str]) -> str:
    """Titles in quotation marks, the first few and the number of the rest."""
    quoted = ", ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    return f"{quoted} and {more} more" if more > 0 else quoted


def sentence_lines(changes: Changes) -> Iterator[str]:
    """Every sentence that changed, under its section: `-` as it was, `+` as it is."""
    for section in changes.changed:
        yield f"{section.title}:"
        for change in section.changes:
            yield from (f"  - {sentence}" for sentence in change.before)
            yield from (f"  + {sentence}" for sentence in change.after)

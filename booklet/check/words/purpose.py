"""Rules that words break on purpose: noted beside the words, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booklet.check.words.rule import Found
from booklet.content.load import Files
from booklet.content.roles import walk
from booklet.content.yaml_source import Route, Source
from booklet.problems import Problem

KEY = "on_purpose"
FAULT = "on-purpose"


@dataclass(frozen=True, slots=True)
class Purpose:
    """One note: below `holder`, the rule may be broken. `own` says it is not a shared file's."""

    source: Source
    holder: Route
    rule: str
    reason: str
    own: bool

    def excuses(self, rule: str, found: Found) -> bool:
        """Whether this note covers what a rule found."""
        below = found.route[: len(self.holder)] == self.holder
        return rule == self.rule and found.source is self.source and below

    def problem(self, message: str) -> Problem:
        """What is wrong with the note itself."""
        at = self.source.problem("", (*self.holder, KEY, self.rule), key=True)
        return replace(at, message=message, rule=FAULT)


def purposes(files: Files) -> tuple[Purpose, ...]:
    """Every note of a booklet's files."""
    own = [files.about, *files.sections.values()]
    return tuple(
        note
        for source in (*own, files.contacts, files.glossary)
        for note in _noted(source, source in own)
    )


def _noted(source: Source, own: bool) -> Iterator[Purpose]:
    for each in walk(source.values, None):
        if each.route[-2:-1] == (KEY,):
            rule, reason = str(each.route[-1]), str(each.value or "").strip()
            yield Purpose(source, each.route[:-2], rule, reason, own)


def faults(
    notes: tuple[Purpose, ...], used: frozenset[int], known: frozenset[str]
) -> Iterator[Problem]:
    """Notes without a reason, for rules that do not exist, or for rules that are not broken.

    `used` are the positions of the notes that excused something. A note in a file that several
    booklets share may be there for another of them.
    """
    for position, note in enumerate(notes):
        if note.rule not in known:
            yield note.problem(f"there is no rule `{note.rule}`; `check --explain` lists them")
        elif not note.reason:
            yield note.problem(f"`{note.rule}` is broken on purpose, and why is not said; say why")
        elif note.own and position not in used:
            yield note.problem(f"`{note.rule}` is not broken here; take the note out")

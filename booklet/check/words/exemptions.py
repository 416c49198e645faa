"""Rules that words break on purpose: noted beside the words, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booklet.content.load import Files
from booklet.content.roles import walk
from booklet.content.yaml_source import Source
from booklet.problems import Position, Problem


@dataclass(frozen=True, slots=True)
class Exemption:
    """One note: a rule that the words beside it may break."""

    rule: str  # The rule's id, as it was typed
    reason: str  # Why it is broken; empty where nobody said
    note: Problem  # The note's own place; its message is empty
    covers: frozenset[Position]  # Where all values of its block, section or entry stand
    own: bool  # Whether it stands in a file of this booklet's own, not in one that booklets share

    def excuses(self, problem: Problem) -> bool:
        """Whether it speaks for what a rule found."""
        named = problem.rule == self.rule and problem.file == self.note.file
        return named and problem.at in self.covers

    def __str__(self) -> str:
        return f"{self.note.place}: {self.rule}: {self.reason}"

    def fault(self, known: frozenset[str], used: bool) -> Problem | None:
        """What is wrong with the note: it has no reason, no such rule, or nothing to excuse.

        A note in a file that booklets share may be there for another of them.
        """
        if self.rule not in known:
            message = f"there is no rule `{self.rule}`; `booklet check --explain` lists them"
        elif not self.reason:
            message = f"`{self.rule}` is broken on purpose, and why is not said; say why"
        elif self.own and not used:
            message = f"`{self.rule}` is not broken here; take the note out"
        else:
            return None
        return replace(self.note, message=message, rule="on-purpose")


def exemptions(files: Files) -> tuple[Exemption, ...]:
    """Every note of a booklet's files."""
    own = [files.about, *files.sections.values()]
    sources = (*own, files.contacts, files.glossary)
    return tuple(note for source in sources for note in _noted(source, source in own))


def _noted(source: Source, own: bool) -> Iterator[Exemption]:
    for each in walk(source.values, None):
        if each.route[-2:-1] == ("on_purpose",):
            beside, rule = each.route[:-2], str(each.route[-1])
            places = source.places.items()
            below = (place for route, place in places if route[: len(beside)] == beside)
            covers = frozenset(Position(*place) for place in below)
            note = source.problem("", each.route, key=True)
            yield Exemption(rule, str(each.value or "").strip(), note, covers, own)

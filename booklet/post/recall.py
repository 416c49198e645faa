"""Words that were given out and have since been withdrawn: how many got them, and in which runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from booklet.content.version_code import as_printed
from booklet.messages import counted
from booklet.post.ledger import Ledger
from booklet.problems import WrongUsage
from booklet.provenance.code_lookup import code_index


@dataclass(frozen=True, slots=True)
class Recall:
    """Who got words of a code, by count."""

    code: str  # The code of the words
    booklet: str  # The name of the booklet; empty where nobody knows
    verdict: str  # Whether the words still stand, in a sentence
    withdrawn: bool  # Whether they do not
    runs: tuple[tuple[str, int], ...]  # The runs and how many letters of each had the booklet
    people: frozenset[str]  # The keyed hashes of those who got it

    @property
    def letters(self) -> int:
        """How many copies went out."""
        return sum(count for _, count in self.runs)

    def lines(self) -> Iterator[str]:
        """What was found, for people."""
        yield f"{self.code}: {self.booklet or 'no booklet that is known here'}: {self.verdict}"
        people = counted(len(self.people), "person", "people")
        yield f"{counted(self.letters, 'copy', 'copies')} went to {people} by mail"
        yield from (
            f"  run {run}: {counted(number, 'copy', 'copies')}" for run, number in self.runs
        )
        if not self.withdrawn and self.runs:
            yield "these words are not withdrawn: `booklet withdraw` does that"

    def as_values(self) -> dict[str, Any]:
        """What was found, for programs."""
        return {
            **{"code": self.code, "booklet": self.booklet, "verdict": self.verdict},
            **{"withdrawn": self.withdrawn, "letters": self.letters, "people": len(self.people)},
            "runs": dict(self.runs),
        }


def must_be_withdrawn(found: Recall) -> None:
    """`WrongUsage` where the words still stand, or where nobody knows: no letter is due then."""
    if not found.withdrawn:
        raise WrongUsage(
            f"the words of {found.code} are not withdrawn ({found.verdict}), so nobody was written "
            "to; `booklet withdraw` withdraws them; to write all the same, add --anyway"
        )


def recalled(ledger: Ledger, code: str, content: Path, output: Path, today: date) -> Recall:
    """What the ledger has of a code, and whether its words still stand.

    `WrongUsage` where it is no code.
    """
    printed = as_printed(code)
    if printed is None:
        raise WrongUsage(
            f"`{code}` is no code: it has 8 letters and digits, like 7K2M-9QXA, and stands on the "
            "back cover after the word Code"
        )
    found = ledger.with_code(printed)
    people = frozenset(each.person for letters in found.values() for each in letters)
    runs = tuple((run, len(letters)) for run, letters in found.items())
    known = code_index(content, output, today).find(printed)
    if known is None:
        names = {each.booklet for letters in found.values() for each in letters}
        verdict = "nothing is known of these words here any more"
        return Recall(printed, ", ".join(sorted(names)), verdict, False, runs, people)
    withdrawn = known.withdrawal is not None
    return Recall(printed, known.name, known.verdict()[1], withdrawn, runs, people)

"""Words that were given out and have since been withdrawn: how many got them, and in which runs."""

from dataclasses import dataclass

from booklet.post.ledger import Ledger
from booklet.provenance.code_lookup import KnownVersion
from booklet.provenance.identify import NotKnown


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


def recall(ledger: Ledger, code: str, known: KnownVersion | NotKnown) -> Recall:
    """What the ledger has of a code, whatever is known of its words."""
    found = ledger.with_code(code)
    people = frozenset(each.person for letters in found.values() for each in letters)
    runs = tuple((run, len(letters)) for run, letters in found.items())
    if isinstance(known, NotKnown):
        names = {each.booklet for letters in found.values() for each in letters}
        return Recall(code, ", ".join(sorted(names)), str(known), False, runs, people)
    withdrawn = known.withdrawal is not None
    return Recall(code, known.name, known.verdict()[1], withdrawn, runs, people)

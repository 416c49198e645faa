"""What a page of the preview shows at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from booklet.messages import counted
from booklet.preview.prepare import digest_of
from booklet.preview.typeset_result import Proof
from booklet.problems import Problem


@dataclass(frozen=True, slots=True)
class View:
    """The last good page and the last good pages, and what the files say since.

    `wanted` is the digest of the job the files ask for, `set` of the one the proof is of.
    """

    screen: bytes | None = None
    wanted: str | None = None
    proof: Proof | None = None
    set: str | None = None
    file_faults: tuple[Problem, ...] = ()
    page_faults: tuple[Problem, ...] = ()
    words: tuple[Problem, ...] = ()

    @property
    def faults(self) -> tuple[Problem, ...]:
        """All that would keep a build from being made."""
        return self.file_faults or self.page_faults

    @property
    def screen_is_old(self) -> bool:
        """Whether the files have changed since the page for the screen was made."""
        return bool(self.file_faults)

    @property
    def pages_are_old(self) -> bool:
        """Whether the files have changed since the pages were set."""
        return bool(self.file_faults) or self.set != self.wanted

    @property
    def status(self) -> str:
        """One sentence for everybody, also for those who do not see the page."""
        if self.faults:
            older = (self.screen and self.screen_is_old) or (self.proof and self.pages_are_old)
            rest = " What is shown is older than the files." if older else ""
            return f"{counted(len(self.faults), 'fault')} to put right.{rest}"
        if self.screen is None:
            return "Reading the files."
        if self.pages_are_old or self.proof is None:
            return "Setting the pages."
        return f"Up to date: {counted(self.proof.pages, 'page')}."

    def as_json(self) -> dict[str, Any]:
        """What the browser is told; pictures and pages it fetches by their digests."""
        return {
            "status": self.status,
            "screen": digest_of([self.screen.decode()]) if self.screen else None,
            "screenIsOld": self.screen_is_old,
            "set": self.set,
            "pages": self.proof.pages if self.proof else 0,
            "places": self.proof.places if self.proof else (),
            "pagesAreOld": self.pages_are_old,
            "faults": _listed(self.faults),
            "words": _listed(self.words),
        }


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [
        {
            "place": each.place,
            "message": each.words,
            "severity": each.severity,
        }
        for each in problems
    ]

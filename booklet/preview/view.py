"""What a page of the preview shows at one moment."""

from dataclasses import dataclass
from typing import Any

from booklet.messages import counted
from booklet.preview.prepare import SectionResult, TypesetResult, digest_of
from booklet.problems import Problem


@dataclass(frozen=True, slots=True)
class View:
    """The last good page and the last good pages, and what the files say since."""

    screen: bytes | None = None  # The web page, from the last files without a fault
    wanted: str | None = None  # The digest of the job that the files ask for now
    typeset: TypesetResult | None = None  # The pages that were set last
    set: str | None = None  # The digest of the job that they were set from
    section: SectionResult | None = None
    """The section that has changed since, until the file is set that has it too."""
    section_set: str | None = None  # The digest of the job that it was set from
    file_faults: tuple[Problem, ...] = ()
    """What is wrong with the files: while there is some, no job is made of them."""
    page_faults: tuple[Problem, ...] = ()  # What the pages that the files ask for fall short of
    words: tuple[Problem, ...] = ()
    """What the rules for words say; it keeps no build from being made."""

    @property
    def faults(self) -> tuple[Problem, ...]:
        """All that would keep a build from being made."""
        return self.file_faults or self.page_faults

    @property
    def pages_are_old(self) -> bool:
        """Whether the files have changed since the pages were set."""
        return bool(self.file_faults) or self.set != self.wanted

    @property
    def section_is_new(self) -> bool:
        """Whether the section that changed last is seen as the files have it now."""
        return bool(self.section) and not self.file_faults and self.section_set == self.wanted

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that are seen: each has a name, which is another where it may look another."""
        if self.typeset is None:
            return ()
        names = [f"{self.set}/{number}" for number in range(1, self.typeset.pages + 1)]
        if new := self.section:
            set_as = section_name(self.section_set)
            own = [f"{set_as}/{number}" for number in range(1, new.pages + 1)]
            names[new.first - 1 : new.first - 1 + new.replaced] = own
        return tuple(names)

    @property
    def stood(self) -> dict[str, int]:
        """The page of the last whole file, from 1, in whose place a page of this name is seen."""
        if self.typeset is None:
            return {}
        stood = {f"{self.set}/{number}": number for number in range(1, self.typeset.pages + 1)}
        if new := self.section:
            set_as, last = section_name(self.section_set), new.first + new.replaced - 1
            for number in range(1, new.pages + 1):
                stood[f"{set_as}/{number}"] = min(new.first + number - 1, last)
        return stood

    @property
    def places(self) -> tuple[tuple[str, float], ...]:
        """The headings of the pages that are seen, as in `TypesetResult`."""
        if self.typeset is None or self.section is None:
            return self.typeset.places if self.typeset else ()
        new, old = self.section, self.typeset.places
        begin, end = new.first - 1, new.first - 1 + new.replaced
        above = ((words, at) for words, at in old if at < begin)
        below = ((words, at + new.pages - new.replaced) for words, at in old if at >= end)
        return (*above, *new.places, *below)

    @property
    def status(self) -> str:
        """One sentence for everybody, also for those who do not see the page."""
        if self.faults:
            older = (self.screen and self.file_faults) or (self.typeset and self.pages_are_old)
            rest = " What is shown is older than the files." if older else ""
            return f"{counted(len(self.faults), 'fault')} to put right.{rest}"
        if self.screen is None:
            return "Reading the files."
        if self.section and self.section_is_new:
            rest = "other changed pages" if self.section.others else "page numbers"
            return f"The section is set; {rest} follow."
        if self.pages_are_old or self.typeset is None:
            return "Setting the pages."
        return f"Up to date: {counted(self.typeset.pages, 'page')}."

    def as_json(self) -> dict[str, Any]:
        """What the browser is told; pictures and pages it fetches by their digests."""
        return {
            "status": self.status,
            "screen": digest_of([self.screen.decode()]) if self.screen else None,
            "screenIsOld": bool(self.file_faults),
            "set": self.set,
            "pages": self.pages,
            "places": self.places,
            "pagesAreOld": self.pages_are_old,
            "sectionIsNew": self.section_is_new,
            "faults": [_as_json(each) for each in self.faults],
            "words": [_as_json(each) for each in self.words],
        }


def section_name(digest: str | None) -> str:
    """What the pages of a section are called, which were set from the job of this digest."""
    return f"{digest}-section"


def _as_json(problem: Problem) -> dict[str, str]:
    return {"place": problem.place, "message": problem.words, "severity": problem.severity}

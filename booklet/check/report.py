"""The report on one file: for people, and as JSON for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from booklet.check.inspected_pdf import CannotRead, read_evidence
from booklet.check.rule import Finding, Place, counted, found
from booklet.check.rules import RULES
from booklet.editions import Size
from booklet.problems import Problem

MOST_PLACES = 8
"""Places named under a rule in the report for people; JSON has them all."""

FOR_A_PERSON = (
    "Do the words in place of each picture say what the picture is there for?",
    "Is the reading order sensible from page to page?",
    "Do the headings say what is under them?",
    "Is everything marked as decoration really decoration?",
    "Is anything said by colour, place or picture alone?",
    "Is any text only in a picture?",
    "Are all words plain, true and kind, and do they suit this reader?",
    "Is every change of language marked, and every short form explained?",
    "Has someone who uses a screen reader listened to it?",
    "Has someone who uses a magnifier read it?",
)
"""What no program can judge: standards 3.4; 48 of the 137 Matterhorn conditions are for people."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules made of one file.

    `unread` is the sentence that says why it could not be read, empty where it could; `floor` is
    the smallest print it was measured against, points.
    """

    name: str
    pages: int
    floor: float
    findings: tuple[Finding, ...]
    unread: str = ""

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The rules it breaks."""
        return tuple(finding for finding in self.findings if finding.verdict == "failed")

    @property
    def passed(self) -> bool:
        """Whether it could be read and breaks no rule. People's checks are still to come."""
        return bool(self.findings) and not self.unread and not self.failures


def problems_of(report: Report) -> tuple[Problem, ...]:
    """What a file falls short of, as faults of that file, each with its page."""
    file = Path(report.name)
    if report.unread:
        return (Problem(file, report.unread),)
    return tuple(
        Problem(
            file,
            f"{where(place)}: {finding.checks}, limit {finding.limit}; `check --explain "
            f"{finding.rule}` says more",
        )
        for finding in report.failures
        for place in finding.places
    )


def check_file(file: Path | bytes, name: str = "", size: Size | None = None) -> Report:
    """Measures a finished PDF by every rule.

    `size` is the size of print it must hold; without it the file's name and title are asked, and
    12 pt is the floor where they say nothing. A file that cannot be read gives a report that has
    not passed and says why.
    """
    name = name or (file.name if isinstance(file, Path) else "the file")
    try:
        data = file.read_bytes() if isinstance(file, Path) else file
        evidence = read_evidence(data, name, size)
    except OSError as error:
        return Report(name, 0, 0, (), f"{name} cannot be opened: {error.strerror}")
    except CannotRead as error:
        return Report(name, 0, 0, (), str(error))
    findings = tuple(found(rule, evidence) for rule in RULES)
    return Report(name, len(evidence.pages), evidence.floor, findings)


def verdict(report: Report) -> str:
    """One sentence on the whole; never more than a program can know.

    >>> verdict(Report("a.pdf", 0, 0, (), "a.pdf is empty"))
    'a.pdf is empty.'
    """
    if report.unread:
        return f"{report.unread.rstrip('.')}."
    judged = sum(finding.verdict != "not applicable" for finding in report.findings)
    failed = len(report.failures)
    if failed:
        return f"{report.name}: {failed} of {judged} rules broken. Not done."
    left = f"{len(FOR_A_PERSON)} questions for a person are left"
    return f"{report.name}: none of {judged} rules broken, {left}."


def lines(report: Report) -> Iterator[str]:
    """The report as plain lines, one for each rule and each place."""
    if report.unread:
        yield verdict(report)
        return
    pages = counted(report.pages, "page")
    yield f"{report.name}, {pages}, smallest print allowed {report.floor:g} pt"
    yield ""
    for finding in report.findings:
        yield f"{finding.verdict:<15} {finding.rule}: {finding.checks}"
        yield f"{'':<15} {finding.measured} (limit: {finding.limit}; {finding.source})"
        yield from (f"{'':<15} - {text}" for text in places(finding))
    yield ""
    yield "For a person to check:"
    yield from (f"  - {question}" for question in FOR_A_PERSON)
    yield ""
    yield verdict(report)


def places(finding: Finding) -> Iterator[str]:
    """The places of a finding in words, the first few and the number of the rest."""
    yield from (where(place) for place in finding.places[:MOST_PLACES])
    if len(finding.places) > MOST_PLACES:
        yield f"and {len(finding.places) - MOST_PLACES} more"


def where(place: Place) -> str:
    """A place in words.

    >>> where(Place(3, "so pale")), where(Place(0, "no title"))
    ('page 3: so pale', 'no title')
    """
    return f"page {place.page}: {place.words}" if place.page else place.words


def as_json(reports: tuple[Report, ...]) -> str:
    """All reports as JSON: `passed` on the whole, `files` with `findings` and `for_a_person`."""
    files = [
        {
            "name": report.name,
            "passed": report.passed,
            "verdict": verdict(report),
            "unread": report.unread,
            "pages": report.pages,
            "floor_pt": report.floor,
            "findings": [asdict(finding) for finding in report.findings],
            "for_a_person": list(FOR_A_PERSON),
        }
        for report in reports
    ]
    passed = bool(reports) and all(report.passed for report in reports)
    return json.dumps({"passed": passed, "files": files}, ensure_ascii=False, indent=2)

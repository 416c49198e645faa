"""Whether a booklet's files may be made, and what to say of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from booklet.content.clinic import EMERGENCY
from booklet.content.folder import REVIEW_FILE, TRANSLATION_FILE, own_or_shared
from booklet.content.language import ENGLISH
from booklet.content.model import CheckedContent
from booklet.messages import counted
from booklet.problems import Problem
from booklet.review.status import ReviewStatus

ReleaseMode = Literal["build", "release", "release as draft"]
"""`build` makes files that say whether they are drafts; `release` makes those of approved words
only; `release as draft` makes any, and marks every page of those that are not approved."""

DAYS_OF_WARNING = 90
"""Days before the review is due from which a build warns: some trusts want the new text then."""


def refusals(status: ReviewStatus, mode: ReleaseMode) -> Iterator[Problem]:
    """Why a booklet's files may not be made: faults of its review record or its translation."""
    record = status.folder / REVIEW_FILE
    if status.withdrawal:
        yield Problem(record, status.sentence())
        return
    if mode == "release" and status.doubts:
        yield from status.doubts
        return
    if status.ended and mode != "release as draft":
        yield from expiry_problems(status)
    elif mode == "release" and (status.approval_of_these is None or status.condition == "unsigned"):
        message = (
            f"{status.sentence()}. Only approved words are released; `--draft` releases them with "
            "the mark of a draft on every page"
        )
        yield Problem(record, message)
    if mode == "release" and status.behind:
        message = (
            f"{status.behind}. Translate them and mark the files, or release it with `--draft`, "
            "with the mark of a draft on every page"
        )
        yield Problem(status.folder / TRANSLATION_FILE, message)


def blanks(
    booklets: Iterable[CheckedContent], content: Path, clinic: str | None
) -> Iterator[Problem]:
    """What readers need in an emergency, and would have to be filled in by hand.

    `booklets` is one for each reader, of a content folder; `clinic` is the name of the profile.
    """
    of_each = tuple(booklets)
    name, profile = of_each[0].name, of_each[0].clinic
    asked = {entry for booklet in of_each for entry in booklet.asks_of_clinic}
    empty = [way for way in EMERGENCY if way[0] in asked and not (profile and profile.has(way))]
    if not empty:
        return
    keys = ", ".join(f"`{': '.join(way)}`" for way in empty)
    if clinic is None:
        message = (
            "readers need the clinic's emergency line and temperatures, and these would be empty; "
            f"name a clinic with `--clinic NAME` whose profile has {keys}"
        )
        yield Problem(content / name, message)
    else:
        message = f"{name} prints this and readers need it in an emergency; fill in {keys}"
        yield Problem(own_or_shared(content, name, f"clinics/{clinic}.yaml"), message)


def remarks(status: ReviewStatus) -> Iterator[str]:
    """What to tell whoever builds: the status, a review due, a translation behind, a name taken."""
    yield status.sentence()
    if not status.ended:  # where it has ended, the sentence says so
        yield from map(str, expiry_problems(status))
    if status.behind:
        yield status.behind
    approved = {each.fingerprint for each in status.approvals if each.version == status.version}
    # Words that were approved and whose approval has ended keep their version.
    if status.has_a_taken_version and status.fingerprint not in approved:
        yield (
            f"{status.name}: version {status.version} was approved with other words, so the files "
            "of this draft have `_draft` in their names; raise `version:` in booklet.yaml"
        )


def expiry_problems(status: ReviewStatus) -> Iterator[Problem]:
    """A fault once the approval of these words has ended, a warning in the 90 days before."""
    given = status.approval_of_these
    if given is None or given.review_due is None:
        return
    left = (given.review_due - status.today).days
    file, when = status.folder / REVIEW_FILE, ENGLISH.day(given.review_due)
    if left < 0:
        message = (
            f"the review was due on {when} and the approval has ended; look the words through, "
            "then approve them anew or withdraw the booklet"
        )
        yield Problem(file, message)
    elif left <= DAYS_OF_WARNING:
        due = f"in {counted(left, 'day')}" if left else "today"
        message = f"the review is due {due}, on {when}; look the words through and approve anew"
        yield Problem(file, message, severity="warning")

"""Whether a booklet may be built or released, and what to say of it."""

from collections.abc import Iterator
from typing import Literal

from booklet.content.folder import REVIEW_FILE, TRANSLATION_FILE
from booklet.problems import Problem
from booklet.review.state import Stand

#: `build` makes files that say whether they are drafts; `release` makes those of approved words
#: only; `release as draft` makes any, and marks every page of those that are not approved.
Purpose = Literal["build", "release", "release as draft"]


def refusals(stand: Stand, purpose: Purpose) -> Iterator[Problem]:
    """Why a booklet's files may not be made: faults of its review record or its translation."""
    file = stand.folder / REVIEW_FILE
    if stand.standing.withdrawal:
        yield Problem(file, stand.sentence())
        return
    day = stand.day_problem()
    if purpose != "release as draft" and day and day.severity == "error":
        yield day
    elif purpose == "release" and stand.standing.approval_of_these is None:
        message = (
            f"{stand.sentence()}. Only approved words are released; `--draft` releases them with "
            "the mark of a draft on every page"
        )
        yield Problem(file, message)
    if purpose == "release" and stand.translated and (warning := stand.translated.warning):
        message = (
            f"{warning}. Translate them and mark the files, or release it with `--draft`, with the "
            "mark of a draft on every page"
        )
        yield Problem(stand.folder / TRANSLATION_FILE, message)


def remarks(stand: Stand) -> Iterator[str]:
    """What to tell whoever builds: the state of the words, a review due, a translation behind."""
    yield stand.sentence()
    day = stand.day_problem()
    if day and day.severity == "warning":
        yield str(day)
    if stand.translated and (warning := stand.translated.warning):
        yield warning

"""Which words of a record somebody means who has a copy of them in hand."""

from collections.abc import Collection, Iterable

from booklet.content.review_file import Entry
from booklet.content.version_code import as_printed
from booklet.problems import WrongUsage
from booklet.review.status import ReviewStatus, signed, withdrawals


def given_out(status: ReviewStatus, version: str, code: str) -> Entry:
    """The entry by which words went out: of this version and code, or without either those of now.

    `WrongUsage` says which there are where there is none, or more than one.
    """
    known = _known(status.record)
    if not known:
        raise WrongUsage(
            f"{status.name} was neither sent to review nor approved, so there is nothing to "
            "withdraw; delete copies that are about, and its folder if nobody wants it"
        )
    asked, found = _meant(known, status, version, code)
    if len(found) == 1:
        return found[0]
    wrong = "was not given out" if not found else "are words of more than one code; give one"
    there = "; ".join(
        f"`--version {each.version}`, `--code {each.code}`, {signed(each)}"
        for each in known
        if each.fingerprint not in withdrawals(status.record)
    )
    raise WrongUsage(
        f"{status.name}: {asked} {wrong}. What can be withdrawn: {there or 'nothing any more'}"
    )


def _known(record: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entry that words are known by: their approval, or else that they were sent to review."""
    known: dict[str, Entry] = {}
    for entry in record:
        if entry.what == "approved":
            known[entry.fingerprint] = entry
        elif entry.what == "sent to review":
            known.setdefault(entry.fingerprint, entry)
    return tuple(known.values())


def _meant(
    known: Collection[Entry], status: ReviewStatus, version: str, code: str
) -> tuple[str, list[Entry]]:
    """What was asked for, in words, and the entries it fits; the approved ones before others."""
    given = [each for each in known if each.what == "approved"] or [*known]
    if code:
        found = [each for each in known if each.code == as_printed(code)]
        return f"code {code}", [each for each in found if version in ("", each.version)]
    if version:
        found = [each for each in given if each.version == version]
        return f"version {version}", found or [each for each in known if each.version == version]
    asked = f"version {status.version} as its words are now, code {status.code},"
    return asked, [each for each in given if each.fingerprint == status.fingerprint]

"""The report of `check --as-fax`: for people in lines, for programs in values."""

from collections.abc import Iterator
from math import floor
from typing import Any

from booklet.check.as_fax import LEAST_KEPT, LEAST_READ, FaxReport
from booklet.check.fax_tools import DOTS_AN_INCH
from booklet.messages import counted

_REMEDY = "Build it with `--ink black`, or set its words in black on white. Not done."
MOST_WORDS = 12  # Lost words named of one page; JSON has them all


def lines(report: FaxReport) -> Iterator[str]:
    """The report in lines: how large, how much can be read, which words are lost on which page."""
    pages = counted(len(report.pages), "page")
    yield (
        f"{report.name}, {pages}, as a fax picture ({DOTS_AN_INCH} dots an inch, 1 bit): "
        f"{report.bytes / 1000:,.0f} kB as TIFF"
    )
    own, grey, fax = (report.count(what) for what in ("own", "from_grey", "from_fax"))
    of_own = f" of its {own:,} words" if own else " words; it has no text of its own"
    yield f"  read from grey: {grey:,}{of_own}"
    yield f"  read from the fax picture: {fax:,}"
    for number, page in enumerate(report.pages, start=1):
        if page.lost:
            more = len(page.lost) - MOST_WORDS
            named = " ".join(page.lost[:MOST_WORDS])
            yield f"  page {number} loses: {named}{f' and {more} more' if more > 0 else ''}"
    yield verdict(report)


def verdict(report: FaxReport) -> str:
    """One sentence on the whole."""
    # Never rounded up: a single word that is lost keeps it below 100.
    kept = f"{floor(report.share_kept * 1000) / 10:g}% of the words that can be read in grey"
    if not report.count("from_grey"):
        return f"{report.name}: nothing can be read, not even in grey. Not done."
    if report.passed:
        return f"{report.name}: a fax keeps {kept}."
    if report.share_kept < LEAST_KEPT:
        told = f"a fax keeps {kept}, and {LEAST_KEPT:.0%} are asked for"
    else:
        told = (
            f"{report.count('from_fax'):,} of the {report.count('own'):,} words of the file can "
            f"be read from a fax, and {LEAST_READ:.0%} are asked for"
        )
    return f"{report.name}: {told}. {_REMEDY}"


def as_values(report: FaxReport) -> dict[str, Any]:
    """The report for programs, under keys that stay."""
    return {
        "name": report.name,
        "passed": report.passed,
        "verdict": verdict(report),
        "tiff_bytes": report.bytes,
        "words": report.count("own"),
        "read_from_grey": report.count("from_grey"),
        "read_from_fax": report.count("from_fax"),
        "share_kept": round(report.share_kept, 4),
        "lost": [
            {"page": number, "words": page.lost}
            for number, page in enumerate(report.pages, start=1)
            if page.lost
        ],
    }

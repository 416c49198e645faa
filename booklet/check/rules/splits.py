"""Rules about words and single pieces of information that go over the end of a line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from booklet.check.evidence import Evidence
from booklet.check.lines import HYPHENS, Block, Line
from booklet.check.rule import Outcome, Rule, among, counted, place, sole

_ADDRESS = re.compile(r"/|@|\w\.\w+\.|^www\.|\.(?:org|com|net|nhs|gov|ac|co|uk)\b")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_PIECES = re.compile(
    r"(?<![\d-])(?:\+44|0)\d[\d ]{6,11}\d(?!\d)"  # a telephone number
    r"|\b\d+ (?:in|out of) \d+\b"  # 3 in 10
    rf"|\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b|\b{_MONTH} \d{{4}}\b"  # a date
    r"|\b\d{1,2}(?::\d\d)? ?(?:am|pm)\b"  # a time
    r"|\b\d+(?:[.,]\d+)? ?(?:mg|mcg|ml|kg|cm|mm|pt|per cent|%)(?!\w)"  # a measure
    r"|\bNHS 111\b|\bTA ?\d+\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # a service, a postcode
    r"|\b[A-Z]{2,}[-\u2010\u2011][A-Z][a-z]+\b"  # FLAG-Ida
)


def _splits(block: Block) -> Iterator[tuple[str, Line]]:
    """Each piece of information or word that goes over the end of a line, with that line."""
    text, ends = "", []
    for line in block.lines:
        ends.append((len(text) + len(line.text), line))
        text += line.text + ("" if line.text.endswith(HYPHENS) else " ")
    text = text.replace("\u00a0", " ")
    for match in _PIECES.finditer(text):
        for end, line in ends[:-1]:
            if match.start() < end < match.end():
                yield match[0], line


def split_information(evidence: Evidence) -> Outcome:
    """Telephone numbers, dates, measures, "3 in 10" and names like FLAG-Ida stay on one line."""
    blocks = [block for block in evidence.body if len(block.lines) > 1]
    places = sole(place(line.page, piece) for block in blocks for piece, line in _splits(block))
    return Outcome(among(places, counted(len(blocks), "paragraph")), places, bool(blocks))


def split_words(evidence: Evidence) -> Outcome:
    """No word is broken at the end of a line."""
    blocks = [block for block in evidence.body if len(block.lines) > 1]
    broken = sole(
        place(above.page, f"{above.text.split()[-1]}|{below.text.split()[0]}")
        for block in blocks
        for above, below in pairwise(block.lines)
        if _is_broken(above.text, below.text) and not _PIECES.search(_seam(above.text, below.text))
    )
    return Outcome(among(broken, counted(len(blocks), "paragraph")), broken, bool(blocks))


def _is_broken(above: str, below: str) -> bool:
    """Whether a word goes on below; a web address too long for the line may do so."""
    ends = above.endswith(HYPHENS) and above[-2:-1].isalnum() and below[:1].isalnum()
    return ends and not _ADDRESS.search(_seam(above, below))


def _seam(above: str, below: str) -> str:
    return above.split()[-1] + below.split()[0]


SPLITS = (
    Rule(
        "split-words",
        "Words broken at the end of a line",
        "none",
        "UKAAF G003; RNIB",
        split_words,
        why=(
            "Half a word at the end of a line is hard to put together, most of all when only "
            "part of a line is seen."
        ),
    ),
    Rule(
        "split-information",
        "Telephone numbers, dates, measures and the like broken at the end of a line",
        "none",
        "UKAAF G003",
        split_information,
        why="A telephone number or a dose in two halves is misread or misdialled.",
    ),
)

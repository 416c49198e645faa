"""Rules about words and single pieces of information that go over the end of a line."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.lines import HYPHENS, Block, Line
from booklet.check.pdf_rule import Shortfalls, among, looked_at
from booklet.check.rule import rule
from booklet.content.language import ENGLISH
from booklet.content.yaml_source import read_yaml

_ADDRESS = re.compile(r"/|@|\w\.\w+\.|^www\.|\.(?:org|com|net|nhs|gov|ac|co|uk)\b")
_KINDS = "|".join(read_yaml(Path(__file__).with_name("pieces.yaml")).values.values())
_PIECES = re.compile(_KINDS.replace("${month}", "|".join(ENGLISH.months)))


@rule("none", "UKAAF G003; RNIB")
def split_words(pdf: InspectedPdf) -> Shortfalls:
    """Words broken at the end of a line.

    Half a word at the end of a line is hard to put together, most of all when only part of a line
    is seen.
    """
    blocks = [block for block in pdf.body if len(block.lines) > 1]
    broken = [
        (above.page, f"{above.text.split()[-1]}|{below.text.split()[0]}")
        for block in blocks
        for number, (above, below) in enumerate(pairwise(block.lines))
        if _goes_on(above.text, below.text) and not _may_break(block, number)
    ]
    yield from broken
    return among(broken, looked_at(blocks, "paragraph"))


def _goes_on(above: str, below: str) -> bool:
    return above.endswith(HYPHENS) and above[-2:-1].isalnum() and below[:1].isalnum()


def _may_break(block: Block, number: int) -> bool:
    """Whether the word over the end of a line is a web address, or a piece of the other rule."""
    lines = [line.text for line in block.lines]
    below = lines[number + 1].split()[0]
    if _PIECES.search(lines[number].split()[-1] + below):
        return True
    first = number
    while first and " " not in lines[first] and lines[first - 1].endswith((*HYPHENS, "/")):
        first -= 1
    return bool(_ADDRESS.search("".join(lines[first : number + 1]).split()[-1] + below))


@rule("none", "UKAAF G003")
def split_information(pdf: InspectedPdf) -> Shortfalls:
    """Telephone numbers, dates, measures and the like broken at the end of a line.

    A telephone number or a dose in two halves is misread or misdialled.
    """
    blocks = [block for block in pdf.body if len(block.lines) > 1]
    broken = [(line.page, piece) for block in blocks for piece, line in _splits(block)]
    yield from broken
    return among(broken, looked_at(blocks, "paragraph"))


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

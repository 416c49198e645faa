"""The parts every booklet must have, and how each is recognised."""

import re
from collections.abc import Iterator
from pathlib import Path

from booklet.check.rule import rule
from booklet.check.words.reader_text import ReaderText
from booklet.content.blocks import Block, Callout, Topic
from booklet.content.model import Section
from booklet.problems import Problem

EMERGENCY = "tel:999"
WHEN_TO_CALL = "when to call"

PARTS = {
    WHEN_TO_CALL: "callout",
    "key points": "key-points",
    "questions to ask": "questions",
    "people to turn to": "contacts",
    "words explained": "glossary",
    "sources": "sources",
    "review record": "record",
}
"""Each part, and the kind of block that it is known by.

NICE CG151, 1.1.1.1 (when to call); PEMAT-P (summary, tools); NHS content standard (record). Other
formats and how to give feedback need no test: the program prints the one on every back cover, and
the model does not load a booklet without the other.
"""


def _stands_in(section: Section, part: str) -> bool:
    """Whether a section has a part, in a topic or by itself."""
    for block in section.blocks:
        blocks = (block, *(block.blocks if isinstance(block, Topic) else ()))
        if any(each.kind == PARTS[part] for each in blocks) and (
            part != WHEN_TO_CALL or (section.place == "front" and _gives_999(block))
        ):
            return True
    return False


def _gives_999(block: Block) -> bool:
    """Whether a block is a box of the tone `emergency` that gives the number."""
    return (
        isinstance(block, Callout)
        and block.tone == "emergency"
        and any(EMERGENCY in text.html for text in (block.title, *block.body, *block.items))
    )


def _known_by(part: str) -> str:
    """What stands in a booklet that has the part, as an author writes it."""
    if part == WHEN_TO_CALL:
        return (
            "a `callout` of the tone `emergency` with `[](contact:emergency)`, in a section with "
            "`place: front`"
        )
    return f"a `{PARTS[part]}` block"


@rule(
    ", ".join(PARTS),
    "NICE CG151, 1.1.1.1; PEMAT-P; NHS content standard",
    more="; ".join(f"{part}: {_known_by(part)}" for part in PARTS) + ".",
    english=False,
)
def required_parts(reader: ReaderText) -> Iterator[Problem]:
    """Parts that every edition has.

    The program itself prints the other formats on the back cover. Each part is known by its block.
    Not: a booklet with no `questions` block
    Better: - kind: questions, items: [What are the side effects?]
    """
    for part in PARTS:
        if not any(_stands_in(named.section, part) for named in reader.booklet.sections):
            yield reader.files.about.problem(
                f"the edition for {reader.booklet.audience} has no part for {part}; "
                f"add {_known_by(part)}",
                ("title",),
            )


_LEFT = re.compile(r"\bwrite here\b", re.IGNORECASE)


@rule("none", "house rule", "warning")
def left_to_write(reader: ReaderText) -> Iterator[Problem]:
    """Files with texts of a new booklet that nobody has written yet.

    `new` fills a booklet with texts that say what to write. What is forgotten is printed.
    Not: text: Write here what it is.
    Better: text: A test of your blood.
    """
    # A warning while a booklet is written; what it finds cannot be approved.
    seen: set[Path] = set()
    for wording in reader.wordings:
        file = wording.source.file
        if file not in seen and _LEFT.search(wording.words):
            seen.add(file)
            yield wording.problem(
                "this text still says “write here”, and perhaps others in this file; "
                "put your words there"
            )

"""The parts every booklet must have, and how each is recognised."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.check.words.edition import Edition
from booklet.check.words.rule import Found, WordRule, at
from booklet.content.blocks import Callout
from booklet.content.model import Section

EMERGENCY = "tel:999"


@dataclass(frozen=True, slots=True)
class RequiredPart:
    """A part of a booklet, and the test that finds it in a section."""

    name: str
    found_by: str
    stands_in: Callable[[Section], bool]


def _has(kind: str) -> Callable[[Section], bool]:
    return lambda section: any(block.kind == kind for block in section.every_block)


def _when_to_call(section: Section) -> bool:
    """A box of the tone `emergency` that gives 999, before the contents."""
    return section.place == "front" and any(
        isinstance(block, Callout)
        and block.tone == "emergency"
        and any(
            to == EMERGENCY
            for text in (block.title, *block.body, *block.items)
            for to, _ in text.links
        )
        for block in section.blocks
    )


PARTS = (
    RequiredPart(
        "when to call",
        "a `callout` of the tone `emergency` with `[](contact:emergency)`, in a section with "
        "`place: front`",
        _when_to_call,
    ),
    RequiredPart("key points", "a `key-points` block", _has("key-points")),
    RequiredPart("questions to ask", "a `questions` block", _has("questions")),
    RequiredPart("people to turn to", "a `contacts` block", _has("contacts")),
    RequiredPart("words explained", "a `glossary` block", _has("glossary")),
    RequiredPart("sources", "a `sources` block", _has("sources")),
    RequiredPart("review record", "a `record` block", _has("record")),
)
"""NICE CG151, 1.1.1.1 (when to call); PEMAT-P (summary, tools); NHS content standard (record).

Other formats and how to give feedback need no test: the program prints the one on every back
cover, and the model does not load a booklet without the other.
"""


def required_parts(edition: Edition) -> Iterator[Found]:
    """Parts that this reader's booklet does not have."""
    for part in PARTS:
        if not any(part.stands_in(named.section) for named in edition.booklet.sections):
            yield Found(
                edition.files.about, ("title",),
                f"the edition for {edition.booklet.audience} has no part for {part.name}; "
                f"add {part.found_by}",
            )  # fmt: skip


_LEFT = re.compile(r"\bwrite here\b", re.IGNORECASE)

#: A warning while a booklet is written; what it finds cannot be approved.
LEFT_TO_WRITE = "left-to-write"


def left_to_write(edition: Edition) -> Iterator[Found]:
    """The first text of each file that still says what to write, as a new booklet does."""
    seen: set[Path] = set()
    for wording in edition.wordings:
        file = wording.source.file
        if file not in seen and _LEFT.search(wording.words):
            seen.add(file)
            yield at(
                wording,
                "this text still says “write here”, and perhaps others in this file; "
                "put your words there",
            )


REQUIRED = (
    WordRule(
        "required-parts", "error",
        "Parts every edition has: " + ", ".join(part.name for part in PARTS), "all",
        "NICE CG151, 1.1.1.1; PEMAT-P; NHS content standard",
        "Each part is known by its block. "
        + "; ".join(f"{part.name}: {part.found_by}" for part in PARTS)
        + ". The program itself prints the other formats on the back cover.",
        "a booklet with no `questions` block",
        "- kind: questions, items: [What are the side effects?]",
        required_parts, english=False,
    ),
    WordRule(
        LEFT_TO_WRITE, "warning", "Files with texts of a new booklet that nobody has written yet",
        "none", "house rule",
        "`new` fills a booklet with texts that say what to write. What is forgotten is printed.",
        "text: Write here what it is.", "text: A test of your blood.",
        left_to_write,
    ),
)  # fmt: skip

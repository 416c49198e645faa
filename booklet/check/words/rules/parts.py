"""The parts every booklet must have, and how each is recognised."""

from collections.abc import Iterator
from pathlib import Path

from booklet.check.rule import rule
from booklet.check.words.reader_text import ReaderText
from booklet.content.blocks import Callout
from booklet.content.model import Section
from booklet.content.yaml_source import read_yaml
from booklet.problems import Problem

PARTS: dict[str, str] = read_yaml(Path(__file__).with_suffix(".yaml")).values
"""Each part, and what it is known by, as an author writes it."""


def _known_by(section: Section) -> Iterator[str]:
    """What a section has that parts are known by."""
    yield from (f"a `{block.kind}` block" for block in section.every_block)
    for block in section.blocks:
        if section.place == "front" and isinstance(block, Callout) and block.tone == "emergency":
            texts = (block.title, *block.body, *block.items)
            if any(to == "tel:999" for text in texts for to, _ in text.links):
                yield PARTS["when to call"]


@rule(
    ", ".join(PARTS),
    "NICE CG151, 1.1.1.1; PEMAT-P; NHS content standard",
    more="; ".join(f"{part}: {known}" for part, known in PARTS.items()) + ".",
    english=False,
)
def required_parts(reader: ReaderText) -> Iterator[Problem]:
    """Parts that every edition has.

    The program itself prints the other formats on the back cover. Each part is known by its block.
    Not: a booklet with no `questions` block
    Better: - kind: questions, items: [What are the side effects?]
    """
    audience = reader.booklet.audience
    there = {known for named in reader.booklet.sections for known in _known_by(named.section)}
    for part, known in PARTS.items():
        if known not in there:
            message = f"the edition for {audience} has no part for {part}; add {known}"
            yield reader.files.about.problem(message, ("title",))

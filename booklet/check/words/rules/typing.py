"""Rules about what was typed: signs of other programs that are printed as they stand, slips."""

import re
from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.reader_text import ReaderText
from booklet.messages import quoted
from booklet.problems import Problem

# Held against the text as it was typed, with its line breaks gone.
_SIGNS = (
    (re.compile(r"(?:^#|(?:^|\s)##)#*\s+\S+"), "a heading is a `title:`, of a section or a topic"),
    (re.compile(r"\|\s*:?-{3,}:?\s*\|"), "a table is a block of its own, `- kind: table`"),
    (
        re.compile(r"</?(?:[biupa]|br|hr|em|strong|span|div|h[1-6]|[uo]l|li|img|table|t[rdh]|su[bp]"
                   r"|font|small|big)(?:\s[^<>]*)?/?>", re.IGNORECASE),
        "HTML is printed as it stands; take it out",
    ),
)  # fmt: skip
_TWICE = re.compile(r"\b(?!(?:that|had|is|do|bye|very)\b)([a-z]+) \1\b(?!-)", re.IGNORECASE)
_TWO_STOPS = re.compile(r"\w+(?<!\.)\.\.(?!\.)|\w+,,")


@rule("none", "house rule; docs/content.md says what a text may hold", "warning", english=False)
def foreign_markup(reader: ReaderText) -> Iterator[Problem]:
    """Signs of Markdown or HTML that would be printed as they stand.

    Text that was copied from elsewhere brings them along, and nobody reads them.
    Not: ## Side effects
    Better: - kind: topic, title: Side effects
    """
    for wording in reader.texts():
        for pattern, remedy in _SIGNS:
            if found := pattern.search(wording.text.source):
                yield wording.problem(f"{quoted(found.group().strip())}: {remedy}")


@rule("none", "house rule", "warning")
def slip_of_typing(reader: ReaderText) -> Iterator[Problem]:
    """A word typed twice, two full stops or commas.

    Those who wrote a text no longer see them.
    Not: Go to the the ward..
    Better: Go to the ward.
    """
    for pattern in (_TWICE, _TWO_STOPS):
        for wording, typed in reader.matches(pattern):
            yield wording.problem(f"{quoted(typed)}: take one of them out")

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
    (
        re.compile(r"\|\s*:?-{3,}:?\s*\||^\|[^|]+\|"),
        "a table is a block of its own, `- kind: table`",
    ),
    (re.compile(r"^[*•-] \S+"), "a list is a block of its own, `- kind: list`"),
    (
        re.compile(r"</?[a-z][a-z\d]*(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE),
        "HTML is printed as it stands; take it out",
    ),
    (re.compile(r"`[^`]+`"), "backticks are printed as they stand; take them out"),
)
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘]*’|«[^«»]*»|„[^„“”]*[“”]")
_BEGUN = re.compile(r"(?:and|or|but|which|who|so)\b.{,20}")
# One word, or up to three words, typed again. Some words are said twice on purpose.
_TWICE = re.compile(
    r"\b(?!(?:that|had|is|do|bye|very)\b)([a-z]+(?: [a-z’']+){,2}) \1\b(?!-)", re.IGNORECASE
)
_TWO_STOPS = re.compile(r"\w+(?<!\.)\.\.(?!\.)|\w+,,")
_SPACED = re.compile(r"\w+ [,;:?!](?!\S)|\w+ \.(?![\w.])")


@rule("none", "house rule; docs/content.md says what a text may hold", english=False)
def foreign_markup(reader: ReaderText) -> Iterator[Problem]:
    """Signs of Markdown or HTML that would be printed as they stand.

    Text that was copied from elsewhere brings them along, and nobody reads them.
    Not: ## Side effects
    Better: - kind: topic, title: Side effects
    """
    for wording in reader.texts():
        for pattern, remedy in _SIGNS:
            if found := pattern.search(wording.text.source):
                yield wording.problem(f"{quoted(_short(found.group()))}: {remedy}")


@rule("none", "house rule", "warning", english=False)
def quotes_round_a_text(reader: ReaderText) -> Iterator[Problem]:
    """Quotation marks of a word processor round the whole of a text.

    Straight ones hold a text together in YAML; these are printed. A `quotation:` may have them.
    Not: text: “Ring the ward: day or night.”
    Better: text: "Ring the ward: day or night."
    """
    for wording in reader.texts():
        if "quotation" not in wording.route and _QUOTED.fullmatch(wording.text.source):
            yield wording.problem(
                f"{_short(wording.text.source)}: the quotation marks round the whole are printed; "
                'take them out, or type straight ones, "like this", if it has a colon'
            )


@rule("none", "house rule; docs/content.md, what YAML asks of a text", "warning")
def comma_in_brackets(reader: ReaderText) -> Iterator[Problem]:
    """Entries of a list that begin with “and” or “or”.

    Within [brackets] a comma begins another entry, also one that belongs to a sentence.
    Not: items: [Eat, drink, and rest, Go home]
    Better: items: ["Eat, drink, and rest", Go home]
    """
    for wording in reader.texts():
        found = _BEGUN.match(wording.words)
        if found and {"items", "rows", "head"} & set(wording.route):
            yield wording.problem(
                f"{quoted(_short(found.group()))} stands alone here; a comma in [brackets] begins "
                "another entry, so put quotes round the whole of it"
            )


@rule("none", "house rule", "warning")
def slip_of_typing(reader: ReaderText) -> Iterator[Problem]:
    """Words typed twice, two full stops or commas, a space before a stop.

    Those who wrote a text no longer see them.
    Not: Go to the to the ward..
    Better: Go to the ward.
    """
    for pattern, remedy in (
        (_TWICE, "take one of them out"),
        (_TWO_STOPS, "take one of them out"),
        (_SPACED, "take the space out"),
    ):
        for wording, typed in reader.matches(pattern):
            yield wording.problem(f"{quoted(typed)}: {remedy}")


def _short(words: str, most: int = 30) -> str:
    words = words.strip()
    return words if len(words) <= most else f"{words[: most - 1]}…"

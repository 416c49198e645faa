"""The small language inside a text: defined terms, links, abbreviations, other languages.

    **biopsy**                             a term defined here (bold)
    [Questions to ask](#questions)         a section of this booklet
    [Macmillan](https://www.macmillan.org.uk)
    [](contact:macmillan)                  the telephone number of a known contact
    [DVT](abbr "deep vein thrombosis")     an abbreviation, where the glossary has none
    [Nos da](lang:cy)                      a phrase in another language

Abbreviations of the glossary are found without being marked. Anything else is plain text: HTML
is shown as it was typed. Pieces of information that belong together (a telephone number, a date,
"3 in 10", "X-ray") are kept on one line, as UKAAF G003 asks.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from booklet.content.addresses import Phone, is_web_address, printed_address
from booklet.content.inline import Inline, Span, all_spans, words_of
from booklet.content.language import Language, language_of
from booklet.content.limits import long_words, too_long
from booklet.content.suggestion import near, undrawable
from booklet.content.validation_context import ValidationContext
from booklet.content.yaml_source import A_PICTURE

_MARKDOWN = MarkdownIt("zero", {"typographer": True, "quotes": "‘’“”"}).enable(
    ["newline", "escape", "emphasis", "link", "entity", "smartquotes"]
)
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]


_PICTURE = re.compile(r"!\[[^\]]*\]\(")


class MarkupFaults(ValueError):
    """All that is wrong with one piece of text."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


def parse(source: str, context: ValidationContext) -> Inline:
    """The text as its spans; `MarkupFaults` where it refers to something unknown."""
    folded = " ".join(source.split())
    if long := too_long(folded):
        raise MarkupFaults([long])
    tokens = _MARKDOWN.parseInline(folded)[0].children or []
    # What was typed as an entity (`&#9731;`) stands in the tokens only.
    faults = undrawable(folded + "".join(each.content for each in tokens))
    if _PICTURE.search(folded):
        raise MarkupFaults([*faults, A_PICTURE])
    text = Inline(
        source=folded,
        spans=_marked(tuple(_spans(iter(tokens), context, faults)), context.foreign),
        language=context.language,
        page_reference=context.page_reference,
    )
    for span in all_spans(text.spans):
        faults += long_words(span.address or span.words, address=span.kind == "web")
    if faults:
        raise MarkupFaults(faults)
    return text


def _marked(spans: tuple[Span, ...], foreign: Language | None) -> tuple[Span, ...]:
    """The spans, as one phrase in the language they are written in where the page has another."""
    return (Span("phrase", language=foreign.tag, children=spans),) if foreign else spans


def _spans(
    tokens: Iterator[Token], context: ValidationContext, faults: list[str]
) -> Iterator[Span]:
    """The spans of what stands before the end of the element that is open; faults are noted."""
    for token in tokens:
        if token.nesting < 0:
            return
        if token.type == "text":
            faults.extend(_left_over(token.content))
            yield from _words(token.content, context)
        elif token.type in ("softbreak", "hardbreak"):
            yield Span("words", " ")
        elif token.type == "strong_open":
            yield Span("term", children=tuple(_spans(tokens, context, faults)))
        elif token.type == "em_open":
            faults.append("italics are hard to read; write **two stars** for a term, or no star")
            yield from _spans(tokens, context, faults)
        elif token.type == "link_open":
            children = tuple(_spans(tokens, context, faults))
            href, title = str(token.attrs["href"]), str(token.attrs.get("title") or "")
            yield _link(href, title, children, context, faults)


def _words(content: str, context: ValidationContext) -> Iterator[Span]:
    """Bare text, the abbreviations that the glossary knows apart from the rest."""
    # What is split stands between what splits it: every second piece is an abbreviation.
    for index, piece in enumerate(_any_of(tuple(context.abbreviations)).split(content)):
        if index % 2:
            yield Span("abbreviation", piece, context.abbreviations[piece])
        elif piece:
            yield Span("words", piece)


def _link(
    href: str, title: str, children: tuple[Span, ...], context: ValidationContext, faults: list[str]
) -> Span:
    """What stands in the form of a link: a link, an abbreviation or a phrase."""
    scheme, _, rest = href.partition(":")
    if href.startswith("#"):
        faults.extend(_section_faults(href[1:], children, context))
        return Span("section", target=href, children=children)
    if scheme == "contact" and rest:
        if context.phones is not None and rest not in context.phones:
            told = f"`{rest}` is no contact with a telephone number"
            faults.append(f"{told}; {near(rest, context.phones)}")
        phone = (context.phones or {}).get(rest, Phone(""))
        return Span("phone", "" if children else phone.printed, phone.href, children=children)
    if is_web_address(href):
        return Span("web", "" if children else printed_address(href), href, children=children)
    if href == "abbr" and title:
        return Span("abbreviation", words_of(children), title)
    if scheme == "lang" and language_of(rest):
        return Span("phrase", language=rest, children=children)
    if scheme == "lang":
        faults.append(f"`{rest}` is no language that is known; write it like `lang:cy`")
    else:
        faults.append(
            f"a link cannot lead to `{href}`; write https://…, #section, contact:name, "
            'abbr "full words" or lang:code'
        )
    return Span("words")


def _section_faults(
    name: str, children: tuple[Span, ...], context: ValidationContext
) -> Iterator[str]:
    if name in context.elsewhere:
        yield f"the link `#{name}` leads nowhere; only the other reader has that section"
    elif name not in context.sections:
        yield f"the link `#{name}` leads nowhere; {near(name, context.sections)}"
    if not children:
        yield f"the link `#{name}` has no words; write [its title](#{name})"


def _left_over(text: str) -> Iterator[str]:
    """What to say of signs that were meant for a term or a link and became neither."""
    if "**" in text:
        yield "two stars begin a term here and none end it; write **term**"
    if re.search(r"\] ?\((?:#|contact:|https?:|www\.|abbr|lang:)", text):
        yield (
            "a link is not whole; write [words](#section), with no space between ] and ( and none "
            "inside the round brackets"
        )


@cache
def _any_of(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(abbreviations, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w-])({words})(?![\w-])")

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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from booklet.content.characters import undrawable
from booklet.content.language import Language, language_of
from booklet.content.suggestion import near
from booklet.content.telephone import Phone
from booklet.content.unbreakable import abbreviation, kept_whole, turned
from booklet.content.web_address import broken_at_slashes, is_web_address, printed_address

_MARKDOWN = MarkdownIt("zero", {"typographer": True, "quotes": "‘’“”"}).enable(
    ["newline", "escape", "emphasis", "link", "entity", "smartquotes"]
)
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a text is written in, and may refer to: telephone numbers, abbreviations, sections.

    `sections` are those this reader has, `elsewhere` those that only the other reader has;
    `characters` are the code points the typefaces can draw; `page_reference` is printed behind
    the title of a section that is linked to, `{page}` in it stands for its page number. `phones`
    is `None` where the file they stand in could not be read.
    """

    language: Language
    phones: Mapping[str, Phone] | None
    abbreviations: Mapping[str, str]
    sections: frozenset[str]
    elsewhere: frozenset[str]
    characters: frozenset[int]
    page_reference: str


@dataclass(frozen=True, slots=True)
class Inline:
    """A piece of text: as it was written, as safe HTML, and as bare words."""

    source: str
    html: Markup
    plain: str

    def __html__(self) -> str:
        return str(self.html)

    def __str__(self) -> str:
        return self.plain


class MarkupFaults(ValueError):
    """All that is wrong with one piece of text."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


def parse(source: str, lexicon: Lexicon) -> Inline:
    """The text as HTML and as words; `MarkupFaults` where it refers to something unknown."""
    folded = " ".join(source.split())
    tokens = _MARKDOWN.parseInline(folded)[0].children or []
    setter = _Setter(lexicon, [], [], [])
    setter.characters(folded)
    setter.run(tokens)
    if setter.faults:
        raise MarkupFaults(setter.faults)
    return Inline(folded, Markup("").join(setter.html), "".join(setter.words))


@dataclass(slots=True)
class _Setter:
    """Turns the tokens of one text into HTML and words, collecting what is wrong."""

    lexicon: Lexicon
    faults: list[str]
    html: list[Markup]
    words: list[str]

    def run(self, tokens: list[Token]) -> None:
        links: list[tuple[str, str]] = []
        for token, following in _pairs(tokens):
            if token.type == "text":
                self.text(token.content, in_link=bool(links))
            elif token.type in ("softbreak", "hardbreak"):
                self.put(Markup(" "), " ")
            elif token.type in ("strong_open", "strong_close"):
                self.html.append(Markup("<strong>" if token.nesting > 0 else "</strong>"))
            elif token.type == "em_open":
                self.faults.append(
                    "italics are hard to read; write **two stars** for a term, or no star"
                )
            elif token.type == "link_open":
                empty = following is not None and following.type == "link_close"
                title = str(token.attrs.get("title") or "")
                links.append(self.opened(str(token.attrs["href"]), title, empty))
            elif token.type == "link_close":
                tag, after = links.pop()
                self.html.append(Markup(f"</{tag}>"))
                if after:
                    self.put(self.address(after), f" ({after})")

    def put(self, html: Markup, words: str) -> None:
        self.html.append(html)
        self.words.append(words)

    def text(self, content: str, in_link: bool) -> None:
        """Bare text, its known abbreviations marked; never one inside a link's own name twice."""
        self.faults.extend(_left_over(content))
        end = 0
        for match in _abbreviations(self.lexicon.abbreviations).finditer(content):
            self.html.append(self.kept(content[end : match.start()]))
            full = self.lexicon.abbreviations[match.group()]
            self.html.append(abbreviation(match.group(), full, self.lexicon.language))
            end = match.end()
        self.html.append(self.kept(content[end:]))
        self.words.append(content)

    def kept(self, words: str) -> Markup:
        """Bare text with the pieces that may not break over a line marked."""
        return kept_whole(words, self.lexicon.language)

    def opened(self, href: str, title: str, empty: bool) -> tuple[str, str]:
        """Open the element a link stands for; its tag, and the address to print behind it."""
        scheme, _, rest = href.partition(":")
        if href.startswith("#"):
            self.section_link(href[1:], empty)
        elif scheme == "contact" and rest:
            self.phone_link(rest, empty)
        elif is_web_address(href):
            turn = turned(href, self.lexicon.language) if empty else ""
            self.html.append(Markup('<a{} href="{}">').format(turn, href))
            if empty:
                self.put(broken_at_slashes(printed_address(href)), printed_address(href))
            return "a", "" if empty else printed_address(href)
        elif href == "abbr" and title:
            self.html.append(Markup('<abbr class="keep" title="{}">').format(title))
            return "abbr", ""
        elif scheme == "lang" and (other := language_of(rest)):
            here = self.lexicon.language.direction
            turn = "" if other.direction == here else Markup(' dir="{}"').format(other.direction)
            self.html.append(Markup('<span lang="{}"{}>').format(rest, turn))
            return "span", ""
        elif scheme == "lang":
            self.html.append(Markup("<span>"))
            self.faults.append(f"`{rest}` is no language that is known; write it like `lang:cy`")
            return "span", ""
        else:
            self.html.append(Markup("<a>"))
            self.faults.append(
                f"a link cannot lead to `{href}`; write https://…, #section, contact:name, "
                'abbr "full words" or lang:code'
            )
        return "a", ""

    def section_link(self, name: str, empty: bool) -> None:
        if name not in self.lexicon.sections:
            why = (
                "only the other reader has that section"
                if name in self.lexicon.elsewhere
                else near(name, self.lexicon.sections)
            )
            self.faults.append(f"the link `#{name}` leads nowhere; {why}")
        if empty:
            self.faults.append(f"the link `#{name}` has no words; write [its title](#{name})")
        before, after = around("page", self.lexicon.page_reference)
        self.html.append(
            Markup('<a class="xref" data-before="{}" data-after="{}" href="#{}">').format(
                before, after, name
            )
        )

    def phone_link(self, name: str, empty: bool) -> None:
        phones = self.lexicon.phones
        phone = phones.get(name) if phones is not None else None
        if phones is not None and phone is None:
            self.faults.append(
                f"`{name}` is no contact with a telephone number; {near(name, phones)}"
            )
        phone = phone or Phone("")
        turn = turned(phone.printed, self.lexicon.language) if empty else ""
        self.html.append(Markup('<a class="keep"{} href="{}">').format(turn, phone.href))
        if empty:
            self.put(escape(phone.printed), phone.printed)

    def address(self, printed: str) -> Markup:
        """The address a link leads to, in brackets behind its words."""
        turn = turned(printed, self.lexicon.language)
        inner = Markup("<bdi{}>{}</bdi>") if turn else Markup("{1}")
        address = inner.format(turn, broken_at_slashes(printed))
        return Markup(' <span class="address">({})</span>').format(address)

    def characters(self, text: str) -> None:
        """A fault for every character that would be printed as an empty box."""
        self.faults.extend(undrawable(text, self.lexicon.characters))


def around(name: str, label: str) -> tuple[str, str]:
    """The words of a label before and after the one name in braces that style sheets fill in.

    >>> around("page", "(page {page})")
    ('(page ', ')')
    """
    before, _, after = label.partition("{" + name + "}")
    return before, after


def _left_over(text: str) -> Iterator[str]:
    """What to say of signs that were meant for a term or a link and became neither."""
    if "**" in text:
        yield "two stars begin a term here and none end it; write **term**"
    if re.search(r"\] ?\((?:#|contact:|https?:|www\.|abbr|lang:)", text):
        yield (
            "a link is not whole; write [words](#section), with no space between ] and ( and none "
            "inside the round brackets"
        )


def _pairs(tokens: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    """Each token with the one after it, passing over empty text."""
    full = [token for token in tokens if token.type != "text" or token.content]
    return zip(full, (*full[1:], None), strict=False)


def _abbreviations(known: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])"
        if known
        else r"(?!)"
    )

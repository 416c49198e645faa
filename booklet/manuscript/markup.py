"""The small language inside a text: defined terms, links, abbreviations, other languages.

    **remission**                          a term defined here (bold)
    [Questions to ask](#questions)         a section of this booklet
    [Macmillan](https://www.macmillan.org.uk)
    [](contact:blood-cancer-uk)            the telephone number of a known contact
    [HSCT](abbr "stem cell transplant")    an abbreviation, where the glossary has none
    [Nos da](lang:cy)                      a phrase in another language

Abbreviations of the glossary are found without being marked. Anything else is plain text: HTML
is shown as it was typed. Pieces of information that belong together (a telephone number, a date,
"3 in 10", "FLAG-Ida") are kept on one line, as UKAAF G003 asks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_MARKDOWN = MarkdownIt("zero", {"typographer": True, "quotes": "‘’“”"}).enable(
    ["newline", "escape", "emphasis", "link", "entity", "smartquotes"]
)
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT_WHOLE = re.compile(
    r"\d{2,5}(?: \d{2,5})+"  # a telephone number
    rf"|\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?|(?:{_MONTHS}) \d{{4}}"
    r"|\d+ (?:in|out of|of) \d+"
    r"|\d+ (?:mg|g|kg|ml|mm|cm|hours?|days?|weeks?|months?|years?|pages?|pt)\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # a postcode
    r"|\b(?:[A-Z][A-Za-z]*|\d+)(?:-[A-Za-z\d]+)+"  # FLAG-Ida, 24-hour
)
_WEB_ADDRESS = re.compile(r"https://[^\s/?#.:@]+(?:\.[^\s/?#.:@]+)+(?::\d+)?(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is printed, and as it is dialled."""

    printed: str

    @property
    def href(self) -> str:
        """The number as a link.

        >>> Phone("0808 2080 888").href
        'tel:08082080888'
        """
        return "tel:" + re.sub(r"[^\d+]", "", self.printed)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a text may refer to: telephone numbers, abbreviations, sections.

    `sections` are those this reader has, `elsewhere` those that only the other reader has;
    `characters` are the code points the typeface can draw; `page_word` is printed before the
    page number of a section. `phones` is `None` where the file they stand in could not be read.
    """

    phones: Mapping[str, Phone] | None
    abbreviations: Mapping[str, str]
    sections: frozenset[str]
    elsewhere: frozenset[str]
    characters: frozenset[int]
    page_word: str


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


def near(word: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The close of a message: what was probably meant, or what there is."""
    close = close_to(word, known)
    if close:
        return f"did you mean `{close}`?"
    return "there are: " + ", ".join(sorted(known)) if known else "there are none"


def close_to(word: str, known: frozenset[str] | Mapping[str, object]) -> str | None:
    """The known word that was probably meant; `None` where none is near."""
    return next(iter(get_close_matches(word, sorted(known), n=1)), None)


def undrawable(text: str, characters: frozenset[int]) -> list[str]:
    """What to say of every character that would be printed as an empty box."""
    return [
        f"the typeface has no character “{c}” (U+{ord(c):04X}); write it another way"
        for c in sorted({c for c in text if ord(c) not in characters})
    ]


def is_web_address(address: str) -> bool:
    """Whether this leads to a page of a named site, with nothing sent in the clear.

    >>> [is_web_address(each) for each in ("https://nhs.uk/a", "https://", "http://nhs.uk")]
    [True, False, False]
    """
    return _WEB_ADDRESS.fullmatch(address) is not None


def kept_whole(text: str) -> Markup:
    """Plain text with the pieces that may not break over a line marked.

    >>> kept_whole("about 3 in 10 people")
    Markup('about <span class="keep">3 in 10</span> people')
    """
    out, end = Markup(""), 0
    for match in _KEPT_WHOLE.finditer(text):
        out += escape(text[end : match.start()])
        out += Markup('<span class="keep">{}</span>').format(match.group())
        end = match.end()
    return out + escape(text[end:])


def printed_address(href: str) -> str:
    """A web address as it is printed.

    >>> printed_address("https://www.nice.org.uk/guidance/ta642/")
    'nice.org.uk/guidance/ta642'
    """
    return re.sub(r"^https://(www\.)?|/$", "", href)


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
                    self.put(
                        Markup(' <span class="address">({})</span>').format(
                            broken_at_slashes(after)
                        ),
                        f" ({after})",
                    )

    def put(self, html: Markup, words: str) -> None:
        self.html.append(html)
        self.words.append(words)

    def text(self, content: str, in_link: bool) -> None:
        """Bare text, its known abbreviations marked; never one inside a link's own name twice."""
        end = 0
        for match in _abbreviations(self.lexicon.abbreviations).finditer(content):
            self.html.append(kept_whole(content[end : match.start()]))
            full = self.lexicon.abbreviations[match.group()]
            self.html.append(
                Markup('<abbr class="keep" title="{}">{}</abbr>').format(full, match.group())
            )
            end = match.end()
        self.html.append(kept_whole(content[end:]))
        self.words.append(content)

    def opened(self, href: str, title: str, empty: bool) -> tuple[str, str]:
        """Open the element a link stands for; its tag, and the address to print behind it."""
        scheme, _, rest = href.partition(":")
        if href.startswith("#"):
            self.section_link(href[1:], empty)
        elif scheme == "contact" and rest:
            self.phone_link(rest, empty)
        elif is_web_address(href):
            self.html.append(Markup('<a href="{}">').format(href))
            if empty:
                self.put(broken_at_slashes(printed_address(href)), printed_address(href))
            return "a", "" if empty else printed_address(href)
        elif href == "abbr" and title:
            self.html.append(Markup('<abbr class="keep" title="{}">').format(title))
            return "abbr", ""
        elif scheme == "lang" and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", rest):
            self.html.append(Markup('<span lang="{}">').format(rest))
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
        self.html.append(
            Markup('<a class="xref" data-page="{}" href="#{}">').format(
                self.lexicon.page_word, name
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
        self.html.append(Markup('<a class="keep" href="{}">').format(phone.href))
        if empty:
            self.put(escape(phone.printed), phone.printed)

    def characters(self, text: str) -> None:
        """A fault for every character that would be printed as an empty box."""
        self.faults.extend(undrawable(text, self.lexicon.characters))


def broken_at_slashes(address: str) -> Markup:
    """A web address that may break after a slash: a zero-width space stands behind each.

    `<wbr>` would be the element for it, but WeasyPrint then breaks inside the words as well.
    """
    return Markup("/\u200b").join(escape(part) for part in address.split("/"))


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

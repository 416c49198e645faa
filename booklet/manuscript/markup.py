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
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from booklet.manuscript.language import ENGLISH, Language, direction_of, language_of

_MARKDOWN = MarkdownIt("zero", {"typographer": True, "quotes": "‘’“”"}).enable(
    ["newline", "escape", "emphasis", "link", "entity", "smartquotes"]
)
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]

_ENGLISH_UNITS = "mg|g|kg|ml|mm|cm|hours?|days?|weeks?|months?|years?|pages?|pt"
_ANY_UNIT = r"[^\W\d_]{1,12}"
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


def near(word: str, known: frozenset[str] | Mapping[str, object]) -> str:
    """The close of a message: what was probably meant, or what there is."""
    close = close_to(word, known)
    if close:
        return f"did you mean `{close}`?"
    return "there are: " + ", ".join(sorted(known)) if known else "there are none"


def close_to(word: str, known: frozenset[str] | Mapping[str, object]) -> str | None:
    """The known word that was probably meant; `None` where none is near."""
    spelt = {each.casefold(): each for each in sorted(known)}
    close = get_close_matches(word.casefold(), spelt, n=1)
    return spelt[close[0]] if close else None


def undrawable(text: str, characters: frozenset[int]) -> list[str]:
    """What to say of every character that would be printed as an empty box."""
    missing = sorted({sign for sign in text if ord(sign) not in characters})
    letters = [sign for sign in missing if _script(sign) not in _scripts(characters)]
    said = [
        f"the typeface has no character “{sign}” (U+{ord(sign):04X}); write it another way"
        for sign in missing
        if sign not in letters
    ]
    for script, signs in groupby(letters, _script):
        shown = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs)
        said.append(
            f"no typeface here has {str(script).capitalize()} letters: {shown}; docs/languages.md "
            "says how to add one"
        )
    return said


def _script(sign: str) -> str | None:
    """The first word of a letter's name in Unicode, which is its script; None for other signs."""
    is_letter = unicodedata.category(sign)[0] in "LM"
    return unicodedata.name(sign, "unnamed").split()[0] if is_letter else None


@cache
def _scripts(characters: frozenset[int]) -> frozenset[str | None]:
    """The scripts these characters hold letters of, and None for all other signs."""
    return frozenset({None, *(_script(chr(code)) for code in characters)})


def is_web_address(address: str) -> bool:
    """Whether this leads to a page of a named site, with nothing sent in the clear.

    >>> [is_web_address(each) for each in ("https://nhs.uk/a", "https://", "http://nhs.uk")]
    [True, False, False]
    """
    return _WEB_ADDRESS.fullmatch(address) is not None


def kept_whole(text: str, language: Language) -> Markup:
    """Plain text with the pieces that may not break over a line marked.

    A piece that runs the other way than the language does, such as a telephone number in Arabic,
    says so: no letter around it can turn its groups round.

    >>> kept_whole("about 3 in 10 people", Language("en-GB"))
    Markup('about <span class="keep">3 in 10</span> people')
    >>> kept_whole("020 7946 0002", Language("ar"))
    Markup('<span class="keep" dir="ltr">020 7946 0002</span>')
    """
    out, end = Markup(""), 0
    for match in _kept(language).finditer(text):
        out += escape(text[end : match.start()])
        turn = turned(match.group(), language)
        out += Markup('<span class="keep"{}>{}</span>').format(turn, match.group())
        end = match.end()
    return out + escape(text[end:])


def abbreviation(short: str, full: str, language: Language) -> Markup:
    """An abbreviation that says its full words."""
    html = Markup('<abbr class="keep" title="{}"{}>{}</abbr>')
    return html.format(full, turned(short, language), short)


def turned(words: str, language: Language) -> Markup:
    """The attribute for words that run another way than the language; empty where they do not.

    Numbers without a letter run from left to right in every language.
    """
    direction = direction_of(words) or "ltr"
    return Markup("" if direction == language.direction else f' dir="{direction}"')


@cache
def _kept(language: Language) -> re.Pattern[str]:
    """What UKAAF G003 wants on one line: numbers with their words, dates, names with hyphens."""
    months = "|".join(map(re.escape, language.months))
    units = _ENGLISH_UNITS if language.code == ENGLISH.code else _ANY_UNIT
    return re.compile(
        r"\d{2,5}(?: \d{2,5})+"  # a telephone number
        rf"|\d{{1,2}} (?:{months})(?: \d{{4}})?|(?:{months}) \d{{4}}"
        r"|\d+ (?:in|out of|of) \d+"
        rf"|\d+ (?:{units})\b"
        r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # a postcode
        r"|\b(?:[A-Z][A-Za-z]*|\d+)(?:-[A-Za-z\d]+)+"  # FLAG-Ida, 24-hour
    )


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

"""YAML errors in the words of somebody who writes leaflets, at the place to put right.

A YAML reader stops where it can go no further, often a line behind the mistake. The lines around
tell which mistake it was.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Place = tuple[int, int]

#: Lines and columns from 1; the message, and the place it is about.
Explanation = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a YAML reader stopped: its words, the place, and the place it started from."""

    detail: str
    lines: tuple[str, ...]
    place: Place
    start: Place

    @property
    def line(self) -> str:
        """The line it stopped in."""
        return self.text_of(self.place[0])

    @property
    def before(self) -> str:
        """What stands in that line before the place it stopped at."""
        return self.line[: self.place[1] - 1]

    @property
    def above(self) -> int:
        """The number of the last line above that has words."""
        numbers = range(self.place[0] - 1, 0, -1)
        return next((number for number in numbers if self.text_of(number).strip()), 0)

    def text_of(self, number: int) -> str:
        """A line by its number; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def explained(broken: Broken) -> Explanation:
    """What to put right, and where."""
    for sign, explain in _EXPLAIN:
        if sign in broken.detail:
            return explain(broken)
    return broken.place, "this is not YAML; look at quotes, colons and indentation on this line"


def _here(message: str) -> Callable[[Broken], Explanation]:
    return lambda broken: (broken.place, message)


_KEY = r"[^\W\d][\w-]*"
_LIKE_KEYS: tuple[tuple[str, str], ...] = (
    (rf"\s*(?:- )?{_KEY}(?=[:：]?\u00a0)", "an unbreakable space stands here; type a plain one"),
    (rf"\s*(?:- )?{_KEY}(?=：)", "this is no plain colon; type `:` and a space"),
    (rf"\s*(?:- )?{_KEY}:(?=[^\s:])", "a space is missing behind the colon; write `key: value`"),
    (rf"\s*(?=-{_KEY}:)", "a space is missing behind the dash; write `- key: value`"),
    (r"\s*(?=[–—•*·] )", "a list is written with a hyphen and a space, `- `; type it here"),
    (rf"\s*(?:- )?{_KEY} ?(?=[;=] )", "a key is followed by a colon; write `key: value`"),
    (rf"\s*(?:- )?{_KEY}(?=\s*$)", "a key without its colon; write `key:`"),
)


def _colon(broken: Broken) -> Explanation:
    """A colon where none may be: one too many in this line, or one that the line above lacks."""
    if re.search("[“”]", broken.line):
        straight = (
            'curly quotes “ ” do not hold text together here; write straight ones: "text: more"'
        )
        return broken.place, straight
    if not re.fullmatch(rf"[\s-]*{_KEY}", broken.before):
        return broken.place, 'a colon inside text needs quotes: write "text: more"'
    for pattern, message in _LIKE_KEYS:
        if found := re.match(pattern, broken.text_of(broken.above)):
            return (broken.above, found.end() + 1), message
    return broken.place, (
        "this line stands too far to the right, or goes on with text that needs quotes; line its "
        "key up with the keys above"
    )


def _no_colon(broken: Broken) -> Explanation:
    """Words where a key should be: a colon is missing, or text that goes on is not indented."""
    return broken.start, (
        "a key without its colon; write `key: value` (text that goes on from the line above "
        "stands further to the right than its key)"
    )


def _uneven(broken: Broken) -> Explanation:
    """Something behind what was whole already."""
    before = broken.before.rstrip()
    if before.endswith("]"):
        return broken.place, "text that starts with [ needs quotes around the whole of it"
    if before.endswith("'"):
        return broken.place, 'the apostrophe ends this text; put "double quotes" around it'
    if before.endswith('"') and before.count('"') % 2:
        return _opened_above(broken)
    if before.endswith('"'):
        return broken.place, (
            "words stand behind the closing quotation mark; put 'single quotes' around the whole, "
            "or none"
        )
    return broken.place, "the indentation is uneven; line this up with the lines above"


def _opened_above(broken: Broken) -> Explanation:
    """A quotation mark that closes what a line further up left open."""
    odd = (n for n in range(broken.place[0] - 1, 0, -1) if broken.text_of(n).count('"') % 2)
    number = next(odd, broken.place[0])
    return (number, broken.text_of(number).find('"') + 1), _NEVER_CLOSED


def _bracket(broken: Broken) -> Explanation:
    """A list or a pair in brackets that goes wrong: in its own line, or because it never ends."""
    sign, closing = ("[", "]") if "']'" in broken.detail else ("{", "}")
    if broken.place[0] != broken.start[0]:
        return broken.start, f"{sign} is opened here and never closed; write {closing} at its end"
    return broken.place, f"text in {sign}brackets{closing} that has ? or : needs quotes around it"


def _star(broken: Broken) -> Explanation:
    """A star or an ampersand: a dot of a list, or the start of text."""
    if re.fullmatch(r"\s*\*", broken.before):
        place = broken.place[0], broken.place[1] - 1
        return place, "a list is written with a hyphen and a space, `- `; type it here"
    return broken.place, "text that starts with * or & needs quotes around the whole of it"


_NEVER_CLOSED = "a quotation mark is opened here and never closed; close it"
TOO_DEEP = "too many levels"
_EXPLAIN: tuple[tuple[str, Callable[[Broken], Explanation]], ...] = (
    (TOO_DEEP, _here("the brackets or dashes go too deep; close them, or put the text in quotes")),
    ("mapping values are not allowed", _colon),
    ("found character '\\t'", _here("a tab stands here; indent with spaces")),
    ("cannot start any token", _here("a reserved sign starts this text; put it in quotes")),
    ("could not find expected ':'", _no_colon),
    ("found unexpected end of stream", lambda broken: (broken.start, _NEVER_CLOSED)),
    ("expected alphabetic or numeric", _star),
    ("expected ',' or", _bracket),
    ("expected <block end>", _uneven),
    (
        "expected a comment or a line break",
        _here("text that starts with > or | needs quotes around the whole of it"),
    ),
    (
        "sequence entries are not allowed",
        _here("a list begins on a line of its own; move it down, or put the text in quotes"),
    ),
    (
        "unknown escape character",
        _here("a backslash cannot stand in double quotes; put 'single quotes' around the text"),
    ),
    ("found another document", _here("`---` begins another document; take it out")),
)

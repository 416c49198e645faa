"""Covering letters as one HTML page: each in its own size and language, one after the other.

Lengths are in millimetres from the top left of the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup, escape

from booklet.content.inline import Inline, around
from booklet.content.language import ENGLISH, Language
from booklet.content.letter import LetterPart
from booklet.content.letter_fields import template
from booklet.content.read_letter import LetterWording
from booklet.content.unbreakable import marked_whole, turned
from booklet.html.area import Area
from booklet.html.font_faces import font_rules, served_font
from booklet.html.render import environment
from booklet.typeface import parted_marks, parts_marks, whole_face

PAGE_WIDTH, PAGE_HEIGHT = 210, 297  # A4
MM = 25.4 / 72  # Millimetres in a point
INSET = 1.5
"""Between the sides of the window and the address: as wide as what stands unseen before a word from
right to left, its space and its mark of direction."""


_NOTIFY_WINDOW = Area(24.6, 39.5, 120, 66.3)
_NOTIFY_SENDER = Area(125, 15, 195, 95)


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """Where things stand on the pages of a letter.

    The window is that of GOV.UK Notify where nothing else is said.
    """

    window: Area = _NOTIFY_WINDOW  # Where the address stands, and nothing else
    sender: Area = _NOTIFY_SENDER  # Where the sender stands, beside the address
    body: float = 95  # Where the letter itself begins on page 1
    left: float = 18  # The margins of every page
    right: float = 18
    top: float = 15
    foot: float = 10  # Between the line with the page's number and the edge of the paper


@dataclass(frozen=True, slots=True)
class AddressType:
    """How large an address is set, so that all of it stands in its window."""

    points: float  # The size of its letters
    leading: float  # From a line to the next, in that size


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter, ready to be printed. What is not shown of it here is private."""

    wording: LetterWording = field(repr=False)  # Its words, in its language
    parts: tuple[LetterPart, ...] = field(repr=False)  # The parts of the body that it has
    points: float  # The size it is printed in
    beside: bool  # Whether the sender has room beside the address; else it stands below
    address: tuple[str, ...] = field(repr=False)  # The lines in the window
    address_type: AddressType  # How they are set
    fields: Mapping[str, str] = field(repr=False)  # What each field says, by its plain name
    has_booklet: bool = True  # Whether a booklet goes with it, so that the line of it is printed
    about: str = field(repr=False, default="")  # Whom it is about, where somebody else gets it
    is_copy: bool = False  # Whether it is a copy of somebody's letter

    @property
    def page(self) -> str:
        """What its pages are called in style sheets."""
        return f"letter-{self.points:g}-{self.wording.language.direction}".replace(".", "_")

    @property
    def signatory(self) -> tuple[str, str]:
        """Who signs, and what they are; the clinic where nobody is named."""
        clinic = self.wording.clinic
        by = self.wording.file.signed_by or (clinic.letters.signed_by if clinic.letters else None)
        return (by.name, by.role or "") if by else (clinic.department or "", clinic.name)

    @property
    def page_number(self) -> tuple[str, str, str]:
        """The words before, between and after the number of a page and how many there are."""
        before, rest = around("page", self.wording.labels.letter_page)
        return (before, *around("pages", rest))

    def filled(self, text: Inline) -> Markup:
        """A text of the letter with this person's fields in it, as safe HTML."""
        pieces = [*template(text)]
        pieces[1::2] = (str(self._value(self.fields[name])) for name in pieces[1::2])
        return Markup("".join(pieces))

    @property
    def about_line(self) -> Markup:
        """Whom the letter is about, and that it is a copy, in a line."""
        labels = self.wording.labels
        before, after = around("name", labels.letter_copy if self.is_copy else labels.letter_about)
        return Markup("{}{}{}").format(before, self._value(self.about), after)

    def _value(self, value: str) -> Markup:
        """A field as it was typed: it keeps its direction, and its lines."""
        language = self.wording.language
        lines = (_line(each, language) for each in value.splitlines())
        return Markup("<br>").join(lines)

    @property
    def address_lines(self) -> Markup:
        """The lines of the address; each keeps its own direction."""
        code = self.wording.language.code
        return Markup("\n").join(_isolated(line, code) for line in self.address)

    @property
    def sender_lines(self) -> tuple[str, ...]:
        """The lines below the name of the clinic."""
        clinic = self.wording.clinic
        if clinic.letters is None:
            return ()
        said = (clinic.letters.phone, clinic.letters.hours, clinic.letters.email)
        lines = (clinic.department, *clinic.letters.address, *said)
        return tuple(line for line in lines if line)

    def address_from(self, layout: LetterLayout) -> float:
        """How far below the upper margin the address begins: half way down its window."""
        height = len(self.address) * self.address_type.points * self.address_type.leading * MM
        return layout.window.top - layout.top + (layout.window.height - height) / 2


def _line(words: str, language: Language) -> Markup:
    # A name with a hyphen may be longer than a line of giant print.
    inner = escape(words) if "-" in words else marked_whole(words, language)
    inner = _in_one_face(inner, words, language.code)
    turn = turned(words, language)
    return Markup("<bdi{}>{}</bdi>").format(turn, inner) if turn else inner


def _in_one_face(inner: Markup, words: str, language: str) -> Markup:
    """Words whose accents another typeface would draw, beside the letters: in one that has both.

    Where none has, the row has been told to be at fault.
    """
    face = whole_face(words, language) if parts_marks(words, language) else None
    if face is None:
        return inner
    return Markup("<span style=\"font-family: '{}'\">{}</span>").format(face.family, inner)


def _isolated(words: str, language: str) -> Markup:
    # Post is sorted from left to right, whatever the language of the letter.
    turn, inner = turned(words, ENGLISH), _in_one_face(escape(words), words, language)
    return Markup("<bdi{}>{}</bdi>").format(turn, inner) if turn else inner


def render_letters(
    letters: Sequence[LetterText], layout: LetterLayout, today: date, title: str
) -> str:
    """The letters as one HTML page, an `article` each, in their order.

    `title` names the file and has nothing private. The address and the fields are printed as they
    are typed, whatever signs are in them.
    """
    language = letters[0].wording.language
    return (
        environment(language)
        .get_template("letters.html.j2")
        .render(
            letters=letters,
            layout=layout,
            inset=INSET,
            language=language,
            title=title,
            author=letters[0].wording.clinic.name,
            today=today,
            pages=dict.fromkeys(
                (each.page, each.points, each.wording.language) for each in letters
            ),
            font_rules=Markup(font_rules(_characters(letters), served_font, _together(letters))),
        )
    )


def _characters(letters: Sequence[LetterText]) -> dict[str, frozenset[int]]:
    """The code points of the letters, by language: all that some person's words need."""
    found: dict[str, set[str]] = {}
    for each in letters:
        found.setdefault(each.wording.language.code, set()).update(*_texts(each))
        found.setdefault(each.wording.clinic_language.code, set()).update(*_names(each))
    return {
        code: frozenset(ord(sign) for sign in signs if sign.isprintable() and sign != " ")
        for code, signs in found.items()
    }


def _together(letters: Sequence[LetterText]) -> dict[str, str]:
    """What one typeface must draw of wordings and clinics; people's names are set one by one."""
    found: dict[str, str] = {}
    for each in letters:
        for code, texts in (
            (each.wording.language.code, _worded(each)),
            (each.wording.clinic_language.code, _names(each)),
        ):
            marked = "".join(parted_marks(text, code) for text in texts)
            found[code] = found.get(code, "") + marked
    return found


def _texts(letter: LetterText) -> Iterator[str]:
    yield from letter.address
    yield letter.about
    yield from letter.fields.values()
    yield from _worded(letter)


def _worded(letter: LetterText) -> Iterator[str]:
    wording = letter.wording
    yield from (text.plain for text in wording.file.printed)
    labels = wording.labels
    yield from (labels.letter_page, labels.letter_return, labels.letter_about, labels.letter_copy)
    yield from wording.language.months
    yield from letter.signatory


def _names(letter: LetterText) -> Iterator[str]:
    clinic = letter.wording.clinic
    yield from (clinic.name, *letter.sender_lines)
    yield from clinic.letters.return_to if clinic.letters else ()

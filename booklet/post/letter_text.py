"""A letter for one person, checked before it is set: every word there, and room for the address.

What is said of a row never says what is in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from unicodedata import normalize

from booklet.content.inline import Inline
from booklet.content.invisible import hidden
from booklet.content.language import Language
from booklet.content.letter import LetterPart
from booklet.content.letter_fields import GREETING, WITH_BOOKLET, fields_in, plain_name
from booklet.content.read_letter import Letter, LetterWording
from booklet.html.area import Area
from booklet.html.letter import INSET, MM, AddressType, LetterLayout, LetterText
from booklet.post.carriers import carriers
from booklet.post.known_columns import answer
from booklet.post.recipient import Recipient
from booklet.typeface import drawable, parts_marks, typefaces_for, whole_face, width_in_ems

ADDRESS_SIZES = (12, 11.5, 11, 10.5, 10)
"""Points: Royal Mail's Premier Customer Guide asks for 10 to 12 in an address that machines read.
It is the one text of a letter that does not follow the person's size: who reads it is the post."""
_OF_ANOTHER_TYPEFACE = 0.15
"""Ems that a line grows by where some letters are of a typeface whose baseline stands elsewhere."""
_WIDEST_LEADING, _LEAST_LEADING = 1.25, 1.0


@dataclass(frozen=True, order=True, slots=True)
class RowFault:
    """Why a letter cannot be made of a row: no word of it is private."""

    row: int  # As a spreadsheet counts it
    part: int  # 0 for the person of the row, 1 and up for those who get a copy
    column: str  # The field it is about; empty for the letter as a whole
    message: str  # What is wrong, and what to do

    def __str__(self) -> str:
        return f"row {self.row}{f', {self.column}' if self.column else ''}: {self.message}"


def letter_text(
    letter: Letter, person: Recipient, layout: LetterLayout
) -> tuple[LetterText | None, tuple[RowFault, ...]]:
    """The letter for a person, and every fault of the row that keeps it from being made."""
    given = person.given
    wording = letter.wording(given.language, given.audience)
    if wording is None:
        name = Language(given.language).name
        file = f"letters/{letter.name}.{Language(given.language).code}.yaml"
        message = f"the letter is not written in {name}; write {file}, or ask for another language"
        return None, (RowFault(person.row, person.part, "", message),)
    fields = {plain_name(name): _composed(value) for name, value in person.fields}
    fields |= {GREETING: _composed(person.greeting), **wording.of_clinic}
    address = tuple(" ".join(_composed(line).split()) for line in person.address)
    type_ = address_type(address, layout, given.language)
    has_booklet = bool(given.booklet)
    parts, unanswered = _parts(wording, fields, has_booklet)
    around = [each for each in wording.file.around if has_booklet or each != wording.file.enclosed]
    faults = [
        *unanswered,
        *_field_faults(wording, around, parts, fields),
        *(("Name", each) for each in _letter_faults(person.about, wording.language.code)),
        *_address_faults(address, layout, type_, Language(given.language).code),
    ]
    if faults or type_ is None:
        return None, tuple(RowFault(person.row, person.part, *each) for each in faults)
    points = given.size.floor
    text = LetterText(wording, parts, points, True, address, type_, fields, has_booklet)
    return replace(text, about=_composed(person.about), is_copy=bool(person.part)), ()


def _composed(text: str) -> str:
    """A text with letters and their accents as one character, where Unicode has one for both."""
    return normalize("NFC", text)


def address_type(
    address: tuple[str, ...], layout: LetterLayout, language: str
) -> AddressType | None:
    """The largest type in which an address fits into its window; `None` where none does."""
    first = typefaces_for(language)[0].characters
    foreign = sum(not first.issuperset(map(ord, line)) for line in address)
    widest = max((width_in_ems(line, language) for line in address), default=0)
    for points in ADDRESS_SIZES:
        lines = layout.window.height / (points * MM) - foreign * _OF_ANOTHER_TYPEFACE
        room = lines / len(address) if address else 0
        # Close lines only where the least size needs it.
        least = _LEAST_LEADING if points == ADDRESS_SIZES[-1] else 1.08
        if room >= least and widest * points * MM <= layout.window.width - 2 * INSET:
            return AddressType(points, min(int(room * 1000) / 1000, _WIDEST_LEADING))
    return None


def _address_faults(
    address: tuple[str, ...], layout: LetterLayout, type_: AddressType | None, language: str
) -> Iterator[tuple[str, str]]:
    """What is wrong with an address, each with the name of its column."""
    if not address:
        yield "Address", "there is no address; write it into the list"
        return
    for number, line in enumerate(address, start=1):
        for message in _letter_faults(line, language):
            yield "Address", f"line {number}: {message}"
        if not line:
            yield "Address", f"line {number} is empty; leave it out"
    if type_:
        return
    least, wide = ADDRESS_SIZES[-1], layout.window.width - 2 * INSET
    too_wide = max(width_in_ems(line, language) for line in address) * least * MM > wide
    if too_wide:
        yield (
            "Address",
            f"a line of it is longer than the {wide:g} mm of the window at {least} point; make two "
            "lines of it, or choose another envelope",
        )
    most = _most_lines(layout.window)
    if len(address) > most or not too_wide:
        most = min(most, len(address) - 1)  # fewer where they are in several typefaces
        yield (
            "Address",
            f"it has {len(address)} lines, and the window holds {most}; put two lines on one"
            f"{_with_room(len(address))}",
        )


def _most_lines(window: Area) -> int:
    """How many lines of the least size a window holds, with no more room than their letters need.

    >>> _most_lines(Area(20, 57, 100, 81)), _most_lines(Area(20, 57, 100, 82))
    (6, 7)
    """
    return int(window.height / (ADDRESS_SIZES[-1] * MM * _LEAST_LEADING))


def _with_room(lines: int) -> str:
    """Who else has a window for so many lines, in words."""
    rooms = [
        f"`--carrier {each.name}`"
        for each in carriers()
        if each.envelope and each.window and _most_lines(each.window) >= lines
    ]
    return f", or take a larger window: {' or '.join(rooms)}" if rooms else ""


def _parts(
    wording: LetterWording, fields: Mapping[str, str], has_booklet: bool
) -> tuple[tuple[LetterPart, ...], tuple[tuple[str, str], ...]]:
    """The parts of the body that a person gets, and what keeps that from being known."""
    answers = {
        part.when: has_booklet
        if plain_name(part.when) == WITH_BOOKLET
        else answer("", fields.get(plain_name(part.when), ""))
        for part in wording.file.body
        if part.when
    }
    unknown = "it says neither yes nor no; write one of them, or nothing for no"
    return (
        tuple(part for part in wording.file.body if not part.when or answers[part.when]),
        tuple((column, unknown) for column, said in answers.items() if said is None),
    )


def _field_faults(
    wording: LetterWording,
    around: Iterable[Inline],
    parts: tuple[LetterPart, ...],
    fields: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields that this letter prints, each with the name of its column."""
    texts = (*around, *(text for part in parts for text in part.printed))
    used = {plain_name(name): name for text in texts for name in fields_in(text)}
    for name, column in used.items():
        value = fields.get(name)
        if value is None:
            yield column, "the letter prints it, and the list has no such column; add it"
        elif not value.strip():
            yield column, "it is empty, and the letter prints it; fill it in"
        else:
            code = wording.language.code
            yield from ((column, message) for message in _letter_faults(value, code))


def _letter_faults(text: str, language: str) -> Iterator[str]:
    """What to say of characters that nobody sees or no typeface has; by their numbers alone."""
    halves = (at for at, sign in enumerate(text) if "\ud800" <= sign <= "\udfff")
    unseen = {*(at for at, _ in hidden(text)), *halves}
    for point in sorted({ord(text[at]) for at in unseen}):
        yield f"an invisible character stands in it (U+{point:04X}); type it anew"
    known = drawable()
    seen = (sign for at, sign in enumerate(text) if at not in unseen)
    shown = {ord(sign) for sign in seen if not sign.isspace()}
    for point in sorted(shown - known):
        yield f"no typeface here has a character of it (U+{point:04X}); write it another way"
    if shown <= known and parts_marks(text, language) and not whole_face(text, language):
        yield "no typeface here has all its letters with their accents; write it another way"

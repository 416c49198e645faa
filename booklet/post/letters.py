"""Covering letters for many people, set in one go and written as one tagged PDF.

Each letter has its person's size and language. What is raised names rows, and nothing that is in
them: names and addresses go into the letters and nowhere else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from booklet.content.read_letter import Letter
from booklet.html.font_faces import with_others_like
from booklet.html.letter import PAGE_WIDTH, LetterLayout, LetterText, render_letters
from booklet.post.letter_text import RowFault, letter_text
from booklet.post.recipient import Recipient
from booklet.problems import BookletError, MissingOnMachine
from booklet.tagging.typeset import typeset, write_pdf

if TYPE_CHECKING:
    import weasyprint

    from booklet.tagging.letter_pages import SetLetter

_ADDRESS, _SENDER = "letter__address", "letter__sender"
_SLACK = 0.3  # Millimetres: what rounding may add
_CUT_OFF = "a word of it is wider than the page in this size; part it, or choose a smaller size"
_TOO_WIDE = "it does not fit into the window as it was set; make its lines shorter or fewer"
_PASS = (OSError, MemoryError, MissingOnMachine)
"""What the machine stops with, whatever is in a letter."""
_CANNOT_SET = "the letter could not be set; tell who looks after the program the number of this row"


class LettersDoNotFit(BookletError):
    """Letters cannot be made of some rows; all faults are in `faults`, sorted."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type["LettersDoNotFit"], tuple[tuple[RowFault, ...]]]:
        return type(self), (self.faults,)


@dataclass(frozen=True, slots=True)
class LetterBatch:
    """Letters in one file, in the order of the people."""

    pdf: bytes
    pages: tuple[range, ...]  # The pages of each letter, counted from 0


def row_faults(
    letter: Letter, people: Sequence[Recipient], layout: LetterLayout
) -> tuple[RowFault, ...]:
    """All that keeps letters from being made, sorted by rows; nothing is set for it.

    A fault that only the set page shows, a word wider than the page, is not among them.
    """
    return tuple(sorted(fault for each in people for fault in letter_text(letter, each, layout)[1]))


def set_letters(
    letter: Letter, people: Sequence[Recipient], layout: LetterLayout, today: date
) -> LetterBatch:
    """A letter for each person, all in one PDF for PDF/UA-1 and PDF/A-2a.

    Each letter begins a page. The title says whose letters they are, and nothing of the people.
    The same people, letter, layout and day give the same bytes. `LettersDoNotFit` carries every
    fault of every row.
    """
    texts: list[LetterText] = []
    faults: list[RowFault] = []
    for person in people:
        text, wrong = letter_text(letter, person, layout)
        faults += wrong
        if text:
            texts.append(text)
    if faults:
        raise LettersDoNotFit(faults)
    try:
        pages = _set(letter, texts, layout, today)
        if faults := [*_page_faults(people, pages, layout)]:
            raise LettersDoNotFit(faults)
        pdf = write_pdf(pages.document, texts[0].wording.labels, letter.file)
        return LetterBatch(pdf, tuple(each.pages for each in pages.letters))
    except (LettersDoNotFit, *_PASS):
        raise
    except Exception:  # noqa: BLE001 - the typesetter stops with any of them at the strangest names
        # What it says quotes the page, which is private: each letter is tried by itself.
        alone = len(people) == 1
        failing = [each for each in people if alone or _fails(letter, each, layout, today)]
    # Where each can be set by itself, nobody knows which of them it is.
    failing = failing or [*people]
    raise LettersDoNotFit([RowFault(each.row, each.part, "", _CANNOT_SET) for each in failing])


class _Pages(NamedTuple):
    """Letters as they were set."""

    document: "weasyprint.Document"
    letters: "tuple[SetLetter, ...]"
    texts: tuple[LetterText, ...]


def _fails(letter: Letter, person: Recipient, layout: LetterLayout, today: date) -> bool:
    try:
        set_letters(letter, (person,), layout, today)
    except LettersDoNotFit:
        return True
    return False


def _set(letter: Letter, texts: Sequence[LetterText], layout: LetterLayout, today: date) -> _Pages:
    """The pages of the letters, the sender beside the address where there is room for it."""
    kinds: dict[tuple[str, str], LetterText] = {}
    for each in texts:
        kinds.setdefault(_kind(each), each)
    tried = _typeset(letter, tuple(kinds.values()), layout, today)
    roomy = {kind: _has_room(one, layout) for kind, one in zip(kinds, tried.letters, strict=True)}
    placed = tuple(replace(each, beside=roomy[_kind(each)]) for each in texts)
    return _typeset(letter, placed, layout, today)


def _kind(text: LetterText) -> tuple[str, str]:
    """What the room for the sender depends on: size and language."""
    return text.page, text.wording.language.tag


def _has_room(one: "SetLetter", layout: LetterLayout) -> bool:
    below = one.parts[_SENDER].bottom - layout.sender.bottom
    beyond = one.parts[_SENDER].right - layout.sender.right
    return max(below, beyond) < _SLACK


def _in_window(one: "SetLetter", layout: LetterLayout) -> bool:
    window, address = layout.window, one.parts[_ADDRESS]
    inside = (
        address.left - window.left,
        address.top - window.top,
        window.right - address.right,
        window.bottom - address.bottom,
    )
    return min(inside) > -_SLACK


def _typeset(
    letter: Letter, texts: tuple[LetterText, ...], layout: LetterLayout, today: date
) -> _Pages:
    wording = letter.first
    title = wording.labels.letter_title.format(clinic=wording.clinic.name)
    html = render_letters(texts, layout, today, title)
    document = typeset(
        html, (), letter.file, characters=with_others_like(frozenset(map(ord, html)))
    )
    from booklet.tagging.letter_pages import letters_set, numbered_where_several

    found = letters_set(document, (_ADDRESS, _SENDER))
    return _Pages(numbered_where_several(document, found), found, texts)


def _page_faults(
    people: Sequence[Recipient], pages: _Pages, layout: LetterLayout
) -> Iterator[RowFault]:
    """What stands elsewhere than it should, measured on the pages."""
    edge = max(PAGE_WIDTH - layout.right, layout.sender.right)
    for person, one in zip(people, pages.letters, strict=True):
        if not _in_window(one, layout):
            yield RowFault(person.row, person.part, "Address", _TOO_WIDE)
        if one.right > edge + _SLACK or one.left < layout.left - _SLACK:
            yield RowFault(person.row, person.part, "", _CUT_OFF)

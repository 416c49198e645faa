"""What a carrier asks of the window of an envelope and of the address in it, a rule each.

No message says what stands there: letters are private. The rules bear the names of GOV.UK Notify's
errors, where it has one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from unicodedata import normalize

from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.messages import counted
from booklet.pdf.geometry import POINTS_PER_MM
from booklet.pdf.page_model import Face
from booklet.post.addresses import NOT_FIRST, AddressRules, address_of
from booklet.post.carried import NOTIFY, CarriedLetter, Shortfalls
from booklet.post.carriers import machine_address
from booklet.post.refusal import wordings

ROYAL_MAIL = "Royal Mail, Premier Customer Guide"

TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""The letters that tell how tall print is: capitals without accents, and figures."""

BOLD = 600  # the weight of a face from which it is bold

_NO_WINDOW = Nothing("no window: its place is not known, or this is no letter")
_SET_ANEW = Nothing("the address as printed is not what machines read")
_RULES_OF_LINES = {"address-is-empty", "not-enough-address-lines", "too-many-address-lines"}
_WORD = re.compile(r"\w+")


@rule("an address in the window", NOTIFY)
def address_is_empty(letter: CarriedLetter) -> Shortfalls:
    """An address in the window of page 1.

    A letter without one comes back, or lies open at somebody else's.
    """
    page = letter.first
    if page is None:
        return _NO_WINDOW
    if not page.address:
        window = letter.carrier.window
        yield page.page, f"no text stands in the window ({window}); put the address there"
    return counted(len(page.address_lines), "line")


@rule("3 lines at least, where the carrier says so", NOTIFY)
def not_enough_address_lines(letter: CarriedLetter) -> Shortfalls:
    """Lines of the address, not too few.

    With fewer than a name, a street and a postcode, a letter does not arrive.
    """
    page, limits = letter.first, letter.carrier.address_lines
    if page is None or limits is None:
        return _NO_WINDOW if page is None else Nothing("nobody says how many lines")
    number = len(page.address_lines)
    if 0 < number < limits[0]:
        yield (
            page.page,
            f"the address has {counted(number, 'line')}; write {limits[0]} at least, the "
            "postcode last",
        )
    return counted(number, "line")


@rule("7 lines at most, where the carrier says so", NOTIFY)
def too_many_address_lines(letter: CarriedLetter) -> Shortfalls:
    """Lines of the address, not too many.

    More lines than an address has are something else that shows in the window.
    """
    page, limits = letter.first, letter.carrier.address_lines
    if page is None or limits is None:
        return _NO_WINDOW if page is None else Nothing("nobody says how many lines")
    number = len(page.address_lines)
    if number > limits[1]:
        yield (
            page.page,
            f"{counted(number, 'line')} stand in the window and {limits[1]} may; let nothing but "
            "the address stand there",
        )
    return counted(number, "line")


@rule("what the post can deliver to: a place, and a postcode or a country last", NOTIFY)
def address_refused(letter: CarriedLetter) -> Shortfalls:
    """The address, read as the post reads it.

    Without a real postcode at its end, or with the words that stand for no address, a letter is
    refused or comes back. An address that a list has was looked at with the list.
    """
    page = letter.first
    if page is None or letter.address or not page.address:
        return _NO_WINDOW if page is None else Nothing("looked at with the list, or none there")
    name, *lines = page.address_lines
    for id in address_of([name], lines, AddressRules(international=True)).broken:
        if id not in _RULES_OF_LINES:
            words = wordings()[id]
            says, do = (each.format(signs=" ".join(NOT_FIRST)) for each in (words.says, words.do))
            yield page.page, f"{says} ({id}); {do}"
    return counted(len(page.address_lines), "line")


@rule("nothing half in the window, nothing beside it that may come into view", "our own: privacy")
def content_beside_the_address(letter: CarriedLetter) -> Shortfalls:
    """Print that comes into view with the address.

    A sheet slides about in its envelope. What stands beside the address is read by whoever
    carries it, and a line that runs out of the window is not read by the sorting machine.
    """
    page = letter.first
    if page is None:
        return _NO_WINDOW
    if page.beside or (page.stray and not page.outside):
        place = f", at {page.beside}" if page.beside else ""
        yield (
            page.page,
            f"print stands beside the window or runs out of it{place}; keep all of "
            f"{letter.carrier.seen or letter.carrier.window} for the address, and the address in "
            f"{letter.carrier.window}",
        )
    return counted(len(page.address), "letter") + " in the window"


@rule("the address of the list, whole, and nothing else", "our own: nothing lost, nothing told")
def address_not_as_listed(letter: CarriedLetter) -> Shortfalls:
    """The address in the window, held against the list.

    A letter that was cut off does not arrive; whatever else shows in the window tells something.
    """
    page = letter.first
    if page is None or not letter.address:
        return _NO_WINDOW if page is None else Nothing("no list to hold it against")
    if _signs(letter.address) != _signs(each.char for each in page.address):
        yield (
            page.page,
            "the window does not show the address of the list, whole and alone; shorten its "
            "lines, or take a carrier with a larger window",
        )
    return counted(len(page.address_lines), "line")


def _signs(texts: Iterable[str]) -> Counter[str]:
    """The letters of texts without spaces, counted; forms of one letter count as one."""
    whole = normalize("NFKD", "".join(texts)).casefold()
    return Counter(each for each in whole if not each.isspace() and each.isprintable())


@rule("not two words of it, nor one where it has no more", "our own: privacy")
def title_in_the_window(letter: CarriedLetter) -> Shortfalls:
    """Words of the enclosed booklet's title in the window.

    Nobody but the reader may learn from the envelope what it is about.
    """
    page = letter.first
    if page is None or not letter.titles:
        return _NO_WINDOW if page is None else Nothing("nothing enclosed is known")
    read = _WORD.findall(page.words.casefold())
    for title in letter.titles:
        words = _WORD.findall(title.casefold())
        shows = {*pairwise(words)} & {*pairwise(read)} or (len(words) == 1 and words[0] in read)
        if shows:
            yield page.page, "words of the enclosed title show in the window; move them away"
    return counted(len(letter.titles), "title")


@rule("letters 2 to 7 mm tall", ROYAL_MAIL)
def address_letter_height(letter: CarriedLetter) -> Shortfalls:
    """How tall the capitals and figures of the address are.

    Machines sort the post by what they read; what they cannot read waits for a person.
    """
    page = letter.first
    if page is None or not letter.carrier.machine_address:
        return _NO_WINDOW if page is None else _SET_ANEW
    least, most = machine_address().letters
    heights = [each.box.height / POINTS_PER_MM for each in page.address if each.char in TALL]
    if heights and (min(heights) < least - 0.1 or max(heights) > most + 0.1):
        yield (
            page.page,
            f"the address has letters of {min(heights):.1f} to {max(heights):.1f} mm; set it in a "
            f"size that makes its capitals {least:g} to {most:g} mm tall",
        )
    return f"{min(heights):.1f} to {max(heights):.1f} mm" if heights else Nothing("no capitals")


@rule("no serifs, not bold, not italic", ROYAL_MAIL)
def address_typeface(letter: CarriedLetter) -> Shortfalls:
    """The typeface of the address.

    Machines read plain letters best.
    """
    page = letter.first
    if page is None or not letter.carrier.machine_address:
        return _NO_WINDOW if page is None else _SET_ANEW
    faces = {each.face for each in page.address}
    for word in sorted({word for face in faces for word in _ornate(face)}):
        yield page.page, f"the address is set {word}; set it in a regular sans serif"
    return counted(len(faces), "typeface")


def _ornate(face: Face) -> Iterable[str]:
    told = (face.weight >= BOLD, "in bold"), (face.italic, "in italics"), (face.serif, "in serifs")
    return (word for is_so, word in told if is_so)


@rule("5 mm of white round the address", ROYAL_MAIL)
def address_clear_zone(letter: CarriedLetter) -> Shortfalls:
    """White round the address.

    Machines find the address by the white around it.
    """
    page = letter.first
    if page is None or not letter.carrier.machine_address:
        return _NO_WINDOW if page is None else _SET_ANEW
    clear = machine_address().clear
    if page.crowding:
        yield (
            page.page,
            f"print stands within {clear:g} mm of the address, at {page.crowding}; move it away",
        )
    return f"{clear:g} mm looked at"

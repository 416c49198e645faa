"""What a carrier asks of the pages and the file of a letter, a rule each.

They bear the names of GOV.UK Notify's errors, where it has one.
"""

from booklet.check.report import Nothing
from booklet.check.rule import rule
from booklet.content.language import language_of
from booklet.messages import counted
from booklet.post.carried import NOTIFY, CarriedLetter, Shortfalls
from booklet.post.carriers import Carrier, carriers
from booklet.post.looks import Seen
from booklet.post.packs import Enclosure, Printed, on_both_sides, refusals, takes
from booklet.print.stock import A4


@rule("A4 upright, give or take 2 mm", NOTIFY)
def letter_not_a4_portrait_oriented(letter: CarriedLetter) -> Shortfalls:
    """Size and direction of every page.

    Carriers print on one size of paper. Another size is refused, or shrunk so that nobody can
    read it.
    """
    wide, high = letter.carrier.page
    for page in letter.pages:
        if not page.fits:
            width, height = page.size
            yield (
                page.page,
                f"this page is {width:.0f} × {height:.0f} mm, and {letter.carrier.title} prints "
                f"{wide:g} × {high:g} mm; take an edition with pages of that size",
            )
    return counted(len(letter.pages), "page")


@rule("the carrier's sheets and sides", NOTIFY)
def letter_too_long(letter: CarriedLetter) -> Shortfalls:
    """Sheets and sides, those of an enclosed booklet included.

    An envelope holds so many sheets, and a machine folds so many.
    """
    carrier, sides = letter.carrier, len(letter.pages) + letter.enclosed
    sheets = _sheets(_whole(letter))
    if letter.beside:
        for why in refusals(carrier, _whole(letter)):
            yield 0, f"{why}; {_instead(letter)}"
        with_it = f"with a booklet of {counted(letter.beside.pages, 'page')} beside it"
        return f"{counted(sides, 'page')} {with_it}"
    too_many = carrier.sides is not None and sides > carrier.sides
    if too_many or (carrier.sheets is not None and sheets > carrier.sheets):
        yield (
            0,
            f"it has {_extent(sides, sheets)}, and {carrier.title} takes {_most(carrier)}; "
            f"{_instead(letter)}",
        )
    known = carrier.sides or carrier.sheets
    return _extent(sides, sheets) if known else Nothing("nobody says how long a letter may be")


def _extent(sides: int, sheets: int) -> str:
    return f"{counted(sides, 'page')} on {counted(sheets, 'sheet')}"


def _whole(letter: CarriedLetter) -> Enclosure:
    """A letter and its booklet on paper."""
    book = Printed(letter.enclosed, A4, letter.one_sided) if letter.enclosed else None
    return Enclosure(len(letter.pages), letter.beside or book, letter.one_sided)


def _sheets(whole: Enclosure) -> int:
    return whole.letter_sheets + (whole.booklet.leaves if whole.booklet else 0)


def _instead(letter: CarriedLetter) -> str:
    """Who else takes as much paper, in words."""
    whole = _whole(letter)
    if whole != on_both_sides(whole) and takes(letter.carrier, on_both_sides(whole)):
        return "print it on both sides"
    others = [f"`{each.name}`" for each in carriers() if each.uploads and takes(each, whole)]
    has_booklet = letter.enclosed or letter.beside
    apart = "send the booklet apart from the letter" if has_booklet else "make it shorter"
    return f"take {' or '.join(others)}, or {apart}" if others else apart


def _most(carrier: Carrier) -> str:
    """How long a letter may be, in words."""
    parts = ((carrier.sides, "page"), (carrier.sheets, "sheet"))
    return " on ".join(counted(number, thing) for number, thing in parts if number)


@rule("the carrier's size of a file", NOTIFY)
def file_too_large(letter: CarriedLetter) -> Shortfalls:
    """The size of the file.

    A file that is too large cannot be uploaded.
    """
    most, size = letter.carrier.bytes, letter.bytes
    if most is None or size is None:
        return Nothing("nobody says how large a file may be" if most is None else "no file yet")
    if size > most:
        yield (
            0,
            f"it is {size / 1000:,.0f} kB, and {letter.carrier.title} takes {most / 1000:,.0f} kB; "
            "make its pictures smaller",
        )
    return f"{size / 1000:,.0f} kB"


@rule("no ink in the margins, nor on page 1 where nothing may be", NOTIFY)
def content_outside_printable_area(letter: CarriedLetter) -> Shortfalls:
    """Ink where the carrier prints none, found on a picture of the page.

    Printers lose what is near the edge. On the first page, codes for the sorting machines come
    between the address and the letter.
    """
    for page in letter.pages:
        if page.outside:
            yield (
                page.page,
                f"print stands where {letter.carrier.title} wants white paper, at {page.outside}; "
                f"{_keep_clear(letter.carrier, page)}",
            )
    return counted(sum(page.fits for page in letter.pages), "page")


def _keep_clear(carrier: Carrier, page: Seen) -> str:
    left, top, right, bottom = (f"{width:g}" for width in carrier.margins)
    margins = f"keep {left} mm at the left, {right} at the right, {top} above and {bottom} below"
    if page.first and carrier.areas:
        places = ", ".join(f"{name} {area}" for name, area in carrier.areas.items())
        return f"{margins} white, and on page 1 print in the window and here only: {places}"
    return f"{margins} white"


@rule("not on any page but the first", NOTIFY)
def notify_tag_found_in_content(letter: CarriedLetter) -> Shortfalls:
    """The carrier's tag on later pages.

    Its machines know by it that a new letter begins, and would cut one letter into two.
    """
    tag = letter.carrier.tag
    if tag is None:
        return Nothing("this carrier has no tag")
    for page in letter.pages:
        if page.tagged:
            yield page.page, f"the tag {tag.words} stands here; take it away from all but page 1"
    return counted(len(letter.pages), "page")


@rule("less than the carrier's share of a page", "NHS Notify, the specifications of its packs")
def too_much_ink(letter: CarriedLetter) -> Shortfalls:
    """How much of each page is black.

    Heavy pages stick, curl and cost more.
    """
    most = letter.carrier.ink
    if most is None:
        return Nothing("nobody says how much ink")
    for page in letter.pages:
        if page.ink >= most:
            yield (
                page.page,
                f"{page.ink:.0%} of this page is black, and it must be less than {most:.0%}; take "
                "dark areas and large pictures away",
            )
    return f"{max((page.ink for page in letter.pages), default=0):.0%} at most"


@rule("black, white and grey, where the carrier prints in black", "NHS Notify, its packs")
def colour_in_a_black_pack(letter: CarriedLetter) -> Shortfalls:
    """Colour, where the carrier prints in black alone.

    A coloured heading turns to grey dots.
    """
    if not letter.carrier.black:
        return Nothing("this carrier prints in colour, or nobody says")
    pages = [page for page in letter.pages if page.coloured]
    for page in pages[:1]:
        more = f" and on {counted(len(pages) - 1, 'more page', 'more pages')}" * (len(pages) > 1)
        yield (
            page.page,
            f"there is colour at {page.coloured}{more}, and {letter.carrier.title} prints in black "
            "alone; make it with `--ink black`",
        )
    return counted(len(letter.pages), "page")


@rule("every font in the file", NOTIFY)
def fonts_not_embedded(letter: CarriedLetter) -> Shortfalls:
    """Fonts that the file does not hold.

    The carrier's machine takes another in their place, and lines break where nobody has looked.
    """
    missing = {name for page in letter.pages for name in page.missing_fonts}
    for name in sorted(missing):
        yield 0, f"{name} is not in the file; save the PDF again with all fonts embedded"
    return "none missing" if not missing else counted(len(missing), "font")


@rule("one the carrier takes", "NHS Notify, the languages of its templates")
def language_not_taken(letter: CarriedLetter) -> Shortfalls:
    """The language of the letter.

    A carrier that has no template in a language cannot send it.
    """
    taken = letter.carrier.languages
    if not taken:
        return Nothing("nobody says which languages")
    language = language_of(letter.language) if letter.language else None
    code = (letter.language or "").split("-")[0].lower()
    if not letter.language:
        yield 0, "the file does not say which language it is in; set it in the program that made it"
    elif code not in taken:
        name = language.name if language else code
        yield 0, f"{letter.carrier.title} has no templates in {name}; take another carrier"
    return letter.language or Nothing("no language said")

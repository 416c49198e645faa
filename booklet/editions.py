"""The tables of editions: who reads it, on which paper, how large, in which ink, or on a screen."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, Literal, get_args

Audience = Literal["patient", "family"]
"""For whom a booklet is: each reader has words of their own."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


@dataclass(frozen=True, slots=True)
class Size:
    """One size of print: a row of `SIZES`, which has a name, or one that is asked for by number."""

    name: str  # What it is called on the command line
    label: str  # The key of its name among the labels
    slug: str  # Its part of a file's name
    floor: float
    """The smallest glyph anywhere on the paper, in points: UKAAF G003 asks for 12 in clear print
    and at least 16, ideally 18, in large print."""
    width: float  # The trimmed page in millimetres
    height: float
    picture_width: float  # The widest a photograph is printed, in millimetres: as wide as drawings
    ruled_lines: int  # How many lines to write on fill a page of notes
    columns: int  # How many columns of a table have room side by side; else its rows are a list
    stylesheet: str
    """The entry style sheet, below `styles/`: it sets the size of print and of the page."""
    built_by_default: bool = True  # Whether it is built when no size is asked for
    points: int | None = None
    """The number it is asked for by, which its style sheet knows as `--points`; a name has none."""
    suffix: ClassVar[str] = "pdf"

    @property
    def in_english(self) -> str:
        """What it is called in messages: `large print`, `20 point print`."""
        return f"{self.points} point print" if self.points else f"{self.name} print"

    @property
    def letters(self) -> int:
        """About how many letters of a card of text fill a page: a guess, by measured pages."""
        points = self.width * self.height * (72 / 25.4) ** 2
        return round((1.0 if self.width < _A4_WIDTH else 0.75) * points / self.floor**2)


_A4_WIDTH = 210  # mm: wider margins and leading than on A5
_STANDARD, _LARGE, _GIANT = (f"editions/{name}.css" for name in ("standard", "large", "giant"))
SIZES = (
    Size("standard", "size_standard", "standard", 12, 148, 210, 87, 15, 4, _STANDARD),
    Size("large", "size_large", "large-print-18pt", 18, 210, 297, 172, 17, 3, _LARGE),
    Size("giant", "size_giant", "giant-print-24pt", 24, 210, 297, 171, 12, 2, _GIANT, False),
)

LEAST_POINTS, MOST_POINTS = 12, 36
"""The sizes of print that can be asked for by number, in points."""

SIZES_TO_WRITE = (
    f"{', '.join(size.name for size in SIZES)}, or a whole number of points from {LEAST_POINTS} to "
    f"{MOST_POINTS}"
)
"""What may stand where a size is asked for, for those who wrote something else."""


@dataclass(frozen=True, slots=True)
class _Range:
    """What sizes by number have in common, from one number up to the next range."""

    least: int  # The smallest of them, in points
    like: Size  # The size whose paper it shares
    picture_width: int  # As `Size` has them
    ruled_lines: int
    columns: int
    stylesheet: str


_RANGES = (
    _Range(13, SIZES[0], 102, 14, 3, "editions/points-13.css"),
    _Range(16, SIZES[1], 172, 17, 3, "editions/points-16.css"),
    _Range(20, SIZES[2], 171, 12, 2, "editions/points-20.css"),
    _Range(25, SIZES[2], 171, 9, 1, "editions/points-25.css"),
    _Range(30, SIZES[2], 171, 9, 1, "editions/points-30.css"),
)
"""Below 16 point, where large print begins (UKAAF G003), a line of A5 still has about 50 letters
and a booklet folds out of A4. From 16 on the paper is A4, with 64 letters a line at 16."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The web page: no paper, and letters as large as the one who reads has set them.

    It has what templates and file names ask of a `Size`; its lines are for those who print it.
    """

    label: str = "size_screen"
    slug: str = "web"
    suffix: str = "html"
    ruled_lines: int = 8
    columns: int = 2
    points: None = None
    stylesheet: str = "editions/web.css"


SCREEN = Screen()


def size_named(name: str) -> Size:
    """The size of that name or number, from 12 to 36 point; `KeyError` where there is none.

    12, 18 and 24 point are standard, large and giant print. `pt` may stand behind the number, as it
    does in the names of files.

    >>> size_named("20").slug, size_named("18").name, size_named("18pt").name
    ('print-20pt', 'large', 'large')
    """
    number = name.removesuffix("pt").strip()
    name = number if number.isdecimal() else name
    named = {size.name: size for size in SIZES} | {f"{size.floor:g}": size for size in SIZES}
    return named[name] if name in named else _by_number()[name]


@cache
def _by_number() -> dict[str, Size]:
    """The sizes that have no name, by their number as it is written, the smallest first."""
    known = {size.floor for size in SIZES}
    numbers = (each for each in range(LEAST_POINTS, MOST_POINTS + 1) if each not in known)
    return {f"{points}": _of_points(points) for points in numbers}


def _of_points(points: int) -> Size:
    like = next(each for each in reversed(_RANGES) if each.least <= points)
    return replace(
        like.like,
        name=f"{points}",
        label="size_points",
        slug=f"print-{points}pt",
        floor=points,
        picture_width=like.picture_width,
        ruled_lines=like.ruled_lines,
        columns=like.columns,
        stylesheet=like.stylesheet,
        built_by_default=False,
        points=points,
    )


def all_sizes() -> tuple[Size, ...]:
    """Every size there is: those with a name, then those by number, the smallest first."""
    return (*SIZES, *_by_number().values())


def sizes_named(names: Collection[str]) -> tuple[Size, ...]:
    """The sizes of these names and numbers, each once, in the order of `all_sizes`.

    Without any, those that are built by default. `KeyError` as `size_named` has it.

    >>> [size.name for size in sizes_named(["20", "18", "large", "14"])]
    ['large', '14', '20']
    """
    asked = {size_named(name) for name in names}
    return tuple(
        size for size in all_sizes() if (size in asked if names else size.built_by_default)
    )


@dataclass(frozen=True, slots=True)
class Ink:
    """What a booklet is printed in. The row is all there is to it, with the tokens of its sheet."""

    name: str  # What it is called on the command line
    stylesheet: str | None
    """The sheet below `styles/` whose colours take the place of the tokens; `None` keeps those."""

    @property
    def slug(self) -> str | None:
        """Its part of a file's name; the ink that is usual has none."""
        return f"{self.name}-ink" if self.stylesheet else None


COLOUR = Ink("colour", None)
BLACK = Ink("black", "ink/black.css")
"""Nothing but black and white, for what makes a fax picture of each page (1 bit, 200 dots an
inch): a colour would turn to dots there."""
INKS = (COLOUR, BLACK)


def ink_named(name: str) -> Ink:
    """The ink of that name; `KeyError` where there is none."""
    return {ink.name: ink for ink in INKS}[name]


@dataclass(frozen=True, slots=True)
class Edition:
    """One booklet for one reader, in one size of print and one ink, or for the screen."""

    audience: Audience  # For whom
    size: Size | Screen  # How large, or that it is for the screen
    ink: Ink = COLOUR  # What it is printed in; a screen has its colours

    def file_name(
        self,
        booklet: str,
        language: str,
        version: str,
        clinic: str | None = None,
        draft: bool = False,
    ) -> str:
        """The file's name: service, audience, language, format, ink, clinic, version, draft.

        The usual ink is not named, nor a clinic where there is none, nor a draft that needs not.

        NHS Notify names templates in this order; `[a-z0-9_.-]` passes every referral system. A
        clinic's own booklet never has the name of another's. A translation's folder has its
        language in its name, which its files say once.

        >>> Edition("patient", SIZES[0]).file_name("aml-relapse", "en-GB", "0.1")
        'aml-relapse_patient_en_standard_v0-1.pdf'
        >>> Edition("patient", SIZES[0], BLACK).file_name("aml-relapse", "en-GB", "0.1")
        'aml-relapse_patient_en_standard_black-ink_v0-1.pdf'
        >>> Edition("patient", SCREEN).file_name("aml-relapse", "en-GB", "0.1")
        'aml-relapse_patient_en_web_v0-1.html'
        >>> Edition("family", SCREEN).file_name("aml-relapse", "en", "1.0", "example")
        'aml-relapse_family_en_web_example_v1-0.html'
        >>> Edition("family", SCREEN).file_name("aml-relapse.cy", "cy", "1.0")
        'aml-relapse_family_cy_web_v1-0.html'
        """
        booklet, _, _ = booklet.partition(".")
        parts = (booklet, self.audience, language.split("-")[0], self.size.slug, self.ink.slug)
        name = "_".join(part for part in parts if part)
        return f"{name}_{end_of_name(version, clinic, draft)}.{self.size.suffix}"


def end_of_name(version: str, clinic: str | None, draft: bool) -> str:
    """How a file's name ends: clinic if any, version, and whether the name says draft.

    >>> end_of_name("0.1", None, True)
    'v0-1_draft'
    """
    parts = (clinic, f"v{version.replace('.', '-')}", "draft" if draft else None)
    return "_".join(part for part in parts if part)


RELEASED = "released"
"""The folder below that of builds where `release` puts what is given out, so that no draft lies
beside it."""


def editions(
    audiences: tuple[Audience, ...], sizes: tuple[Size, ...], ink: Ink = COLOUR
) -> tuple[Edition, ...]:
    """Every reader in every size and on the screen, in the order of the tables.

    The NHS service manual asks for a web page beside every PDF, whichever sizes are made.
    """
    return tuple(
        edition
        for audience in audiences
        for edition in (
            *(Edition(audience, size, ink) for size in sizes),
            Edition(audience, SCREEN),
        )
    )

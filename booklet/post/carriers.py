"""The carriers of letters: what each takes, since when that is known, and from where.

Lengths are millimetres from the top left corner of the page.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from booklet.content.names import clinic_names
from booklet.content.suggestion import near
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import read_yaml
from booklet.html.area import Area
from booklet.print.stock import A4
from booklet.problems import FaultsFound, WrongUsage

DATA = Path(__file__).with_name("carriers.yaml")

OWN_FILE = "carriers.yaml"  # what a clinic's own carriers stand in, in the folder of its profile


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cut(_Exact):
    """The window of an envelope, as envelopes are measured: flap at the top, address upright."""

    left: float  # from the left edge of the envelope
    bottom: float  # from the lower edge of the envelope
    width: float  # from left to right
    height: float  # from its lower to its upper edge


class WindowEnvelope(_Exact):
    """An envelope as it lies to be addressed."""

    name: str  # what people call it
    width: float  # from left to right
    height: float  # from the flap down
    window: Cut | None = None  # its window, where it has one whose place is known


class Tag(_Exact):
    """Words by which the carrier's machines know the first page of a letter."""

    words: str  # what it says
    typeface: str  # the typeface it is set in, in white
    size: float  # the size of its letters, in points
    left: float  # where it begins
    top: float  # where its upper edge is
    area: Area  # where it is looked for


class MachineAddress(_Exact):
    """How an address must look so that the machines that sort the post can read it."""

    read: str = Field(pattern=r"^\d{4}-\d{2}$")  # the year and month in which that was looked up
    source: str  # where it is said
    letters: tuple[float, float]  # the least and the most height of a capital or a figure
    clear: float  # what stays white round the whole address


class BlindPost(_Exact):
    """Post that is free for people who are blind or partially sighted."""

    title: str  # what people call it
    read: str = Field(pattern=r"^\d{4}-\d{2}$")  # the year and month in which that was looked up
    source: str  # where it is said
    print: float  # the smallest print anywhere on what may go, in points
    weight: float  # the most for an item, in grams
    notes: tuple[str, ...]  # who may have it and how, as parts of sentences


class Carrier(_Exact):
    """A way that letters are sent, as its keepers describe it."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")  # what it is called on the command line
    title: str  # what people call it
    read: str = Field(pattern=r"^\d{4}-\d{2}$")  # the year and month in which that was looked up
    source: str  # where it is said
    page: tuple[float, float] = (A4.width, A4.height)  # width and height of every page, upright
    tolerance: float = 2  # by how much a page may differ from that
    margins: Area = Area(0, 0, 0, 0)
    """What stays white at the left, upper, right and lower edge of every page: four widths, and
    no area."""
    grace: float = 1
    """By how much print may come into what stays white before it is a fault: letters have soft
    edges in a picture."""
    areas: Mapping[str, Area] = {}
    """Where print may stand on page 1 besides the window, by name: `logo`, `sender`, `body`.
    Empty where all within the margins is free."""
    window: Area | None = None
    """Where the address stands: all of it is seen, however the sheet lies in its envelope. `None`
    where nobody says."""
    seen: Area | None = None
    """What may come into view, or is read as the address: nothing else stands there."""
    marks: Area | None = None  # what stays white on page 1 because the carrier prints there
    panels: int = Field(1, ge=1, le=3)  # into how many panels a page is folded: 1 is not at all
    sheets: int | None = Field(None, gt=0)  # the most sheets of paper, letter and booklet together
    sides: int | None = Field(None, gt=0)  # the most printed sides; every sheet has two
    paper: float | None = None  # the paper it prints on, in grams a square metre
    thickness: float | None = None  # the most for what is in the envelope, or with it
    weight: float | None = None  # the most for all of it, in grams
    bytes: int | None = Field(None, gt=0)  # the most for a file
    ink: float | None = Field(None, gt=0, le=1)  # the most of a page that may be black, as a share
    black: bool = False  # whether it prints in black alone
    address_lines: tuple[int, int] | None = None  # the fewest and the most lines of an address
    sets_address: bool = False  # whether it takes the address off the page and sets it anew
    machine_address: bool = False  # whether the address as printed is what machines must read
    tag: Tag | None = None  # the words that mark page 1, and may stand on no other
    languages: tuple[str, ...] = ()  # the languages it takes, as tags; empty where nobody says
    envelope: WindowEnvelope | None = None  # the envelope, where its sides are known
    uploads: bool = True  # whether it takes finished PDFs, and not only its own templates
    price: str = ""  # what it says it asks for a letter, in words
    note: str = ""  # what else to know

    @model_validator(mode="after")
    def _window_is_known_once(self) -> "Carrier":
        if self.window and self.envelope and self.envelope.window:
            raise ValueError("give `window`, or the window of `envelope`, and not both")
        return self

    def __hash__(self) -> int:
        """By its name, for what is made of a carrier once: `areas` has no hash."""
        return hash((self.name, self.read))

    @property
    def prints(self) -> bool:
        """Whether it prints what it posts: a post room has an envelope that others fill."""
        return self.envelope is None

    @property
    def printable(self) -> Area:
        """Where print may stand on every page but the first."""
        left, top, right, bottom = self.margins
        return Area(left, top, self.page[0] - right, self.page[1] - bottom)

    @property
    def first_page(self) -> tuple[Area, ...]:
        """Where print may stand on page 1, the window included."""
        window = (self.window,) if self.window else ()
        return (*self.areas.values(), *window) if self.areas else (self.printable,)


class CarriersFile(_Exact):
    """`carriers.yaml`: ours, or that of a clinic."""

    carriers: tuple[Carrier, ...] = Field(min_length=1)  # in the order they are listed
    machine_address: MachineAddress | None = None  # what machines can read of an address
    articles_for_the_blind: BlindPost | None = None  # post that is free for some


def _in_view(carrier: Carrier) -> Carrier:
    """The carrier with the window of its envelope as an area of the page.

    The folded sheet is smaller than the envelope and slides about: what is seen with the sheet at
    either end is always seen, and what is seen with it at one of them may be.
    """
    envelope = carrier.envelope
    if envelope is None or envelope.window is None:
        return carrier
    cut, (width, height) = envelope.window, carrier.page
    across, down = envelope.width - width, envelope.height - height / carrier.panels
    left, top = cut.left, envelope.height - cut.bottom - cut.height
    right, bottom = left + cut.width, top + cut.height
    window = Area(left, top, right - across, bottom - down)
    seen = Area(max(left - across, 0), max(top - down, 0), right, bottom)
    return carrier.model_copy(update={"window": window, "seen": seen})


def slides(carrier: Carrier) -> tuple[float, float]:
    """How far the folded sheet can slide in the envelope, across and down; nothing where unknown.

    >>> slides(carrier_named("desk-dl"))
    (10.0, 11.0)
    """
    if carrier.envelope is None:
        return 0.0, 0.0
    width, height = carrier.page
    return carrier.envelope.width - width, carrier.envelope.height - height / carrier.panels


@cache
def carriers(file: Path = DATA) -> tuple[Carrier, ...]:
    """All carriers of a data file, in its order; `FaultsFound` tells everything wrong in it."""
    return tuple(map(_in_view, _read(file).carriers))


def machine_address() -> MachineAddress:
    """What machines can read of an address."""
    found = _read(DATA).machine_address
    assert found is not None, "our own data have it"
    return found


def blind_post() -> BlindPost:
    """Articles for the Blind: what may go, to whom, and what speaks against it."""
    found = _read(DATA).articles_for_the_blind
    assert found is not None, "our own data have it"
    return found


def carriers_of(content: Path, clinic: str | None) -> tuple[Carrier, ...]:
    """All carriers that a clinic can use: its own, then those known here, each name once.

    A clinic's own stand in `clinics/NAME/carriers.yaml` below the folder `content`. `WrongUsage`
    where there is no such clinic.
    """
    clinics = clinic_names(content)
    if clinic and clinic not in clinics:
        raise WrongUsage(f"there is no clinic `{clinic}`; {near(clinic, frozenset(clinics))}")
    own = content / "clinics" / (clinic or "") / OWN_FILE
    found = carriers(own) if clinic and own.exists() else ()
    taken = {carrier.name for carrier in found}
    return (*found, *(each for each in carriers() if each.name not in taken))


def carrier_named(name: str, known: Sequence[Carrier] = ()) -> Carrier:
    """The carrier of that name among those `known`, or of ours; `WrongUsage` names those there are.

    >>> carrier_named("desk-c5").envelope.name
    'C5'
    """
    by_name = {carrier.name: carrier for carrier in known or carriers()}
    if name not in by_name:
        raise WrongUsage(f"there is no carrier `{name}`; {near(name, frozenset(by_name))}")
    return by_name[name]


@cache
def _read(file: Path) -> CarriersFile:
    source = read_yaml(file)
    try:
        return CarriersFile.model_validate(source.values or {})
    except ValidationError as error:
        raise FaultsFound(in_plain_words(error, source, CarriersFile)) from error

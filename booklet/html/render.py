"""A booklet for one reader, as one HTML page: in one size of print, or for the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from booklet import __version__
from booklet.content.accent import tones
from booklet.content.clinic import ClinicFact
from booklet.content.labels import Labels
from booklet.content.language import Language
from booklet.content.markup import around
from booklet.content.model import BookletFile, Detail, Figure, NamedSection, Term
from booklet.content.pictures import is_drawing
from booklet.content.telephone import Phone
from booklet.content.unbreakable import abbreviation, kept_whole, turned
from booklet.content.web_address import broken_at_slashes, printed_address
from booklet.editions import SCREEN, Screen, Size
from booklet.html.abbreviations import abbreviations_once
from booklet.html.clinic_details import Entry, Profile, called_at, dialled
from booklet.html.pictures import embedded, inline_svg, logo
from booklet.review.booklet import Booklet


@dataclass(frozen=True, slots=True)
class Page:
    """What the templates print: the booklet, and the words put together for them.

    `address` says where a picture that is no drawing is found from the page; `marked` asks for
    the word that it is a draft on every page of paper.
    """

    booklet: Booklet
    size: Size | Screen
    address: Callable[[Path], str] = Path.as_uri
    marked: bool = False

    @property
    def about(self) -> BookletFile:
        """The booklet's own file."""
        return self.booklet.about

    @property
    def labels(self) -> Labels:
        """The words no author wrote."""
        return self.booklet.labels

    @property
    def language(self) -> Language:
        """The language it is written in."""
        return Language(self.about.language)

    @property
    def stylesheets(self) -> tuple[str, ...]:
        """The style sheets, relative to their folder: of size, direction, a draft's mark."""
        direction = f"{self.language.direction}.css"
        marks = (f"marked/{direction}",) if self.marked else ()
        return (self.size.stylesheet, f"direction/{direction}", *marks)

    @property
    def generator(self) -> str:
        """The program and its version."""
        return f"Booklet builder {__version__}"

    @property
    def reader(self) -> str:
        """For whom it is, in words."""
        return str(getattr(self.labels, f"for_{self.booklet.audience}"))

    @property
    def size_label(self) -> str:
        """The size of print, in words."""
        return str(getattr(self.labels, self.size.label))

    @property
    def title(self) -> str:
        """The document's title: what, for whom, how large."""
        return f"{self.about.title.plain}. {self.reader}. {self.size_label}"

    @property
    def caution(self) -> str:
        """Why nobody answers for these words, in words; empty where somebody does."""
        label = self.booklet.status.caution
        return str(getattr(self.labels, label)) if label else ""

    @property
    def subject(self) -> str:
        """The document's description; a draft says first that it is one."""
        said = f"{self.caution}. " if self.caution else ""
        return said + self.about.description.plain

    @property
    def keywords(self) -> str:
        """The keywords; a draft has its state among them."""
        said = (self.caution,) if self.caution else ()
        return ", ".join((*self.about.keywords, *said))

    @property
    def page_number(self) -> tuple[str, str]:
        """The words before and after a page number at the foot."""
        return around("page", self.labels.page_number)

    @property
    def version(self) -> str:
        """The version, in words."""
        return self.labels.version.format(version=self.about.version)

    @property
    def prepared(self) -> str:
        """The day this version was written, in words."""
        return self.labels.prepared.format(date=self.day(self.about.prepared))

    @property
    def code(self) -> str:
        """The booklet's name and version, as printed on every page."""
        return self.labels.code.format(name=self.booklet.name, version=self.about.version)

    @property
    def imprint(self) -> Markup:
        """The day of this version and the code of its words, by which paper is traced to them."""
        code = self.labels.words_code.format(code=self.booklet.status.code)
        return self.kept(f"{self.prepared}. ") + Markup('<span class="keep">{}</span>').format(code)

    @property
    def identifier(self) -> str:
        """What programs know the words by: name, version and code."""
        booklet = self.booklet
        return f"{booklet.name} {booklet.about.version} {booklet.status.code}"

    @property
    def clinic_name(self) -> str | None:
        """The clinic that gives the booklet out, with its department; `None` without a profile."""
        clinic = self.booklet.clinic
        return clinic.full_name(self.labels.comma) if clinic else None

    @property
    def feedback(self) -> Markup:
        """How to say what is wrong or missing: to the clinic, where its profile says how."""
        return self.clinic_words("feedback") or self.about.feedback.html

    @property
    def front(self) -> tuple[NamedSection, ...]:
        """The sections before the contents list."""
        return tuple(named for named in self.booklet.sections if named.section.place == "front")

    @property
    def body(self) -> tuple[NamedSection, ...]:
        """The sections after the contents list."""
        return tuple(named for named in self.booklet.sections if named.section.place == "body")

    @property
    def listed(self) -> tuple[NamedSection, ...]:
        """The sections in the contents list: all of them, in the order of the pages."""
        return self.front + self.body

    @property
    def record(self) -> tuple[tuple[str, object], ...]:
        """How this version was made: name and words of each entry."""
        about, labels, review = self.about, self.labels, self.booklet.review
        nobody = labels.record_nobody_yet
        return (
            (labels.record_publisher, about.publisher),
            (labels.record_title, self.kept(f"{self.code}. ") + self.imprint),
            (labels.record_for, f"{self.reader}. {self.size_label}"),
            (labels.record_written_by, review.written_by or nobody),
            *self._approved,
            *self._given_out,
            (labels.record_owner, about.rights.owner),
            (labels.record_terms, about.rights.terms),
            (labels.record_feedback, self.feedback),
        )

    @property
    def _approved(self) -> tuple[tuple[str, str], ...]:
        """Who approved these very words, when, and until when; one line while nobody has."""
        labels, approval = self.labels, self.booklet.status.approval
        if approval is None:
            return ((labels.record_approved_by, labels.record_nobody_yet),)
        return (
            (labels.record_approved_by, f"{approval.by}, {approval.role}"),
            (labels.record_approved_on, self.day(approval.on)),
            (labels.record_review_due, self.day(approval.review_due)),
        )

    @property
    def _given_out(self) -> tuple[tuple[str, str], ...]:
        """Whose profile was printed, and what it was copied from."""
        clinic, labels = self.booklet.clinic, self.labels
        if clinic is None or self.clinic_name is None:
            return ()
        card = ((labels.record_card, clinic.temperature.card),) if clinic.temperature else ()
        allowed = clinic.logo.permission if clinic.logo else None
        words = allowed and labels.logo_permission.format(by=allowed.by, date=self.day(allowed.on))
        logo = ((labels.record_logo, words),) if words else ()
        return ((labels.record_clinic, self.clinic_name), *card, *logo)

    def day(self, when: date | None) -> str:
        """A date in words, as the NHS manual writes it: 6 August 2018; nothing for none."""
        return self.language.day(when) if when else ""

    def picture(self, figure: Figure) -> Markup:
        """The picture of a figure, with its words for those who do not see it."""
        path = self.booklet.picture(figure.picture)
        alt = figure.alt.plain if figure.alt else None
        if is_drawing(path):
            return inline_svg(path, alt)
        return Markup('<img src="{}" alt="{}">').format(self.address(path), alt or "")

    @property
    def logo(self) -> Markup | None:
        """The clinic's logo, as wide as it is printed; `None` where it has none."""
        clinic, path = self.booklet.clinic, self.booklet.logo
        if path is None or clinic is None or clinic.logo is None:
            return None
        return logo(path, clinic.logo.alt, self.address)

    @property
    def accent(self) -> tuple[tuple[str, str], ...]:
        """The tokens that the clinic's colour takes the place of, each with its colour."""
        clinic = self.booklet.clinic
        return tuple(tones(clinic.accent).items()) if clinic and clinic.accent else ()

    def link(self, address: str) -> Markup:
        """A web address, printed in full and leading there."""
        printed = broken_at_slashes(printed_address(address))
        turn = turned(address, self.language)
        return Markup('<a class="address"{} href="{}">{}</a>').format(turn, address, printed)

    def phone(self, call: Phone, role: str = "") -> Markup:
        """A telephone number, kept on one line and ready to dial; `role` is a class of its own."""
        return dialled(call, self.language, role)

    def kept(self, words: str) -> Markup:
        """Words with their dates and numbers kept on one line."""
        return kept_whole(words, self.language)

    def term(self, term: Term) -> Markup:
        """A term of the glossary with its abbreviation in brackets."""
        full = term.spoken_as or term.term
        if term.short is None or term.short == term.term:
            return self.kept(term.term)
        short = abbreviation(term.short, full, self.language)
        return Markup("{} ({})").format(self.kept(term.term), short)

    def entries(self, field: Detail) -> tuple[Entry, ...]:
        """The lines of one field: those the clinic's profile knows, or one to fill in."""
        if self._profile:
            return self._profile.entries(field)
        known = called_at(None, self.labels) if field.clinic == "temperature" else None
        return ((field.label, known),)

    def clinic_words(self, fact: ClinicFact) -> Markup | None:
        """An entry of the clinic's profile; `None` where it has none."""
        return self._profile.words(fact) if self._profile else None

    @property
    def lines_on_the_back(self) -> tuple[Entry, ...]:
        """The clinic's telephones, where no page of the booklet has a place for them."""
        placed = "lines" in self.booklet.asks_of_clinic
        return self._profile.lines if self._profile and not placed else ()

    @property
    def _profile(self) -> Profile | None:
        clinic = self.booklet.clinic
        return Profile(clinic, self.language, self.labels) if clinic else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("booklet.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["abbreviations_once"] = abbreviations_once
    return environment


def render(booklet: Booklet, size: Size, marked: bool = False) -> str:
    """The booklet as one HTML page; its links to pictures and style sheets are not embedded.

    `marked` puts the word that it is a draft on every page.
    """
    page = Page(booklet, size, marked=marked)
    return _environment().get_template("booklet.html.j2").render(page=page)


def render_for_screen(booklet: Booklet, style: Markup) -> str:
    """The booklet as one HTML page that needs no other file; `style` is its whole style sheet."""
    page = Page(booklet, SCREEN, embedded)
    return _environment().get_template("screen.html.j2").render(page=page, style=style)

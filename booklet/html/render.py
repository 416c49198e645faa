"""A booklet for one reader, as one HTML page: in one size of print, or for the screen."""

from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from booklet import __version__
from booklet.content.accent import tones
from booklet.content.addresses import (
    Phone,
    broken_at_slashes,
    leads_to_a_page,
    printed_address,
    short_address,
)
from booklet.content.blocks import Block
from booklet.content.clinic import NamedLine
from booklet.content.inline import around
from booklet.content.labels import Labels, size_in_words
from booklet.content.language import Language
from booklet.content.model import BookletFile, NamedSection, Section
from booklet.content.pictures import is_drawing, printed_width
from booklet.content.unbreakable import abbreviation, kept_whole, said_in, turned
from booklet.content.used_sources import SectionSources, sources_by_section, used_sources
from booklet.editions import COLOUR, SCREEN, Ink, Screen, Size
from booklet.html.abbreviations import once_in_section, once_on_cover
from booklet.html.call_bar import CallBar, call_bar
from booklet.html.compiled_templates import CompiledTemplates
from booklet.html.font_faces import (
    Address,
    cut_down,
    font_rules,
    printed_characters,
    printed_together,
    served_font,
)
from booklet.html.inline_script import InlineScript
from booklet.html.pictures import Place, embedded, inline_svg, is_told_in_words, photograph
from booklet.html.qr_code import qr_code
from booklet.review.booklet import Booklet


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """What the templates print: the booklet, and the words put together for them."""

    booklet: Booklet  # The booklet, for one reader
    size: Size | Screen  # The size of print, or the screen
    font_address: Address = served_font  # Where a typeface is found from the page
    marked: bool = False  # Whether every page of paper bears the word that it is a draft
    ink: Ink = COLOUR  # What paper is printed in

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
        """The style sheets, relative to their folder: of size, direction, a draft's mark, ink."""
        direction = f"{self.language.direction}.css"
        marks = (f"marked/{direction}",) if self.marked else ()
        inks = (self.ink.stylesheet,) if self.ink.stylesheet else ()
        return (self.size.stylesheet, f"direction/{direction}", *marks, *inks)

    @property
    def accent(self) -> str | None:
        """The clinic's own colour, where it has one and it can be printed."""
        clinic = self.booklet.clinic
        return clinic.accent if clinic and self.ink == COLOUR else None

    @property
    def font_rules(self) -> Markup:
        """The style rules of the typefaces it needs besides the house's."""
        characters, together = printed_characters(self.booklet), printed_together(self.booklet)
        return Markup(font_rules(characters, self.font_address, together))

    @property
    def reader(self) -> str:
        """For whom it is, in words."""
        return str(getattr(self.labels, f"for_{self.booklet.audience}"))

    @property
    def size_label(self) -> str:
        """The size of print, in words."""
        return size_in_words(self.labels, self.size)

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
        return ", ".join(filter(None, (*self.about.keywords, self.caution)))

    @property
    def page_number(self) -> tuple[str, str]:
        """The words before and after a page number at the foot."""
        return around("page", self.labels.page_number)

    @property
    def title_and_version(self) -> str:
        """The booklet's short title and its version, for the foot of left-hand pages.

        A page that was copied alone can be traced by them.
        """
        title = self.about.running_head.plain
        return self.labels.code.format(name=title, version=self.about.version)

    @property
    def code(self) -> str:
        """The booklet's name and version, as printed on every page."""
        return self.labels.code.format(name=self.booklet.name, version=self.about.version)

    def source(self, path: Path, place: Place) -> Markup:
        """The attributes of an `img` that say where a picture of pixels is, and its size."""
        if isinstance(self.size, Screen):
            return embedded(path, place)
        return photograph(self.booklet, self.size, path, place).source(self.ink)

    def drawn(self, path: Path, alt: str | None, name: str) -> Markup:
        """A drawing as an element of the page, in the colours that this ink has."""
        return inline_svg(path, alt, name, self.ink)

    def is_told_in_words(self, path: Path) -> bool:
        """Whether a picture's own words take its place, since those in it would be too small."""
        return isinstance(self.size, Size) and is_told_in_words(path, self.size)

    def in_section(self, section: Section) -> tuple["TemplateContext", tuple[Block, ...]]:
        """The context as a section prints it, and its blocks: each abbreviation is marked once."""
        booklet, blocks = once_in_section(self.booklet, section)
        return replace(self, booklet=booklet), blocks

    def sections(self, place: str) -> tuple[NamedSection, ...]:
        """The sections before the contents list, `front`, or those after it, `body`."""
        return tuple(named for named in self.booklet.sections if named.section.place == place)

    @property
    def clinic_language(self) -> Language:
        """The language of the clinic's profile, which may have no translation."""
        return self.booklet.clinic_language

    @property
    def sources(self) -> tuple[SectionSources, ...]:
        """The sources of this reader's sections, section by section."""
        return tuple(sources_by_section(self.booklet))

    @property
    def clinic_name(self) -> str | None:
        """The clinic that gives the booklet out, with its department; `None` without a profile."""
        clinic = self.booklet.clinic
        own = self.clinic_language == self.language
        return clinic.full_name(self.labels.comma if own else ",") if clinic else None

    @property
    def web_page(self) -> str | None:
        """The address on the back cover: the clinic's, or else the booklet's; `None` without."""
        clinic = self.booklet.clinic
        return (clinic and clinic.web_page) or self.about.web_page

    @property
    def call_bar(self) -> CallBar | None:
        """What stays in sight on the screen; `None` where a booklet has no emergency."""
        return call_bar(self.booklet)

    @property
    def lines(self) -> tuple[NamedLine, ...]:
        """The clinic's telephones besides its helpline."""
        return self.booklet.clinic.lines if self.booklet.clinic else ()

    @property
    def lines_on_the_back(self) -> tuple[NamedLine, ...]:
        """The same, where no `details` block of the booklet has a place for them."""
        return () if "lines" in self.booklet.asks_of_clinic else self.lines


@cache
def environment(language: Language) -> Environment:
    """The templates, with filters that know the language of the page."""
    made = Environment(
        loader=PackageLoader("booklet.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(),
    )
    made.globals["generator"] = f"Booklet builder {__version__}"
    made.filters |= {
        "abbreviation": partial(abbreviation, language=language),
        "bare_address": printed_address,
        "day": lambda when: language.day(when) if when else "",
        "qr_code": qr_code,
        "kept": partial(kept_whole, language=language),
        "printed_address": lambda address: broken_at_slashes(printed_address(address)),
        "printed_width": printed_width,
        "said_in": partial(said_in, language=language),
        "short_address": lambda address: broken_at_slashes(short_address(address)),
        "telephone": Phone,
        "tones": tones,
        "turned": partial(turned, language=language),
    }
    made.tests["drawing"] = is_drawing
    made.tests["page_address"] = leads_to_a_page
    return made


def _filled(template: str, context: TemplateContext, **more: Markup | InlineScript | None) -> str:
    return environment(context.language).get_template(template).render(context=context, **more)


def _as_printed(booklet: Booklet) -> Booklet:
    """The booklet with the sources this reader is shown, in their order; its cover told once."""
    about = booklet.about.model_copy(update={"sources": used_sources(booklet)})
    return once_on_cover(replace(booklet, about=about))


def render(booklet: Booklet, size: Size, marked: bool = False, ink: Ink = COLOUR) -> str:
    """The booklet as one HTML page; its links to pictures and style sheets are not embedded.

    `marked` puts the word that it is a draft on every page.
    """
    context = TemplateContext(_as_printed(booklet), size, marked=marked, ink=ink)
    return _filled("booklet.html.j2", context)


def render_for_screen(booklet: Booklet, style: Markup, script: InlineScript | None = None) -> str:
    """The booklet as one HTML page that needs no other file.

    `style` is its whole style sheet, `script` what it runs, if anything.
    """
    letters = frozenset().union(*printed_characters(booklet).values())
    typeface = partial(cut_down, letters)
    context = TemplateContext(_as_printed(booklet), SCREEN, typeface)
    return _filled("screen.html.j2", context, style=style, script=script)

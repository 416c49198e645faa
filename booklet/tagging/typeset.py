"""An HTML page set in type: pages, then a PDF, and every complaint on the way as a fault."""

import logging
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from urllib.request import url2pathname

from booklet.content.labels import Labels
from booklet.content.language import runs_left
from booklet.content.photographs import FORMATS, SHARP, cleaned
from booklet.html.font_faces import one_weight
from booklet.html.in_black import pixels_in_black
from booklet.html.pictures import PICTURE
from booklet.problems import BookletError, FaultsFound, MissingOnMachine, Problem
from booklet.resources import styles_folder
from booklet.tagging.page_fonts import page_fonts
from booklet.tagging.weasyprint_patches import hanging_spaces_fit, libraries_by_file_name, page_box
from booklet.typeface import figure_files, font_files, typefaces

if TYPE_CHECKING:
    import weasyprint

PAGES_A_SHEET = 4  # A folded sheet has four pages: what a saddle-stitched booklet grows by
_PANGO_HELP = (
    "the Pango library, which sets the type, is not on this machine; install it with "
    "`sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` "
    "(Windows and macOS: see the README)"
)
_MORE_NOTES = "filler-page--used filler-page--more"
"""Pages for notes after the first have no heading: thrice the same words are a running head."""
_CARD = "treatment"
_TOO_LONG = "longer-than-a-page"
_COVERS = {"cover", "back__rest"}
_COVER_HELP = (
    "a cover runs over its page; shorten the title, the strapline or the clinic's name and "
    "department, or leave the logo out"
)
_PICTURE_ASKED_FOR = re.compile(rf'src="({PICTURE}:[^"]*)"')

FIGURES_DRAWN = frozenset(map(ord, "0123456789 \u00a0"))
ADDED = frozenset(range(0x20, 0x100)) | frozenset(range(0x2000, 0x2070))
"""What style sheets and the typesetter add to a page: Latin 1 and general punctuation."""


def typesetter() -> Any:
    """The WeasyPrint module; `MissingOnMachine` where its native libraries are not there."""
    try:
        with libraries_by_file_name():
            import weasyprint
    except OSError as error:
        raise MissingOnMachine(_PANGO_HELP) from error
    return weasyprint


def typeset(
    html: str,
    pictures: tuple[Path, ...],
    source: Path,
    letters: int | None = None,
    characters: frozenset[int] = frozenset(),
) -> "weasyprint.Document":
    """The pages of a booklet's HTML.

    `pictures` are the folders it may read besides the style sheets and the fonts; `source`
    is the file its faults are reported against; `letters` is about how many of them fill a page,
    which changes nothing but the time it takes. Typefaces are cut to the `characters` of the page,
    and to those that are given besides: the same for many pages, and they are cut once.
    `FaultsFound` where WeasyPrint logs anything: a missing picture, a dead link and CSS it does
    not know are only logged there.
    """
    typesetter()
    from booklet.tagging.repeated_work import repeated_work_spared

    with complaints(source), hanging_spaces_fit(), repeated_work_spared():
        page = parsed(html, pictures, characters)
        return _settled(page, source, letters)


def parsed(
    html: str, pictures: tuple[Path, ...], characters: frozenset[int] = frozenset()
) -> "weasyprint.HTML":
    """A booklet's HTML as a tree to set, which may read what `typeset` says."""
    styles = styles_folder()
    folders = tuple(folder.resolve() for folder in (styles, *pictures))
    return typesetter().HTML(
        string=html,
        base_url=(styles / "page.html").as_uri(),
        url_fetcher=_fetcher(folders, html, characters),
    )


def _settled(page: "weasyprint.HTML", source: Path, letters: int | None) -> "weasyprint.Document":
    """The pages, set again where the first setting shows what only pages can show.

    Boxes that turn out longer than a page may break where they stand; pages for notes fill the
    last sheet, so that the count is a multiple of four and the back cover is the outside back.
    `FaultsFound` where a cover is longer than a page.
    """
    fillers = [each for each in page.etree_element.iter() if each.get("class") == "filler-page"]
    for number, element in enumerate(fillers):
        _add_class(element, "filler-page--used" if number == 0 else _MORE_NOTES)
    expected = marked_too_long(page, letters) if letters else []
    document = page.render(font_config=page_fonts())
    if expected and not _longer_than_pages(document, expected):
        for element in expected:
            _take_class(element, _TOO_LONG)
        document = page.render(font_config=page_fonts())
    too_long = _split_although_kept_whole(document)
    if any(_COVERS & set(str(element.get("class")).split()) for element in too_long):
        raise FaultsFound([Problem(source, _COVER_HELP)])
    for element in too_long:
        _add_class(element, _TOO_LONG)
    if too_long:
        document = page.render(font_config=page_fonts())
    return _filled_to_a_sheet(document, fillers)


def _filled_to_a_sheet(
    document: "weasyprint.Document", fillers: list[Any]
) -> "weasyprint.Document":
    """As many of the pages for notes as make the count a multiple of four.

    All were set; the first stay. What follows is the back cover alone, which has the margins of a
    fourth page wherever it was set.
    """
    if not fillers:
        return document
    notes = [page for page in document.pages if _holds(page, fillers)]
    wanted = -(len(document.pages) - len(notes)) % PAGES_A_SHEET
    return document.copy([page for page in document.pages if page not in notes[wanted:]])


def _holds(page: Any, elements: list[Any]) -> bool:
    return any(box.element in elements for box in page_box(page).descendants())


def _add_class(element: Any, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _take_class(element: Any, name: str) -> None:
    element.set("class", " ".join(each for each in element.get("class").split() if each != name))


def marked_too_long(page: "weasyprint.HTML", letters: int) -> list[Any]:
    """The cards expected to be longer than a page, marked: they may break where they stand."""
    expected = [*_expected_to_be_too_long(page, letters)]
    for element in expected:
        _add_class(element, _TOO_LONG)
    return expected


def _expected_to_be_too_long(page: "weasyprint.HTML", letters: int) -> Iterator[Any]:
    """The cards with more words than a page holds: most booklets keep nothing else whole so long.

    To learn it from their pages costs a setting of the whole booklet.
    """
    for element in page.etree_element.iter():
        if _CARD in str(element.get("class", "")).split():
            words = " ".join("".join(element.itertext()).split())
            if len(words) > letters:
                yield element


def _longer_than_pages(document: "weasyprint.Document", elements: list[Any]) -> bool:
    """Whether none of these would have stood whole on a page of its own."""
    heights: dict[Any, float] = {}
    expected, most = {*elements}, 0.0
    for page in map(page_box, document.pages):
        for box in page.descendants():
            if box.element in expected and box.element_tag == box.element.tag:
                heights[box.element] = heights.get(box.element, 0.0) + box.height
                most = max(most, page.height)
    return all(heights.get(element, 0.0) > most for element in elements)


def _split_although_kept_whole(document: "weasyprint.Document") -> list[Any]:
    """The elements that style sheets keep whole and that are longer than a page.

    WeasyPrint moves such an element to a fresh page before it breaks it, and leaves a hole: on
    the second pass it may break where it stands.
    """
    seen: dict[Any, set[int]] = {}
    for number, page in enumerate(document.pages):
        for box in page_box(page).descendants():
            if box.element is not None and box.style["break_inside"] == "avoid":
                seen.setdefault(box.element, set()).add(number)
    return [element for element, pages in seen.items() if len(pages) > 1]


@contextmanager
def complaints(source: Path) -> Iterator[None]:
    """Every warning WeasyPrint logs inside, raised at the end as `FaultsFound`."""
    problems: list[Problem] = []

    def hear(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            problems.append(Problem(source, f"the typesetter says: {record.getMessage()}"))
        return False  # nobody else is told

    logger = logging.getLogger("weasyprint")
    logger.addFilter(hear)
    try:
        yield
    finally:
        logger.removeFilter(hear)
    if problems:
        raise FaultsFound(problems)


def _fetcher(folders: tuple[Path, ...], html: str, more: frozenset[int]) -> Any:
    """A URL fetcher that reads a page's typefaces and these folders, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    characters, leftwards = ADDED | frozenset(map(ord, html)) | more, runs_left(html)

    class ProjectFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            path = _picture_at(parts, folders) or Path(url2pathname(parts.path)).resolve()
            if font := _typeface(path, characters, leftwards):
                return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
            known = parts.scheme in ("file", PICTURE)
            if not (known and any(map(path.is_relative_to, folders))):
                raise BookletError(f"the page may not read {url}")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if path.suffix.lower() in FORMATS:
                # Without the address of a file: WeasyPrint would read the author's picture again.
                picture = page_picture(path, parts.query)
                return URLFetcherResponse("", picture, {"Content-Type": kind})
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return ProjectFiles()


def _typeface(path: Path, characters: frozenset[int], leftwards: bool) -> bytes | None:
    """The typeface that a page asks for by a path, cut to its characters; `None` of other files.

    On a page that runs to the left the letters of the house typeface and its figures, as in “+44”,
    stand among others that need spacers of them.
    """
    if path.parent.name == "fonts" and path.name in font_files():
        file = font_files()[path.name]
        if not leftwards:
            return file.read_bytes()
        return one_weight(file, 400, characters & typefaces()[0].characters)
    if leftwards and path in {each.resolve() for each in figure_files().values()}:
        return one_weight(path, 400, FIGURES_DRAWN)
    fonts = {path.name: (path, each) for each in typefaces() for path in each.paths.values()}
    if path.parent.parent.name == "fonts" and path.name in fonts:
        file, typeface = fonts[path.name]
        return one_weight(file, int(path.parent.name), characters & typeface.characters)
    return None


def _picture_at(address: SplitResult, folders: tuple[Path, ...]) -> Path | None:
    """The file in one of the folders that `picture_address` names; `None` of other addresses."""
    if address.scheme != PICTURE:
        return None
    *place, name = unquote(address.path).split("/")
    return next(((each / name).resolve() for each in folders if [*each.parts[-2:]] == place), None)


def pictures_asked_for(html: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files of pixels in these folders that a page of paper has the typesetter read."""
    addresses = {urlsplit(unescape(each)) for each in _PICTURE_ASKED_FOR.findall(html)}
    found = (_picture_at(each, tuple(map(Path.resolve, folders))) for each in addresses)
    return tuple(sorted(filter(None, found)))


def page_picture(path: Path, query: str) -> bytes:
    """A picture as `pixels=WIDTHxHEIGHT` asks for it, without metadata.

    With `&black=dots` or `&black=lines` it is black and white.
    """
    asked = dict(parse_qsl(query))
    wide, high = map(int, asked["pixels"].split("x"))
    picture = cleaned(path, wide, high)
    if "black" not in asked:
        return picture
    return pixels_in_black(picture, wide / SHARP, "lines" if asked["black"] == "lines" else "dots")


def write_pdf(document: "weasyprint.Document", labels: Labels, source: Path) -> bytes:
    """The pages as one file for PDF/UA-1 and PDF/A-2a; `FaultsFound` where the writer complains."""
    from booklet.tagging import conformance, roles

    wording = roles.LinkWording(
        labels.link_call, labels.link_email, labels.link_inside, labels.link_outside
    )
    with complaints(source):
        return conformance.write_pdf(document, wording)

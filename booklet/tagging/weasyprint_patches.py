"""All that depends on the insides of WeasyPrint and pydyf, in one list; and the smaller repairs.

Neither promises anything about what is named here: `tests/tagging/test_weasyprint_patches.py` has
a test for each row, which fails where a new version has moved it. What is replaced belongs to
modules and classes: set and write one document at a time in a process, as Pango asks anyway.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

MAJOR_VERSION = "70"  # The one major version that the rows of `PATCHES` were read in


@dataclass(frozen=True, slots=True)
class Patch:
    """Something without a public name that the program replaces or reads, and why."""

    name: str  # What it is called; `test_<name>` is its test
    module: str  # The module of `booklet.tagging` that does it
    touches: tuple[str, ...]  # Dotted names of what is replaced, overridden or read
    reason: str  # What that is needed for


PATCHES = (
    Patch(
        "libraries_by_file_name",
        "typeset",
        ("weasyprint.text.ffi.gobject", "ctypes.util.find_library"),
        "Answered for WeasyPrint while it is imported: Python's search for the files of seven "
        "libraries starts some fifty programs, the compiler among them, and WeasyPrint knows them.",
    ),
    Patch(
        "fonts_let_go",
        "page_fonts",
        ("weasyprint.text.fonts.FontConfiguration", "weasyprint.text.ffi.pangoft2"),
        "`font_map` and `_config` are given back when the fonts of a document are let go: Pango "
        "1.50 keeps Fontconfig's configuration of each, some 200 kB.",
    ),
    Patch(
        "line_breaks",
        "weasyprint_patches",
        ("weasyprint.layout.inline.split_first_line",),
        "Replaced while pages are set, since it breaks lines too early. Goes when its test fails.",
    ),
    Patch(
        "page_starts",
        "weasyprint_patches",
        (
            "weasyprint.layout.make_all_pages",
            "weasyprint.layout.page.remake_page",
        ),
        "Replaced while pages are set: where each page takes up the content (`page_maker`) and the "
        "named strings (`string_set`) are noted, so that pages can be set from the middle on.",
    ),
    Patch(
        "equal_hints",
        "repeated_work",
        ("weasyprint.css.find_style_attributes",),
        "Replaced while pages are set: elements of one language share a style, too.",
    ),
    Patch(
        "page_styles",
        "repeated_work",
        ("weasyprint.css.StyleFor", "weasyprint.layout.page.set_page_type_computed_styles"),
        "Replaced while pages are set: pages that obey the same rules share their styles, with "
        "those of their margin boxes (`_sheets`, `_cascaded_styles`, `_computed_styles`).",
    ),
    Patch(
        "plain_lengths",
        "repeated_work",
        ("weasyprint.layout.block.resolve_percentages",),
        "Replaced while pages are set, in each module that imports it: lengths in pixels are "
        "taken from the style once, and kept on it.",
    ),
    Patch(
        "same_lines",
        "repeated_work",
        ("weasyprint.layout.inline.split_first_line", "weasyprint.text.line_break.Layout"),
        "Replaced while pages are set: Pango breaks equal texts of one style and width once.",
    ),
    Patch(
        "page_boxes",
        "marked_content",
        ("weasyprint.document.Page", "weasyprint.layout.absolute.AbsolutePlaceholder"),
        "`_page_box`, `links` and the boxes below are read: `element` and `element_tag` say whose "
        "each run of text is, `style` which way it runs and what may not be broken.",
    ),
    Patch(
        "page_copies",
        "content_stream",
        ("weasyprint.document.Page", "weasyprint.formatting_structure.boxes.ParentBox"),
        "Copies of pages are written, with other `links` and `_page_box`: one annotation a link, "
        "and labels of list items (`is_outside_marker`) before their text.",
    ),
    Patch(
        "letter_pages",
        "letter_pages",
        (
            "weasyprint.document.Page",
            "weasyprint.formatting_structure.boxes.BlockBox",
            "weasyprint.formatting_structure.boxes.MarginBox",
        ),
        "Where the parts of a letter stand is read of boxes, `position_x`, `width` and "
        "`margin_height`; the line at the foot of a letter of one page is left away.",
    ),
    Patch(
        "content_stream",
        "content_stream",
        ("weasyprint.pdf.Stream.marked", "weasyprint.pdf.Stream.clone"),
        "Replaced while a file is written: `marked` is where each run of text (`pango_layout`) "
        "and each picture is painted, and where it is numbered (`_tags`).",
    ),
    Patch(
        "structure_tree",
        "conformance",
        ("weasyprint.pdf.add_tags", "weasyprint.pdf.generate_pdf"),
        "Replaced while a file is written: there is no other way to give WeasyPrint another tree. "
        "Boxes of links carry their annotations as `link_annotation`.",
    ),
    Patch(
        "metadata",
        "conformance",
        ("weasyprint.pdf.metadata.DocumentMetadata.generate_rdf_metadata",),
        "Overridden to name PDF/UA beside PDF/A in the metadata of the file.",
    ),
    Patch(
        "text_drawing",
        "text_painter",
        ("weasyprint.draw.text.draw_first_line", "weasyprint.document.Page"),
        "Replaced while a file is written: text that runs to the left, and scripts in which "
        "letters are joined, get codes that programs read right.",
    ),
    Patch(
        "glyph_maps",
        "glyph_codes",
        ("weasyprint.pdf.fonts._build_vector_font_dictionary", "weasyprint.pdf.fonts.Font"),
        "Replaced while a file is written: codes lead to glyphs by a map, and `to_unicode`, "
        "`widths`, `glyph_count` and `file_content` of fonts are read and added to.",
    ),
    Patch(
        "text_layout",
        "text_clusters",
        ("weasyprint.text.ffi", "weasyprint.pdf.Stream.add_font"),
        "Pango's lines are read as WeasyPrint's own drawing reads them.",
    ),
    Patch(
        "library_versions",
        "library_versions",
        ("weasyprint.text.ffi.pango", "weasyprint.text.ffi.harfbuzz"),
        "Asked which versions they are: other machines make the same bytes with the same ones.",
    ),
    Patch(
        "page_references",
        "weasyprint_patches",
        ("pydyf.PDF.page_references",),
        "Replaced while a file is written: it is made of all pages each time a link asks for one.",
    ),
    Patch(
        "stream_ends",
        "conformance",
        ("pydyf.Stream.data",),
        "Replaced while a file is written: the length of some streams could be mistaken, and each "
        "is packed twice, once for the file and once for its identifier.",
    ),
)


@contextmanager
def patched(owner: Any, **names: Any) -> Iterator[None]:
    """Other values for these names of a module, a class or an object, inside the block only."""
    before = {name: getattr(owner, name) for name in names}
    for name, value in names.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)


@contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """While it lasts, libraries are opened by the names of their files alone, where on Linux.

    WeasyPrint asks for each by names of three systems, first by those that only a search can
    answer: Python has the system's linker and its compiler look for each. On Linux all that a
    search can find is the name of a file for the same linker, and it is among WeasyPrint's own.
    """
    import ctypes.util

    if sys.platform != "linux":
        yield
        return
    with patched(ctypes.util, find_library=lambda name: None):
        yield


def page_box(page: Any) -> Any:
    """The box of a page, which holds all others of it."""
    return page._page_box


@contextmanager
def hanging_spaces_fit() -> Iterator[None]:
    """While it lasts, a line whose last space alone hangs over the edge is not broken early.

    Where a piece of text ends with a space before a bold word or a link, and fills its line so
    that only that space hangs over the edge, WeasyPrint 70 breaks the line after its first word
    instead. Pango says that everything fits, and the width it is then compared by includes the
    space, which is not printed at a line's end (CSS Text 3, 4.1.2).
    """
    from weasyprint.layout import inline

    original = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
    ) -> Any:
        whole = original(text, style, context, max_width, *rest, **more)
        broken_early = whole[2] is not None and text.endswith(" ") and max_width is not None
        if not broken_early or style["white_space"] != "normal":
            return whole
        printed = original(text.rstrip(" "), style, context, max_width, *rest, **more)
        if printed[2] is not None or printed[3] > max_width:
            return whole
        return original(text, style, context, None, *rest, **more)

    with patched(inline, split_first_line=split_first_line):
        yield


@contextmanager
def page_references_kept() -> Iterator[None]:
    """While it lasts, pydyf makes the list of a file's pages once, unless pages are added.

    WeasyPrint asks for it at each place that a link leads to, of which there are more as there are
    more pages: made anew each time, it takes the square of them.
    """
    import pydyf

    make = pydyf.PDF.page_references.fget
    kept: dict[tuple[int, int], Any] = {}

    def page_references(pdf: Any) -> Any:
        key = id(pdf), pdf.pages["Count"]
        if key not in kept:
            kept.clear()
            kept[key] = make(pdf)
        return kept[key]

    with patched(pydyf.PDF, page_references=property(page_references)):
        yield


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page takes up the content, and what it takes over from the pages before it."""

    path: tuple[int, ...]
    """The child to take, box by box from the root down, from 0; empty for the first page."""
    page: Any  # The row of WeasyPrint's `page_maker`: the path, the break before, side, counters
    strings: Mapping[str, str]  # The named strings as the page before left them


@dataclass(slots=True)
class PageStarts:
    """The starts of the pages that were set last, which `page_starts_noted` fills."""

    _context: Any = field(default=None)

    def __iter__(self) -> Iterator[PageStart]:
        strings: dict[str, str] = {}
        for number, row in enumerate(self._context.page_maker[:-1], start=1):
            yield PageStart(tuple(_path(row[0])), deepcopy(row[:-1]), dict(strings))
            for name, pages in self._context.string_set.items():
                if number in pages:
                    strings[name] = pages[number][-1]


def _path(skip: Mapping[int, Any] | None) -> Iterator[int]:
    """The path of WeasyPrint's `resume_at`: `{0: {1: {4: None}}}` is 0, 1, 4."""
    while skip:
        [(index, skip), *_] = skip.items()
        yield index


@contextmanager
def page_starts_noted() -> Iterator[PageStarts]:
    """While it lasts, the starts of pages are noted: those of the document that was set last."""
    from weasyprint import layout

    original, starts = layout.make_all_pages, PageStarts()

    def make_all_pages(context: Any, *rest: Any) -> Any:
        starts._context = context
        return original(context, *rest)

    with patched(layout, make_all_pages=make_all_pages):
        yield starts


@contextmanager
def set_from(start: PageStart) -> Iterator[None]:
    """While it lasts, a document is set from the start of one of its pages on, as that page was.

    The content before it is passed over; it has to have as many boxes along the path as it had.
    An empty page comes first: WeasyPrint takes the first of a document for one without a page
    before it.
    """
    from weasyprint import layout
    from weasyprint.layout.page import remake_page

    original = layout.make_all_pages

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Any:
        if pages:
            return original(context, root_box, html, pages)
        path, page_break, right, counters = deepcopy(start.page)
        anything = {"break": "any", "page": ""}
        context.page_maker[0] = (None, anything, not right, deepcopy(counters), _as_made())
        context.rendered_notes = []
        empty, _ = remake_page(0, context, root_box.copy_with_children([]), html)
        row = path, page_break, right, counters, _as_made() | {"content_changed": True}
        context.page_maker[1] = row
        for name, words in start.strings.items():
            context.string_set[name][1] = [words]
        return original(context, root_box, html, [empty])

    with patched(layout, make_all_pages=make_all_pages):
        yield


def _as_made() -> dict[str, Any]:
    """What WeasyPrint keeps of a page that need not be made again."""
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}

"""What the program needs of WeasyPrint's insides: one test a patch, which fails where it moved.

`test_<name>` stands for the row `<name>` of `PATCHES`.
"""

import ast
import inspect
import json
import pkgutil
import subprocess
import sys
from typing import Any

import pydyf
import pytest
import weasyprint
import weasyprint.draw.text
import weasyprint.pdf
import weasyprint.pdf.fonts
import weasyprint.text.ffi
import weasyprint.text.fonts
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream

from booklet.tagging import library_versions
from booklet.tagging.conformance import _with_plain_end, write_pdf
from booklet.tagging.letter_pages import letters_set, numbered_where_several
from booklet.tagging.marked_content import CannotTag
from booklet.tagging.repeated_work import repeated_work_spared
from booklet.tagging.weasyprint_patches import (
    MAJOR_VERSION,
    PATCHES,
    hanging_spaces_fit,
    page_box,
    page_references_kept,
    page_starts_noted,
    set_from,
)
from tests.conftest import ROOT
from tests.tagging.reading import LONG, document, written

TAGGING = ROOT / "booklet/tagging"
WORDS = "Sometimes the first treatment does not bring remission. The <b>AML</b> is then called"
LIST = "<ul><li>One <a href='https://example.org'>two</a></li></ul>"


# The list


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_what_a_patch_touches_is_there_and_the_patch_has_a_test(patch: object) -> None:
    assert all(pkgutil.resolve_name(name) for name in patch.touches)  # type: ignore[attr-defined]
    assert (TAGGING / f"{patch.module}.py").is_file()  # type: ignore[attr-defined]
    assert f"test_{patch.name}" in globals()  # type: ignore[attr-defined]


DOCUMENTED = {"weasyprint.urls", "weasyprint.text.fonts"}
"""The modules below WeasyPrint that its reference for programs names: `URLFetcher`,
`FontConfiguration`."""


def test_nothing_outside_the_list_reaches_into_weasyprint() -> None:
    """Only the modules of the list import what WeasyPrint does not publish, or read `_page_box`."""
    listed = {patch.module for patch in PATCHES}
    for path in (ROOT / "booklet").rglob("*.py"):
        reaches = set(_reaches(ast.parse(path.read_text(encoding="utf-8"))))
        if path.parent != TAGGING or path.stem not in listed:
            assert not reaches - DOCUMENTED, f"{path.name} reaches into {reaches}"
        assert path.stem in ("weasyprint_patches", "content_stream") or "_page_box" not in reaches


def _reaches(tree: ast.AST) -> list[str]:
    nodes = list(ast.walk(tree))
    imported = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    imported += [a.name for node in nodes if isinstance(node, ast.Import) for a in node.names]
    read = [node.attr for node in nodes if isinstance(node, ast.Attribute)]
    return [name for name in imported if name.startswith("weasyprint.")] + [
        name for name in read if name == "_page_box"
    ]


def test_another_major_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = document("<p>One</p>")
    assert weasyprint.VERSION.split(".")[0] == MAJOR_VERSION
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(CannotTag, match=r"71\.0"):
        write_pdf(pages)


def test_weasyprint_is_as_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = document(f"<ul><li>{LONG}</li></ul><p><a href='https://example.org'>x</a></p>")
    before = pages.write_pdf(pdf_variant="pdf/ua-1")
    inside = []
    generate = weasyprint.document.generate_pdf
    monkeypatch.setattr(
        weasyprint.document,
        "generate_pdf",
        lambda *given, **more: inside.append(weasyprint.pdf.Stream) or generate(*given, **more),
    )
    write_pdf(pages)
    assert inside[0] is not Stream
    with pytest.raises(CannotTag):
        written("<p style='opacity: 0.5'>Faint</p>")
    assert weasyprint.pdf.Stream is Stream
    assert pages.write_pdf(pdf_variant="pdf/ua-1") == before


# A test a patch


def test_fonts_let_go() -> None:
    made = inspect.getsource(weasyprint.text.fonts.FontConfiguration.__init__)
    for part in (
        "self.font_map = ",
        "pango_fc_font_map_set_config(",
        "self.font_map), self._config)",
    ):
        assert part in made


def first_lines() -> set[str]:
    """The first line of the text at every width from 13 to 49 em, in steps."""
    texts = [f"<p style='width: {width}px'>{WORDS}</p>" for width in range(184, 684, 2)]
    css = "@page { size: 700px 99999px; margin: 0 } p { font-size: 14px }"
    (page,) = weasyprint.HTML(string=f"<style>{css}</style>{''.join(texts)}").render().pages
    blocks = [box for box in page_box(page).descendants() if box.element_tag == "p"]
    first = [box.children[0] for box in blocks if isinstance(box, boxes.BlockBox)]
    assert len(first) == len(texts)
    return {
        "".join(getattr(box, "text", "") for box in line.descendants()).strip() for line in first
    }


def test_line_breaks() -> None:
    assert "Sometimes" in first_lines(), "WeasyPrint is repaired: take `hanging_spaces_fit` out"
    with hanging_spaces_fit():
        assert "Sometimes" not in first_lines()


def test_page_starts() -> None:
    """From the start of a page on, all is set as it was; the content before may be gone."""
    style = "<style>@page { size: 90mm 60mm; @bottom-left { content: string(a) counter(page) } }"
    body = f"<p>{LONG}</p><h1 style='string-set: a \"A\"'>Head</h1><p>{LONG}</p><p>{LONG}</p>"
    with page_starts_noted() as noted:
        all_pages = weasyprint.HTML(string=f"{style}</style>{body}").render().pages
    starts = [*noted]
    assert len(starts) == len(all_pages) > 4
    assert starts[0].path == ()
    assert [*starts[1].strings] == []
    last = len(starts) - 1
    assert starts[last].strings == {"a": "A"}
    with set_from(starts[last]):
        gone = body.replace(LONG, "", 1)
        first, *rest = weasyprint.HTML(string=f"{style}</style>{gone}").render().pages
    assert "word" not in words_on(first)
    assert [*map(words_on, rest)] == [words_on(all_pages[last])]
    assert f"A{last + 1}" in words_on(all_pages[last])


def words_on(page: Any) -> str:
    return " ".join(getattr(box, "text", "") for box in page_box(page).descendants())


def test_letter_pages() -> None:
    css = "@page { size: 100mm; margin: 10mm; @bottom-left { content: 'foot' } }"
    letter = "<article><p class='a b' style='margin: 5mm 0 0 5mm; line-height: 4mm'>One<br>two"
    style = f"<style>{css} body {{ margin: 0 }} article {{ break-after: page }}</style>"
    pages = document(style + f"{letter}</article>" * 2)
    one, two = letters_set(pages, ("a",))
    assert (one.pages, two.pages) == (range(1), range(1, 2))
    assert [round(edge, 1) for edge in one.parts["a"]][:2] == [15, 15]
    assert round(one.parts["a"].bottom, 1) == 23
    assert one.left < one.right < 40
    (first, second) = numbered_where_several(pages, (one,)).pages
    feet = [[type(box).__name__ for box in page_box(page).children] for page in (first, second)]
    assert ["MarginBox" in each for each in feet] == [False, True]


ALIKE = (
    """<style>@page { size: 300px 200px; margin: 20px; @bottom-left { content: counter(page) } }
@page :nth(2) { margin: 10px } p { width: 50%; padding: 1px } ul { display: flex; flex-wrap: wrap }
p::first-letter { font-size: 2em } .next { break-before: page } table { border-collapse: collapse }
td { border: 1px solid } b { display: inline-block; min-width: 40px; box-sizing: border-box }
</style>"""
    + """<p lang="en">The same words, twice.</p><p lang="en" style="padding: 2px">The same words,
twice.</p><p lang="en" style="padding: 3px">The same <b>words</b></p><ul lang="en"><li>One<li>Two
</ul><table lang="en"><tr><td>1<td>2</table><h2 lang="en" class="next">On</h2>"""
    * 3
)


def alike() -> Any:
    """A document in which much is the same again, set."""
    return weasyprint.HTML(string=f"<html lang='en'><title>Alike</title>{ALIKE}").render()


def test_what_is_spared_changes_nothing_on_the_pages() -> None:
    with repeated_work_spared():
        spared = alike()
    assert spared.write_pdf() == alike().write_pdf()


def spared(words: str) -> list[Any]:
    """The pages of a short document that was set while repeated work is spared."""
    with repeated_work_spared():
        return [*map(page_box, weasyprint.HTML(string=words).render().pages)]


def blocks(page: Any) -> list[Any]:
    return [
        each
        for each in page.descendants()
        if isinstance(each, boxes.BlockBox) and each.element_tag == "p"
    ]


def test_equal_hints() -> None:
    kinds = ("lang=en", "lang=en style='margin: 1px'", "lang=en style='margin: 2px'", "lang=en")
    (page,) = spared("".join(f"<p {kind}>One" for kind in kinds))
    styles = [each.style for each in blocks(page)]
    assert styles[0] is styles[3]
    assert [each["margin_top"].value for each in styles[:3]] == [16, 1, 2]


def test_page_styles() -> None:
    css = "@page { margin: 20px; @top-left { content: counter(page) } } @page :nth(2) { margin: 9px"
    first, second, third = spared(f"<style>{css} }} p {{ break-after: page }}</style>" + "<p>x" * 3)
    assert [each.margin_top for each in (first, second, third)] == [20, 9, 20]
    assert first.style is third.style
    numbers = [page.children[-1] for page in (first, second, third)]
    assert numbers[0].style is numbers[2].style is not numbers[1].style
    texts = [each.text for each in first.descendants() if isinstance(each, boxes.TextBox)]
    assert texts == ["x", "1"]
    assert [each.text for each in numbers[2].descendants() if isinstance(each, boxes.TextBox)] == [
        "3"
    ]


def test_plain_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    original = weasyprint.layout.block.resolve_percentages
    monkeypatch.setattr(
        weasyprint.layout.block,
        "resolve_percentages",
        lambda box, around: (asked.append(box.style["width"]), original(box, around)),
    )
    css = "@page { size: 300px; margin: 50px } body { margin: 0 } p { width: 40px; padding: 2px }"
    (page,) = spared(f"<style>{css}</style><p>One<p style='width: 50%'>Two")
    assert [each.width for each in blocks(page)] == [40, 100]
    assert asked, "what depends on its surroundings is asked anew"
    assert {each.unit for each in asked} == {"%"}


def test_same_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[str] = []
    original = weasyprint.layout.inline.split_first_line
    monkeypatch.setattr(
        weasyprint.layout.inline,
        "split_first_line",
        lambda text, *rest, **more: (broken.append(text), original(text, *rest, **more))[1],
    )
    (page,) = spared("<p>One<p>One<p style='width: 90px'>One")
    assert broken == ["One", "One"], "once for each width"
    lines = [each.pango_layout for each in page.descendants() if isinstance(each, boxes.TextBox)]
    assert len({*map(id, lines)}) == 3, "each box draws a line of its own"


def test_page_boxes() -> None:
    page = document(f"{LIST}<table><thead><tr><td>x").pages[0]
    found = list(page_box(page).descendants(placeholders=True))
    found += [inner for box in found if box.is_outside_marker for inner in box.descendants()]
    texts = [box for box in found if isinstance(box, boxes.TextBox)]
    assert {box.element_tag for box in texts} == {"li", "li::marker", "a", "td"}
    assert all(box.element.tag == box.element_tag.partition("::")[0] for box in texts)
    assert [box.element_tag for box in found if box.link] == ["a"]
    assert [box.element_tag for box in found if getattr(box, "is_header", False)] == ["thead"]
    assert [box.element_tag for box in page_box(page).children if box.is_for_root_element] == [
        "html"
    ]
    assert {box.style["direction"] for box in texts} == {"ltr"}
    assert {box.style["break_inside"] for box in texts} == {"auto"}
    ((kind, target, rectangle, box),) = page.links
    assert (kind, target, len(rectangle), box.element_tag) == (
        "external",
        "https://example.org",
        4,
        "a",
    )


def test_page_copies() -> None:
    found = list(page_box(document(LIST).pages[0]).descendants(placeholders=True))
    (item,) = [
        box
        for box in found
        if isinstance(box, boxes.ParentBox)
        and any(child.is_outside_marker for child in box.children)
    ]
    assert [child.element_tag for child in item.children] == ["li::marker", "li"]
    assert item.copy_with_children([]).children == []


def test_content_stream() -> None:
    assert "stream = Stream(" in inspect.getsource(weasyprint.pdf.generate_pdf)
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]
    assert "tags" in inspect.getsource(Stream.clone)
    assert "self._tags[box] = {" in inspect.getsource(Stream)
    assert "mcid" in inspect.getsource(Stream)
    page = document(LIST).pages[0]
    texts = [box for box in page_box(page).descendants() if isinstance(box, boxes.TextBox)]
    assert all(box.pango_layout.text.rstrip() == box.text.rstrip() for box in texts)


def test_structure_tree() -> None:
    assert list(inspect.signature(weasyprint.pdf.add_tags).parameters) == [
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    ]
    source = inspect.getsource(weasyprint.pdf.generate_pdf)
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in source


def test_metadata() -> None:
    rdf = DocumentMetadata(title="T").generate_rdf_metadata("a", 2, "A")
    assert rdf.rstrip().endswith(b"</rdf:RDF>")
    assert isinstance(vars(document("<p>One</p>").metadata)["custom"], dict)


def test_stream_ends() -> None:
    assert isinstance(pydyf.Stream.data, property)
    assert pydyf.Stream([b"x"]).data.endswith(b"x\nendstream")
    stream = pydyf.Stream([b"x"], compress=True)
    assert _with_plain_end(stream) is _with_plain_end(stream)
    write = inspect.getsource(pydyf.PDF.write)
    assert "b''.join(obj.data for obj in self.objects" in write  # packs all of them once more


def test_page_references() -> None:
    pdf = pydyf.PDF()
    with page_references_kept():
        pdf.add_page(pydyf.Dictionary())
        first = pdf.page_references
        assert pdf.page_references is first
        pdf.add_page(pydyf.Dictionary())
        both = pdf.page_references
    assert pdf.page_references == both == (*first, f"{pdf.objects[-1].number} 0 R".encode())
    assert pdf.page_references is not both, "pydyf keeps it by now: let the patch go"


def test_text_drawing() -> None:
    given = list(inspect.signature(weasyprint.draw.text.draw_first_line).parameters)
    assert given == ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"]
    assert "emojis = draw_first_line(" in inspect.getsource(weasyprint.draw.text.draw_text)
    page = document("<p>ọ").pages[0]
    text = next(box for box in page_box(page).descendants() if isinstance(box, boxes.TextBox))
    assert text.pango_layout.text == "ọ"


def test_glyph_maps() -> None:
    build = inspect.getsource(weasyprint.pdf.fonts.build_fonts_dictionary)
    assert "_build_vector_font_dictionary(\n" in build
    given = list(inspect.signature(weasyprint.pdf.fonts._build_vector_font_dictionary).parameters)
    assert given[:3] == ["font_dictionary", "pdf", "font"]
    font = inspect.getsource(weasyprint.pdf.fonts.Font)
    for name in ("to_unicode", "widths", "glyph_count", "file_content", "upem", "index"):
        assert f"self.{name} =" in font


def test_text_layout() -> None:
    drawn = inspect.getsource(weasyprint.draw.text.draw_first_line)
    for name in ("log_clusters", "analysis.level", "geometry.x_offset", "item.offset", "add_font"):
        assert name in drawn


_STARTED = """
import json, sys
started = []
watch = lambda event, given: event == "subprocess.Popen" and started.append(str(given[0]))
sys.addaudithook(watch)
{imports}
print(json.dumps(started))
"""


def programs_started(imports: str) -> list[str]:
    """The other programs that a new process starts for these imports."""
    command = [sys.executable, "-c", _STARTED.format(imports=imports)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="only there Python asks other programs")
def test_libraries_by_file_name() -> None:
    assert programs_started("import weasyprint"), "the patch is not needed any more"
    asked = "import ctypes.util as util; before = util.find_library"
    typesetter = "from booklet.tagging.typeset import typesetter; typesetter().HTML"
    assert programs_started(f"{asked}; {typesetter}; assert util.find_library is before") == []


def test_a_page_of_plain_words_is_set_without_other_programs() -> None:
    imported = "from booklet.print import plain_pages; from booklet.typeface import font_files"
    assert programs_started(f"{imported}; plain_pages.test_sheet(font_files())") == []


def test_library_versions() -> None:
    assert 14400 < int(library_versions.pango()) < 100_000
    asked = weasyprint.text.ffi.harfbuzz.hb_version_atleast
    major, minor, micro = map(int, library_versions.harfbuzz().split("."))
    assert asked(major, minor, micro)
    assert not asked(major, minor, micro + 1)
    assert not asked(major, minor + 1, 0)

"""A small booklet that breaks no rule, and one that breaks exactly one, for each rule."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import weasyprint
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from booklet.tagging.conformance import write_pdf
from booklet.typeface import FAMILY, font_files, typefaces


def png(wide: int, high: int) -> bytes:
    """A pale picture of pixels."""
    out = BytesIO()
    Image.new("RGB", (wide, high), "#e6f0f2").save(out, "PNG")
    return out.getvalue()


FACES = "".join(
    f"@font-face {{ font-family: '{FAMILY}'; src: url('{path.as_uri()}');"
    f" font-weight: {'bold' if 'Bold' in name else 'normal'} }}\n"
    for name, path in font_files().items()
)
STYLE = f"""{FACES}
@page {{ size: 148mm 210mm; margin: 18mm; @bottom-left {{ content: "A booklet, version 0.1" }}
  @bottom-right {{ content: "Page " counter(page) }} @top-left {{ content: string(here) }} }}
html {{ font: 12pt/1.4 '{FAMILY}'; hyphens: manual; color: #1d2b36 }}
h1 {{ string-set: here content(text); font-size: 18pt; background: #0b4f5c; color: #fff;
  padding: 10mm; break-after: page }}
h2 {{ font-size: 15pt; border-bottom: 1pt solid #0b4f5c }}
p, li {{ margin: 0 0 1.4em }}
a {{ color: #0b4f5c; text-decoration: underline }}
aside {{ border: 2pt solid #0b4f5c; background: #e6f0f2; padding: 3mm }}
nav ol {{ list-style: none; padding: 0 }}
nav a {{ text-decoration: none }}
nav a::after {{ content: leader('.') target-counter(attr(href), page) }}
td, th {{ text-align: left; border-bottom: .5pt solid #888; padding: 2mm }}
.line {{ border-bottom: .75pt solid #333; height: 10mm }}
.new {{ break-before: page }}
"""
DRAWING = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='300' height='80'>"
    "<rect width='300' height='80' fill='%23fbf3e6' stroke='%230b4f5c'/>"
    "<text x='20' y='45' font-size='18' font-family='Atkinson Hyperlegible'>More tests</text></svg>"
)
PHOTO = "data:image/png;base64," + b64encode(png(120, 90)).decode()
CRISP = "img { image-rendering: crisp-edges }"  # PDF/A has no smoothing of pictures
LONG = "The team can say what this means for each person, and what may come next for them. "
BODY = f"""
<h1>When it comes back</h1>
<nav class="contents"><h2>Contents</h2><ol><li><a href="#a">About this booklet</a></li>
<li><a href="#b">Tests</a></li><li><a href="#c">A heading so long that it needs more than one
line of the contents list</a></li></ol></nav>
<section class="new"><h2 id="a">About this booklet</h2><p>{LONG * 3}</p><p>{LONG * 2}</p>
<p>Ring <a href="tel:08082080888">0808&nbsp;2080&nbsp;888</a> for help with AML, FLT3 or
IDH1.</p>
<ul><li>{LONG}</li><li>One thing to ask</li></ul></section>
<section class="new"><h2 id="b">Tests</h2><figure><img alt="More tests come first."
src="{DRAWING}"><figcaption>What comes first</figcaption></figure>
<aside class="callout"><p>Ring today</p><p>{LONG}</p></aside>
<table><caption>Clinic times</caption><tr><th scope="col">Day</th><th scope="col">Time</th></tr>
<tr><th scope="row">Monday</th><td>9am&nbsp;to&nbsp;12pm</td></tr></table></section>
<section class="new"><h2 id="c">A heading so long that it needs more than one line of the contents
list</h2><h3>Smaller</h3><p>My name:</p><div class="line"></div><p>{LONG}</p></section>
"""


def page(
    extra: str = "", style: str = "", body: str = BODY, title: str = "When it comes back"
) -> bytes:
    """A booklet as the program writes it; `extra` comes last on its last page."""
    html = (
        f"<html lang='en-GB'><head><title>{title}</title><style>{STYLE}{style}</style></head>"
        f"<body>{body}{extra}</body></html>"
    )
    return write_pdf(weasyprint.HTML(string=html, base_url=".").render())


def in_arabic(words: str) -> bytes:
    """The booklet with a paragraph of Arabic at its end."""
    regular, _ = next(each for each in typefaces() if "Arabic" in each.family).paths.values()
    face = f"@font-face {{ font-family: Arabic; src: url('{regular.as_uri()}') }}"
    style = f"{face} [lang=ar] {{ font-family: '{FAMILY}', Arabic }}"
    return page(f"<p lang='ar' dir='rtl'>{words}</p>", style)


@cache
def good() -> bytes:
    return page()


def altered(change: Callable[[PdfWriter], None], pdf: bytes | None = None) -> bytes:
    """The good booklet with its objects changed."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf or good())))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def elements(writer: PdfWriter, role: str) -> Iterator[DictionaryObject]:
    """The structure elements of a role."""
    for number in range(1, len(writer._objects) + 1):
        value = writer._objects[number - 1]
        if isinstance(value, DictionaryObject) and value.get("/S") == f"/{role}" and "/P" in value:
            yield value


def without_claims(writer: PdfWriter) -> None:
    del writer._root_object["/Metadata"]


def first(values: Iterator[DictionaryObject]) -> Any:
    return next(values)


def renamed(name: str) -> Callable[[PdfWriter], None]:
    """The regular font under another name."""

    def change(writer: PdfWriter) -> None:
        for value in writer._objects:
            if isinstance(value, DictionaryObject):
                for key in ("/BaseFont", "/FontName"):
                    if key in value and "Bold" not in value[key]:
                        value[NameObject(key)] = NameObject(f"/ABCDEF+{name}")

    return change


def unembed(writer: PdfWriter) -> None:
    without_claims(writer)
    for value in writer._objects:
        if isinstance(value, DictionaryObject):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                value.pop(key, None)


def untag(writer: PdfWriter) -> None:
    without_claims(writer)
    del writer._root_object["/StructTreeRoot"]
    del writer._root_object["/MarkInfo"]


def lose_a_paragraph(writer: PdfWriter) -> None:
    paragraph = list(elements(writer, "P"))[-1]
    parent = paragraph["/P"].get_object()
    parent[NameObject("/K")] = ArrayObject(
        kid for kid in parent["/K"] if kid.get_object() is not paragraph
    )


def set_key(role: str, key: str, value: Any) -> Callable[[PdfWriter], None]:
    return lambda writer: first(elements(writer, role)).update({NameObject(key): value})


def drop_key(role: str, key: str) -> Callable[[PdfWriter], None]:
    return lambda writer: first(elements(writer, role)).pop(key)


def undescribe_a_link(writer: PdfWriter) -> None:
    for sheet in writer.pages:
        for annotation in sheet.get("/Annots", ()):
            annotation.get_object().pop("/Contents", None)


def fatten(writer: PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(bytes(800_000))
    writer._root_object[NameObject("/PieceInfo")] = writer._add_object(stream)


def drop_tabs(writer: PdfWriter) -> None:
    for sheet in writer.pages:
        sheet.pop("/Tabs", None)


def drop_root(key: str) -> Callable[[PdfWriter], None]:
    return lambda writer: writer._root_object.pop(key) and None


def language_unknown(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/Lang")] = TextStringObject("English (UK)")


def in_place_of_one(words: str, *, text: str) -> bytes:
    """The booklet with a paragraph of this text, for which these words stand in its content."""

    def change(writer: PdfWriter) -> None:
        content = ContentStream(writer.pages[-1]["/Contents"], writer)
        operations = content.operations
        begin = max(number for number, (given, _) in enumerate(operations) if "/MCID" in str(given))
        end = operations.index(([], b"EMC"), begin)
        properties = DictionaryObject({NameObject("/ActualText"): TextStringObject(words)})
        operations.insert(end, ([], b"EMC"))
        operations.insert(begin + 1, ([NameObject("/Span"), properties], b"BDC"))
        writer.pages[-1][NameObject("/Contents")] = writer._add_object(content)

    return altered(change, page(f"<p>{text}</p>"))


def photo(style: str) -> bytes:
    """A picture of pixels at the end, set like this."""
    look = f"display: block; {style}"
    image = f"<img alt='A photograph of a ward' src='{PHOTO}' style='{look}'>"
    return page(f"<p>Before it</p>{image}", CRISP)


BROKEN: dict[str, Callable[[], bytes]] = {
    "smallest-print": lambda: page("<p style='font-size: 11.5pt'>Small words</p>"),
    "characters": lambda: page("<p>A box: \U0010fabc</p>"),
    "number-order": lambda: in_arabic("البيت 37.5 C أبيض"),
    "actual-text": lambda: altered(set_key("P", "/ActualText", TextStringObject("Other words"))),
    "embedded-fonts": lambda: altered(unembed),
    "sans-serif": lambda: altered(renamed("Georgia")),
    "weight": lambda: altered(renamed("Lato-Light")),
    "italics": lambda: page("<p style='transform: skewX(-12deg)'>Leaning words</p>"),
    "underlines": lambda: page("<p>Not <u>a link</u></p>"),
    "capitals": lambda: page("<p>Please DO NOT WAIT TILL TOMORROW</p>"),
    "hidden-text": lambda: page("<p style='color: #fff'>Nobody sees this</p>"),
    "overlaps": lambda: page("<p>Words below</p><p style='margin-top: -30pt'>Words over them</p>"),
    "whole-pictures": lambda: photo("margin-left: 90mm; width: 60mm"),
    "light-on-dark": lambda: page("<p style='background: #0b4f5c; color: #fff'>Thin words</p>"),
    "left-edge": lambda: page(f"<p style='text-align: center'>{LONG * 3}</p>"),
    "ragged-right": lambda: page(f"<p style='text-align: justify'>{LONG * 5}</p>"),
    "page-fill": lambda: page(
        "<p class='new'>Few words</p><p class='new'>More words</p><p class='new'>The end</p>"
    ),
    "chapter-at-foot": lambda: page(
        f"<div style='height: 155mm'></div><h2>Late</h2><p class='new'>{LONG}</p>"
    ),
    "split-lists": lambda: page(
        f"<p>{LONG}</p><div style='height: 25mm'></div><ul style='break-before: avoid'>"
        f"<li>{LONG * 4}</li><li class='new'>{LONG}</li></ul>"
    ),
    "last-words": lambda: page(f"<p>{LONG}<br>So</p>"),
    "split-words": lambda: page("<p style='width: 20mm'>A colony-stimulating factor</p>"),
    "split-information": lambda: page("<p style='width: 25mm'>Ring 0808 2080 888</p>"),
    "line-spacing": lambda: page(f"<p style='line-height: 1'>{LONG * 3}</p>"),
    "paragraph-spacing": lambda: page(f"<p style='margin: 0'>{LONG * 2}</p><p>{LONG * 2}</p>"),
    "horizontal": lambda: page(
        "<p style='margin: 30mm 0; width: 40mm; transform: rotate(90deg)'>Sideways</p>"
    ),
    "margins": lambda: page("<p style='margin-left: -17mm'>Too far out</p>"),
    "paper": lambda: page("<p style='page: wide'>Wide</p>", "@page wide { size: 210mm 297mm }"),
    "contrast": lambda: page("<p style='color: #767676'>Pale words</p>"),
    "text-on-pictures": lambda: page(
        "<p style='background: linear-gradient(to right, #fff, #cde)'>Words on a gradient</p>"
    ),
    "tagged": lambda: altered(untag),
    "untagged-text": lambda: altered(lose_a_paragraph),
    "roles": lambda: altered(set_key("P", "/S", NameObject("/Story"))),
    "headings": lambda: page(
        "<section><h5>Too deep</h5></section>", "h5 { bookmark-level: none; font-size: 12pt }"
    ),
    "alternatives": lambda: altered(drop_key("Figure", "/Alt")),
    "tables": lambda: altered(drop_key("TH", "/A")),
    "lists": lambda: altered(set_key("LBody", "/S", NameObject("/P"))),
    "bookmarks": lambda: altered(drop_root("/Outlines")),
    "contents": lambda: page(style="nav li:first-child a::after { content: ' 4' }"),
    "page-numbers": lambda: page(style="@page { @bottom-right { content: 'Page 7' } }"),
    "links": lambda: altered(undescribe_a_link),
    "tab-order": lambda: altered(drop_tabs),
    "language": lambda: altered(language_unknown),
    "title": lambda: page(title="booklet-final.docx"),
    "claims": lambda: altered(drop_root("/OutputIntents")),
    "carried": lambda: altered(
        lambda writer: writer.add_attachment("notes.txt", b"hello") and None
    ),
    "attachable": lambda: altered(fatten),
    "reading-copy": lambda: page(title="Print sheets for the AML booklet"),
}
"""What breaks each rule, and no other."""


def kill_links(writer: PdfWriter) -> None:
    for sheet in writer.pages:
        for annotation in sheet.get("/Annots", ()):
            value = annotation.get_object()
            if "/Dest" in value or value.get("/A", {}).get("/S") == "/GoTo":
                value.pop("/A", None)
                value[NameObject("/Dest")] = TextStringObject("nowhere")


def lock_lightly(writer: PdfWriter) -> None:
    without_claims(writer)
    writer.encrypt("", "owner")


def run_a_script(writer: PdfWriter) -> None:
    without_claims(writer)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hello')")}
    action = DictionaryObject({NameObject(key): value for key, value in script.items()})
    writer._root_object[NameObject("/OpenAction")] = action


def narrow(words: str) -> bytes:
    """Words in a measure of one word."""
    return page(f"<p style='width: 1mm'>{words}</p>")


ALSO: dict[str, tuple[str, Callable[[], bytes]]] = {
    "3 in 10 over lines": ("split-information", lambda: narrow("3 in 10")),
    "a date over lines": ("split-information", lambda: narrow("6 August 2026")),
    "a dose over lines": ("split-information", lambda: narrow("120 mg")),
    "FLAG-Ida over lines": ("split-information", lambda: narrow("FLAG-Ida")),
    "a soft hyphen": (
        "split-words",
        lambda: page("<p style='width: 25mm'>A transplan&shy;tation</p>"),
    ),
    "other words for letters": (
        "actual-text",
        lambda: in_place_of_one("Take two", text="Take one"),
    ),
    "text set to the right": (
        "left-edge",
        lambda: page(f"<p style='text-align: right'>{LONG * 2}</p>"),
    ),
    "a link that says nothing": (
        "links",
        lambda: page("<p><a href='https://www.nhs.uk'>Click here</a></p>"),
    ),
    "a script": ("carried", lambda: altered(run_a_script)),
    "a lock without a password": ("carried", lambda: altered(lock_lightly)),
    "a table without heading cells": (
        "tables",
        lambda: page("<table><tr><td>One</td><td>Two</td></tr></table>"),
    ),
    "letters painted over": (
        "hidden-text",
        lambda: page(
            "<p>Words below</p><div style='position: relative; top: -14mm; height: 14mm;"
            " background: #fff'></div>"
        ),
    ),
    "letters off the page": (
        "margins",
        lambda: page("<p style='margin-left: 125mm; white-space: nowrap'>Out of sight</p>"),
    ),
    "a picture over words": (
        "whole-pictures",
        lambda: photo(
            "width: 30mm; height: 8mm; margin-top: -10mm; position: relative; z-index: -1"
        ),
    ),
    "a picture over the foot of the page": (
        "whole-pictures",
        lambda: photo("width: 30mm; height: 20mm; transform: translateY(90mm)"),
    ),
    "a drawing that is cut": (
        "whole-pictures",
        lambda: page(style="figure img { margin-left: 80mm; width: 90mm }"),
    ),
    "a name of a file for a picture": (
        "alternatives",
        lambda: altered(set_key("Figure", "/Alt", TextStringObject("hands.svg"))),
    ),
    "a language nobody knows on a phrase": (
        "language",
        lambda: altered(set_key("P", "/Lang", TextStringObject("welsh_"))),
    ),
}
"""Other ways to break a rule, and no other rule."""

"""Letters as other programs write them, and booklets to go with them; each is made once."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
import typst
from PIL import Image, ImageDraw
from playwright.sync_api import Browser
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from booklet.tagging.conformance import write_pdf
from tests.tagging.reading import document

_WORDS = "We saw you in our clinic today and have asked for some more blood tests. " * 6
_TYPST = f"""
#set document(title: "Your clinic letter", date: datetime(year: 2026, month: 11, day: 25))
#set text(lang: "en", region: "GB")
= Your clinic letter
{_WORDS}
#table(columns: 2, table.header[Test][Result], [Iron], [Low])
#link("https://www.nhs.uk/conditions")[Read more]
#pagebreak()
== What happens next
{_WORDS}
"""
_HTML = f"""<!doctype html><html lang="en-GB"><title>Your clinic letter</title>
<h1>Your clinic letter</h1><p>{_WORDS}</p><ul><li>Iron: low</ul>
<p style="break-before: page"><a href="https://www.nhs.uk/">Read more</a>"""
_BOOKLET = """
<h1 id="top">{title}</h1><p>Read this first.</p>
<ul><li><a href="#call">When to call us</a></ul>
<section id="call" style="break-before: page"><h2>When to call us</h2>
<table><tr><th id="sign">Sign<th id="do">Do<tr><td headers="sign">Fever<td headers="do">Call</table>
<p><a href="https://www.example.org/">More about it</a></section>
"""


@cache
def booklet(title: str = "A booklet about tests") -> bytes:
    """Two A5 pages that conform to PDF/UA-1 and PDF/A-2a, as our booklets do."""
    name = '<meta name="dcterms.identifier" content="about-tests 0.1 7K2M-9QXA">'
    return write_pdf(document(_BOOKLET.format(title=title), "@page { size: A5 }", name))


@cache
def by_typst() -> bytes:
    """Two pages, tagged, PDF/UA-1 and PDF/A-2a."""
    return typst.compile(_TYPST.encode(), format="pdf", pdf_standards=["a-2a", "ua-1"])


@cache
def by_chromium(browser: Browser) -> bytes:
    """Two pages, tagged, claiming nothing."""
    page = browser.new_page()
    page.set_content(_HTML)
    made = page.pdf(format="A4", tagged=True, outline=True)
    page.close()
    return made


@cache
def by_reportlab() -> bytes:
    """Two pages without tags or a title, in a font that is not embedded."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    for number in (1, 2):
        text = canvas.beginText(72, 760)
        for line in range(5):
            text.textLine(f"Line {line} of a paragraph on page {number}.")
        canvas.drawText(text)
        canvas.drawString(72, 600, "A paragraph of its own.")
        canvas.rect(72, 500, 100, 50)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@cache
def by_ghostscript() -> bytes:
    """The same once more through Ghostscript, as print servers do."""
    with TemporaryDirectory() as folder:
        given, made = Path(folder, "given.pdf"), Path(folder, "made.pdf")
        given.write_bytes(by_reportlab())
        command = ("gs", "-q", "-sDEVICE=pdfwrite", "-o", str(made), str(given))
        subprocess.run(command, check=True, capture_output=True)
        return made.read_bytes()


@cache
def by_scanner() -> bytes:
    """A page that is a picture."""
    paper = Image.new("L", (620, 877), 255)
    ImageDraw.Draw(paper).text((60, 60), "Dear patient", fill=0)
    target = BytesIO()
    paper.save(target, "PDF", resolution=75)
    return target.getvalue()


def letter_of(producer: str, request: pytest.FixtureRequest) -> bytes:
    """The letter of a producer, by its name; a browser is started for that of one only."""
    if producer == "chromium":
        return by_chromium(request.getfixturevalue("browser"))
    makers = {
        "typst": by_typst,
        "reportlab": by_reportlab,
        "ghostscript": by_ghostscript,
        "scanner": by_scanner,
    }
    return makers[producer]()


PRODUCERS = ("typst", "chromium", "reportlab", "ghostscript", "scanner")


def changed(pdf: bytes, change: object) -> bytes:
    """The PDF after a function did something to it with pikepdf."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)  # type: ignore[operator]
        opened.save(target, deterministic_id=True)
    return target.getvalue()

"""What five programs take out of a PDF: poppler, MuPDF, PDFium, pypdf and pdf.js.

They are behind most viewers on paper's other side: Evince and Okular, SumatraPDF, Chrome and Edge,
scripts, and Firefox. pdf.js is installed by `setup.sh tests` into the virtual environment.
"""

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdfium2
from pypdf import PdfReader

PDFJS = Path(sys.prefix) / "pdfjs"
#: Marks of direction and places to break: they are in the text and are no letters of it.
_UNSEEN = dict.fromkeys((0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F)))
_SCRIPT = """
console.log = () => {};  // pdf.js says that it could not draw here
const pdfjs = require("pdfjs-dist/legacy/build/pdf.js");
const data = new Uint8Array(require("fs").readFileSync(process.argv[1]));
(async () => {
  const file = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
  for (let number = 1; number <= file.numPages; number++) {
    const { items } = await (await file.getPage(number)).getTextContent();
    const text = items.map((item) => item.str + (item.hasEOL ? "\\n" : "")).join("");
    process.stdout.write(text + "\\n");
  }
})();
"""


def poppler(path: Path) -> str:
    return _printed("pdftotext", "-enc", "UTF-8", str(path), "-")


def mupdf(path: Path) -> str:
    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def pdfjs(path: Path) -> str:
    return _printed("node", "-e", _SCRIPT, str(path), cwd=PDFJS)


READERS: dict[str, Callable[[Path], str]] = {
    each.__name__: each for each in (poppler, mupdf, pdfium, pypdf, pdfjs)
}


def words(text: str) -> list[str]:
    """The words of a text, one way of writing each letter, without what nobody sees."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).split()


def _printed(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, check=True, cwd=cwd)
    return done.stdout.decode("utf-8")

"""What five programs take out of a PDF: poppler, MuPDF, PDFium, pypdf and pdf.js.

They are behind most viewers on paper's other side: Evince and Okular, SumatraPDF, Chrome and Edge,
scripts, and Firefox. pdf.js is installed by `setup.sh tests` into the virtual environment.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
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
const fs = require("fs");
const words = async (path) => {
  const data = new Uint8Array(fs.readFileSync(path));
  const file = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
  let told = "";
  for (let number = 1; number <= file.numPages; number++) {
    const { items } = await (await file.getPage(number)).getTextContent();
    told += items.map((item) => item.str + (item.hasEOL ? "\\n" : "")).join("") + "\\n";
  }
  await file.destroy();
  return told;
};
(async () => {
  for await (const path of require("readline").createInterface({ input: process.stdin }))
    process.stdout.write(JSON.stringify(await words(path)) + "\\n");
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
    process = _pdfjs()
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    return str(json.loads(process.stdout.readline()))


@cache
def _pdfjs() -> subprocess.Popen[str]:
    """pdf.js reading a path a line, one JSON text a file; it ends with the tests."""
    return subprocess.Popen(
        ("node", "-e", _SCRIPT), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8", cwd=PDFJS,
    )  # fmt: skip


READERS: dict[str, Callable[[Path], str]] = {
    each.__name__: each for each in (poppler, mupdf, pdfium, pypdf, pdfjs)
}


def words(text: str) -> list[str]:
    """The words of a text, one way of writing each letter, without what nobody sees."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).split()


def _printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")

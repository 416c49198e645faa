"""The programs behind `check --as-fax`: Ghostscript draws fax pictures, tesseract reads them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from booklet.content.yaml_source import read_yaml
from booklet.problems import BookletError, MissingOnMachine

DOTS_AN_INCH = 200  # Fine resolution of fax, across and down (ITU-T T.4)
SECONDS_A_PAGE = 60  # How long one page may take before it is given up

_SMOOTH = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-sCompression=lzw")
_DEVICES = {"fax": ("tiffg4",), "grey": ("tiffgray", *_SMOOTH)}
_CODES: dict[str, str] = read_yaml(Path(__file__).with_name("fax_languages.yaml")).values


class CannotDraw(BookletError):
    """A page cannot be drawn or read; the message is one sentence without the file's name."""


def must_be_there(language: str) -> None:
    """`MissingOnMachine`, with the remedy, where a program is not there or cannot read `language`.

    `language` is the tag of a text's language; one that nobody knows is read as English.
    """
    needs = {"ghostscript": _ghostscript(), "tesseract-ocr": shutil.which("tesseract")}
    packages = [name for name, found in needs.items() if not found]
    if not packages and code_of(language) not in _known_languages():
        packages = [f"tesseract-ocr-{code_of(language).replace('_', '-')}"]
    if packages:
        raise MissingOnMachine(
            f"to see a file as a fax, {' and '.join(packages)} must be on this machine; "
            f"install with `sudo apt-get install {' '.join(packages)}`"
        )


def code_of(language: str) -> str:
    """What tesseract calls the language of a tag; English where that is not known.

    >>> code_of("cy"), code_of("en-GB"), code_of("tlh")
    ('cym', 'eng', 'eng')
    """
    return _CODES.get(language.split("-")[0].lower(), "eng")


def drawn(pdf: Path, way: str, target: Path) -> Path:
    """Every page of a PDF as one TIFF of many pictures at `DOTS_AN_INCH`, written to `target`.

    The `way` is `fax`, with one bit a point, greys and colours as Ghostscript halftones them and
    packed as ITU-T T.6 says (Group 4), or `grey`, with 256 shades and smooth edges. `CannotDraw`
    where Ghostscript gives up.
    """
    device, *options = _DEVICES[way]
    quiet = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sstdout=%stderr")
    how = (f"-sDEVICE={device}", f"-r{DOTS_AN_INCH}", *options, "-o", str(target), str(pdf))
    _run((_ghostscript() or "gs", *quiet, *how), SECONDS_A_PAGE * 10)
    if not target.is_file():
        raise CannotDraw("cannot be drawn: Ghostscript wrote no picture")
    return target


def words_on(picture: Path, page: int, language: str) -> str:
    """What tesseract reads on one page of a TIFF of many, counted from 1."""
    which = ("-l", code_of(language), "-c", f"tessedit_page_number={page - 1}")
    return _run(("tesseract", str(picture), "stdout", *which), SECONDS_A_PAGE)


def _run(command: Sequence[str], seconds: float) -> str:
    """What a program prints; `CannotDraw` where it fails or takes too long."""
    one_core = os.environ | {"OMP_THREAD_LIMIT": "1"}  # pages are read side by side already
    try:
        done = subprocess.run(
            command, env=one_core, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise CannotDraw(f"takes {command[0]} more than {seconds:g} seconds") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise CannotDraw(f"is refused by {command[0]}: {said[-1]}") from error
    return done.stdout.decode(errors="replace")


def _ghostscript() -> str | None:
    return shutil.which("gs") or shutil.which("gswin64c")


@cache
def _known_languages() -> frozenset[str]:
    return frozenset(_run(("tesseract", "--list-langs"), SECONDS_A_PAGE).split())

"""What the benchmarks are tried on: an edition, its page of HTML as others read it, its words."""

import re
import shutil
from datetime import date
from pathlib import Path

from booklet.editions import AUDIENCES, SIZES, Screen
from booklet.html.render import render
from booklet.order import Order, Target, plan
from booklet.resources import styles_folder
from booklet.typeface import font_files

ROOT = Path(__file__).parent.parent
LONG, SHORT = "aml-relapse", "blood-transfusion"
"""The booklets by their length."""
PAGE = "page.html"
_IMPORT = re.compile(r'@import "([^"]+)"(?: layer\([^)]*\))?;')


def edition(name: str = LONG, content: Path = ROOT / "content") -> Target:
    """The edition of a booklet for patients in standard print, on paper."""
    wishes = Order(content, Path("output"), (name,), AUDIENCES[:1], SIZES[:1], today=date.today())
    return next(each for each in plan(wishes).targets if not isinstance(each.edition.size, Screen))


def page_of(target: Target) -> str:
    """Its page of HTML."""
    size = target.edition.size
    assert not isinstance(size, Screen)
    return render(target.booklet, size, target.marked, target.edition.ink)


def as_files(target: Target, folder: Path) -> Path:
    """The page with its style sheets and typefaces as files that any program can read."""
    shutil.copytree(styles_folder(), folder, dirs_exist_ok=True)
    for name, path in font_files().items():
        shutil.copy(path, folder / "fonts" / name)
    file = folder / PAGE
    file.write_text(page_of(target), encoding="utf-8")
    return file


def one_sheet(file: Path) -> str:
    """A style sheet with those that it imports in their places."""
    text = file.read_text(encoding="utf-8")
    return _IMPORT.sub(lambda found: one_sheet(file.parent / found[1]), text)

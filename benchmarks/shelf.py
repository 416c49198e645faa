"""Content with many booklets, and orders for all of them."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from runpy import run_path
from unittest.mock import patch

from benchmarks.specimen import ROOT, SHORT
from booklet import making
from booklet.order import Target
from booklet.provenance.built_file import BuiltFile


def shelf(folder: Path, booklets: int) -> Path:
    """A content folder with so many booklets: all there are, and copies of the short one."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    have = len([*content.glob("*/booklet.yaml")])
    for number in range(booklets - have):
        shutil.copytree(content / SHORT, content / f"{SHORT}-{number}")
    return content


def stand_in(target: Target) -> Iterator[BuiltFile]:
    """Stands in for setting type."""
    yield BuiltFile(target.file_name, bytes(20_000), pages=40)


def carry_out(folder: str, words: Sequence[str], without_type: bool = False) -> None:
    """Carry out an order in a folder that has content, in this process."""
    os.chdir(folder)
    time.sleep(1)  # files that are this new are not relied on
    script = str(ROOT / "make_booklet.py")
    typed = patch.object(sys, "argv", [script, "build", "--quiet", *words])
    stood_in = patch.object(making, "make", stand_in) if without_type else nullcontext()
    with stood_in, typed, suppress(SystemExit):
        run_path(script, run_name="__main__")

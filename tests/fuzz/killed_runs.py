"""A mailing run of the real program, killed over and over at random moments and resumed.

What comes of it is held against a run of the same list that was let be.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from re import findall
from time import monotonic, sleep
from unittest.mock import patch

from pypdfium2 import PdfDocument

from booklet.approval import SignOff, approve
from booklet.build import Order, build
from booklet.commands.main import main
from booklet.editions import SIZES
from booklet.post import mailing
from booklet.post.ledger_file import open_ledger
from booklet.post.private import FOLDER
from tests.conftest import ROOT
from tests.post.test_mailing import ASKED, C4, listed, person

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
LEAD = SignOff("Dr A. Example", date.today(), date.today(), "Consultant, invented")
_STOPPED = 130
_PATIENCE = 10  # Seconds in which the workers of a run that was killed are to be gone


@dataclass(slots=True)
class Killed:
    """What came of a run that was killed again and again."""

    kills: int = 0  # How often it was killed
    undisturbed: float = 0  # Seconds that the run took which was let be
    failures: list[str] = field(default_factory=list)


def killed_run(folder: Path, people: int, kills: int, seed: int, batch: int = 100) -> Killed:
    """A run of so many people, killed so often, and every way in which it is not as it should be.

    `batch` is how many letters are made in one job.
    """
    chance, told = Random(seed), Killed()
    _prepare(folder, people)
    with patch.object(mailing, "BATCH", batch):
        began = monotonic()
        told.failures += _ended(_begun(folder, "whole"), folder, 0)
        told.undisturbed = monotonic() - began
        while told.kills < kills and _state(folder / "killed") != "done":
            child = _begun(folder, "killed")
            sleep(chance.uniform(0, 2 * told.undisturbed / kills))
            sent = chance.choice(SIGNALS)
            os.kill(child, sent)
            told.failures += _ended(child, folder, sent)
            told.kills += 1
        if _state(folder / "killed") != "done":
            told.failures += _ended(_begun(folder, "killed"), folder, 0)
    told.failures += [*_wrong(folder, people)]
    return told


def _prepare(folder: Path, people: int) -> None:
    content = folder / "content"
    shutil.copytree(ROOT / "tests/words/content", content)
    for name in ("clinics", "letters"):
        shutil.copytree(ROOT / "content" / name, content / name)
    approve(content, "leaflet", LEAD)
    asked = (content, folder / "whole", ("leaflet",), ("patient",), SIZES[:2], "example")
    build(Order(*asked, today=date.today()), lambda made, of: None)
    shutil.copytree(folder / "whole", folder / "killed")
    needs = ("", "", "large print")
    rows = (person(number, Needs=needs[number % 3]) for number in range(people))
    listed(folder / "list.csv", *rows)
    (folder / "temporary").mkdir()


def _begun(folder: Path, out: str) -> int:
    """The program at work in a process, and group of processes, of its own."""
    resume = ("--resume",) if _state(folder / out) == "begun" else ()
    asked = ("list.csv", *ASKED, *C4, "--output", out, *resume)
    if child := os.fork():
        return child
    code = 99  # a traceback
    try:
        os.setpgid(0, 0)
        os.chdir(folder)
        tempfile.tempdir = str(folder / "temporary")
        said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        sys.argv = ["booklet", "mail", *asked]
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _state(out: Path) -> str:
    """How far the run has come that the ledger has; empty where it has none."""
    if not (out / FOLDER).is_dir():
        return ""
    with open_ledger(out / FOLDER) as ledger:
        return next((run.state for run in ledger.runs()), "")


def _ended(child: int, folder: Path, sent: int) -> list[str]:
    """What is wrong with how a run ended, which `sent` was sent to; 0 where it was let be."""
    status = os.waitpid(child, 0)[1]
    said = (folder / "said.txt").read_text() if (folder / "said.txt").exists() else ""
    code = os.waitstatus_to_exitcode(status)
    # A signal that comes before the program listens, or after its end, has its usual effect.
    allowed = (0, -sent, _STOPPED) if sent else (0,)
    wrong = [] if code in allowed else [f"ended with {code} after {sent}: {said}"]
    if "Traceback" in said and code != -sent:
        wrong.append(f"a traceback after {sent}: {said}")
    until = monotonic() + _PATIENCE
    while _is_there(child):
        if monotonic() > until:
            return [*wrong, f"workers are left after {sent}"]
        sleep(0.05)
    return wrong


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _wrong(folder: Path, people: int) -> Iterator[str]:
    """How the run that was killed is not as the one that was let be."""
    whole, killed = (_files(folder / out) for out in ("whole", "killed"))
    if whole != killed:
        names = [name for name in {*whole, *killed} if whole.get(name) != killed.get(name)]
        yield f"other files, or other bytes in them: {sorted(names)}"
    with open_ledger(folder / "killed" / FOLDER) as ledger:
        runs = ledger.runs()
        letters = ledger.letters(runs[0].id)
    if [each.state for each in runs] != ["done"]:
        yield f"the ledger has {runs}"
    once = (
        len(letters)
        == len({each.row for each in letters})
        == len({each.person for each in letters})
    )
    if not once or len(letters) != people:
        yield f"{len(letters)} letters stand in the ledger"
    printed = Counter(number for data in killed.values() for number in _references(data))
    if printed != Counter(str(number) for number in range(people)):
        yield f"not once each in the letters: {(printed - Counter(set(printed))).keys()}"
    if left := [*(folder / "temporary").iterdir()]:
        # A run that is killed leaves its folder to the next, which takes it away.
        yield f"left in the temporary folder: {left}"


def _files(out: Path) -> dict[str, bytes]:
    """The files of runs, handed over or not, by their names; commands in them name the folder."""
    folders = [each for each in (out / FOLDER).iterdir() if each.is_dir()]
    files = (file for each in folders for file in each.rglob("*") if file.is_file())
    named, anywhere = f"--output {out.name}/".encode(), b"--output OUT/"
    return {
        file.relative_to(out).as_posix(): file.read_bytes().replace(named, anywhere)
        for file in files
    }


def _references(data: bytes) -> Iterator[str]:
    if data.startswith(b"%PDF"):
        with PdfDocument(data) as document:
            for page in document:
                yield from findall(r"Our reference: R(\d+)", page.get_textpage().get_text_range())

"""Every command that writes, interrupted at every change of a name, by each signal that ends runs.

A generation is what a folder holds before the command or after it, and nothing between: what a run
that is killed leaves is finished by the next that writes there.
"""

import io
import os
import shutil
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

from booklet.approval import SignOff, approve, send_to_review
from booklet.changes import forget
from booklet.commands.main import main
from booklet.files import LOCK, locked
from booklet.unchanged import RECORDS
from tests.conftest import ROOT
from tests.interruptions import at_rename

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
MOST_RENAMES = 30
LEAD = ("--by", "Dr A. Example", "--role", "Consultant, invented")
NEVER = "nothing was changed"
Tree = dict[str, bytes]

ACTS: dict[str, tuple[str, ...]] = {
    "build": ("build", "leaflet", "--audience", "patient", "--size", "standard"),
    "release": ("release", "leaflet", "--audience", "patient", "--size", "standard"),
    "approve": ("approve", "leaflet", *LEAD),
    "withdraw": ("withdraw", "leaflet", *LEAD, "--why", "A number in it is wrong"),
}
"""The command lines, without their folders."""


@dataclass(slots=True)
class Interrupted:
    """What came of the interruptions of one command."""

    runs: int = 0
    renames: int = 0  # How often a run that is let be changes a name
    failures: list[str] = field(default_factory=list)


def interruptions(act: str, folder: Path) -> Interrupted:
    """The command interrupted before each rename by each signal, from the same state every time."""
    before = folder / "before"
    _prepare(act, before)
    whole = _copy(before, folder / "whole")
    _undisturbed(act, whole)
    states = (_trees(before), _trees(whole))
    told = Interrupted()
    if states[0] == states[1]:
        told.failures.append(f"{act}: the command that was let be changed nothing")
    for number in range(MOST_RENAMES):
        reached = False
        for sent in SIGNALS:
            place = _copy(before, folder / "place")
            status, said = _run(act, place, number, sent)
            if status == 0:
                break  # fewer names change than that
            reached, told.runs = True, told.runs + 1
            if wrong := _wrong(states, place, status, said):
                told.failures.append(f"{act}, rename {number}, {sent.name}: {wrong}\n{said}")
        if not reached:
            break
        told.renames = number + 1
    return told


def _prepare(act: str, folder: Path) -> None:
    content, today = folder / "content", date.today()
    shutil.copytree(ROOT / "tests/words/content", content)
    lead = SignOff("Dr A. Example", today, today, "Consultant, invented")
    send_to_review(content, "leaflet", lead)
    _undisturbed("build", folder)
    section = content / "leaflet/03-rest.yaml"
    section.write_text(section.read_text().replace("You can say no.", "You may say no."))
    if act in ("release", "withdraw"):
        approve(content, "leaflet", lead)
    if act == "withdraw":
        _undisturbed("build", folder)


def _copy(state: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(state, place))


def _run(act: str, folder: Path, number: int, sent: signal.Signals) -> tuple[int, str]:
    """How a run ended that got a signal before the rename after `number`, and what it said."""
    said = folder.parent / "said.txt"
    if (child := os.fork()) == 0:
        code = 1
        try:
            at_rename(number, lambda: os.kill(os.getpid(), sent))
            code = _program(act, folder, said)
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1], said.read_text() if said.exists() else ""


def _undisturbed(act: str, folder: Path) -> None:
    """The command in this process, which is warm from then on, and its children with it."""
    answers = {number: signal.getsignal(number) for number in SIGNALS}
    status = _program(act, folder, folder.parent / "said.txt")
    for number in SIGNALS[:2]:
        signal.signal(number, answers[number])
    assert status == 0, (folder.parent / "said.txt").read_text()


def _program(act: str, folder: Path, said: Path) -> int:
    out = ("--built" if act == "withdraw" else "--output", str(folder / "out"))
    words = [*ACTS[act], "--content", str(folder / "content"), *(out if act != "approve" else ())]
    heard = io.StringIO()
    forget()
    try:
        with (
            patch.object(sys, "argv", ["booklet", *words]),
            patch("os.cpu_count", return_value=1),
            redirect_stdout(heard),
            redirect_stderr(heard),
        ):
            main()
        return 0
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException as error:  # noqa: BLE001 - a traceback is what is looked for
        heard.write(f"Traceback: {error!r}")
        return 99
    finally:
        said.write_text(heard.getvalue())


def _wrong(states: tuple[list[Tree], list[Tree]], place: Path, status: int, said: str) -> str:
    """What is wrong with what an interrupted run left and said; empty where nothing is."""
    killed = os.WIFSIGNALED(status)
    now = _trees(place)
    for folder in (place / "content/leaflet", place / "out", place / "out/released"):
        with locked(folder):
            pass
    finished = _trees(place)
    pairs = zip(finished, *states, strict=True)
    if any(tree not in (before, after) for tree, before, after in pairs):
        return f"mixed: {[sorted(each) for each in finished]}"
    if killed:
        return ""
    if finished != now:
        return "something was left to be finished"
    if "Traceback" in said or os.WEXITSTATUS(status) != 130:
        return f"ended with {os.WEXITSTATUS(status)}"
    if (NEVER in said) != (now == states[0]):
        return "a false sentence"
    return ""


def _trees(folder: Path) -> list[Tree]:
    """The folders that are each written in one step, with what stands in them."""
    return [_tree(folder / "content"), _tree(folder / "out")]


def _tree(folder: Path) -> Tree:
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    places = {each.relative_to(folder): each for each in files}
    # The lock is a killed run's, the record of orders has times in it and may go at any time.
    return {
        name.as_posix(): path.read_bytes()
        for name, path in places.items()
        if path.name != LOCK and RECORDS not in name.parts and not name.parts[0].startswith(".mak")
    }

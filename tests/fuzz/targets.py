"""What is given bad input, and what may come of it: an answer, or a fault told in a sentence."""

import json
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from time import monotonic
from types import FrameType

import yaml

from booklet.check.check_pdf import check_pdf
from booklet.check.pdf_report import as_values, lines
from booklet.check.read import said_of
from booklet.content.svg import read_drawing
from booklet.editions import size_named
from booklet.html.render import render
from booklet.post import carrier_check
from booklet.post.carrier_check import check_carrier
from booklet.post.carriers import carrier_named
from booklet.print.sheets import make_sheets
from booklet.problems import BookletError
from booklet.provenance import identify as tracing
from booklet.provenance.code_lookup import code_index
from booklet.provenance.manifest import ENDING, damaged, is_built_here, withdrawn_manifests
from booklet.provenance.overview import overview
from booklet.resources import labels_folder
from booklet.review.booklet import load_booklet
from tests.conftest import ROOT, TODAY
from tests.fuzz import mailing_lists, pdfs, people
from tests.fuzz.mutation import mutated

LONGEST = 30
"""Seconds that any one input may take, if it is no batch of letters."""
CODE = "7K2M-9QXA"


class TooSlow(BaseException):
    """An input took longer than it may; no library may swallow it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the program that is given what chance makes."""

    make: Callable[[Random], bytes]  # An input; the same seed gives the same
    give: Callable[[bytes, Path], None]  # Gives it to the program, in a folder of its own
    short: int  # How many inputs the short run makes; 0 where only the long one has it
    longest: int = LONGEST  # Seconds that any one input may take


@dataclass(slots=True)
class Tally:
    """What came of the inputs of a target."""

    answered: int = 0  # Inputs that were taken
    refused: int = 0  # Inputs that were told to be faults
    slowest: float = 0  # Seconds
    failures: dict[int, str] = field(default_factory=dict)  # By seed, the traceback


def tried(name: str, seeds: range, folder: Path, seconds: float = 3600) -> Tally:
    """A target with the inputs of these seeds, as many as the time allows."""
    target, tally, until = TARGETS[name], Tally(), monotonic() + seconds
    for seed in seeds:
        if (began := monotonic()) > until:
            break
        try:
            with _hurried(target.longest):
                target.give(target.make(Random(f"{name} {seed}")), folder)
            tally.answered += 1
        except BookletError:
            tally.refused += 1
        except (Exception, TooSlow):  # noqa: BLE001 - whatever it is, it is what is looked for
            tally.failures[seed] = traceback.format_exc()
        tally.slowest = max(tally.slowest, monotonic() - began)
    return tally


@contextmanager
def _hurried(longest: int) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"more than {longest} seconds")

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(longest)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


_NO_TEXT = b"\xff"  # which is no UTF-8
PIECES: dict[str, tuple[bytes, ...]] = {
    kind: (*(each.encode() for each in pieces), _NO_TEXT)
    for kind, pieces in yaml.safe_load(Path(__file__).with_name("pieces.yaml").read_text()).items()
}


@cache
def _content_files() -> dict[str, bytes]:
    """The specimen, with a section for each kind of block, and labels of its own."""
    specimen = ROOT / "tests/specimen"
    found = {
        path.relative_to(specimen).as_posix(): path.read_bytes()
        for path in specimen.rglob("*.yaml")
    }
    for number, path in enumerate(sorted((ROOT / "tests/components").glob("*.yaml")), 2):
        block = yaml.safe_load(path.read_text("utf-8"))["block"]
        section = {"title": path.stem, "blocks": [block]}
        words = yaml.safe_dump(section, allow_unicode=True, sort_keys=False)
        found[f"specimen/{number:02}-{path.stem}.yaml"] = words.encode()
    found["labels/en.yaml"] = (labels_folder() / "en.yaml").read_bytes()
    return found


def _a_content(chance: Random) -> bytes:
    """The name of a file of the specimen, an end of line, and what stands in it now."""
    files = _content_files()
    name = chance.choice([*files])
    return name.encode() + b"\n" + mutated(files[name], chance, PIECES["yaml"])


def _load_and_render(data: bytes, folder: Path) -> None:
    content = folder / "content"
    files = _content_files()
    if not content.exists():
        shutil.copytree(ROOT / "tests/specimen", content)
        (content / "labels").mkdir()
        for name, text in files.items():
            (content / name).write_bytes(text)
    name, _, changed = data.partition(b"\n")
    path = content / name.decode()
    path.write_bytes(changed)
    try:
        for booklet in load_booklet(content, "specimen", TODAY, "example").values():
            render(booklet, size_named("standard")).encode()
    finally:
        path.write_bytes(files[name.decode()])


@cache
def _drawings() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((ROOT / "content").rglob("*.svg")))


def _a_drawing(chance: Random) -> bytes:
    return mutated(chance.choice(_drawings()), chance, PIECES["svg"])


def _read_drawing(data: bytes, folder: Path) -> None:
    path = folder / "a.svg"
    path.write_bytes(data)
    read_drawing(path)


def _look_at_pdf(data: bytes, folder: Path) -> None:
    """A PDF in all that is done with strangers'; the first fault must not hide the others'."""
    path = folder / "a.pdf"
    path.write_bytes(data)
    report = check_pdf(data, "a.pdf")
    "\n".join(lines(report)).encode("utf-8", "backslashreplace")
    json.dumps(as_values(report))
    _hold_against_carriers(data)
    faults: list[BookletError] = []
    for act in (_read_aloud, make_sheets, _trace):
        try:
            act(path)
        except BookletError as error:
            faults.append(error)
    if faults:
        raise faults[0]


def _hold_against_carriers(data: bytes) -> None:
    """As a letter of a post room, which has a window, and of a carrier that prints in black."""
    for name in ("desk-c5", "nhs-notify-c5"):
        carrier = carrier_named(name)
        report = check_carrier(data, carrier, "a.pdf")
        "\n".join(carrier_check.lines(report, carrier)).encode("utf-8", "backslashreplace")


def _read_aloud(path: Path) -> None:
    for pages in (False, True):
        said_of(path, pages)


def _trace(path: Path) -> None:
    tracing.printed_on_pages(path.read_bytes(), frozenset())


@cache
def good_manifest() -> bytes:
    reference = {"resourceType": "DocumentReference", "status": "current", "content": []}
    row = {"name": "a.pdf", "sha256": "0" * 64, "document_reference": reference, "pages": 2}
    words = {"booklet": "specimen", "version": "0.1", "fingerprint": "0" * 64, "code": CODE}
    made = {"manifest": 1, **words, "state": "draft", "clinic": None, "files": [row, row]}
    return json.dumps(made, indent=1).encode()


def _a_manifest(chance: Random) -> bytes:
    if chance.random() < 0.5:
        return mutated(good_manifest(), chance, PIECES["json"])
    values = json.loads(good_manifest())
    part = values if chance.random() < 0.5 else values["files"][0]
    odd = (None, [], {}, -1, 1.5, "\ud800", "\0", "../a", "a", True, "", [[]], "x" * 300)
    part[chance.choice([*part])] = chance.choice(odd)
    if chance.random() < 0.2:
        del part[chance.choice([*part])]
    return json.dumps(values).encode()


def _trace_by_manifest(data: bytes, folder: Path) -> None:
    """A manifest in all that reads one: listing, tracing, withdrawing, setting aside."""
    content, built = ROOT / "tests/specimen", folder / "built"
    built.mkdir(exist_ok=True)
    (built / "a.pdf").write_bytes(b"%PDF-1.7")
    (built / f"a{ENDING}").write_bytes(data)
    index = code_index(content, built, TODAY)
    "\n".join(row.line() for row in overview(content, built, TODAY))
    is_built_here(built / "a.pdf")
    damaged(built, [f"a{ENDING}"])
    withdrawn_manifests(built, "specimen", {})
    found = tracing.identify(index, CODE)
    "\n".join(tracing.lines(found))
    json.dumps(tracing.as_values(found))


TARGETS = {
    "contents": Target(_a_content, _load_and_render, 12),
    "drawings": Target(_a_drawing, _read_drawing, 60),
    "damaged-pdfs": Target(pdfs.damaged, _look_at_pdf, 4),
    "altered-pdfs": Target(pdfs.altered, _look_at_pdf, 3),
    "crafted-pdfs": Target(pdfs.crafted, _look_at_pdf, 30),
    "manifests": Target(_a_manifest, _trace_by_manifest, 12),
    "lists": Target(mailing_lists.a_csv, mailing_lists.read_list, 60),
    "people": Target(people.a_batch, people.set_and_read, 1, longest=300),
    "crowds": Target(people.a_crowd, people.set_and_read, 0, longest=900),
    "workbooks": Target(mailing_lists.a_workbook, mailing_lists.read_list, 3),
}
"""By name, everything that is fuzzed with changed input."""

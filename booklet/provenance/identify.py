"""Paper and files traced to their words: by the code printed on them, or by the file itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import chain
from pathlib import Path

from booklet.content.version_code import as_printed, code_of, nearly
from booklet.pdf.guarded import STRANGERS, TooMuch, in_child
from booklet.pdf.opening import CannotOpen, guarded, open_pdf
from booklet.problems import BookletError, WrongUsage
from booklet.provenance.code_lookup import CodeIndex, KnownVersion
from booklet.provenance.manifest import with_status
from booklet.review.status import as_json, signed

_IDENTIFIER = re.compile(
    rb'<dc:identifier>([^<]*)</dc:identifier>|name="dcterms.identifier" content="([^"]*)"'
)
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class NotKnown(BookletError):
    """No words are known by this code, or a file carries none."""


def identify(index: CodeIndex, asked: str) -> KnownVersion:
    """The words behind a printed code, a whole fingerprint, or a file.

    `NotKnown` where they are not known here; `WrongUsage` where it is neither code nor file, or a
    file that may not be read.
    """
    file = Path(asked)
    try:
        data = file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise WrongUsage(f"{asked} cannot be read: {error.strerror}") from error
    if data is not None:
        return _of_file(index, file, data)
    is_fingerprint = re.fullmatch("[0-9a-f]{64}", asked.lower())
    code = code_of(asked.lower()) if is_fingerprint else as_printed(asked)
    if code is None:
        raise WrongUsage(
            f"`{asked}` is no file, and no code: a code has 8 letters and digits, like 7K2M-9QXA, "
            "and stands on the back cover after the word Code"
        )
    return _known(index, code)


def _known(index: CodeIndex, code: str) -> KnownVersion:
    if found := index.find(code):
        return found
    near = nearly(code, index.codes)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    folders = ", ".join(sorted({problem.file.parent.name for problem in index.unread}))
    unread = ". Not looked into, because they have faults that `build` tells: " if folders else ""
    raise NotKnown(f"no words here have the code {code}{meant}{unread}{folders}")


def _of_file(index: CodeIndex, file: Path, data: bytes) -> KnownVersion:
    """The words of a file with this in it, and whether it is one that was built here."""
    digest = sha256(data).hexdigest()
    if same := next((each for each in index.files if each.row["sha256"] == digest), None):
        built, state = same.row["name"], same.manifest["state"]
        note = f"byte for byte the file {built} that was built (state then: {state})"
        return replace(_known(index, same.code), note=f"{file.name}: {note}")
    code = _code_inside(index, file, data)
    note = "no manifest here names this file; it may be changed, or built elsewhere"
    if any(each.row["name"] == file.name for each in index.files):
        note = "NOT the file that was built under this name; it was changed or rebuilt"
    return replace(_known(index, code), note=f"{file.name}: {note}")


def _code_inside(index: CodeIndex, file: Path, data: bytes) -> str:
    """The code a file says it has, or else a known one that is printed in it."""
    if found := _IDENTIFIER.search(data):
        words = unescape((found[1] or found[2]).decode("utf-8", "replace"))
        code = as_printed(words.rpartition(" ")[2])
    else:
        code = _printed_in(data, index.codes)
    if code is None:
        raise NotKnown(f"{file.name} carries no code, and no manifest names a file like it")
    return code


def _printed_in(data: bytes, known: frozenset[str]) -> str | None:
    """The first known code in the text of a file; a PDF is read in a process of its own."""
    if not data.startswith(b"%PDF"):
        return _first_of([data.decode("utf-8", "replace")], known)
    try:
        return in_child(printed_on_pages, data, known, limits=STRANGERS)
    except CannotOpen as error:
        why = "this PDF cannot be read; it is damaged, or locked with a password"
        raise NotKnown(why) from error
    except TooMuch as error:
        raise NotKnown(f"this PDF cannot be read: {error}") from error


def printed_on_pages(data: bytes, known: frozenset[str]) -> str | None:
    """The first known code on a PDF's pages, the last page first.

    Print sheets and new copies keep no metadata. `CannotOpen` where the PDF cannot be read.
    """
    with guarded():
        return _first_of((page.extract_text() for page in reversed(open_pdf(data).pages)), known)


def _first_of(texts: Iterable[str], known: frozenset[str]) -> str | None:
    printed = chain.from_iterable(map(_CODE.findall, texts))
    return next((each for each in printed if each in known), None)


def lines(found: KnownVersion) -> Iterator[str]:
    """What was found, for people."""
    if found.note:
        yield found.note
    yield f"{found.code}: {found.name}, version {found.version}"
    yield f"  now:   {found.verdict()[1]}"
    if found.now:
        for entry in found.entries:
            yield f"  then:  {signed(entry, found.now.today)}"
    if changed := found.since():
        yield f"  since: {changed}"
    if found.snapshot:
        yield f"  words: {found.snapshot.file}"
    for each in found.files:
        yield f"  file:  {each.folder / each.row['name']} ({each.manifest['state']})"


def as_values(found: KnownVersion) -> dict[str, object]:
    """What was found, for programs; `status` is that of a FHIR `DocumentReference`."""
    status, verdict = found.verdict()
    return {
        "code": found.code,
        "booklet": found.name,
        "version": found.version,
        "status": status,
        "verdict": verdict,
        "file": [found.note] if found.note else [],
        "withdrawal": found.withdrawal and as_json(found.withdrawal),
        "record": [as_json(entry) for entry in found.entries],
        "changed_since": found.since(),
        "words": found.snapshot and found.snapshot.file.as_posix(),
        "files": [
            with_status(each.row, status) | {"folder": each.folder.as_posix()}
            for each in found.files
        ],
    }

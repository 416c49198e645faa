"""Paper and files traced to their words: by the code printed on them, or by the file itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import chain
from pathlib import Path

from booklet.content.version_code import as_printed, code_of, nearly
from booklet.pdf.document import read_inside
from booklet.pdf.opening import CannotOpen, guarded, open_pdf
from booklet.problems import BookletError, WrongUsage
from booklet.provenance.code_lookup import CodeIndex, KnownVersion
from booklet.provenance.fhir import with_status
from booklet.review.status import as_json, signature, signed

_IDENTIFIER = re.compile(
    rb'<dc:identifier>([^<]*)</dc:identifier>|name="dcterms.identifier" content="([^"]*)"'
)
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class NotKnown(BookletError):
    """No words are known by this code, or a file carries none."""


def identify(index: CodeIndex, asked: str) -> KnownVersion:
    """The words behind a printed code, a whole fingerprint, or a file; the first of several.

    `NotKnown` where they are not known here; `WrongUsage` where it is neither code nor file, or a
    file that may not be read.
    """
    first = identify_each(index, asked)[0]
    if isinstance(first, NotKnown):
        raise first
    return first


def identify_each(index: CodeIndex, asked: str) -> tuple[KnownVersion | NotKnown, ...]:
    """As `identify`: all booklets of a file that several were joined into or enclosed in.

    Those of whose words nothing is known here are told as why not.
    """
    file = Path(asked)
    try:
        data = file.read_bytes() if file.is_file() else None
    except OSError as error:
        raise WrongUsage(f"{asked} cannot be read: {error.strerror}") from error
    if data is None:
        return (_of_code(index, asked),)
    return tuple(_of_file(index, file, data)) or (_by_print(index, file, data),)


def _of_code(index: CodeIndex, asked: str) -> KnownVersion:
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


def _of_file(index: CodeIndex, file: Path, data: bytes) -> Iterator[KnownVersion | NotKnown]:
    """The words of a file with this in it, and whether it is one that was built here."""
    digest = sha256(data).hexdigest()
    if same := next((each for each in index.files if each.row["sha256"] == digest), None):
        built, state = same.row["name"], same.manifest["state"]
        note = f"byte for byte the file {built} that was built (state then: {state})"
        yield replace(_known(index, same.code), note=f"{file.name}: {note}")
        return
    note = "no manifest here names this file; it may be changed, or built elsewhere"
    if any(each.row["name"] == file.name for each in index.files):
        note = "NOT the file that was built under this name; it was changed or rebuilt"
    inside = read_inside(data)
    own = [*_codes_said([data])]
    for code in own:
        yield _noted(index, code, f"{file.name}: {note}")
    for code in _codes_said(inside.packets):
        if code not in own:
            yield _noted(index, code, f"{file.name}: the booklet is part of this file")
    for name, enclosed in inside.files:
        yield from _of_file(index, Path(f"{file.name}, in it {name}"), enclosed)


def _noted(index: CodeIndex, code: str, note: str) -> KnownVersion | NotKnown:
    try:
        return replace(_known(index, code), note=note)
    except NotKnown as error:
        return error


def _codes_said(packets: Iterable[bytes]) -> Iterator[str]:
    """The codes a file says it has, and where it was joined, those its parts say they have."""
    told = [found[1] or found[2] for each in packets for found in _IDENTIFIER.finditer(each)]
    words = (unescape(each.decode("utf-8", "replace")).rpartition(" ")[2] for each in told)
    yield from dict.fromkeys(code for code in map(as_printed, words) if code)


def _by_print(index: CodeIndex, file: Path, data: bytes) -> KnownVersion:
    """The words of a file that says no code, by one that is printed in it."""
    code = _printed_in(data, index.codes)
    if code is None:
        raise NotKnown(f"{file.name} carries no code, and no manifest names a file like it")
    note = "no manifest here names this file; it may be changed, or built elsewhere"
    return replace(_known(index, code), note=f"{file.name}: {note}")


def _printed_in(data: bytes, known: frozenset[str]) -> str | None:
    """The first known code in the text of a file."""
    if not data.startswith(b"%PDF"):
        return _first_of([data.decode("utf-8", "replace")], known)
    try:
        return printed_on_pages(data, known)
    except CannotOpen as error:
        why = "this PDF cannot be read; it is damaged, or locked with a password"
        raise NotKnown(why) from error


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
            yield f"  then:  {signed(entry, found.now.today)}{signature(entry)}"
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

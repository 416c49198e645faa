"""Paper and files traced to their words: by the code printed on them, or by the file itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from booklet.content.version_code import as_printed, code_of, nearly
from booklet.problems import BookletError, WrongUsage
from booklet.provenance.code_lookup import Built, Library, Trace

_IDENTIFIER = re.compile(
    rb'<dc:identifier>([^<]*)</dc:identifier>|name="dcterms.identifier" content="([^"]*)"'
)
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class NotKnown(BookletError):
    """No words are known by this code, or a file carries none."""


@dataclass(frozen=True, slots=True)
class Identified:
    """What a code or a file was traced to; `said` is what the file itself shows."""

    trace: Trace
    said: tuple[str, ...] = ()


def identify(library: Library, asked: str) -> Identified:
    """The words behind a printed code, a whole fingerprint, or a file.

    `NotKnown` where they are not known here; `WrongUsage` where it is neither code nor file.
    """
    file = Path(asked)
    if file.is_file():
        return _of_file(library, file)
    if re.fullmatch("[0-9a-f]{64}", asked.lower()):
        return Identified(_known(library, code_of(asked.lower())))
    code = as_printed(asked)
    if code is None:
        raise WrongUsage(
            f"`{asked}` is no file, and no code: a code has 8 letters and digits, like 7K2M-9QXA, "
            "and stands on the back cover after the word Code"
        )
    return Identified(_known(library, code))


def _known(library: Library, code: str) -> Trace:
    trace = library.trace(code)
    if trace is not None:
        return trace
    near = nearly(code, library.codes)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise NotKnown(f"no words here have the code {code}{meant}{_unread(library)}")


def _unread(library: Library) -> str:
    folders = sorted({problem.file.parent.name for problem in library.unread})
    if not folders:
        return ""
    return f". Not looked into, because they have faults that `build` tells: {', '.join(folders)}"


def _of_file(library: Library, file: Path) -> Identified:
    data = file.read_bytes()
    digest = sha256(data).hexdigest()
    same = next((each for each in library.built if each.row["sha256"] == digest), None)
    if same:
        return Identified(_known(library, str(same.manifest["code"])), (_as_built(file, same),))
    code = _code_inside(library, file, data)
    if code is None:
        raise NotKnown(f"{file.name} carries no code, and no manifest names a file like it")
    trace = _known(library, code)
    return Identified(trace, (_not_as_built(library, file),))


def _as_built(file: Path, same: Built) -> str:
    state = same.manifest["state"]
    name = same.row["name"]
    return f"{file.name}: byte for byte the file {name} that was built (state then: {state})"


def _not_as_built(library: Library, file: Path) -> str:
    if any(each.row["name"] == file.name for each in library.built):
        return (
            f"{file.name}: NOT the file that was built under this name; it was changed or rebuilt"
        )
    return f"{file.name}: no manifest here names this file; it may be changed, or built elsewhere"


def _code_inside(library: Library, file: Path, data: bytes) -> str | None:
    """The code a file says it has, or else a known one that is printed in it."""
    found = _IDENTIFIER.search(data)
    if found:
        words = unescape((found[1] or found[2]).decode("utf-8", "replace"))
        return as_printed(words.rpartition(" ")[2])
    printed = (code for text in _texts(data) for code in _CODE.findall(text))
    return next((code for code in printed if code in library.codes), None)


def _texts(data: bytes) -> Iterator[str]:
    """The text of a PDF's pages, the last first: sheets and new copies keep no metadata."""
    if not data.startswith(b"%PDF"):
        yield data.decode("utf-8", "replace")
        return
    try:
        for page in reversed(PdfReader(BytesIO(data)).pages):
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        raise NotKnown(
            "this PDF cannot be read; it is damaged, or locked with a password"
        ) from error


def lines(found: Identified) -> Iterator[str]:
    """What was found, as lines."""
    trace = found.trace
    yield from found.said
    yield f"{trace.code}: {trace.name}, version {trace.version}"
    yield f"  now:   {trace.verdict()}"
    yield from (f"  then:  {words}" for words in trace.told())
    if changed := trace.since():
        yield f"  since: {changed}"
    if trace.kept:
        yield f"  words: {trace.kept.file}"
    for each in trace.built:
        yield f"  file:  {each.file} ({each.manifest['state']})"


def as_values(found: Identified) -> dict[str, object]:
    """What was found, for programs; `status` is that of a FHIR `DocumentReference`."""
    trace = found.trace
    return {
        "code": trace.code,
        "booklet": trace.name,
        "version": trace.version,
        "status": trace.status,
        "verdict": trace.verdict(),
        "file": list(found.said),
        "record": [entry.model_dump(mode="json", exclude_none=True) for entry in trace.entries],
        "changed_since": trace.since(),
        "words": trace.kept and trace.kept.file.as_posix(),
        "files": [each.row | {"folder": each.folder.as_posix()} for each in trace.built],
    }

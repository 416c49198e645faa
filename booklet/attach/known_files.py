"""PDFs that are named as files: whether they are ours, and what is known of their words."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from booklet.attach.order import GivenPdf
from booklet.pdf.guarded import TooMuch, in_child
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.provenance.code_lookup import CodeIndex, KnownVersion
from booklet.provenance.identify import NotKnown, identify


def given_file(path: Path, index: CodeIndex) -> GivenPdf:
    """A PDF from anywhere; if it holds words of ours, with who answers for them today.

    One that was not built here is looked into by a process of its own. `FaultsFound` where its
    words are withdrawn, or looking into it takes too much; `WrongUsage` where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from error
    digest = sha256(data).hexdigest()
    is_ours = any(each.row["sha256"] == digest for each in index.files)
    given = GivenPdf(path, data, is_ours)
    try:
        known = identify(index, str(path)) if is_ours else in_child(identify, index, str(path))
    except NotKnown:
        return given
    except TooMuch as error:
        raise FaultsFound([Problem(path, f"{error}; it is damaged or means harm")]) from error
    return _answered_for(given, known)


def _answered_for(given: GivenPdf, known: KnownVersion) -> GivenPdf:
    if known.withdrawal:
        raise FaultsFound([Problem(given.path, known.verdict()[1])])
    draft = not any(entry.what == "approved" for entry in known.entries)
    return replace(given, said=known.verdict()[1], is_draft=draft)

"""PDFs that are named as files: whether they are ours, and whether they may be given out."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from booklet.attach.order import GivenPdf
from booklet.content.folder import mapping
from booklet.content.names import clinic_names
from booklet.pdf.guarded import TooMuch, in_child
from booklet.pdf.opening import CannotOpen, guarded, open_pdf
from booklet.print.sheets import are_sheets, take_instead
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.provenance.code_lookup import CodeIndex, KnownVersion
from booklet.provenance.identify import NotKnown, identify_each, said_to_be
from booklet.provenance.manifest import ListedFile, clinic_fingerprint
from booklet.review.booklet import load_booklet
from booklet.review.release_policy import blanks


def given_file(path: Path, index: CodeIndex, content: Path, *, draft: bool) -> GivenPdf:
    """A PDF from anywhere; if it holds words of ours, with who answers for them today.

    Those pass what they would have to pass if their booklet were named; with `draft`, one that was
    released as a draft passes too. A file that was not built here is looked into by a process of
    its own. `FaultsFound` where it may not be given out, or looking into it takes too much;
    `WrongUsage` where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from error
    digest = sha256(data).hexdigest()
    built = next((each for each in index.files if each.row["sha256"] == digest), None)
    try:
        looks = _look(index, path) if built else in_child(_look, index, path)
    except TooMuch as error:
        raise FaultsFound([Problem(path, f"{error}; it is damaged or means harm")]) from error
    if looks.is_sheets:
        message = "these are print sheets, which no screen reader can read"
        raise FaultsFound([Problem(path, f"{message}; {take_instead(path)}")])
    known = [each for each in looks.found if isinstance(each, KnownVersion)]
    gates = [_Gate(path, each, built, content, draft) for each in known]
    faults = [fault for gate in gates for fault in gate.faults()]
    faults += _never_approved(path, data, looks, index)
    if faults:
        raise FaultsFound(faults)
    strange = tuple(
        f"{path.name}: {each}, so nobody here can tell who answers for its words"
        for each in looks.found
        if isinstance(each, NotKnown)
    )
    changed = tuple(each.note for each in known if built is None)
    return GivenPdf(
        path,
        data,
        is_ours=built is not None,
        said=known[0].verdict()[1] if known else "",
        is_draft=any(not gate.stands for gate in gates),
        notes=strange + changed,
    )


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a file is found to be."""

    found: tuple[KnownVersion | NotKnown, ...]  # the words it says it has; none of a stranger's
    is_sheets: bool  # whether it is print sheets, for paper only


def _look(index: CodeIndex, path: Path) -> _Looks:
    try:
        with guarded():
            told = open_pdf(path.read_bytes()).metadata
            is_sheets = told is not None and are_sheets(told.title or "", told.subject or "")
    except CannotOpen:  # whoever attaches it tells why
        is_sheets = False
    try:
        return _Looks(identify_each(index, str(path)), is_sheets)
    except NotKnown:
        return _Looks((), is_sheets)


def _never_approved(path: Path, data: bytes, looks: _Looks, index: CodeIndex) -> Iterator[Problem]:
    """Words of a booklet of this folder that its record does not know, so that nobody has them."""
    here = {status.name for status in index.booklets}
    known = {each.code for each in looks.found if isinstance(each, KnownVersion)}
    for name, code in said_to_be(data):
        if name in here and code not in known:
            message = f"its words, code {code}, are none that {name} has or that anybody approved"
            yield Problem(path, f"{message}; name the booklet, `{name}`, in place of the file")


@dataclass(frozen=True, slots=True)
class _Gate:
    """What words of ours have to pass before a file of them is given out."""

    path: Path  # the file that was named
    known: KnownVersion  # the words in it
    built: ListedFile | None  # what its manifest says of it; `None` where none names this file
    content: Path  # the content folder
    draft: bool  # whether a draft may go that says so on every page

    @property
    def stands(self) -> bool:
        """Whether somebody answers for these words today."""
        now = self.known.now
        approval = now.standing_approval if now else None
        return approval is not None and approval.code == self.known.code

    def faults(self) -> Iterator[Problem]:
        """Why the file may not be given out."""
        verdict = self.known.verdict()[1]
        if self.known.withdrawal:
            yield Problem(self.path, verdict)
        elif self._is_marked_draft():
            return
        elif not self.stands:
            yield self._fault(f"{verdict}. Only approved words are given out")
        elif self.built and not self.built.manifest.get("approval"):
            yield self._fault("it was made before its words were approved, and says so")
        else:
            yield from self._of_the_clinic()

    def _is_marked_draft(self) -> bool:
        """Whether it is a draft of the words as they are now, and every page of it says so."""
        marked = self.built is not None and bool(self.built.row.get("marked"))
        return self.draft and marked and self.known.is_now

    def _of_the_clinic(self) -> Iterator[Problem]:
        """Where the clinic's emergency line is not in it, or may not be that of today."""
        told = mapping(self.built.manifest.get("clinic")) if self.built else {}
        clinic = told.get("profile")
        if clinic is not None and clinic not in clinic_names(self.content):
            yield self._fault(f"there is no profile of the clinic `{clinic}` any more")
            return
        status = self.known.now
        assert status is not None, "only words that stand are asked for"
        booklets = load_booklet(self.content, status.name, status.today, clinic)
        if told and clinic_fingerprint(next(iter(booklets.values()))) != told.get("fingerprint"):
            yield self._fault(f"the profile of the clinic `{clinic}` has changed since it was made")
        elif any(blanks(booklets.values(), self.content, clinic)):
            empty = "these are empty in it"
            unknown = "nobody can tell whether it has them, since no manifest here names it"
            yield self._fault(
                "readers need the clinic's emergency line and temperatures, and "
                f"{empty if self.built else unknown}",
                "with `--clinic NAME`, ",
            )

    def _fault(self, message: str, with_what: str = "") -> Problem:
        remedy = f"{with_what}name the booklet, `{self.known.name}`, in place of the file"
        now = self.known.now
        if now is not None and now.is_draft:
            remedy += "; with `--draft` it goes with the mark of a draft on every page"
        return Problem(self.path, f"{message}; {remedy}")

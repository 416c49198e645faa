"""The booklets that go with letters: one for each form that somebody of the list needs."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from booklet.attach.choosing import Choice, finished, targets_of
from booklet.attach.order import GivenPdf
from booklet.editions import BLACK, COLOUR, RELEASED
from booklet.order import Target
from booklet.pdf.opening import open_pdf
from booklet.post.carriers import Carrier
from booklet.post.order import MailOrder
from booklet.post.packs import Printed
from booklet.post.recipient import Given
from booklet.print.stock import A4, Format
from booklet.problems import BookletError, FaultsFound, Problem
from booklet.unchanged import must_stay
from booklet.workers import LostJob, Processes, Where, run_jobs

_USUAL_CONTENT = Path("content")  # What a command takes for its content when nothing is said


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A booklet as it goes with letters of one form."""

    pdf: bytes  # The file itself
    version: str  # The version of its words
    code: str  # The code of its words
    printed: Printed  # How many pages it has, and how large they are
    title: str  # What it is called, which nobody may see in the window of an envelope
    file: str  # What its file is called
    said: str  # Who answers for its words, in a sentence
    command: str  # What makes it with its print sheets, for the shelf, as it can be typed

    def __repr__(self) -> str:
        """Its name alone: the file is long."""
        return f"Enclosed({self.file})"


def enclosures(
    forms: Iterable[Given], order: MailOrder, carrier: Carrier, where: Where
) -> dict[Given, Enclosed]:
    """The booklet of each form, as it was released or as a draft that says so on every page.

    Carriers that print it take no page that is printed to the edge: theirs is in black alone. So is
    what an office printer prints with the letters.
    Those that were finished before are not made again. `FaultsFound` where one may not be given
    out, with the faults of all; `WrongUsage` where there is no such booklet.
    """
    with must_stay(order.content):
        return _enclosures(forms, order, carrier, where)


def _enclosures(
    forms: Iterable[Given], order: MailOrder, carrier: Carrier, where: Where
) -> dict[Given, Enclosed]:
    wanted = {form: _choice(form, order, carrier) for form in forms if form.booklet}
    targets: dict[Given, Target] = {}
    faults: list[Problem] = []
    for form, choice in wanted.items():
        try:
            (targets[form],) = targets_of([form.booklet], choice)[form.booklet]
        except FaultsFound as error:
            faults += error.problems
    if faults:
        raise FaultsFound(faults)
    jobs = [(form, targets[form], wanted[form]) for form in wanted]
    jobs.sort(key=lambda job: job[0].size.floor, reverse=True)  # the largest print takes longest
    found: dict[Given, Enclosed] = {}
    # The files of their words and pictures are here: they are set here, once, and few.
    here = where if isinstance(where, Processes) else Processes.of_this_machine()
    for (form, target, _), result in run_jobs(_made, jobs, here):
        if isinstance(result, LostJob):
            raise BookletError(f"{target.file_name} was not made: {result.why}")
        found[form] = _enclosed(form, target, result, order)
    return {form: found[form] for form in wanted}  # in one order, whichever is made first


def is_with_letter(form: Given, order: MailOrder) -> bool:
    """Whether a booklet is printed on the letter's paper, and so by the same printer.

    An office printer leaves the edges white, and cuts off what is printed there.
    """
    return order.way != "letters" and (form.size.width, form.size.height) == (A4.width, A4.height)


def _choice(form: Given, order: MailOrder, carrier: Carrier) -> Choice:
    return Choice(
        content=order.content,
        output=order.output,
        audiences=(form.audience,),
        sizes=(form.size,),
        language=form.language,
        clinic=order.clinic,
        draft=order.draft,
        ink=order.ink or (BLACK if carrier.prints or is_with_letter(form, order) else COLOUR),
        today=order.today,
    )


def _made(job: tuple[Given, Target, Choice]) -> GivenPdf:
    _, target, choice = job
    return finished(target, choice)


def _enclosed(form: Given, target: Target, made: GivenPdf, order: MailOrder) -> Enclosed:
    size = form.size
    pages, paper = len(open_pdf(made.data).pages), Format("", size.width, size.height)
    # Those of the shelf were printed before, on both sides.
    one_sided = order.one_sided and order.way != "letters"
    return Enclosed(
        pdf=made.data,
        version=target.booklet.about.version,
        code=target.booklet.status.code,
        printed=Printed(pages, paper, one_sided),
        title=target.booklet.about.title.plain,
        file=target.file_name,
        said=made.said,
        command=_release(form, target, order),
    )


def _release(form: Given, target: Target, order: MailOrder) -> str:
    """The command that makes the file of a target, with its print sheets beside it."""
    ink, words = target.edition.ink, ["booklet", "release", target.booklet.name]
    words += ["--clinic", order.clinic, "--audience", form.audience, "--size", form.size.name]
    words += ["--sheets", *(["--ink", ink.name] if ink != COLOUR else [])]
    words += ["--content", str(order.content)] if order.content != _USUAL_CONTENT else []
    folder = order.output if order.draft else order.output / RELEASED
    return shlex.join([*words, *(["--draft"] if order.draft else []), "--output", str(folder)])

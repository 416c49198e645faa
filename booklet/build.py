"""The whole pipeline, from a content folder to finished files, readable as a recipe."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from booklet.check.check_pdf import check_pdf
from booklet.check.report import Report
from booklet.check.weights import too_heavy, with_weights
from booklet.check.whereabouts import Whereabouts
from booklet.content.names import BOOKLET_FILE
from booklet.editions import Screen, Size
from booklet.files import locked, must_be_replaceable, must_be_writable, write_whole
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.order import Order, Target, plan
from booklet.origins import Origins, digest_of
from booklet.parcels import Parcel, opened, parcels
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound, Problem
from booklet.provenance.manifest import (
    ENDING,
    BuiltFile,
    damaged,
    manifest,
    manifest_name,
    withdrawn_manifests,
)
from booklet.review.status import withdrawals
from booklet.scratch import scratch_folder
from booklet.signals import signals_held
from booklet.tagging.typeset import typeset, typesetter, write_pdf
from booklet.workers import LostJob, Processes, Where, run_jobs

__all__ = ["BuiltFile", "Order", "Target", "build", "make", "plan"]

Results = Iterator[tuple[Target, tuple[BuiltFile, ...] | FaultsFound | LostJob]]
"""What came of each target."""
WARM = ("weasyprint", "booklet.build", "booklet.tagging.conformance")
"""What every worker has imported before its first file."""


def build(
    order: Order,
    report: Callable[[BuiltFile, int], None],
    remark: Callable[[str], None] = lambda words: None,
) -> tuple[BuiltFile, ...]:
    """Make every file of the order and put them into its folder, all of them or none.

    Files that stand there and were made of the very same are kept, unless the order says force.

    `report` is called with each file to read as it is finished, in whatever order that happens,
    and with how many there will be; `remark` with what is to be said of each booklet, before. The
    result is in the order of the table of editions, each booklet's manifest behind its files.
    `FaultsFound` carries every fault of every booklet, and what a finished PDF falls short of;
    the files that were there before are then untouched.
    """
    planned = plan(order)
    for words in planned.remarks:
        remark(words)
    origins = Origins.of(order.output)
    digests = {target.file_name: _digest(target) for target in planned.targets}
    kept = {} if order.force else dict(_kept(planned.targets, digests, origins))
    left = tuple(_left(planned.targets, kept))
    begun = {target.file_name for target in left}
    anew = {target.file_name for target in left if target.pdf is None}
    made = {name: files for name, files in kept.items() if name not in begun}
    for files in made.values():
        report(files[0], len(planned.targets))
    if anew:  # else nothing is imported
        with signals_held():
            typesetter()
    must_be_writable(order.output)
    must_be_replaceable(order.output, anew)
    with _workers(order.cluster if left else None, WARM if anew else ()) as where:
        results = _with_kept(_results(left, where), kept)
        made |= _made(results, report, len(planned.targets))
    with locked(order.output):  # a manifest keeps what the one that stands there says
        finished = tuple(_with_manifests(planned.targets, made, order.output))
        withdrawn = _withdrawn_manifests(planned.targets, order.output)
        set_aside = damaged(
            order.output, (each.name for each in finished if each.name.endswith(ENDING))
        )
        for name in set_aside:
            stood = order.output / name.removesuffix(".damaged")
            remark(f"{stood} was damaged: made anew; {name} has what stood there")
        new = {each.name: each.content for each in finished if not each.kept}
        record = origins.renewed((name, digests[name], files) for name, files in made.items())
        write_whole(order.output, set_aside | withdrawn | new | record)
    return finished


def _digest(target: Target) -> str:
    """What a target is made from; where that has faults, they are told when it is made."""
    try:
        return digest_of(target)
    except FaultsFound:
        return ""


def _kept(
    targets: tuple[Target, ...], digests: Mapping[str, str], origins: Origins
) -> Iterator[tuple[str, tuple[BuiltFile, ...]]]:
    """The files of those targets that need not be made anew."""
    for target in targets:
        if files := origins.kept(target, digests[target.file_name]):
            yield target.file_name, files


def _left(
    targets: tuple[Target, ...], kept: Mapping[str, tuple[BuiltFile, ...]]
) -> Iterator[Target]:
    """The targets of which something is to be made: all of it, or print sheets of a kept PDF."""
    for target in targets:
        files = kept.get(target.file_name)
        if files is None:
            yield target
        elif target.sheets and isinstance(target.edition.size, Size) and len(files) == 1:
            yield replace(target, pdf=files[0].content)


def _with_kept(results: Results, kept: Mapping[str, tuple[BuiltFile, ...]]) -> Results:
    """What came of each target; print sheets stand behind the file that they were made of."""
    for target, result in results:
        if target.pdf is not None and isinstance(result, tuple):
            result = (*kept[target.file_name], *result)
        yield target, result


def _made(
    results: Results, report: Callable[[BuiltFile, int], None], of: int
) -> dict[str, tuple[BuiltFile, ...]]:
    """The files of each target, by the name of the first."""
    with scratch_folder():
        return {files[0].name: files for files in _finished(results, report, of)}


def _withdrawn_manifests(targets: tuple[Target, ...], output: Path) -> dict[str, bytes]:
    """The manifests of earlier words of these booklets that were withdrawn from elsewhere."""
    found: dict[str, bytes] = {}
    for status in {target.booklet.name: target.booklet.status for target in targets}.values():
        found |= withdrawn_manifests(output, status.name, withdrawals(status.record))
    return found


def _with_manifests(
    targets: tuple[Target, ...], made: Mapping[str, tuple[BuiltFile, ...]], output: Path
) -> Iterator[BuiltFile]:
    """Every file and what was made beside it, then the manifest of each booklet's."""
    for _, group in groupby(targets, key=lambda target: target.booklet.name):
        mine = [(target, file) for target in group for file in made[target.file_name]]
        yield from (file for _, file in mine)
        name = manifest_name(mine[0][0])
        content = manifest(mine, output / name)
        there = (output / name).read_bytes() if (output / name).is_file() else None
        yield BuiltFile(name, content, kept=content == there)


def make(target: Target) -> Iterator[BuiltFile]:
    """One file to read, from its checked content, and the print sheets made from it.

    Of a PDF that stands there already, the print sheets alone.
    """
    pdf = target.pdf
    if pdf is None:
        file = _to_read(target)
        yield file
        pdf = file.content
    if target.sheets and isinstance(target.edition.size, Size):
        yield from _sheets(target.file_name, pdf)


def _to_read(target: Target) -> BuiltFile:
    """One file to read, from its checked content."""
    booklet, folder, name = target.booklet, target.folder, target.file_name
    size = target.edition.size
    if isinstance(size, Screen):
        return BuiltFile(name, web_page(booklet, store=target.store))
    if faults := tuple(too_heavy(booklet, size)):
        raise FaultsFound(faults)
    html = render(booklet, size, target.marked, target.edition.ink)
    with _named_in_faults(target, size):
        document = typeset(html, booklet.picture_folders, folder, size.letters)
        pdf = write_pdf(document, booklet.labels, folder)
    report = measured(pdf, target, size)
    if not report.passed:
        raise FaultsFound(report.errors)
    return BuiltFile(name, pdf, len(document.pages), findings=report.findings)


@contextmanager
def _named_in_faults(target: Target, size: Size) -> Iterator[None]:
    """Faults of pages that only one of a booklet's files may have, told of that file."""
    try:
        yield
    except FaultsFound as error:
        about, reader = target.folder / BOOKLET_FILE, target.edition.audience
        said = f"{target.file_name}, in {size.in_english} for the {reader}: "
        raise FaultsFound(
            replace(each, file=about, message=said + each.message)
            if each.file == target.folder
            else each
            for each in error.problems
        ) from error


def _sheets(name: str, pdf: bytes) -> Iterator[BuiltFile]:
    """What an office printer takes: A5 pages folded and stapled, A4 pages on both sides."""
    for each in make_sheets(pdf, name=Path(name)):
        advice = (each.run.instruction, *each.binding, *each.notes)
        sheets = each.file_name(name), each.pdf, len(each.run.sides)
        yield BuiltFile(*sheets, is_sheets=True, advice=advice)


def measured(pdf: bytes, target: Target, size: Size) -> Report:
    """The report on a finished file; of a fault on a page it says where the words are written."""
    booklet, name = target.booklet, target.file_name
    report = check_pdf(pdf, name, size)
    if report.passed:
        return report
    content = target.folder.parent
    known = Whereabouts(content, booklet.name, booklet.audience, target.clinic)
    # Only the words of a file with faults are looked up: it is measured once more for that.
    report = check_pdf(pdf, name, size, known)
    return replace(report, problems=with_weights(report.problems, booklet, size))


def _finished(
    results: Results, report: Callable[[BuiltFile, int], None], of: int
) -> Iterator[tuple[BuiltFile, ...]]:
    """Every target's files as they are finished; all faults together, when all were tried."""
    faults: list[Problem] = []
    for target, result in results:
        if isinstance(result, LostJob):
            words = f"{target.file_name} was not made: {result.why}"
            faults.append(Problem(target.folder, words))
        elif isinstance(result, FaultsFound):
            faults.extend(result.problems)
        else:
            report(result[0], of)
            yield result
    if faults:
        raise FaultsFound(faults)


@contextmanager
def _workers(address: str | None, warm: tuple[str, ...] = WARM) -> Iterator[Where]:
    """The machines of a scheduler; without its address, the processors of this one."""
    if address is None:
        yield Processes.of_this_machine(*warm)
        return
    from booklet.cluster import cluster

    with cluster(address) as where:
        yield where


def _results(targets: tuple[Target, ...], where: Where) -> Results:
    """What came of each target, the longest first, wherever it is made."""
    longest_first = sorted(targets, key=effort, reverse=True)
    if isinstance(where, Processes):
        yield from run_jobs(tried, longest_first, where)
        return
    sent = parcels((target, target.booklet.picture_folders) for target in longest_first)
    for parcel, result in run_jobs(tried_elsewhere, sent, where):
        # Only here are the files of the words, whose lines its faults are to name.
        yield parcel.job, tried(parcel.job) if isinstance(result, FaultsFound) else result


def tried_elsewhere(parcel: Parcel[Target]) -> tuple[BuiltFile, ...] | FaultsFound:
    """What came of a target that was sent with the files it is made from."""
    target = parcel.job
    with opened(parcel) as folders, scratch_folder():
        pictures = len(target.booklet.pictures)
        logos = folders[pictures] if target.booklet.logos else None
        booklet = replace(target.booklet, pictures=folders[:pictures], logos=logos)
        return tried(replace(target, booklet=booklet, store=None))


def effort(target: Target) -> float:
    """How long a target takes, compared with others: as it has pages, which grow with its print.

    A web page takes about a thirtieth of what pages take, and so do print sheets of a PDF.
    """
    size = target.edition.size
    words = len(target.booklet.status.text)
    if isinstance(size, Screen) or target.pdf is not None:
        return words * 0.00015
    return words * size.floor**2 / (size.width * size.height)


def tried(target: Target) -> tuple[BuiltFile, ...] | FaultsFound:
    try:
        return tuple(make(target))
    except FaultsFound as error:
        return error

"""The whole pipeline, from a content folder to finished files, readable as a recipe."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from booklet.content.review_file import Entry
from booklet.editions import Size
from booklet.files import (
    locked,
    must_be_replaceable,
    must_be_writable,
    must_not_be_folders,
    write_whole,
)
from booklet.garbage import clear_young_garbage
from booklet.laid_aside import (
    Waiting,
    laid_aside,
    put_on_disk,
    standing_in,
    targets_of,
    where_they_lie,
)
from booklet.making import tried
from booklet.order import Order, Target, plan, plans
from booklet.origins import Origins, digest_of, stands
from booklet.parcels import Parcel, opened, parcels
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.provenance.built_file import BuiltFile
from booklet.provenance.manifest import (
    ENDING,
    damaged,
    manifest,
    manifest_name,
    withdrawn_manifests,
)
from booklet.review.status import withdrawals
from booklet.scratch import scratch_folder
from booklet.signals import signals_held
from booklet.tagging.typeset import typesetter
from booklet.unchanged import must_stay
from booklet.workers import LostJob, Processes, Where, run_jobs

__all__ = ["BuiltFile", "Order", "Target", "build", "plan"]

Results = Iterator[tuple[Target | Waiting, tuple[BuiltFile, ...] | FaultsFound | LostJob]]
"""What came of each target."""
WARM = ("weasyprint", "booklet.build", "booklet.tagging.conformance")
"""What every worker has imported before its first file."""
_WORDS, _FILES = "words", "files"
"""Where the words of booklets and finished files wait, in the folder of the run's own."""
_AT_WORK = (
    "{} has changed since this run looked at it, so nothing was changed; when nobody is at work "
    "there, run it again"
)


def build(
    order: Order,
    report: Callable[[BuiltFile, int], None],
    remark: Callable[[str], None] = lambda words: None,
    done: Callable[[tuple[BuiltFile, ...]], None] = lambda files: None,
) -> tuple[BuiltFile, ...]:
    """Make every file of the order and put them into its folder, all of them or none.

    Files that stand there and were made of the very same are kept, unless the order says force;
    those that are edited or deleted while others are made are made anew.

    `report` is called with each file to read as it is finished, in whatever order that happens,
    and with how many there will be; `remark` with what is to be said of each booklet, before;
    `done` with the result once it stands there, while no other run can write there. The result
    is in the order of the table of editions, each booklet's manifest behind its files.
    `FaultsFound` carries every fault of every booklet, and what a finished PDF falls short of;
    the files that were there before are then untouched.
    """
    with scratch_folder() as scratch:
        return _built(order, report, remark, done, scratch)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What was read and checked of an order, before a file of it is made."""

    waiting: tuple[Waiting, ...]  # The files to make, in the order of the table of editions
    digests: dict[str, str]  # What each is made from, by its name
    kept: dict[str, tuple[BuiltFile, ...]]  # The files of those that need not be made anew
    remarks: tuple[str, ...]  # What to say of each booklet
    withdrawn: dict[str, dict[str, Entry]]  # Who withdrew which words of each booklet
    manifests: tuple[str, ...]  # The names of the manifests to write


def _built(
    order: Order,
    report: Callable[[BuiltFile, int], None],
    remark: Callable[[str], None],
    done: Callable[[tuple[BuiltFile, ...]], None],
    aside: Path,
) -> tuple[BuiltFile, ...]:
    """As `build`; what waits lies in the folder `aside`, and neither words nor files in memory."""
    with must_stay(order.content):
        ready = _ready(order, Origins.of(order.output), aside)
        number = len(ready.waiting)
        for words in ready.remarks:
            remark(words)
        for files in ready.kept.values():
            report(files[0], number)
        left = tuple(_left(ready, order))
        anew = [each.file_name for each in left if each.pdf is None]
        if anew:  # else nothing of the typesetter is imported; it may be missing
            _import_typesetter()
        must_be_writable(order.output)
        must_not_be_folders(order.output, ready.manifests)
        must_be_replaceable(order.output, anew)
        made = ready.kept | _made(left, ready, order, report, aside)
        if changed := tuple(_changed_since(ready, order.output)):
            _import_typesetter()
            made |= _made(changed, ready, order, report, aside)
    with locked(order.output):  # a manifest keeps what the one that stands there says
        finished = _put_in_place(ready, made, order.output, remark, aside)
        done(finished)
    return finished


def _import_typesetter() -> None:
    with signals_held():
        typesetter()


def _made(
    left: tuple[Waiting, ...],
    ready: _Ready,
    order: Order,
    report: Callable[[BuiltFile, int], None],
    aside: Path,
) -> dict[str, tuple[BuiltFile, ...]]:
    """The files of those targets that are left to make, by the name of the first."""
    warm = WARM if any(each.pdf is None for each in left) else ()
    with _workers(order.cluster if left else None, warm) as where:
        results = _with_kept(_results(left, where), ready.kept)
        finished = _finished(results, report, len(ready.waiting))
        return {files[0].name: put_on_disk(files, aside / _FILES) for files in finished}


def _changed_since(ready: _Ready, output: Path) -> Iterator[Waiting]:
    """What would have been kept and was edited or deleted while others were made."""
    for each in ready.waiting:
        if not all(stands(output, file) for file in ready.kept.get(each.file_name, ())):
            yield each


def _put_in_place(
    ready: _Ready,
    made: Mapping[str, tuple[BuiltFile, ...]],
    output: Path,
    remark: Callable[[str], None],
    aside: Path,
) -> tuple[BuiltFile, ...]:
    """Every file as it stands in the folder of the outputs then, all written there or none.

    `WrongUsage` where one that is kept has changed after all.
    """
    finished = tuple(_with_manifests(ready.waiting, made, output, aside))
    for each in finished:
        if each.kept and not stands(output, each):
            raise WrongUsage(_AT_WORK.format(output / each.name))
    withdrawn: dict[str, bytes] = {}
    for name, gone in ready.withdrawn.items():
        withdrawn |= withdrawn_manifests(output, name, gone)
    manifests = (each.name for each in finished if each.name.endswith(ENDING))
    set_aside = damaged(output, manifests)
    for name in set_aside:
        stood = output / name.removesuffix(".damaged")
        remark(f"{stood} was damaged: made anew; {name} has what stood there")
    digested = ((name, ready.digests[name], files) for name, files in made.items())
    record = Origins.of(output).renewed(digested)  # what other runs have noted by now
    new = where_they_lie(each for each in finished if not each.kept)
    write_whole(output, set_aside | withdrawn | new | record)
    return tuple(standing_in(each, output) for each in finished)


def _ready(order: Order, origins: Origins, aside: Path) -> _Ready:
    """Every booklet of the order, read, checked and laid aside; errors as `plan`."""
    waiting: list[Waiting] = []
    remarks: list[str] = []
    withdrawn: dict[str, dict[str, Entry]] = {}
    manifests: dict[str, None] = {}
    digests: dict[str, str] = {}
    kept: dict[str, tuple[BuiltFile, ...]] = {}
    for part in plans(order):
        remarks += part.remarks
        waiting += laid_aside(part.targets, aside / _WORDS)
        withdrawn |= {
            each.booklet.name: withdrawals(each.booklet.status.record) for each in part.targets
        }
        manifests |= {manifest_name(each): None for each in part.targets}
        of_these = {each.file_name: _digest(each) for each in part.targets}
        digests |= of_these
        if not order.force:
            kept |= _kept(part.targets, of_these, origins)
        del part  # else two are held while the next is read
        clear_young_garbage()  # that of one booklet: the command looks for it seldom
    return _Ready(tuple(waiting), digests, kept, tuple(remarks), withdrawn, tuple(manifests))


def _left(ready: _Ready, order: Order) -> Iterator[Waiting]:
    """The files of which something is to be made: all of it, or print sheets of a kept PDF."""
    for each in ready.waiting:
        files = ready.kept.get(each.file_name)
        if files is None:
            yield each
        elif order.sheets and isinstance(each.edition.size, Size) and len(files) == 1:
            yield each.with_pdf(files[0])


def _with_kept(results: Results, kept: Mapping[str, tuple[BuiltFile, ...]]) -> Results:
    """What came of each target; print sheets stand behind the kept file that they were made of."""
    for target, result in results:
        if target.pdf is not None and isinstance(result, tuple):
            result = (*kept[target.file_name], *result)
        yield target, result


def _kept(
    targets: tuple[Target, ...], digests: Mapping[str, str], origins: Origins
) -> Iterator[tuple[str, tuple[BuiltFile, ...]]]:
    """The files of those targets that need not be made anew."""
    for target in targets:
        if files := origins.kept(target, digests[target.file_name]):
            yield target.file_name, files


def _digest(target: Target) -> str:
    """What a target is made from; where that has faults, they are told when it is made."""
    try:
        return digest_of(target)
    except FaultsFound:
        return ""


def _with_manifests(
    waiting: tuple[Waiting, ...],
    made: Mapping[str, tuple[BuiltFile, ...]],
    output: Path,
    aside: Path,
) -> Iterator[BuiltFile]:
    """Every file and what was made beside it, then the manifest of each booklet's."""
    for _, group in groupby(waiting, key=lambda each: each.booklet):
        targets = targets_of(tuple(group))
        mine = [(each, file) for each in targets for file in made[each.file_name]]
        yield from (file for _, file in mine)
        name = manifest_name(mine[0][0])
        content = manifest(mine, output / name)
        told = BuiltFile(name, content)
        told = replace(told, kept=stands(output, told))
        yield from put_on_disk([told], aside / _FILES)


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
def _workers(address: str | None, warm: tuple[str, ...]) -> Iterator[Where]:
    """The machines of a scheduler; without its address, the processors of this one."""
    if address is None:
        yield Processes.of_this_machine(*warm)
        return
    from booklet.cluster import cluster

    with cluster(address) as where:
        yield where


def _results(waiting: Iterable[Waiting], where: Where) -> Results:
    """What came of each target, the longest first, wherever it is made."""
    if isinstance(where, Processes):
        longest_first = sorted(waiting, key=lambda each: each.effort, reverse=True)
        yield from run_jobs(tried_when_waiting, longest_first, where)
        return
    targets = (each.target() for each in longest_booklet_first(waiting))
    sent = parcels((target, target.booklet.picture_folders) for target in targets)
    for parcel, result in run_jobs(tried_elsewhere, sent, where):
        # Only here are the files of the words, whose lines its faults are to name.
        yield parcel.job, tried(parcel.job) if isinstance(result, FaultsFound) else result


def longest_booklet_first(waiting: Iterable[Waiting]) -> list[Waiting]:
    """The files of each booklet together, whose pictures travel once for all of them."""
    of_booklet: dict[str, list[Waiting]] = {}
    for each in sorted(waiting, key=lambda each: each.effort, reverse=True):
        of_booklet.setdefault(each.booklet, []).append(each)
    return [each for files in of_booklet.values() for each in files]


def tried_elsewhere(parcel: Parcel[Target]) -> tuple[BuiltFile, ...] | FaultsFound:
    """What came of a target that was sent with the files it is made from."""
    target = parcel.job
    with opened(parcel) as folders, scratch_folder():
        pictures = len(target.booklet.pictures)
        logos = folders[pictures] if target.booklet.logos else None
        booklet = replace(target.booklet, pictures=folders[:pictures], logos=logos)
        return tried(replace(target, booklet=booklet, store=None))


def tried_when_waiting(waiting: Waiting) -> tuple[BuiltFile, ...] | FaultsFound:
    """What came of a target that lies on a disk of this machine."""
    return tried(waiting.target())

"""Letters made on other machines: what is private goes there by TLS alone, and onto no disk."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from booklet.cluster import cluster, writes_to_disk
from booklet.parcels import Parcel, opened, parcels
from booklet.post.jobs import MadeBatch, MailJob
from booklet.problems import WrongUsage
from booklet.workers import Elsewhere, LostJob, Processes, Where, run_jobs

Make = Callable[[MailJob], MadeBatch]
_TLS = ("tls://", "wss://")
_IN_THE_CLEAR = (
    "letters are private, and {} is spoken to in the clear; start scheduler and workers with TLS "
    "(https://distributed.dask.org/en/stable/tls.html) and write `tls://…`"
)
_TO_DISK = (
    "letters are private, and these workers write what they hold to a disk when memory runs short: "
    "{}; set `distributed.worker.memory.target` and `…spill` to false in Dask's settings there"
)


@contextmanager
def private_cluster(address: str) -> Iterator[Elsewhere]:
    """Inside, the workers of a scheduler that may be given letters.

    `WrongUsage` where the road there is not encrypted, or a worker would put letters onto a disk,
    and as `cluster` has it.
    """
    if not address.startswith(_TLS):
        raise WrongUsage(_IN_THE_CLEAR.format(address))
    with cluster(address) as where:
        if told := [each for each, writes in sorted(where.asked(writes_to_disk).items()) if writes]:
            raise WrongUsage(_TO_DISK.format(", ".join(told)))
        yield where


def made_by(
    make: Make, jobs: Iterable[MailJob], where: Where
) -> Iterator[tuple[MailJob, MadeBatch | LostJob]]:
    """Every job with what came of it, here or elsewhere."""
    if isinstance(where, Processes):
        yield from run_jobs(make, jobs, where)
        return
    sent = parcels((job, ()) for job in jobs)
    for parcel, made in run_jobs(partial(_made_of_parcel, make), sent, where):
        yield parcel.job, made


def _made_of_parcel(make: Make, parcel: Parcel[MailJob]) -> MadeBatch:
    """On another machine: what comes of a job, with the style sheets that came along."""
    with opened(parcel):
        return make(parcel.job)

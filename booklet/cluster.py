"""Workers on other machines: those of a Dask scheduler (https://distributed.dask.org)."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from booklet.parcels import Bundle, Parcel
from booklet.problems import MissingOnMachine, WrongUsage
from booklet.versions import Versions, differences, made_with
from booklet.workers import Elsewhere

_NOT_INSTALLED = (
    "the package `distributed`, which talks to other machines, is not installed: "
    "run `.venv/bin/pip install -e '.[cluster]'`"
)
_PATIENCE = 30
"""Seconds for a scheduler to answer, and for a worker to come."""
_JOBS_A_WORKER = 4  # that are sent ahead, so that none of them waits for the next
_FEWEST_AHEAD = 32  # jobs that are sent ahead where workers are few: more may come
_BUNDLES_HELD = 256  # bundles that the cluster keeps for us, those that were sent last


@contextmanager
def cluster(address: str) -> Iterator[Elsewhere]:
    """Inside, the workers of the scheduler at an address such as `tcp://scheduler:8786`.

    Each bundle of a parcel is sent to the cluster once. What Dask's own settings say of TLS holds
    for an address that begins with `tls:`. `WrongUsage` where nobody answers there, where no worker
    comes, or where one would make other files than this machine; `MissingOnMachine` where Dask is
    not installed.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise MissingOnMachine(_NOT_INSTALLED) from error
    _silence()
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise WrongUsage(f"no scheduler answers at {address}: {error}") from error
    # Words and pictures of a booklet are larger than what Dask likes to be sent with a job.
    with client, dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        _compare(client, address)
        many = len(client.scheduler_info(n_workers=-1)["workers"])
        ended = (distributed.KilledWorker, CancelledError)
        ahead = max(_FEWEST_AHEAD, _JOBS_A_WORKER * many)
        yield Elsewhere(_sender(client), ahead, ended, asked=client.run)


def _silence() -> None:
    """Let Dask log nothing: what matters is told by us. Some loggers have their own level."""
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _compare(client: Any, address: str) -> None:
    """Make sure that there are workers, and that each would make the same files as this machine."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise WrongUsage(
            f"the scheduler at {address} has no workers; start some: `dask worker {address}`"
        ) from error
    answers = client.run(made_with, on_error="return")
    found = {worker: _wrong(answer) for worker, answer in sorted(answers.items())}
    if told := [f"{worker} has {wrong}" for worker, wrong in found.items() if wrong]:
        raise WrongUsage(
            "these workers could make other files than this machine; set up the same there "
            f"(`requirements/build.txt`), or stop them: {'. '.join(told)}"
        )


def _wrong(answer: Versions | Exception) -> str:
    """What is wrong with the versions that a worker has told; empty where nothing is."""
    if isinstance(answer, Exception):
        return f"not this program, or another version of it ({answer})"
    return ", ".join(differences(answer))


def _sender(client: Any) -> Callable[..., "Future[Any]"]:
    """What hands a function and its arguments to the cluster; bundles go ahead of their parcel."""
    executor = client.get_executor(pure=False)

    @lru_cache(_BUNDLES_HELD)
    def sent(bundle: Bundle) -> Any:
        # As the result of a task: where the worker that has it is lost, another gets it anew.
        return client.submit(_same, bundle, key=f"bundle-{bundle.digest}")

    def submit(at_work: Callable[..., Any], work: Callable[..., Any], job: Any) -> "Future[Any]":
        if not isinstance(job, Parcel):
            found: Future[Any] = executor.submit(at_work, work, job)
            return found
        bundles = [sent(each) for each in job.bundles]
        alone = replace(job, bundles=())
        found = executor.submit(_with_bundles, at_work, work, alone, bundles)
        return found

    return submit


def _same(bundle: Bundle) -> Bundle:
    return bundle


def _with_bundles(
    at_work: Callable[..., Any], work: Callable[..., Any], alone: Parcel[Any], bundles: list[Bundle]
) -> Any:
    """In a worker: the job with the bundles that were sent ahead."""
    return at_work(work, replace(alone, bundles=tuple(bundles)))


def writes_to_disk() -> bool:
    """On a worker: whether its settings let it put what it holds onto a disk (Dask's own do)."""
    import dask

    return any(
        dask.config.get(f"distributed.worker.memory.{each}", True) for each in ("target", "spill")
    )

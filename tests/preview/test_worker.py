"""Work in a process of its own: its results, and its end when it is called off or fails."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from booklet.pdf.guarded import Limits
from booklet.preview.worker import Worker, Workers, WorkerStopped

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("preview")]


def counting(last: int) -> Iterator[tuple[int, int]]:
    """Its process, with each number up to the last; for ever where there is none."""
    number = 0
    while number != last:
        number += 1
        yield os.getpid(), number
    if last == 13:
        os._exit(1)


def dying(job: tuple[Path, int]) -> Iterator[str]:
    """A result, then the end by a signal, as often as the job says; then two more results."""
    folder, deaths = job
    (Path(tempfile.gettempdir()) / "put-aside").touch()
    yield tempfile.gettempdir()
    tries = len(list(folder.iterdir()))
    if tries < deaths:
        (folder / str(tries)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield from ("second", "third")


def hoarding(megabytes: int) -> Iterator[int]:
    yield len(bytearray(megabytes * 2**20))


def play(scene: Coroutine[None, None, None]) -> None:
    """Run a scene in a thread of its own: Playwright keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(scene, 60)).result()


async def run(worker: Worker[int, tuple[int, int]], last: int) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    await worker.run(last, taken.append)
    return taken


async def ended(process: int) -> None:
    """Wait until there is no such process, or only what is left of it."""
    while True:
        try:
            with open(f"/proc/{process}/stat") as file:  # noqa: PTH123
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except (FileNotFoundError, ProcessLookupError):
            return
        await asyncio.sleep(0)


def test_results_come_in_order_and_the_process_is_kept() -> None:
    async def scene() -> None:
        worker = Worker(counting)
        first, second = await run(worker, 3), await run(worker, 2)
        assert [number for _, number in first + second] == [1, 2, 3, 1, 2]
        assert len({process for process, _ in first + second}) == 1
        assert first[0][0] != os.getpid()
        await worker.close()
        await ended(first[0][0])

    play(scene())


def test_work_that_is_called_off_ends_its_process_and_the_next_is_done() -> None:
    async def scene() -> None:
        worker, begun = Worker(counting), asyncio.Event()
        taken: list[tuple[int, int]] = []

        def take(result: tuple[int, int]) -> None:
            taken.append(result)
            begun.set()

        work = asyncio.create_task(worker.run(-1, take))
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        after = await run(worker, 1)
        assert after[0][0] != taken[0][0]
        await ended(taken[0][0])
        await worker.close()

    play(scene())


def test_a_process_that_dies_is_told_and_replaced() -> None:
    async def scene() -> None:
        worker = Worker(counting)
        with pytest.raises(WorkerStopped, match="stopped in the middle of its work"):
            await run(worker, 13)
        assert [number for _, number in await run(worker, 1)] == [1]
        await worker.close()

    play(scene())


def test_a_job_whose_process_was_killed_is_tried_once_more_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    async def scene() -> None:
        worker = Worker(dying)
        taken: list[str] = []
        await worker.run((tmp_path, 1), taken.append)
        assert taken[1:] == ["second", "third"]
        with pytest.raises(WorkerStopped, match="was ended from outside, twice; most often"):
            await worker.run((tmp_path, 3), taken.append)
        await worker.run((tmp_path, 3), taken.append)
        await worker.close()
        assert len(taken) == 3 + 1 + 3
        for left in (taken[0], taken[3], taken[4]):
            assert left != tempfile.gettempdir()
            assert not Path(left).exists()

    play(scene())


def test_a_job_that_takes_too_much_time_or_memory_is_ended_and_told() -> None:
    async def scene() -> None:
        slow = Worker(counting, Limits(seconds=1))
        with pytest.raises(WorkerStopped, match="took more than 1 seconds"):
            await slow.run(-1, lambda _: None)
        await slow.close()
        large = Worker(hoarding, Limits(megabytes=1024))
        taken: list[int] = []
        with pytest.raises(WorkerStopped, match="needs more than 1024 MB of memory"):
            await large.run(1024, taken.append)
        await large.run(1, taken.append)
        assert taken == [2**20]
        await large.close()

    play(scene())


def test_a_job_goes_to_a_worker_that_is_free_or_waits_for_one() -> None:
    async def scene() -> None:
        workers = Workers(counting, 2)
        taken: list[tuple[int, int]] = []
        long = [asyncio.create_task(workers.run(-1, lambda _: None)) for _ in range(2)]
        short = asyncio.create_task(workers.run(2, taken.append))
        await asyncio.sleep(0)
        long[0].cancel()
        await short
        assert [number for _, number in taken] == [1, 2]
        assert not long[1].done()
        long[1].cancel()
        await asyncio.wait(long)
        await workers.close()

    play(scene())

"""Processes and folders of a run: each that ends early is told, and nothing is left behind."""

import errno
import gc
import os
import signal
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import active_children, get_context
from pathlib import Path
from weakref import WeakSet

import pytest

from booklet import scratch
from booklet.garbage import OBJECTS_BEFORE
from booklet.problems import WrongUsage
from booklet.scratch import scratch_folder
from booklet.workers import MEMORY, START, Elsewhere, LostJob, Processes, Where, run_jobs
from tests.commands.program import run

FORKED, SPAWNED = Processes(2, "fork"), Processes(2, "spawn")


@dataclass(frozen=True)
class Job:
    """Work that leaves its process's number, and how often that process is ended first."""

    name: str
    folder: Path
    deaths: int = 0


def do_or_die(job: Job) -> str:
    tries = len(list(job.folder.glob(f"{job.name}-*")))
    if tries < job.deaths:
        (job.folder / f"{job.name}-{tries}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return job.name


def outcomes(jobs: list[Job], where: Where) -> dict[str, str | LostJob]:
    return {job.name: result for job, result in run_jobs(do_or_die, jobs, where)}


@pytest.mark.parametrize("where", [FORKED, SPAWNED], ids=["forked", "spawned"])
def test_one_whose_process_is_killed_twice_is_lost_and_all_others_are_done(
    tmp_path: Path, where: Where
) -> None:
    jobs = [Job("killed", tmp_path, deaths=2), *(Job(name, tmp_path) for name in "abc")]
    found = outcomes(jobs, where)
    lost = found.pop("killed")
    assert isinstance(lost, LostJob)
    assert "was ended from outside, twice" in lost.why
    assert found == {name: name for name in "abc"}


def test_one_whose_process_was_killed_once_is_done_by_another(tmp_path: Path) -> None:
    jobs = [Job("a", tmp_path), Job("killed", tmp_path, deaths=1), Job("b", tmp_path)]
    assert outcomes(jobs, FORKED) == {"a": "a", "killed": "killed", "b": "b"}


def test_any_executor_does_them_and_one_that_is_broken_is_told(tmp_path: Path) -> None:
    jobs = [Job("a", tmp_path), Job("b", tmp_path)]
    with ThreadPoolExecutor(2) as threads:
        assert outcomes(jobs, Elsewhere.on(threads)) == {"a": "a", "b": "b"}
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        found = outcomes([*jobs, Job("killed", tmp_path, 1)], Elsewhere.on(processes))
    assert isinstance(found["killed"], LostJob)


class Made:
    """What may come of a job."""


@pytest.mark.parametrize("here", [True, False], ids=["here", "elsewhere"])
def test_what_came_of_a_job_is_let_go_before_the_one_after_the_next_is_begun(here: bool) -> None:
    alive: WeakSet[Made] = WeakSet()
    found: list[int] = []

    def work(_: int) -> Made:
        found.append(len(alive))
        made = Made()
        alive.add(made)
        return made

    def at_once(do: Callable[..., Made], *given: object) -> Future[Made]:
        future = Future[Made]()
        future.set_result(do(*given))
        return future

    for _, made in run_jobs(
        work, range(3), Processes(1, "fork") if here else Elsewhere(at_once, 1)
    ):
        del made
    assert found == ([0, 0, 0] if here else [0, 1, 1])  # elsewhere the next is begun before


def count(job: int) -> int:
    return job


def test_jobs_are_asked_for_as_workers_become_free_and_begun_in_order() -> None:
    asked: list[int] = []
    results = run_jobs(count, (asked.append(each) or each for each in range(1000)), FORKED)
    assert next(results)[1] in range(4)
    assert asked == [*range(len(asked))]
    assert len(asked) < 20
    results.close()


def test_one_process_does_them_in_turn_and_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    done = [*run_jobs(rarely, range(3), Processes(1, "fork"))]
    assert done == [(n, OBJECTS_BEFORE) for n in range(3)]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count(), "what somebody else has set aside stays so"


def rarely(_: int) -> int:
    return gc.get_threshold()[0]


def fill_memory(job: int) -> int:
    return len(bytearray(job * 2**20))


def test_a_job_that_needs_more_memory_than_a_worker_may_have_is_lost() -> None:
    found = dict(run_jobs(fill_memory, [1, 900], replace(FORKED, megabytes=900)))
    assert found[1] == 2**20
    assert isinstance(found[900], LostJob)
    assert "more memory than a worker may have" in found[900].why


def test_a_job_alone_has_no_more_memory_than_one_of_many() -> None:
    for jobs in ([1500], [1, 1500]):  # one job is done in this process, two in turn with one worker
        found = dict(run_jobs(fill_memory, jobs, Processes(1, "fork", 1500)))
        assert isinstance(found.pop(1500), LostJob)
        assert found in ({}, {1: 2**20})
    assert fill_memory(1500)  # and afterwards as much as before


def held_jobs(job: int) -> int:
    if job == 1:
        raise ValueError("what nobody expected")
    time.sleep(60)
    return job


def test_what_a_job_raises_is_raised_and_ends_all_others_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(ValueError, match="what nobody expected"):
        list(run_jobs(held_jobs, [0, 1, 2], FORKED))
    assert time.monotonic() - began < 30
    assert active_children() == []


def test_the_environment_says_how_processes_begin_and_what_they_may_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(START, "spawn")
    assert Processes.of_this_machine().start == "spawn"
    monkeypatch.setenv(MEMORY, "3000")
    assert Processes.of_this_machine().megabytes == 3000
    for nonsense in ("much", "150", "1048577", "9" * 5000):
        monkeypatch.setenv(MEMORY, nonsense)
        with pytest.raises(WrongUsage, match="write a number of megabytes from 512 to 1048576"):
            Processes.of_this_machine()
    monkeypatch.setenv(START, "thread")
    with pytest.raises(WrongUsage, match="write one of: fork, spawn"):
        Processes.of_this_machine()


def test_no_more_start_than_may_work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3}, raising=False)
    assert Processes.of_this_machine().number == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    assert Processes.of_this_machine().number == 8


def sleep(job: Job) -> str:
    (job.folder / job.name).write_text(str(os.getpid()))
    time.sleep(60)
    return job.name


def run_sleepers(folder: Path, where: Where) -> None:
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # shells ignore it for what runs behind
    list(run_jobs(sleep, [Job(name, folder) for name in "abcdef"], where))


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def within(seconds: float, *, ready: object) -> bool:
    until = time.monotonic() + seconds
    while not ready() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.02)
    return bool(ready())  # type: ignore[operator]


@pytest.mark.parametrize(
    ("where", "end"),
    [(FORKED, signal.SIGKILL), (FORKED, signal.SIGINT), (SPAWNED, signal.SIGKILL)],
    ids=["forked, killed", "forked, stopped", "spawned, killed"],
)
def test_the_processes_of_a_run_that_is_ended_end_with_it(
    tmp_path: Path, where: Where, end: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    parent = get_context("fork").Process(target=run_sleepers, args=(tmp_path, where))
    parent.start()
    files = [tmp_path / "a", tmp_path / "b"]
    assert within(30, ready=lambda: all(each.exists() and each.read_text() for each in files))
    workers = [int(each.read_text()) for each in files]
    assert all(map(is_alive, workers))
    os.kill(int(parent.pid or 0), end)
    parent.join(30)
    assert parent.exitcode in (-signal.SIGKILL, 1)
    assert within(30, ready=lambda: not any(map(is_alive, workers)))
    assert "Exception in thread" not in capfd.readouterr().err


def test_what_libraries_put_aside_is_taken_away_also_after_a_run_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if (child := os.fork()) == 0:
        with scratch_folder():
            tempfile.mkdtemp(prefix="weasyprint-")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (dead,) = tmp_path.iterdir()
    with scratch_folder() as mine:
        made = Path(tempfile.mkdtemp(prefix="weasyprint-"))
        assert made.parent == mine
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with scratch_folder() as beside:  # another run at the same time
            assert beside.parent == mine.parent
            assert mine.exists()
        assert not dead.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_for_temporary_files_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, content: Path, tmp_path: Path
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/temporary/booklet-x")

    monkeypatch.setattr(scratch, "_lock", full)
    outcome = run("build", "--content", str(content), "--output", str(tmp_path / "out"))
    assert outcome.returncode == 2
    assert outcome.stderr.strip() == (
        "error: No space left on device (/temporary/booklet-x); free some space and try again; "
        "nothing was changed"
    )

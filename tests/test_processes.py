"""Processes and folders of a build: each that ends early is told, and nothing is left behind."""

import errno
import os
import signal
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from booklet import build, scratch
from booklet.problems import FaultsFound
from booklet.scratch import scratch_folder
from tests.commands.program import run


@dataclass(frozen=True)
class Job:
    """What stands in for a file to make: how often the process that makes it is ended first."""

    file_name: str
    folder: Path
    deaths: int = 0


def make_or_die(job: Job) -> tuple[str, ...]:
    tries = len(list(job.folder.glob(f"{job.file_name}-*")))
    if tries < job.deaths:
        (job.folder / f"{job.file_name}-{tries}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return (job.file_name,)


@pytest.fixture(autouse=True)
def made_by_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_tried", make_or_die)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_a_job_whose_process_was_killed_is_done_by_another(tmp_path: Path) -> None:
    jobs = [Job("a", tmp_path), Job("b", tmp_path, deaths=1), Job("c", tmp_path)]
    assert sorted(build._results(tuple(jobs))) == [("a",), ("b",), ("c",)]


def test_a_job_whose_process_is_killed_again_is_one_fault_and_the_rest_is_made(
    tmp_path: Path,
) -> None:
    jobs = [Job("a", tmp_path), Job("b", tmp_path, deaths=2), Job("c", tmp_path)]
    results = list(build._results(tuple(jobs)))
    (fault,) = [each for each in results if isinstance(each, FaultsFound)]
    assert "the process that made b was ended from outside, twice" in str(fault)
    assert sorted(each for each in results if each is not fault) == [("a",), ("c",)]


def sleep(job: Job) -> tuple[str, ...]:
    (job.folder / job.file_name).write_text(str(os.getpid()))
    time.sleep(60)
    return (job.file_name,)


def build_sleepers(folder: Path) -> None:
    build._tried = sleep  # type: ignore[assignment]
    list(build._results((Job("a", folder), Job("b", folder))))


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


def test_the_processes_of_a_build_that_is_killed_end_with_it(tmp_path: Path) -> None:
    parent = get_context("fork").Process(target=build_sleepers, args=(tmp_path,))
    parent.start()
    files = [tmp_path / "a", tmp_path / "b"]
    assert within(30, ready=lambda: all(each.exists() and each.read_text() for each in files))
    workers = [int(each.read_text()) for each in files]
    assert all(map(is_alive, workers))
    parent.kill()
    parent.join()
    assert within(30, ready=lambda: not any(map(is_alive, workers)))


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

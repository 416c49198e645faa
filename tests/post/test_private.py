"""What is private stays so when things go wrong."""

import resource
import traceback
from pathlib import Path

import pytest

from booklet.post.private import Crashed, WithoutWords, no_core_dumps, private_files, shred
from booklet.problems import WrongUsage
from booklet.workers import Processes, run_jobs

MARKER = "Zyxwmarker"


def failing(job: str) -> str:
    """Work on somebody's words that fails, and quotes them."""
    with WithoutWords():
        raise ValueError(f"cannot do {job}")


def everything_said(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


def test_a_fault_of_the_program_is_told_without_the_words_it_worked_on() -> None:
    with pytest.raises(Crashed, match=r"ValueError at .*test_private\.py:\d+") as raised:
        failing(MARKER)
    assert MARKER not in everything_said(raised.value)


def test_a_fault_in_a_worker_is_told_without_them_either() -> None:
    with pytest.raises(Crashed) as raised:
        [*run_jobs(failing, [MARKER, MARKER], Processes(2, "fork"))]
    assert MARKER not in everything_said(raised.value)


def test_what_the_program_itself_says_passes() -> None:
    with pytest.raises(WrongUsage, match="name another"), WithoutWords():
        raise WrongUsage("name another")


def test_files_are_the_owners_alone_while_letters_are_made(tmp_path: Path) -> None:
    with private_files():
        (tmp_path / "inside").write_text("")
    (tmp_path / "outside").write_text("")
    modes = [(tmp_path / name).stat().st_mode & 0o077 for name in ("inside", "outside")]
    assert modes[0] == 0 != modes[1]


def test_a_crash_leaves_no_picture_of_the_memory() -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        no_core_dumps()
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def test_shredding_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept.txt", tmp_path / "run"
    kept.write_text("kept")
    (folder / "below").mkdir(parents=True)
    (folder / "below/letter.pdf").write_bytes(b"x" * 3000)
    (folder / "link.pdf").symlink_to(kept)
    assert shred(folder) == (2, 3000)
    assert kept.read_text() == "kept"
    assert not folder.exists()

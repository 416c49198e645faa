"""Files appear whole or not at all."""

import os
import signal
from pathlib import Path

import pytest

from booklet.changes import forget, what_was_changed
from booklet.files import LOCK, locked, write_whole
from booklet.problems import WrongUsage
from tests.interruptions import at_rename

RENAMES = 4
"""The journal, and the three files of `after`."""


def test_files_are_written_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"2")
    write_whole(tmp_path / "new", {"a.pdf": b"1", "b.pdf": tmp_path / "elsewhere"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        "a.pdf": b"1",
        "b.pdf": b"2",
    }


def test_no_file_changes_when_one_of_them_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    with pytest.raises(WrongUsage):
        write_whole(tmp_path, {"a.pdf": b"after", "new/folder/b.pdf": b"2", "a.pdf/c.pdf": b"3"})
    assert (tmp_path / "a.pdf").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_files_already_replaced_are_put_back_when_a_later_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    (tmp_path / "c.pdf").mkdir()
    with pytest.raises(WrongUsage, match=r"c\.pdf"):
        write_whole(tmp_path, {"a.pdf": b"after", "b.pdf": b"new", "c.pdf": b"no"})
    assert (tmp_path / "a.pdf").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "c.pdf"]


def test_a_folder_in_the_place_of_a_file_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(WrongUsage, match=r"a folder stands where a file goes: .*b\.pdf; move it"):
        write_whole(tmp_path, {"a.pdf": b"new", "b.pdf": b"new"})
    assert [each.name for each in tmp_path.iterdir()] == ["b.pdf"]


def test_a_file_that_somebody_made_read_only_is_kept_and_named(tmp_path: Path) -> None:
    kept = tmp_path / "b.pdf"
    kept.write_bytes(b"given out")
    kept.chmod(0o444)
    with pytest.raises(WrongUsage, match=r"b\.pdf is read-only, so it was kept .* move it away"):
        write_whole(tmp_path, {"a.pdf": b"new", "b.pdf": b"new"})
    assert (kept.read_bytes(), [*tmp_path.iterdir()]) == (b"given out", [kept])
    kept.chmod(0o644)
    write_whole(tmp_path, {"b.pdf": b"new"})
    assert kept.read_bytes() == b"new"


def test_where_a_record_cannot_be_locked_the_one_to_ask_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*asked: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(WrongUsage) as raised, locked(tmp_path):
        pass
    remedy = "ask whoever keeps this folder"
    assert str(raised.value) == f"cannot write to {tmp_path}: Permission denied; {remedy}"


def test_folders_made_for_files_are_taken_away_when_a_file_cannot_be_replaced(
    tmp_path: Path,
) -> None:
    (tmp_path / "c.pdf").mkdir()
    with pytest.raises(WrongUsage, match=r"c\.pdf"):
        write_whole(tmp_path, {"before/new/b.pdf": b"new", "c.pdf": b"no"})
    assert [path.name for path in tmp_path.iterdir()] == ["c.pdf"]
    write_whole(tmp_path, {"before/new/b.pdf": b"new"})
    assert (tmp_path / "before/new/b.pdf").read_bytes() == b"new"


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUsage, match="is a file, not a folder"):
        write_whole(tmp_path / "file", {"a.pdf": b""})
    with pytest.raises(WrongUsage, match="cannot write to"):
        write_whole(tmp_path / "file" / "below", {"a.pdf": b""})


class Stopped(BaseException):
    """What a run raises where somebody stops it."""


def stop(number: int, frame: object) -> None:
    raise Stopped


def before(folder: Path) -> dict[str, bytes]:
    write_whole(folder, {"a.pdf": b"1", "kept/b.pdf": b"1"})
    return contents(folder)


AFTER = {"a.pdf": b"2", "kept/b.pdf": b"2", "new/c.pdf": b"2"}


def contents(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def interrupted(folder: Path, number: int, sent: signal.Signals) -> str:
    """What a run said that got a signal before the rename after `number`."""
    said, says = os.pipe()
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        at_rename(number, lambda: os.kill(os.getpid(), sent))
        forget()
        try:
            write_whole(folder, AFTER)
        except Stopped as error:
            os.write(says, f"{type(error).__name__}: {what_was_changed()}".encode())
        finally:
            os._exit(0)
    os.close(says)
    os.waitpid(child, 0)
    with os.fdopen(said) as reader:
        return reader.read()


@pytest.mark.parametrize("number", range(RENAMES))
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_as_names_change_has_changed_all_and_says_so(
    tmp_path: Path, sent: signal.Signals, number: int
) -> None:
    before(tmp_path)
    said = interrupted(tmp_path, number, sent)
    assert said.startswith("Stopped: what stands in its place already: a.pdf, b.pdf, c.pdf in ")
    assert contents(tmp_path) == AFTER


@pytest.mark.parametrize("number", range(RENAMES))
def test_a_run_that_is_killed_as_names_change_is_finished_by_the_next(
    tmp_path: Path, number: int
) -> None:
    old = before(tmp_path)
    assert interrupted(tmp_path, number, signal.SIGKILL) == ""
    with locked(tmp_path):
        now = contents(tmp_path)
    assert {name: now[name] for name in now if name != LOCK} == (AFTER if number else old)
    assert not list(tmp_path.glob(".making-*"))


@pytest.mark.parametrize("number", range(1, 5))
def test_what_is_put_back_is_put_back_by_the_next_run_where_that_is_killed_too(
    tmp_path: Path, number: int
) -> None:
    old = before(tmp_path)
    (tmp_path / "d.pdf").mkdir()
    if (child := os.fork()) == 0:
        # The journal, two files, the folder that stands in the way; then what is put back.
        at_rename(3 + number, lambda: os.kill(os.getpid(), signal.SIGKILL))
        try:
            write_whole(tmp_path, {"a.pdf": b"2", "kept/b.pdf": b"2", "d.pdf": b"2"})
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    with locked(tmp_path):
        now = contents(tmp_path)
    assert {name: now[name] for name in now if name != LOCK} == old


def test_a_journal_that_names_places_elsewhere_is_taken_away_and_not_followed(
    tmp_path: Path,
) -> None:
    aside = tmp_path / "here/.making-x"
    (aside / "new").mkdir(parents=True)
    (aside / "new/victim").write_text("theirs")
    (tmp_path / "victim").write_text("mine")
    (aside / "finish.json").write_text('{"places": {"../victim": true}, "made": []}')
    with locked(tmp_path / "here"):
        pass
    assert (tmp_path / "victim").read_text() == "mine"
    assert not aside.exists()

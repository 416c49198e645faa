"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from booklet.files import locked, write_whole
from booklet.problems import WrongUsage


def test_files_are_written_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", {"a.pdf": b"1", "b.pdf": b"2"})
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

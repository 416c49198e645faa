"""Typefaces of web pages are compressed once for a folder; what was damaged is not taken."""

from pathlib import Path

import pytest

from booklet.html import web_fonts
from booklet.html.web_fonts import woff2
from booklet.typeface import font_files

FONT = next(iter(font_files().values()))


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The fonts that are compressed, by a stand-in for compressing."""
    fonts: list[Path] = []

    def compressed(font: Path) -> bytes:
        fonts.append(font)
        return b"small"

    monkeypatch.setattr(web_fonts, "_compressed", compressed)
    return fonts


def test_a_typeface_is_compressed_once_for_a_folder(done: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert [woff2(FONT, store), woff2(FONT, store), done] == [b"small", b"small", [FONT]]
    (file,) = store.iterdir()
    for damaged in (b"", file.read_bytes()[:-1], b"x" + file.read_bytes()):
        file.write_bytes(damaged)
        assert woff2(FONT, store) == b"small"
    assert done == [FONT] * 4


def test_another_typeface_or_other_libraries_have_it_compressed_anew(
    done: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / FONT.name
    copy.write_bytes(FONT.read_bytes())
    woff2(copy, tmp_path)
    copy.write_bytes(FONT.read_bytes() + b" ")
    woff2(copy, tmp_path)
    monkeypatch.setattr(web_fonts, "library_marks", lambda names: [("fontTools", 99, 99)])
    woff2(copy, tmp_path)
    assert done == [copy] * 3


def test_without_a_folder_that_can_be_written_a_typeface_is_compressed_each_time(
    done: list[Path], tmp_path: Path
) -> None:
    nowhere = tmp_path / "none" / "store"
    assert [woff2(FONT), woff2(FONT, nowhere), woff2(FONT, nowhere)] == [b"small"] * 3
    assert (done, nowhere.parent.exists()) == ([FONT] * 3, False)

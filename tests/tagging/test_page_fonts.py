"""A page is set with its own fonts alone, whatever Fontconfig is told on a machine."""

import os
from pathlib import Path

import pytest

from booklet.tagging.typeset import typeset
from tests.allocated import allocated
from tests.tagging.test_typeset import SOURCE, page

ALL_BOLD = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="font">
<edit name="weight" mode="assign"><const>bold</const></edit>
</match></fontconfig>
"""


def test_settings_of_the_machine_do_not_change_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = page("<p>Words and <b>bold</b> words</p>")
    plain = typeset(body, (tmp_path,), SOURCE).write_pdf()
    settings = tmp_path / "fonts.conf"
    settings.write_text(ALL_BOLD)
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    assert typeset(body, (tmp_path,), SOURCE).write_pdf() == plain
    assert os.environ["FONTCONFIG_FILE"] == str(settings)  # for programs that are started later


def test_pages_set_again_and_again_take_no_more_memory() -> None:
    """Pango keeps the fonts of a page, 200 kB, and 1 kB for each mark of a list, if it is let."""
    body = page(f"<ul>{'<li>One</li>' * 40}</ul>")
    used = []
    for _ in range(4):
        typeset(body, (), SOURCE)
        used.append(allocated())
    assert used[3] - used[1] < 40_000

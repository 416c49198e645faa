"""What tests of the words share: content that breaks no rule, to be spoilt."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def words_content(tmp_path: Path) -> Path:
    """A writable copy of content that breaks no rule."""
    return Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "content"))

"""Files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from booklet.problems import WrongUsage


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file of the mapping into the folder, each replaced in one step.

    Nothing is replaced before all of them stand complete on the disk beside their place.
    `WrongUsage` where the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as aside:
            for name, content in files.items():
                _on_disk(Path(aside) / name, content)
            for name in files:
                (Path(aside) / name).replace(folder / name)
    except OSError as error:
        raise WrongUsage(f"cannot write to {folder}: {error.strerror}") from error


def _on_disk(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

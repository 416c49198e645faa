"""Files of strangers, read only where they are files: a pipe or a device would be waited for."""

import errno
import stat
from pathlib import Path


def read_file(path: Path) -> bytes:
    """What is in a file; `OSError` where it cannot be read, or where it is no file at all."""
    kind = path.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file", str(path))
    return path.read_bytes()


def read_words(path: Path, encoding: str = "utf-8") -> str:
    """The text of a file, its lines ended as here; `UnicodeDecodeError` where it is no text."""
    return read_file(path).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")

"""Files that only their owner may read, and how they are destroyed."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from booklet.problems import BookletError, WrongUsage

FOLDER = "mail"
"""The folder below that of outputs where all that Mail makes lies."""
_IGNORED = ".gitignore"
_EVERYTHING = "# Names and addresses: nothing here goes into a repository.\n*\n"
_BLOCK = 1 << 20  # Bytes written over at a time


@contextmanager
def private_files() -> Iterator[None]:
    """What is made inside, only its owner may read.

    That holds for the children of this process too, for the files libraries put aside, and for
    what the system would write of a crash: there are no core dumps from here on. Windows knows no
    such modes: there a file has those of its folder.
    """
    no_core_dumps()
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter, and that repositories leave out.

    `WrongUsage` where that cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        ignored = folder / _IGNORED
        if not ignored.exists() or ignored.read_bytes() != _EVERYTHING.encode():
            ignored.write_bytes(_EVERYTHING.encode())
    except OSError as error:
        raise WrongUsage(
            f"{folder} cannot be made, or be closed to others: {error.strerror}; name another "
            "folder with --output"
        ) from error


def no_core_dumps() -> None:
    """Let the system keep nothing of the memory of this process and its children in a crash."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


class Crashed(BookletError):
    """This program has a fault; where, and of which kind, without any value it worked on."""


class WithoutWords:
    """What fails inside is told by its kind and place alone: messages of libraries quote values.

    What this program itself stops for (`BookletError`) and what the system says (`OSError`) name
    no one, and pass.
    """

    def __enter__(self) -> None:
        """Nothing has failed yet."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """`Crashed` in the place of any other fault, and without what led to it."""
        told = (BookletError, OSError, MemoryError)
        if isinstance(error, Exception) and not isinstance(error, told):
            frames = traceback.extract_tb(trace)
            places = (f"{Path(each.filename).name}:{each.lineno}" for each in frames)
            raise Crashed(
                f"the program failed ({type(error).__name__} at {' > '.join(places)}); its message "
                "is left out, because it may quote somebody's name. Tell those who keep the program"
            ) from None


def shred(folder: Path) -> tuple[int, int]:
    """Write over every file below a folder, delete it and the folder; how many files and bytes.

    What a file is written over with lands on other cells of a solid-state disk, in other blocks of
    a file system that copies on writing, and never on backups: there the old bytes last until
    their room is used again.
    """
    files = [each for each in sorted(folder.rglob("*")) if each.is_file() or each.is_symlink()]
    size = sum(shred_file(each) for each in files)
    for each in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        each.rmdir()
    with suppress(FileNotFoundError):
        folder.rmdir()
    return len(files), size


def shred_file(file: Path) -> int:
    """Write over a file and delete it; its bytes. Of a link, the link alone goes."""
    if file.is_symlink():
        file.unlink()
        return 0
    size = file.stat().st_size
    with file.open("r+b") as old:
        for start in range(0, size, _BLOCK):
            old.write(os.urandom(min(_BLOCK, size - start)))
        old.flush()
        os.fsync(old.fileno())
    file.unlink()
    return size

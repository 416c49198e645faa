"""Tells of saves: whatever changes below some folders, also when a folder goes and comes back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from watchfiles import Change, awatch

QUIET = 50
"""Milliseconds without a change that end a burst of saves."""

LOOK_AGAIN = 500
"""Milliseconds after which the folders themselves are looked at, although nothing changed."""


async def saves(folders: tuple[Path, ...]) -> AsyncIterator[None]:
    """One item for every burst of changes below the folders; it goes on for ever.

    The system stops telling of a folder that was deleted or moved. So they are watched anew when
    one goes or comes; while none is there, they are waited for.
    """
    while True:
        async for _ in _while_they_stay(folders):
            yield
        await asyncio.sleep(QUIET / 1000)


async def _while_they_stay(folders: tuple[Path, ...]) -> AsyncIterator[None]:
    """One item for every burst, until one of the folders is not the one it was.

    The first comes when the watch is set up: nobody saw what changed before.
    """
    identities = [*map(_identity, folders)]
    there = [folder for folder, identity in zip(folders, identities, strict=True) if identity]
    if not there:
        return
    watching = awatch(
        *there,
        watch_filter=None,
        step=QUIET,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    unseen = True
    try:
        async with aclosing(watching):
            async for changes in watching:
                if changes or unseen:
                    yield
                unseen = False
                if [*map(_identity, folders)] != identities or _gone(there, changes):
                    return
    except FileNotFoundError:
        return


def _gone(folders: list[Path], changes: set[tuple[Change, str]]) -> bool:
    """Whether a folder was deleted; a new one of its name may be there already."""
    names = {str(folder.absolute()) for folder in folders} | {str(folder) for folder in folders}
    return any(change is Change.deleted and path in names for change, path in changes)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name; nothing where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

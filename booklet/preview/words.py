"""What the rules about words say of a booklet, from a process that keeps the dictionary."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from booklet.check.check_words import check_words
from booklet.preview.prepare import faults_of
from booklet.preview.worker import Press
from booklet.problems import BookletError, Problem


class Words:
    """Checks words, one booklet after the other; reading the dictionary takes two seconds."""

    def __init__(self) -> None:
        self._press: Press[tuple[Path, str], tuple[Problem, ...]] = Press(word_problems)
        self._turn = asyncio.Lock()

    async def problems(self, content: Path, booklet: str) -> tuple[Problem, ...]:
        """What the rules find in the booklet; `PressStopped` as `Press.run`."""
        found: list[Problem] = []
        async with self._turn:
            await self._press.run((content, booklet), found.extend)
        return tuple(found)

    async def close(self) -> None:
        """End the process, in the middle of its work if need be."""
        await self._press.close()


def word_problems(job: tuple[Path, str]) -> Iterator[tuple[Problem, ...]]:
    """What the rules find, or why they could not be asked."""
    content, booklet = job
    try:
        yield check_words(content, booklet).problems
    except (BookletError, OSError) as error:
        yield faults_of(error, content)

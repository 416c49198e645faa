"""Every choice that is looked at, and the watch over the files they are made from."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from booklet.preview.choice import Choice
from booklet.preview.session import Session, WordWorker
from booklet.preview.typeset_result import word_problems
from booklet.preview.watch import saves
from booklet.preview.worker import Worker
from booklet.resources import styles_folder

KEPT = 3
"""How many choices are kept at hand after the last page that showed them was closed."""


class Sessions:
    """The sessions of a content folder, one a choice; made inside a running event loop."""

    def __init__(self, content: Path, today: Callable[[], date]) -> None:
        self.content = content
        self._today = today
        self._word_worker: WordWorker = Worker(word_problems)
        self._sessions: dict[Choice, Session] = {}

    def open(self, choice: Choice | None) -> Session | None:
        """The session of a choice that is looked at, or was lately."""
        return self._sessions.get(choice) if choice else None

    async def of(self, choice: Choice) -> Session:
        """The session of a choice, begun if need be; one nobody has looked at for long ends."""
        session = self._sessions.pop(choice, None) or Session(
            self.content, choice, self._word_worker, self._today
        )
        idle = [each for each, other in self._sessions.items() if not other.viewers]
        self._sessions[choice] = session  # the last is the one that was asked for last
        for each in idle[:-KEPT]:
            await self._sessions.pop(each).close()
        return session

    async def watch(self) -> None:
        """Renew every session after each save, for ever."""
        async for _ in saves((self.content, styles_folder())):
            for session in self._sessions.values():
                session.renew()

    async def close(self) -> None:
        """End all work."""
        for session in self._sessions.values():
            await session.close()
        await self._word_worker.close()

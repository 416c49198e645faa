"""Every choice that is looked at, and the watch over the files they are made from."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from booklet.content.load import booklet_names, clinic_names
from booklet.preview.choice import Choice
from booklet.preview.session import Desk
from booklet.preview.watch import saves
from booklet.preview.words import Words
from booklet.resources import styles_folder

#: Choices kept at hand after the last page that showed them was closed.
KEPT = 3


class Studio:
    """The desks of a content folder, one a choice; made inside a running event loop."""

    def __init__(self, content: Path, today: Callable[[], date]) -> None:
        self.content = content
        self._today = today
        self._words = Words()
        self._desks: OrderedDict[Choice, Desk] = OrderedDict()

    def booklets(self) -> tuple[str, ...]:
        """The booklets there are now."""
        return booklet_names(self.content)

    def clinics(self) -> tuple[str, ...]:
        """The clinic profiles there are now."""
        return clinic_names(self.content)

    def open_desk(self, choice: Choice) -> Desk | None:
        """The desk of a choice that is looked at, or was lately."""
        return self._desks.get(choice)

    async def desk(self, choice: Choice) -> Desk:
        """The desk of a choice, set up if need be; one that nobody has looked at for long goes."""
        if choice not in self._desks:
            self._desks[choice] = Desk(self.content, choice, self._words, self._today)
        self._desks.move_to_end(choice)
        idle = [each for each, desk in self._desks.items() if not desk.looking and each != choice]
        for each in idle[:-KEPT]:
            await self._desks.pop(each).close()
        return self._desks[choice]

    async def watch(self) -> None:
        """Renew every desk after each save, for ever."""
        async for _ in saves((self.content, styles_folder())):
            for desk in self._desks.values():
                desk.renew()

    async def close(self) -> None:
        """End all work."""
        for desk in self._desks.values():
            await desk.close()
        await self._words.close()

"""One choice while it is written: made anew after each save, shown to every page that looks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet.pdf.pictures import PagePictures
from booklet.preview.choice import Choice
from booklet.preview.prepare import Prepared, TypesetJob, faults_of, prepare
from booklet.preview.typeset_result import Proof, Verdict, proofs
from booklet.preview.view import View
from booklet.preview.words import Words
from booklet.preview.worker import Press, PressStopped
from booklet.problems import Problem


class Desk:
    """The newest view of a choice, and the work that leads to the next.

    The page for the screen comes first, within the time it takes to read the files. Setting type
    follows in another process; a newer save that changes the pages calls it off. The words are
    checked when nothing else is left to do.
    """

    def __init__(
        self, content: Path, choice: Choice, words: Words, today: Callable[[], date]
    ) -> None:
        self.view = View()
        self.pictures: PagePictures | None = None
        self.looking = 0
        self._content, self._choice, self._words = content, choice, words
        self._today = today
        self._press: Press[TypesetJob, Proof | Verdict] = Press(proofs)
        self._turned = asyncio.Event()
        self._stale = True
        self._words_due = False
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def views(self) -> AsyncIterator[View]:
        """The view as it is, then each newer one; a slow listener misses those in between."""
        self.looking += 1
        try:
            if self._stale:
                self.renew()
            while True:
                turned, shown = self._turned, self.view
                yield shown
                if self.view is shown:
                    await turned.wait()
        finally:
            self.looking -= 1

    def renew(self) -> None:
        """Read the files again, now or when the next page looks."""
        self._stale = not self.looking
        if self.looking:
            self._start("reading", self._read())

    async def close(self) -> None:
        """End all work."""
        for task in self._tasks.values():
            task.cancel()
        await self._press.close()

    def _start(self, kind: str, work: Any) -> None:
        """Begin this kind of work; what is left of the one before is called off."""
        if kind in self._tasks:
            self._tasks[kind].cancel()
        self._tasks[kind] = task = asyncio.create_task(work)
        task.add_done_callback(self._own_up)

    def _own_up(self, task: "asyncio.Task[None]") -> None:
        """Show where the program itself failed, and leave the details to the terminal."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        message = f"the preview failed ({error!r}); the terminal says where. Please tell us"
        self._show(file_faults=(Problem(self._content, message),))
        told = {"message": "the preview failed", "exception": error, "task": task}
        asyncio.get_running_loop().call_exception_handler(told)

    def _show(self, **news: Any) -> None:
        self.view = replace(self.view, **news)
        self._turned.set()
        self._turned = asyncio.Event()

    async def _read(self) -> None:
        self._take(await asyncio.to_thread(prepare, self._content, self._choice, self._today()))

    def _take(self, made: Prepared) -> None:
        if made.job is None:
            self._show(file_faults=made.faults)
            return
        new = made.job.digest != self.view.wanted
        news = {"page_faults": ()} if new else {}
        self._show(screen=made.screen, wanted=made.job.digest, file_faults=(), **news)
        if new:
            self._start("setting", self._set(made.job))
        elif self._tasks["setting"].done():
            self._check_words()

    async def _set(self, job: TypesetJob) -> None:
        def take(result: Proof | Verdict) -> None:
            if isinstance(result, Proof):
                self.pictures = PagePictures(result.pdf)
                self._show(proof=result, set=job.digest)
            else:
                self._show(page_faults=result.faults)

        try:
            await self._press.run(job, take)
        except PressStopped as error:
            self._show(page_faults=faults_of(error, job.target.folder))
        self._check_words()

    def _check_words(self) -> None:
        """Check them once more after the check that is under way, which is never cut short."""
        self._words_due = True
        if "words" not in self._tasks or self._tasks["words"].done():
            self._start("words", self._judge())

    async def _judge(self) -> None:
        while self._words_due:
            self._words_due = False
            try:
                found = await self._words.problems(self._content, self._choice.booklet)
            except PressStopped as error:
                found = faults_of(error, self._content)
            if not self._words_due and not self.view.file_faults:
                self._show(words=found)

"""One choice while it is written: made anew after each save, shown to every page that looks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet.pdf.pictures import PagePictures
from booklet.preview.choice import Choice
from booklet.preview.prepare import Prepared, TypesetJob, faults_of, prepare
from booklet.preview.typeset_result import TypesetResult, typeset_job
from booklet.preview.view import View
from booklet.preview.worker import Worker, WorkerStopped
from booklet.problems import Problem

WordWorker = Worker[tuple[Path, str], tuple[Problem, ...]]


class Session:
    """The newest view of a choice, and the work that leads to the next.

    The page for the screen comes first, within the time it takes to read the files. Setting type
    follows in another process; a newer save that changes the pages calls it off. The words are
    checked when nothing else is left to do.
    """

    def __init__(
        self, content: Path, choice: Choice, word_worker: WordWorker, today: Callable[[], date]
    ) -> None:
        self.view = View()
        self.pictures: PagePictures | None = None
        self.viewers = 0
        self._content, self._choice, self._word_worker = content, choice, word_worker
        self._today = today
        self._typesetter: Worker[TypesetJob, TypesetResult | tuple[Problem, ...]] = Worker(
            typeset_job
        )
        self._changed = asyncio.Event()
        self._stale = True
        self._words_due = False
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def views(self) -> AsyncIterator[View]:
        """The view as it is, then each newer one; a slow listener misses those in between."""
        self.viewers += 1
        try:
            if self._stale:
                self.renew()
            while True:
                changed, shown = self._changed, self.view
                yield shown
                if self.view is shown:
                    await changed.wait()
        finally:
            self.viewers -= 1

    def renew(self) -> None:
        """Read the files again, now or when the next page looks."""
        self._stale = not self.viewers
        if self.viewers:
            self._start("reading", self._read())

    async def close(self) -> None:
        """End all work."""
        for task in self._tasks.values():
            task.cancel()
        await self._typesetter.close()

    def _start(self, kind: str, work: Coroutine[Any, Any, None]) -> None:
        """Begin this kind of work; what is left of the one before is called off."""
        if kind in self._tasks:
            self._tasks[kind].cancel()
        self._tasks[kind] = task = asyncio.create_task(work)
        task.add_done_callback(self._tell_failure)

    def _tell_failure(self, task: "asyncio.Task[None]") -> None:
        """Show where the program itself failed, and leave the details to the terminal."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        message = f"the preview failed ({error!r}); the terminal says where. Please tell us"
        self._show(file_faults=(Problem(self._content, message),))
        told = {"message": "the preview failed", "exception": error, "task": task}
        asyncio.get_running_loop().call_exception_handler(told)

    def _show(self, **news: Any) -> None:
        """Put the news into the view, and wake every page that waits for some."""
        self.view = replace(self.view, **news)
        self._changed.set()
        self._changed = asyncio.Event()

    async def _read(self) -> None:
        self._take(await asyncio.to_thread(prepare, self._content, self._choice, self._today()))

    def _take(self, made: Prepared) -> None:
        if made.job is None:
            self._show(file_faults=made.faults)
            return
        new = made.job.digest != self.view.wanted
        # What the pages fell short of stands until there are others to set.
        page_faults = () if new else self.view.page_faults
        self._show(
            screen=made.screen, wanted=made.job.digest, file_faults=(), page_faults=page_faults
        )
        if new:
            self._start("setting", self._set(made.job))
        elif self._tasks["setting"].done():
            self._check_words()

    async def _set(self, job: TypesetJob) -> None:
        def take(result: TypesetResult | tuple[Problem, ...]) -> None:
            if isinstance(result, TypesetResult):
                self.pictures = PagePictures(result.pdf)
                self._show(typeset=result, set=job.digest)
            else:
                self._show(page_faults=result)

        try:
            await self._typesetter.run(job, take)
        except WorkerStopped as error:
            self._show(page_faults=faults_of(error, job.target.folder))
        self._check_words()

    def _check_words(self) -> None:
        """Check them once more after the check that is under way, which is never cut short."""
        self._words_due = True
        if "words" not in self._tasks or self._tasks["words"].done():
            self._start("words", self._check())

    async def _check(self) -> None:
        while self._words_due:
            self._words_due = False
            found: list[Problem] = []
            try:
                await self._word_worker.run((self._content, self._choice.booklet), found.extend)
            except WorkerStopped as error:
                found.extend(faults_of(error, self._content))
            # Words of files that have changed or broken since are no news.
            if not self._words_due and not self.view.file_faults:
                self._show(words=tuple(found))

"""Every choice that is looked at: made anew after each save, shown to every page that looks."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet.pdf.pictures import PagePictures
from booklet.preview.choice import Choice
from booklet.preview.prepare import (
    Result,
    SectionResult,
    TypesetJob,
    TypesetResult,
    faults_of,
    prepare,
    screen_of,
    typeset_job,
    word_problems,
)
from booklet.preview.view import View, section_name
from booklet.preview.watch import saves
from booklet.preview.worker import Worker, Workers, WorkerStopped
from booklet.problems import BookletError, Problem
from booklet.resources import styles_folder

KEPT = 3
"""How many choices are kept at hand after the last page that showed them was closed."""

MOST_PAGES = 40
"""How many pages of the preview may look at once; each costs a view, and a session its pages."""

TYPESETTERS = 2
"""Processes that set type, whatever the number of choices: each takes about 120 MB and one core."""

GRACE = 2.0
"""Seconds that work for nobody goes on, so that a page that is loaded again finds it."""


class Session:
    """The newest view of a choice, and the work that leads to the next.

    The page for the screen comes first, within the time it takes to read the files. Type is set in
    another process, a section that has changed before the whole: the one that is looked at, if that
    has. A newer save that changes the pages calls it off. The words are checked when nothing else
    is left to do.
    """

    def __init__(self, sessions: "Sessions", choice: Choice) -> None:
        self.view = View()
        self.pictures: dict[str, PagePictures] = {}  # by the digest in the names of pages
        self.viewers = 0
        self._looked: tuple[str, ...] = ()  # pages in sight, by name, that most is seen of first
        self._sessions, self._content, self._choice = sessions, sessions.content, choice
        self._changed = asyncio.Event()
        self._stale = True
        self._words_due = False
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def views(self) -> AsyncGenerator[View]:
        """The view as it is, then each newer one; a slow listener misses those in between."""
        if self._stale:
            self.renew()
        while True:
            changed, shown = self._changed, self.view
            yield shown
            if self.view is shown:
                await changed.wait()

    def renew(self) -> None:
        """Read the files again, now or when the next page looks."""
        self._stale = not self.viewers
        if self.viewers:
            self._start("reading", self._read())

    def look(self, names: list[str]) -> None:
        """Keep which pages are looked at; where they are gone already, those of before."""
        stood = self.view.stood
        self._looked = tuple(dict.fromkeys(each for each in names if each in stood)) or self._looked

    def rest(self) -> None:
        """Call off what nobody waits for; the next page that looks begins it again."""
        begun = [self._tasks[kind] for kind in ("reading", "setting") if kind in self._tasks]
        if self.viewers or all(task.done() for task in begun):
            return
        self.close()
        self._stale = True
        self.view = replace(self.view, wanted=None, page_faults=())
        self._forget_section()

    def close(self) -> None:
        """Call off all work."""
        for task in self._tasks.values():
            task.cancel()

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
        today = self._sessions.tell_day()
        try:
            job = await asyncio.to_thread(prepare, self._content, self._choice, today)
            new = job.digest != self.view.wanted
            if new:  # in another process, while the page for the screen is made in this one
                self._show(wanted=job.digest, page_faults=())
                self._start("setting", self._set(self._with_before(job)))
            screen = await asyncio.to_thread(screen_of, job)
        except (BookletError, OSError) as error:
            self._show(file_faults=faults_of(error, self._content))
            return
        self._show(screen=screen, file_faults=())
        if not new and self._tasks["setting"].done():
            self._check_words()

    def _with_before(self, job: TypesetJob) -> TypesetJob:
        """The job, with where all stands on the last pages if only words have changed since."""
        last, stood = self.view.typeset, self.view.stood
        if last is None or last.around != job.around:
            return job
        looked = tuple(stood[name] for name in self._looked if name in stood)
        return replace(job, before=last.standing, looked=looked)

    async def _set(self, job: TypesetJob) -> None:
        def take(result: Result) -> None:
            self._forget_section()
            if isinstance(result, SectionResult):
                self.pictures[section_name(job.digest)] = PagePictures(result.pdf)
                self._show(section=result, section_set=job.digest)
            elif isinstance(result, TypesetResult):
                self.pictures = {job.digest: PagePictures(result.pdf)}
                self._show(typeset=result, set=job.digest)
            else:
                self._show(page_faults=result)

        try:
            await self._sessions.typesetters.run(job, take)
        except (WorkerStopped, OSError) as error:
            self._forget_section()
            self._show(page_faults=faults_of(error, job.target.folder))
        self._check_words()

    def _forget_section(self) -> None:
        """Go back to the pages of the last whole file; what is shown next tells it."""
        self.pictures.pop(section_name(self.view.section_set), None)
        self.view = replace(self.view, section=None, section_set=None)

    def _check_words(self) -> None:
        """Check them once more after the check that is under way, which is never cut short."""
        self._words_due = True
        if "words" not in self._tasks or self._tasks["words"].done():
            self._start("words", self._check())

    async def _check(self) -> None:
        job = (self._content, self._choice.booklet)
        while self._words_due:
            self._words_due = False
            found: list[Problem] = []
            try:
                await self._sessions.word_worker.run(job, found.extend)
            except (WorkerStopped, OSError) as error:
                found.extend(faults_of(error, self._content))
            # Words of files that have changed or broken since are no news.
            if not self._words_due and not self.view.file_faults:
                self._show(words=tuple(found))


class Sessions:
    """The sessions of a content folder, one a choice; made inside a running event loop."""

    def __init__(self, content: Path, today: Callable[[], date]) -> None:
        self.content = content
        self.tell_day = today
        self.typesetters: Workers[TypesetJob, Result] = Workers(typeset_job, TYPESETTERS)
        self.word_worker: Worker[tuple[Path, str], tuple[Problem, ...]] = Worker(word_problems)
        self._sessions: dict[Choice, Session] = {}

    def open(self, choice: Choice | None) -> Session | None:
        """The session of a choice that is looked at, or was lately."""
        return self._sessions.get(choice) if choice else None

    @property
    def full(self) -> bool:
        """Whether as many pages look as may."""
        return sum(session.viewers for session in self._sessions.values()) >= MOST_PAGES

    @contextmanager
    def looking(self, choice: Choice) -> Iterator[Session]:
        """The session of a choice, begun if need be, which stays as long as a page looks.

        It is found and counted without a pause: no other page can end it in between.
        """
        session = self._sessions.setdefault(choice, Session(self, choice))
        session.viewers += 1
        try:
            yield session
        finally:
            session.viewers -= 1
            self._leave(choice)

    def _leave(self, choice: Choice) -> None:
        """End those sessions that nobody has looked at for long."""
        session = self._sessions.pop(choice)
        self._sessions[choice] = session  # the last is the one that was left last
        asyncio.get_running_loop().call_later(GRACE, session.rest)
        idle = [each for each, other in self._sessions.items() if not other.viewers]
        for each in idle[:-KEPT]:
            self._sessions.pop(each).close()

    async def watch(self) -> None:
        """Renew every session after each save, for ever."""
        async for _ in saves((self.content, styles_folder())):
            for session in self._sessions.values():
                session.renew()

    async def close(self) -> None:
        """End all work."""
        for session in self._sessions.values():
            session.close()
        await asyncio.gather(self.typesetters.close(), self.word_worker.close())

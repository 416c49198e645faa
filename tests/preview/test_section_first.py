"""What is seen between a save and the whole file: the changed section among older pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import weasyprint

from booklet.preview.choice import Choice
from booklet.preview.prepare import Result, SectionResult, TypesetJob, TypesetResult, prepare
from booklet.preview.session import Session
from booklet.preview.view import View
from booklet.preview.worker import WorkerStopped
from booklet.problems import Problem
from booklet.tagging.section_first import Sources, Standing
from tests.preview.test_worker import play

STANDING = Standing(Sources((), ""), (), (), {})
PLACES = (("One", 0.0), ("Two", 1.5), ("Three", 3.0))
WHOLE = TypesetResult(b"", 4, PLACES, "around", STANDING)
SECTION = SectionResult(b"", 3, first=2, replaced=2, places=(("Two, again", 1.75),))
AFTER = View(b"screen", "new", WHOLE, "old", SECTION, "new")
FAULT = Problem(Path("content"), "the cover runs over its page")


def test_the_pages_of_the_section_stand_in_the_place_of_those_it_had() -> None:
    section = ("new-section/1", "new-section/2", "new-section/3")
    assert AFTER.pages == ("old/1", *section, "old/4")
    assert AFTER.places == (("One", 0.0), ("Two, again", 1.75), ("Three", 4.0))
    assert replace(AFTER, section=None).pages == ("old/1", "old/2", "old/3", "old/4")
    assert replace(AFTER, section=None).places == PLACES
    assert View().pages == View().places == ()


def test_it_is_said_that_the_rest_follows_and_only_while_that_is_so() -> None:
    said = "The section is set; page numbers follow."
    assert (AFTER.status, AFTER.as_json()["sectionIsNew"]) == (said, True)
    for other in (
        replace(AFTER, wanted="newer"),
        replace(AFTER, file_faults=(FAULT,)),
        View(b"screen", "new", WHOLE, "new"),
    ):
        assert other.status != said
        assert not other.section_is_new
    assert AFTER.pages_are_old


def test_words_of_other_pages_that_are_still_old_are_not_called_new() -> None:
    several = replace(AFTER, section=replace(SECTION, others=True))
    assert several.status == "The section is set; other changed pages follow."
    assert replace(several, wanted="newer").status == "Setting the pages."


def test_every_page_that_is_seen_has_its_number_in_the_last_whole_file() -> None:
    assert [AFTER.stood[name] for name in AFTER.pages] == [1, 2, 3, 3, 4]
    assert View().stood == {}


@dataclass
class Told:
    """A typesetter that gives what it is told to, and notes its jobs."""

    jobs: list[TypesetJob]
    results: list[list[Result | WorkerStopped]]

    async def run(self, job: TypesetJob, take: Callable[[Result], None]) -> None:
        self.jobs.append(job)
        for result in self.results.pop(0):
            if isinstance(result, WorkerStopped):
                raise result
            take(result)


def test_nothing_of_a_section_stays_where_the_whole_fails_or_has_come(content: Path) -> None:
    pdf: bytes = weasyprint.HTML(string="<p>A page</p>").write_pdf()
    choice = Choice("specimen")
    job = prepare(content, choice, date(2026, 1, 1))
    whole = replace(WHOLE, pdf=pdf, around=job.around)
    section = replace(SECTION, pdf=pdf)
    first, *endings = [whole], [(FAULT,)], [WorkerStopped("no memory")], [whole, ()]
    typesetter = Told([], [first, [section]])
    sessions: Any = SimpleNamespace(
        content=content, tell_day=lambda: date(2026, 1, 1), typesetters=typesetter
    )

    async def scene() -> None:
        session = Session(sessions, choice)
        session.viewers = 1
        session._check_words = lambda: None  # type: ignore[method-assign]

        async def saved(digest: str) -> list[str]:
            """The digests of the pictures there are when all is done."""
            await session._set(session._with_before(replace(job, digest=digest)))
            return sorted(session.pictures)

        assert await saved("a") == ["a"]
        session.look(["a/4", "a/9", "gone/1", "a/1", "a/4"])
        assert await saved("b") == ["a", "b-section"]
        session.look(["b-section/3"])
        for ending in endings:
            typesetter.results.append([section, *ending])
            digest = chr(ord("b") + len(typesetter.jobs))
            assert await saved(digest) == [digest if ending[0] is whole else "a"]
            assert session.view.section is None
            assert bool(session.view.page_faults) == (ending[0] is not whole)

    play(scene())
    assert [job.before for job in typesetter.jobs] == [None, *[STANDING] * 4]
    assert [job.looked for job in typesetter.jobs] == [(), (4, 1), (3,), (), ()]

"""What is private stays so when things go wrong."""

import gc
import multiprocessing
import resource
import traceback
from datetime import date
from pathlib import Path
from secrets import token_hex

import pytest

from booklet.post.carriers import carrier_named
from booklet.post.jobs import MailJob
from booklet.post.making import made
from booklet.post.private import Crashed, WithoutWords, no_core_dumps, private_files, shred
from booklet.post.refused_list import refused_as_csv
from booklet.post.setting import Setting, layout_for
from booklet.problems import WrongUsage
from booklet.workers import Processes, run_jobs
from tests.post.letter_content import person, visit
from tests.post.lists import read

MARKER = "Zyxwmarker"
HALVES = (f"x{token_hex(4)}", f"y{token_hex(4)}")
"""A name in two parts, which only what a row or a letter left behind has as one."""


def failing(job: str) -> str:
    """Work on somebody's words that fails, and quotes them."""
    with WithoutWords():
        raise ValueError(f"cannot do {job}")


def everything_said(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


def test_a_fault_of_the_program_is_told_without_the_words_it_worked_on() -> None:
    with pytest.raises(Crashed, match=r"ValueError at .*test_private\.py:\d+") as raised:
        failing(MARKER)
    assert MARKER not in everything_said(raised.value)


def test_a_fault_in_a_worker_is_told_without_them_either() -> None:
    with pytest.raises(Crashed) as raised:
        [*run_jobs(failing, [MARKER, MARKER], Processes(2, "fork"))]
    assert MARKER not in everything_said(raised.value)


def test_what_the_program_itself_says_passes() -> None:
    with pytest.raises(WrongUsage, match="name another"), WithoutWords():
        raise WrongUsage("name another")


def test_files_are_the_owners_alone_while_letters_are_made(tmp_path: Path) -> None:
    with private_files():
        (tmp_path / "inside").write_text("")
    (tmp_path / "outside").write_text("")
    modes = [(tmp_path / name).stat().st_mode & 0o077 for name in ("inside", "outside")]
    assert modes[0] == 0 != modes[1]


def test_a_crash_leaves_no_picture_of_the_memory() -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        no_core_dumps()
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def test_shredding_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept.txt", tmp_path / "run"
    kept.write_text("kept")
    (folder / "below").mkdir(parents=True)
    (folder / "below/letter.pdf").write_bytes(b"x" * 3000)
    (folder / "link.pdf").symlink_to(kept)
    assert shred(folder) == (2, 3000)
    assert kept.read_text() == "kept"
    assert not folder.exists()


def a_list_and_its_letters(folder: Path) -> None:
    """Read rows, good and bad, and make letters; one of them does not fit its window."""
    name = "".join(HALVES)
    wrong = {"Needs": name, "Language": name, "Postcode": name, "NHS number": name}
    found = read({"Surname": name}, {"Surname": name, **wrong})
    assert (len(found.people), len(found.refused), name in f"{refused_as_csv(found)}") == (
        1,
        1,
        True,
    )
    carrier, letter = carrier_named("desk-c4"), visit(folder)
    setting = Setting(
        *(letter, layout_for(carrier), carrier, "letters"), False, False, date(2026, 12, 1)
    )
    for names in ((name, f"Mrs {name} Żółć", f"سلمى {name}"), (name * 9,)):
        people = tuple(person(each, Ward=each, row=row) for row, each in enumerate(names))
        done = made(MailJob(1, people, setting, None, "0001"))
        assert bool(done.refused) == (len(names) == 1)


def alive(halves: tuple[str, str]) -> int:
    """How many texts with both parts anything in this process still holds, if by way of others."""
    gc.unfreeze()
    gc.collect()
    texts, holders = dict[int, str](), gc.get_objects()
    while holders:
        held = {id(each): each for each in gc.get_referents(*holders)}.values()
        texts |= {id(each): each for each in held if isinstance(each, str)}
        texts |= {
            id(each): each.decode("latin-1") for each in held if isinstance(each, bytes | bytearray)
        }
        # What the collector does not track holds no more than texts, numbers and its like.
        holders = [each for each in held if not gc.is_tracked(each) and gc.get_referents(each)]
    return sum(all(half in text.casefold() for half in halves) for text in texts.values())


@pytest.mark.xdist_group("letters")  # whose process has set letters already
def test_nothing_in_a_process_that_goes_on_holds_the_letters_it_made(tmp_path: Path) -> None:
    here = multiprocessing.get_context("fork")
    told = here.SimpleQueue()

    def at_work() -> None:
        a_list_and_its_letters(tmp_path)
        kept = [{"as a cache does": "".join(HALVES)}]
        told.put((alive(HALVES), len(kept)))

    process = here.Process(target=at_work)
    process.start()
    found, kept_here = told.get()
    process.join()
    assert found == kept_here == 1

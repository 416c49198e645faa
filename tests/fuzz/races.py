"""Two people who write into the same record at once, over and over."""

import shutil
from pathlib import Path

from booklet.files import LOCK
from booklet.review.booklet import review_status
from booklet.review.history import history
from tests.conftest import ROOT, TODAY
from tests.review.test_at_once import FORK, PAIRS, act, person


def races(folder: Path, rounds: int) -> list[str]:
    """What went wrong in so many rounds: an entry lost, or a lock left behind."""
    content = Path(shutil.copytree(ROOT / "tests/words/content", folder / "content"))
    act("sent to review", content)
    for turn in range(rounds):
        shutil.copytree(content, folder / str(turn))
    start = FORK.Barrier(2)
    people = [FORK.Process(target=person, args=(each, folder, start, rounds)) for each in range(2)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return [wrong for turn in range(rounds) if (wrong := _wrong(folder, turn))]


def _wrong(folder: Path, turn: int) -> str:
    told = [(folder / f"{turn}-{each}.txt").read_text() for each in range(2)]
    content, what = folder / str(turn), f"round {turn}, {PAIRS[turn % len(PAIRS)]}"
    record = review_status(content, "leaflet", TODAY).record
    if not all(each == "done" or "try again" in each for each in told):
        return f"{what}: {told}"
    if len(record) != 1 + told.count("done"):
        return f"{what}: {len(record)} entries, told {told}"
    if (content / "leaflet" / LOCK).exists() or history(content, "leaflet", TODAY).problems:
        return f"{what}: a lock is left, or the record is not whole"
    return ""

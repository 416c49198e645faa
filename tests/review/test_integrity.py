"""A record that other hands changed is seen by all who go by it, and named."""

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.checking import check
from booklet.problems import FaultsFound
from booklet.provenance.code_lookup import code_index
from booklet.provenance.identify import identify
from booklet.review.booklet import review_status
from booklet.review.history import as_values, history, lines
from booklet.review.integrity import LAST_SEAL
from booklet.review.release_policy import refusals
from booklet.review.status import ReviewStatus
from tests.conftest import ROOT, TODAY

LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The leaflet: sent to review, withdrawn, approved."""
    content = tmp_path_factory.mktemp("integrity") / "content"
    shutil.copytree(ROOT / "tests/words/content", content)
    send_to_review(content, "leaflet", LEAD)
    withdraw(content, "leaflet", LEAD, "A number in it is wrong")
    approve(content, "leaflet", LEAD)
    return content


@pytest.fixture
def content(answered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(answered, tmp_path / "content"))


def status(content: Path, today: date = TODAY) -> ReviewStatus:
    return review_status(content, "leaflet", today)


def entries(text: str) -> list[str]:
    head, *found = re.split(r"(?m)^(?=  - what)", text)
    return [head, *found]


def edited(text: str) -> str:
    return text.replace("A number in it is wrong", "A comma in it is wrong")


def without(place: int) -> Callable[[str], str]:
    def change(text: str) -> str:
        parts = entries(text)
        return "".join(parts[:place] + parts[place + 1 :])

    return change


def turned_round(text: str) -> str:
    head, first, second, third = entries(text)
    return head + second + first + third


def added_by_hand(text: str) -> str:
    return text + re.sub(r"\n +seal: .*", "", entries(text)[1])


CHANGES: dict[Callable[[str], str], str] = {
    edited: "not as it was written",
    without(1): "not as it was written",
    without(2): "not as it was written",
    without(3): "had 3 entries when it was last written, now 2",
    turned_round: "not as it was written",
    added_by_hand: "not written by `review`, `approve` or `withdraw`",
}


def test_a_record_that_only_the_program_wrote_is_relied_on(content: Path) -> None:
    assert status(content).doubts == ()
    assert status(content).state == "approved"


@pytest.mark.parametrize(("change", "says"), CHANGES.items(), ids=range(len(CHANGES)))
def test_an_entry_that_is_edited_taken_away_moved_or_added_is_named(
    content: Path, change: Callable[[str], str], says: str
) -> None:
    record = content / "leaflet/review.yaml"
    text = record.read_text()
    record.write_text(change(text))
    assert record.read_text() != text
    found = status(content)
    assert says in found.doubts[0].message
    assert found.doubts[0].place.startswith(str(record))
    assert found.state in ("draft", "withdrawn")  # what was withdrawn is, whoever says so


def test_all_who_go_by_a_record_see_that_it_was_changed(content: Path, tmp_path: Path) -> None:
    code = status(content).code
    record = content / "leaflet/review.yaml"
    record.write_text(edited(record.read_text()))
    found = status(content)
    assert tuple(refusals(found, "release")) == found.doubts
    assert check([Path("leaflet")], content, tmp_path, TODAY).doubts == found.doubts
    told = history(content, "leaflet", TODAY)
    assert told.problems == found.doubts
    whole, *doubted = [line for line in lines(told) if line.startswith("version")]
    assert "IN DOUBT" not in whole
    assert ["IN DOUBT: " in line for line in doubted] == [True, True]
    marks = [each.get("in_doubt", False) for each in as_values(told)["record"]]
    assert marks == [False, True, True]
    verdict = identify(code_index(content, tmp_path, TODAY), code).verdict()
    assert verdict[0] == "unknown"
    assert "review.yaml" in verdict[1]
    with pytest.raises(FaultsFound, match="not as it was written"):
        approve(content, "leaflet", LEAD)


def test_withdrawing_does_not_wait_for_a_record_in_doubt_and_does_not_settle_it(
    content: Path,
) -> None:
    record = content / "leaflet/review.yaml"
    record.write_text(without(1)(record.read_text()))
    withdraw(content, "leaflet", LEAD, "A number in it is wrong")
    assert status(content).state == "withdrawn"
    assert status(content).doubts


def spoil(file: Path) -> None:
    file.write_text("other words")


@pytest.mark.parametrize("act", [Path.unlink, spoil])
@pytest.mark.parametrize(
    ("kept", "says"),
    [
        (LAST_SEAL, "seals the end of this record"),
        ("approved/0.1_*.txt", "approved as version 0.1"),
    ],
)
def test_what_is_kept_beside_a_record_is_held_against_it(
    content: Path, kept: str, says: str, act: Callable[[Path], None]
) -> None:
    (file,) = (content / "leaflet").glob(kept)
    act(file)
    (doubt,) = status(content).doubts
    assert says in doubt.message


def test_a_record_that_was_taken_away_is_missed(content: Path) -> None:
    (content / "leaflet/review.yaml").unlink()
    assert "review.yaml was taken away" in status(content).doubts[0].message


def test_a_clock_that_was_set_back_is_noticed_by_the_record(content: Path) -> None:
    (doubt,) = status(content, TODAY - timedelta(1)).doubts
    assert "set the clock right" in doubt.message

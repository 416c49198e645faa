"""The ledger: what stands in it, what does not, and what happens when it is damaged."""

import os
import signal
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet.post.ledger import Batch, Ledger, Letter, Refused, Run
from booklet.post.ledger_file import KEY, LEDGER, LedgerGone, ledger_to_read
from booklet.post.ledger_file import open_ledger as opened
from booklet.post.report import NeedMet, as_csv, needs_met
from booklet.problems import BookletError

RUN = Run("2026-12-01-1", "2026-12-01", "L", "I", "invite", "desk-c5", "{}", 2, "begun", "now")
LETTER = Letter(
    *(2, 0, "P", "0001.pdf", 1, 1, "leaflet", "1.0", "7K2M-9QXA", "patient", "large", "en"),
    *("print-18", "now"),
)


def keep(ledger: Ledger, run: Run = RUN, *letters: Letter) -> None:
    ledger.begin(run)
    ledger.keep(run.id, Batch(1, "M", {"0001.pdf": "digest"}), letters or [LETTER])


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
        ledger.finish(RUN.id, [Refused(3, "no-address", "braille")], "done", "later")
    with opened(tmp_path) as ledger:
        assert ledger.runs() == (replace(RUN, state="done", changed="later"),)
        assert ledger.letters(RUN.id) == (LETTER,)
        assert ledger.refused(RUN.id) == (Refused(3, "no-address", "braille"),)
        assert ledger.batches(RUN.id) == {1: Batch(1, "M", {"0001.pdf": "digest"})}
        assert ledger.next_name("2026-12-01") == "2026-12-01-2"


def test_a_batch_that_is_made_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
        ledger.keep(RUN.id, Batch(1, "N", {}), [replace(LETTER, pages=2)])
        assert [each.pages for each in ledger.letters(RUN.id)] == [2]


def test_what_was_never_handed_over_was_given_to_nobody(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
        assert ledger.with_code("7K2M-9QXA") == {} == ledger.sent("invite")
        ledger.finish(RUN.id, [], "done", "later")
        assert ledger.with_code("7K2M-9QXA") == {RUN.id: (LETTER,)}
        assert ledger.sent("invite") == {("P", "leaflet"): RUN.id}
        ledger.forget(RUN.id)
        assert ledger.runs() == ledger.letters(RUN.id) == ()


def test_people_are_known_by_a_hash_that_nobody_can_work_out_without_the_key(
    tmp_path: Path,
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    with opened(tmp_path / "a") as first, opened(tmp_path / "b") as other:
        assert first.keyed("who") != other.keyed("who")
        assert len(first.keyed("who")) == 64
        known = first.keyed("who")
    with opened(tmp_path / "a") as again:
        assert again.keyed("who") == known


def test_what_is_written_stands_when_the_process_is_killed_at_once(tmp_path: Path) -> None:
    if (child := os.fork()) == 0:
        with opened(tmp_path) as ledger:
            keep(ledger)
            ledger._connection.execute("BEGIN IMMEDIATE")
            ledger._connection.execute("DELETE FROM letters")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with opened(tmp_path) as ledger:
        assert ledger.letters(RUN.id) == (LETTER,)


def test_a_ledger_that_is_only_read_is_not_made_and_not_changed(tmp_path: Path) -> None:
    with ledger_to_read(tmp_path) as nothing:
        assert nothing.runs() == ()
    assert [*tmp_path.iterdir()] == []
    with opened(tmp_path) as ledger:
        keep(ledger)
    before = (tmp_path / LEDGER).read_bytes()
    with pytest.raises(BookletError, match="readonly"), ledger_to_read(tmp_path) as read:
        read.forget(RUN.id)
    assert (tmp_path / LEDGER).read_bytes() == before
    (tmp_path / KEY).unlink()
    with pytest.raises(LedgerGone, match="is gone"), ledger_to_read(tmp_path):
        pass


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
        with pytest.raises(sqlite3.IntegrityError):
            ledger.keep(RUN.id, Batch(2, "N", {}), [LETTER])  # the same row twice
        assert [*ledger.batches(RUN.id)] == [1]


@pytest.mark.parametrize("lost", [LEDGER, KEY])
def test_a_lost_ledger_or_key_is_told_and_nothing_is_begun_anew(tmp_path: Path, lost: str) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
    (tmp_path / lost).unlink()
    with pytest.raises(LedgerGone, match=f"{lost} is gone"), opened(tmp_path):
        pass
    assert not (tmp_path / lost).exists()


@pytest.mark.parametrize("damage", [b"", b"not a ledger" * 999, None])
def test_a_damaged_ledger_is_told_and_left_as_it_is(tmp_path: Path, damage: bytes | None) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
    file = tmp_path / LEDGER
    if damage is None:  # pages in the middle are overwritten
        whole = bytearray(file.read_bytes())
        whole[5000:9000] = b"\xff" * 4000
        damage = bytes(whole)
    file.write_bytes(damage)
    with pytest.raises(LedgerGone, match="is damaged"), opened(tmp_path):
        pass
    assert file.read_bytes() == damage


def test_a_key_that_is_another_ledgers_is_told_and_nobody_is_taken_for_new(tmp_path: Path) -> None:
    for folder in ("mine", "other"):
        (tmp_path / folder).mkdir()
        with opened(tmp_path / folder) as ledger:
            keep(ledger)
    other = (tmp_path / "other" / KEY).read_bytes()
    for key in (other, b"", other + b"\n"):
        (tmp_path / "mine" / KEY).write_bytes(key)
        with pytest.raises(LedgerGone, match="is not the key of"), opened(tmp_path / "mine"):
            pass


def test_a_person_of_whom_one_figure_changed_is_told_as_damage(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger, RUN, replace(LETTER, person="0123456789abcdef"))
    file = tmp_path / LEDGER
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"0123456789abcdef", b"0123456789abcdee", 1))
    with pytest.raises(LedgerGone, match="is damaged"), opened(tmp_path):
        pass


def test_a_ledger_of_another_version_is_not_to_be_moved_away(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        keep(ledger)
    changed = sqlite3.connect(tmp_path / LEDGER)
    changed.execute("PRAGMA user_version = 99")
    changed.close()
    with pytest.raises(LedgerGone, match="another version of this program") as told:
        opened(tmp_path).__enter__()
    assert "move" not in str(told.value)


def test_a_step_on_a_full_disk_tells_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(BookletError, match="full"):
        _fill_the_disk(tmp_path)
    with opened(tmp_path) as ledger:
        assert ledger.letters(RUN.id) == ()


def _fill_the_disk(folder: Path) -> None:
    with opened(folder) as ledger:
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
        keep(ledger, RUN, *(replace(LETTER, row=row, needs="x" * 9999) for row in range(9)))


def test_the_report_has_each_need_of_each_person_once(tmp_path: Path) -> None:
    both = replace(LETTER, row=3, needs="print-20,large-print", size="20")
    with opened(tmp_path) as ledger:
        keep(ledger, RUN, LETTER, both)
        refused = [Refused(4, rule, "braille") for rule in ("no-postcode", "unmet-need")]
        ledger.finish(RUN.id, refused, "done", "later")
        keep(ledger, replace(RUN, id="2026-12-01-2"), LETTER)  # never handed over
        found = needs_met(ledger, date(2026, 12, 1), date(2026, 12, 1))
        assert needs_met(ledger, date(2026, 12, 2), date(2027, 12, 1)) == ()
    assert found == (
        NeedMet("braille", "nothing", "", "no-postcode unmet-need", 1),
        NeedMet("large-print", "20", "en", "", 1),
        NeedMet("print-18", "large", "en", "", 1),
        NeedMet("print-20", "20", "en", "", 1),
    )
    assert as_csv(found).splitlines()[1] == "braille,nothing,,no-postcode unmet-need,1"


def test_whoever_was_left_out_and_got_the_letter_later_counts_once(tmp_path: Path) -> None:
    later = replace(RUN, id="2026-12-01-2")
    with opened(tmp_path) as ledger:
        ledger.begin(RUN)
        left_out = [
            Refused(4, "unmet-need", "large-print", "P"),
            Refused(5, "no-postcode", "large-print", "wrong home", "row 5"),
            Refused(6, "no-name", "large-print"),
            Refused(7, "unmet-need", "braille", "Q"),
        ]
        ledger.finish(RUN.id, left_out, "done", "then")
        keep(ledger, later, LETTER, replace(LETTER, row=3, person="right home"))
        again = [Refused(7, "unmet-need", "braille", "Q"), Refused(8, "no-name", "large-print")]
        ledger.finish(later.id, again, "done", "later", {"row 5": "right home"})
        found = needs_met(ledger, date(2026, 12, 1), date(2026, 12, 1))
    assert found == (
        NeedMet("braille", "nothing", "", "unmet-need", 1),
        NeedMet("large-print", "nothing", "", "no-name", 2),
        NeedMet("print-18", "large", "en", "", 2),
    )


def test_another_letter_is_another_occasion(tmp_path: Path) -> None:
    other = replace(RUN, id="2026-12-01-2", letter="results")
    with opened(tmp_path) as ledger:
        ledger.begin(RUN)
        ledger.finish(RUN.id, [Refused(5, "no-postcode", "braille", "P", "T")], "done", "then")
        keep(ledger, other)
        ledger.finish(other.id, [], "done", "later", {"T": "Q"})
        found = needs_met(ledger, date(2026, 12, 1), date(2026, 12, 1))
        assert ledger.refused(RUN.id)[0].person == "P"
    assert [each.need for each in found] == ["braille", "print-18"]

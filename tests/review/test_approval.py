"""Approving words, changing them, withdrawing them: what is written, and what is refused."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.content.language import ENGLISH
from booklet.content.load import load_with_files
from booklet.content.review_file import Entry, latest_due, wrong_due_day
from booklet.problems import FaultsFound, WrongUsage
from booklet.provenance.code_lookup import code_index
from booklet.review.booklet import record_alone, review_status
from booklet.review.history import as_values, history, lines
from booklet.review.release_policy import DAYS_OF_WARNING, expiry_problems
from booklet.review.status import ReviewStatus, withdrawals
from tests.conftest import ROOT

TODAY = date(2026, 12, 1)
LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    """A content folder whose one booklet breaks no rule."""
    return Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "content"))


def status(content: Path, today: date = TODAY) -> ReviewStatus:
    return review_status(content, "leaflet", today)


def change(content: Path, old: str, new: str, file: str = "03-rest.yaml") -> None:
    path = content / "leaflet" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def next_version(content: Path, old: str, new: str) -> None:
    change(content, f'version: "{old}"', f'version: "{new}"', "booklet.yaml")


def test_words_go_from_draft_through_review_and_approval_to_withdrawal(leaflet: Path) -> None:
    assert status(leaflet).state == "draft"
    send_to_review(leaflet, "leaflet", LEAD)
    assert status(leaflet).state == "in review"
    done = approve(leaflet, "leaflet", LEAD, summary="The first")
    assert status(leaflet).state == "approved"
    assert done.review_due == date(2029, 12, 1)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    assert status(leaflet).state == "withdrawn"
    with pytest.raises(WrongUsage, match=r"0\.1, code .*, is withdrawn already, by Dr A\. Exam"):
        withdraw(leaflet, "leaflet", LEAD, "Again")
    approve(leaflet, "leaflet", LEAD)
    assert status(leaflet).state == "approved"
    assert [entry.what for entry in status(leaflet).record] == [
        "sent to review", "approved", "withdrawn", "approved"
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [send_to_review, approve])
def test_one_changed_word_makes_it_a_draft_and_the_old_word_puts_it_back(
    sign: object, leaflet: Path
) -> None:
    sign(leaflet, "leaflet", LEAD)  # type: ignore[operator]
    before = status(leaflet).state
    change(leaflet, "You can say no.", "You may say no.")
    assert status(leaflet).state == "draft"
    change(leaflet, "You may say no.", "You can say no.")
    assert status(leaflet).state == before != "draft"


def test_words_of_another_version_are_not_those_approved(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    next_version(leaflet, "0.1", "0.2")
    assert status(leaflet).state == "draft"
    assert "only the version or its date has changed" in status(leaflet).sentence()


def test_what_changed_since_is_said_in_words(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    change(leaflet, "You can say no.", "You may say no.")
    assert status(leaflet).sentence() == (
        "leaflet: approved by Dr A. Example, Consultant, invented, on 1 December 2026 for version "
        "0.1; since then the words have changed in 1 section: “The rest of it”; it is a draft "
        "again until it is approved anew"
    )


def test_an_approval_that_has_ended_is_never_said_to_hold(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD, date(2028, 2, 29))
    last_day, after = date(2028, 2, 29), date(2028, 3, 1)
    assert status(leaflet, last_day).sentence().endswith(", until 29 February 2028")
    said = status(leaflet, after).sentence()
    assert said.endswith(
        "; the approval ended with 29 February 2028; it is a draft again until it is approved anew"
    )
    told = list(lines(history(leaflet, "leaflet", last_day)))
    assert told[0].endswith("; review due 29 February 2028")
    ended = history(leaflet, "leaflet", after)
    first, now = lines(ended)
    assert first.endswith("; review was due 29 February 2028")
    assert "the approval ended" in now
    assert (as_values(ended)["state"], as_values(ended)["ended"]) == ("draft", True)


def test_copies_say_why_nobody_answers_for_their_words(leaflet: Path) -> None:
    def said(today: date = TODAY) -> str | None:
        return status(leaflet, today).caution

    assert said() == "draft"
    send_to_review(leaflet, "leaflet", LEAD)
    assert said() == "draft_in_review"
    change(leaflet, "You can say no.", "You may say no.")
    assert said() == "draft"
    approve(leaflet, "leaflet", LEAD)
    assert said() is None
    assert said(date(2029, 12, 1)) is None
    assert said(date(2029, 12, 2)) == "draft_ended"
    change(leaflet, "You may say no.", "You can say no.")
    assert said() == said(date(2029, 12, 2)) == "draft_changed"
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", "0.1")
    assert said() == "withdrawn"


def test_the_approved_words_are_kept_and_damage_to_them_is_told(leaflet: Path) -> None:
    done = approve(leaflet, "leaflet", LEAD)
    kept = leaflet / "leaflet/approved" / f"0.1_{done.status.code}.txt"
    assert done.written == (leaflet / "leaflet/review.yaml", kept)
    assert "You can say no." in kept.read_text(encoding="utf-8")
    assert history(leaflet, "leaflet", TODAY).problems == ()
    kept.write_text(kept.read_text(encoding="utf-8").replace("say no", "say yes"))
    (problem,) = history(leaflet, "leaflet", TODAY).problems
    assert problem.file == kept
    assert "these are not the words approved as version 0.1" in problem.message
    kept.unlink()
    (problem,) = history(leaflet, "leaflet", TODAY).problems
    assert "cannot be read here" in problem.message


def test_the_history_tells_versions_people_and_what_changed(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD, summary="The first")
    change(leaflet, "You can say no.", "You may say no. Ask us why.")
    change(leaflet, "title: The rest of it", "title: What to keep")
    (leaflet / "leaflet/04-more.yaml").write_text(
        "title: More\nfor: family\nblocks:\n  - {kind: paragraph, text: Some more.}\n"
    )
    next_version(leaflet, "0.1", "0.2")
    approve(leaflet, "leaflet", SignOff("B. Example", TODAY, TODAY, "Lead"), date(2028, 1, 1))
    found = history(leaflet, "leaflet", TODAY)
    said = list(lines(found, words=True))
    first, second = status(leaflet).approvals
    assert said[0] == (
        f"version 0.1  {first.code}  approved by Dr A. Example, Consultant, invented, on "
        "1 December 2026; review due 1 December 2029"
    )
    assert said[2].startswith(f"version 0.2  {second.code}  approved by B. Example, Lead, on")
    assert said[3].strip() == (
        "What changed: 2 sentences changed in 1 section: “What to keep”; 1 section added: “More”; "
        "“The rest of it” is now called “What to keep”"
    )
    assert [line.strip() for line in said[5:8]] == [
        "- You can say no.", "+ You may say no.", "+ Ask us why."
    ]  # fmt: skip
    assert found.since is None


def test_a_withdrawal_changes_no_words_in_the_history(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    found = history(leaflet, "leaflet", TODAY)
    assert found.since is None
    assert not any(line.startswith("now") for line in lines(found))
    change(leaflet, "You can say no.", "You may say no.")
    assert history(leaflet, "leaflet", TODAY).since


def test_what_nobody_saw_cannot_be_withdrawn(leaflet: Path) -> None:
    with pytest.raises(WrongUsage, match="nothing to withdraw"):
        withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    assert not (leaflet / "leaflet/review.yaml").exists()
    send_to_review(leaflet, "leaflet", LEAD)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    assert status(leaflet).state == "withdrawn"


def test_a_version_is_withdrawn_while_a_section_has_a_fault(leaflet: Path) -> None:
    first = approve(leaflet, "leaflet", LEAD)
    (leaflet / "leaflet/03-rest.yaml").write_text("title: [never closed")
    with pytest.raises(FaultsFound, match=r"never closed(?s:.*)with `--version` or `--code`"):
        withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    done = withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", first.version)
    assert (done.version, done.code) == (first.version, first.code)
    assert first.fingerprint in withdrawals(record_alone(leaflet, "leaflet", TODAY)[0].record)
    known = code_index(leaflet, leaflet, TODAY).find(first.code)
    assert known
    assert known.verdict()[0] == "entered-in-error"
    with pytest.raises(WrongUsage, match="is withdrawn already"):
        withdraw(leaflet, "leaflet", LEAD, "Again", code=first.code)


def test_a_version_is_withdrawn_by_number_or_code_whatever_the_words_are_now(leaflet: Path) -> None:
    first = approve(leaflet, "leaflet", LEAD)
    change(leaflet, "You can say no.", "You may say no.")
    with pytest.raises(WrongUsage) as raised:
        withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    assert str(raised.value).endswith(
        f" was not given out. What can be withdrawn: `--version 0.1`, `--code {first.code}`, "
        "approved by Dr A. Example, Consultant, invented, on 1 December 2026"
    )
    for wrong in ({"version": "0.7"}, {"code": "0000-0000"}, {"version": "1", "code": first.code}):
        with pytest.raises(WrongUsage, match=r"was not given out.*`--version 0\.1`"):
            withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", **wrong)
    done = withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", code=first.code.lower())
    assert (done.version, done.fingerprint) == (first.version, first.fingerprint)
    assert status(leaflet).state == "withdrawn"
    assert status(leaflet).record[-1].fingerprint == first.fingerprint


def test_withdrawing_an_old_version_leaves_the_approval_of_the_new_one(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    change(leaflet, "You can say no.", "You may say no.")
    next_version(leaflet, "0.1", "0.2")
    approve(leaflet, "leaflet", LEAD)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", "0.1")
    assert status(leaflet).state == "approved"
    assert status(leaflet).sentence().endswith("for version 0.2, until 1 December 2029")
    change(leaflet, "You may say no.", "You can say no.")
    next_version(leaflet, "0.2", "0.1")  # the very words that were withdrawn
    assert status(leaflet).state == "withdrawn"
    send_to_review(leaflet, "leaflet", LEAD)
    assert status(leaflet).state == "in review"


def test_withdrawing_the_newest_version_brings_no_older_one_back(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    next_version(leaflet, "0.1", "0.2")
    approve(leaflet, "leaflet", LEAD)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    next_version(leaflet, "0.2", "0.1")
    assert status(leaflet).state == "withdrawn"


def test_words_in_review_stay_so_when_an_old_version_is_withdrawn(leaflet: Path) -> None:
    for version, after in (("0.1", "0.2"), ("0.2", "0.3")):
        approve(leaflet, "leaflet", LEAD)
        next_version(leaflet, version, after)
    send_to_review(leaflet, "leaflet", LEAD)
    with pytest.raises(WrongUsage, match=r"`--version 0\.1`.*`--version 0\.2`.*`--version 0\.3`"):
        withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", "0.1")
    assert status(leaflet).state == "in review"
    assert "in review, sent to review by" in status(leaflet).sentence()


def test_the_history_tells_a_withdrawal_for_good(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    next_version(leaflet, "0.1", "0.2")
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong", "0.1")
    approve(leaflet, "leaflet", LEAD)
    found = history(leaflet, "leaflet", TODAY)
    said = list(lines(found))
    assert said[1].strip().startswith("withdrawn by Dr A. Example, Consultant, invented, on")
    assert said[1].endswith("A number in it is wrong. Take copies of it back")
    assert [line.strip() for line in said[3:5]] == [
        "A number in it is wrong", "Take copies of it back"
    ]  # fmt: skip
    record: list[dict[str, dict[str, str]]] = as_values(found)["record"]  # type: ignore[assignment]
    assert [entry.get("withdrawal", {}).get("why") for entry in record] == [
        "A number in it is wrong", "A number in it is wrong", None
    ]  # fmt: skip


def test_a_withdrawal_of_words_nobody_had_is_one_of_those_approved_last(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    path = leaflet / "leaflet/review.yaml"
    path.write_text(
        f"{path.read_text()}  - {{what: withdrawn, version: '0.1', by: A B, role: Lead, why: "
        f"Wrong, on: 2026-12-01, fingerprint: '{64 * '0'}'}}\n"
    )
    assert status(leaflet).state == "withdrawn"


def test_an_approval_of_other_words_needs_a_newer_version_and_says_which(leaflet: Path) -> None:
    approve(leaflet, "leaflet", LEAD)
    approve(leaflet, "leaflet", LEAD)  # the same words again: renewed
    change(leaflet, "You can say no.", "You may say no.")
    before = (leaflet / "leaflet/review.yaml").read_bytes()
    for version in ("0.1", "0.0"):
        next_version(leaflet, "0.1", version)
        with pytest.raises(
            FaultsFound, match=r'was approved with other words; write `version: "0\.2"'
        ):
            approve(leaflet, "leaflet", LEAD)
    assert (leaflet / "leaflet/review.yaml").read_bytes() == before
    next_version(leaflet, "0.0", "0.10")
    approve(leaflet, "leaflet", LEAD)
    assert status(leaflet).state == "approved"


def test_words_with_errors_are_not_approved(leaflet: Path) -> None:
    change(leaflet, "You can say no.", "The color is red.")
    with pytest.raises(FaultsFound, match=r"03-rest.yaml.*color"):
        approve(leaflet, "leaflet", LEAD)
    assert not (leaflet / "leaflet/review.yaml").exists()
    assert not (leaflet / "leaflet/approved").exists()


@pytest.mark.parametrize(
    ("by", "role", "on", "due", "words"),
    [
        ("TBC", "Lead", TODAY, None, "`TBC` is nobody's name"),
        ("A Name", " ", TODAY, None, "--role: the role is missing"),
        (" ", "Lead", TODAY, None, "--by: the name is missing"),
        ("A", "Lead", TODAY, None, "--by: `A` is no name; write the person's full name"),
        ("Ann Other", "L", TODAY, None, "--role: `L` is no role"),
        ("A Name", "Lead", TODAY + timedelta(1), None, "still to come"),
        (
            "A Name",
            "Lead",
            date(2026, 11, 21),
            None,
            "--on 2026-11-21: this day is before 2026-11-22, the day this v",
        ),
        ("A Name", "Lead", TODAY, TODAY, "due after this one"),
        ("A Name", "Lead", TODAY, date(2029, 12, 2), "3 years at most"),
        ("A Name", "Lead", date(2026, 11, 22), date(2026, 11, 30), "this day has passed"),
    ],
)
def test_an_approval_needs_a_person_a_role_and_days_that_can_be(
    by: str, role: str, on: date, due: date | None, words: str, leaflet: Path
) -> None:
    with pytest.raises((WrongUsage, FaultsFound), match=words):
        approve(leaflet, "leaflet", SignOff(by, on, TODAY, role), due)
    assert not (leaflet / "leaflet/review.yaml").exists()


def test_what_a_person_wrote_into_the_record_stays_as_it_is(leaflet: Path) -> None:
    send_to_review(leaflet, "leaflet", LEAD)
    path = leaflet / "leaflet/review.yaml"
    mine = path.read_text(encoding="utf-8").replace(
        "\nrecord:", '\nwritten_by: Zoë "Z" Ärmel  # by hand\nrecord:'
    )
    path.write_text(f"{mine}  # sent by post", encoding="utf-8")
    approve(leaflet, "leaflet", SignOff('Dr "Q": \\ Ö', TODAY, TODAY, "Lead: it"))
    assert path.read_text(encoding="utf-8").startswith(f"{mine}  # sent by post\n  - what:")
    review = load_with_files(leaflet, "leaflet")[0]["patient"].review
    assert review.written_by == 'Zoë "Z" Ärmel'
    assert (review.record[-1].by, review.record[-1].role) == ('Dr "Q": \\ Ö', "Lead: it")


@pytest.mark.parametrize(
    "text",
    [
        "record:\n  - {what: sent to review, version: '0.1', by: A B, on: 2026-11-23, fingerprint: "
        f"'{64 * '0'}'}}\nwritten_by: A Writer\n",
        "{record: []}\n",
    ],
)
def test_a_record_that_cannot_be_added_to_is_told_and_left_alone(text: str, leaflet: Path) -> None:
    path = leaflet / "leaflet/review.yaml"
    path.write_text(text)
    with pytest.raises(FaultsFound, match="put `record:` last"):
        send_to_review(leaflet, "leaflet", LEAD)
    assert path.read_text() == text


@given(st.dates(date(1970, 1, 1), date(2900, 1, 1)))
def test_the_latest_day_is_allowed_and_the_day_after_it_is_not(on: date) -> None:
    assert wrong_due_day(on, latest_due(on)) is None
    assert "at most" in str(wrong_due_day(on, latest_due(on) + timedelta(1)))
    assert wrong_due_day(on, on)


@pytest.mark.parametrize(
    ("days", "severity"),
    [(-1, "error"), (0, "warning"), (1, "warning"), (90, "warning"), (91, None)],
)
def test_a_review_is_warned_of_90_days_before_and_is_a_fault_once_the_day_is_over(
    days: int, severity: str | None
) -> None:
    last_day = date(2028, 2, 29)
    entry = Entry.model_construct(
        what="approved", fingerprint=64 * "0", on=TODAY, review_due=last_day
    )
    given = ReviewStatus(
        folder=Path("content/a"),
        language=ENGLISH,
        version="0.1",
        text="",
        fingerprint=64 * "0",
        record=(entry,),
        today=last_day - timedelta(days),
        changed="",
        behind=None,
        doubts=(),
    )
    problem = next(expiry_problems(given), None)
    assert (problem.severity if problem else None) == severity
    assert problem is None or "29 February 2028" in problem.message
    assert DAYS_OF_WARNING == 90

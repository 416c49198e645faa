"""Every condition words can be in, down every road that starts from them: all say the same."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.build import Order, build
from booklet.content.folder import TRANSLATION_FILE
from booklet.content.labels import Labels
from booklet.content.translation import files_of, marked
from booklet.preview.choice import Choice
from booklet.preview.prepare import prepare, screen_of
from booklet.problems import FaultsFound
from booklet.provenance.code_lookup import code_index
from booklet.provenance.identify import as_values, identify
from booklet.resources import labels_folder
from booklet.review.booklet import load_booklet
from booklet.review.history import as_values as history_values
from booklet.review.history import history
from booklet.review.release_policy import ReleaseMode
from booklet.review.status import Condition, ReviewStatus
from tests.conftest import ROOT, TODAY

LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")
AFTER = date(2029, 12, 2)
"""The day after an approval of today has ended."""
NOTICES = tuple(name for name in Labels.model_fields if re.fullmatch("draft(_[^m].*)?", name))


@dataclass(frozen=True)
class Words:
    """A booklet whose words are in some condition on a day."""

    content: Path
    name: str = "leaflet"
    today: date = TODAY

    def change(self) -> None:
        """Other words, as a next version."""
        folder = self.content / "leaflet"
        for file, old, new in (
            ("booklet.yaml", 'version: "0.1"', 'version: "0.2"'),
            ("03-rest.yaml", "You can say no.", "You may say no."),
        ):
            text = (folder / file).read_text()
            assert old in text
            (folder / file).write_text(text.replace(old, new))

    @property
    def labels(self) -> Labels:
        return load_booklet(self.content, self.name, self.today)["patient"].labels

    @property
    def status(self) -> ReviewStatus:
        return load_booklet(self.content, self.name, self.today)["patient"].status

    def built(self, mode: ReleaseMode) -> tuple[bytes, dict[str, Any]] | None:
        """The web page and the manifest; `None` where they may not be made."""
        out = self.content.parent / mode
        order = Order(
            self.content, out, (self.name,), ("patient",), (), mode=mode, today=self.today
        )
        try:
            page, manifest = build(order, lambda each, of: None)
        except FaultsFound:
            return None
        return page.content, json.loads(manifest.content)


def never_reviewed(content: Path) -> Words:
    return Words(content)


def in_review(content: Path) -> Words:
    send_to_review(content, "leaflet", LEAD)
    return Words(content)


def approved(content: Path) -> Words:
    approve(content, "leaflet", LEAD)
    return Words(content)


def changed_since(content: Path) -> Words:
    words = approved(content)
    words.change()
    return words


def ended(content: Path) -> Words:
    approve(content, "leaflet", LEAD)
    return Words(content, today=AFTER)


def withdrawn(content: Path) -> Words:
    approve(content, "leaflet", LEAD)
    withdraw(content, "leaflet", LEAD, "A number in it is wrong")
    return Words(content)


def translation_behind(content: Path) -> Words:
    """A translation into a language whose letters the house typeface has: no other is cut to it."""
    (content / "labels").mkdir()
    shutil.copy(labels_folder() / "en.yaml", content / "labels/de.yaml")
    for name in ("house", "glossary"):
        shutil.copy(content / f"{name}.yaml", content / f"{name}.de.yaml")
    shutil.copytree(content / "leaflet", content / "leaflet.de")
    about = content / "leaflet.de/booklet.yaml"
    about.write_text(f"language: de\n{about.read_text()}")
    files = files_of(content, "leaflet.de")
    record = marked(content, "leaflet.de", files, same=files)
    (content / "leaflet.de" / TRANSLATION_FILE).write_bytes(record)
    approve(content, "leaflet.de", LEAD)
    words = Words(content, "leaflet.de")
    assert words.status.condition == "approved"
    words.change()
    return words


@dataclass(frozen=True)
class Wanted:
    """What all roads say of words in a condition."""

    make: Callable[[Path], Words]
    notice: str | None
    state: str
    fhir: str
    builds: bool = True
    releases: bool = False


WANTED: dict[Condition, Wanted] = {
    "never reviewed": Wanted(never_reviewed, "draft", "draft", "current"),
    "in review": Wanted(in_review, "draft_in_review", "in review", "current"),
    "approved": Wanted(approved, None, "approved", "current", releases=True),
    "changed since": Wanted(changed_since, "draft_changed", "draft", "current"),
    "ended": Wanted(ended, "draft_ended", "draft", "current", builds=False),
    "translation behind": Wanted(translation_behind, "draft_behind", "draft", "current"),
    "withdrawn": Wanted(
        withdrawn, "withdrawn", "withdrawn", "entered-in-error", builds=False
    ),
}  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "content"))


@pytest.mark.parametrize("condition", WANTED)
def test_words_in_a_condition_have_the_same_status_on_every_road(
    condition: Condition, content: Path
) -> None:
    wanted = WANTED[condition]
    words = wanted.make(content)
    labels, status = words.labels, words.status
    assert (status.condition, status.state, status.caution) == (
        condition,
        wanted.state,
        wanted.notice,
    )

    def says(html: str) -> str | None:
        """The name of the label by which a page says that nobody answers for it."""
        found = [name for name in (*NOTICES, "withdrawn") if str(getattr(labels, name)) in html]
        assert len(found) < 2
        return found[0] if found else None

    job = prepare(content, Choice(words.name), words.today)
    assert says(screen_of(job).decode()) == says(job.html) == wanted.notice

    modes: tuple[ReleaseMode, ...] = ("build", "release", "release as draft")
    made = {mode: words.built(mode) for mode in modes}
    assert (made["build"] is not None, made["release"] is not None) == (
        wanted.builds,
        wanted.releases,
    )
    assert (made["release as draft"] is None) == (condition == "withdrawn")
    for mode, files in made.items():
        if files is None:
            continue
        page, manifest = files
        reference = manifest["files"][0]["document_reference"]
        final = "final" if condition == "approved" else "preliminary"
        assert says(page.decode()) == wanted.notice
        assert (manifest["state"], manifest["code"]) == (wanted.state, status.code)
        assert bool(manifest["approval"]) == (condition == "approved")
        assert (reference["status"], reference["docStatus"]) == (wanted.fhir, final)
        index = code_index(content, content.parent / mode, words.today)
        file = content.parent / mode / manifest["files"][0]["name"]
        assert identify(index, str(file)).now == status

    found = identify(code_index(content, content.parent, words.today), status.code)
    assert as_values(found)["status"] == wanted.fhir
    assert found.now == status
    told = history_values(history(content, words.name, words.today))
    assert (told["state"], told["ended"]) == (wanted.state, condition == "ended")


def test_superseded_words_are_so_wherever_they_are_asked_for(content: Path) -> None:
    words = approved(content)
    old, made = words.status, words.built("release")
    assert made is not None
    words.change()
    approve(content, "leaflet", LEAD)
    assert words.status.condition == "approved"
    assert words.status.code != old.code
    index = code_index(content, content.parent / "release", TODAY)
    file = content.parent / "release" / made[1]["files"][0]["name"]
    for asked in (old.code, old.fingerprint, str(file)):
        found = identify(index, asked)
        status, verdict = found.verdict()
        assert as_values(found)["status"] == status == "superseded"
        assert verdict.startswith(f"superseded by version 0.2, code {words.status.code}")
    newer = words.built("release")
    assert newer is not None
    assert newer[1]["code"] == words.status.code
    assert file.read_bytes() == made[0]


def test_the_day_an_approval_ends_is_in_time_and_the_next_is_not_on_every_road(
    content: Path,
) -> None:
    approve(content, "leaflet", LEAD)
    for today, notice in ((date(2029, 12, 1), None), (AFTER, "draft_ended")):
        for booklet in load_booklet(content, "leaflet", today).values():
            assert booklet.status.caution == notice
        screen = screen_of(prepare(content, Choice("leaflet"), today))
        assert ("its approval has ended" in screen.decode()) == bool(notice)


_CLOCK = r"(?:date|datetime|time)\.(?:today|now|utcnow|time)\(|(?<![.\w])(?:today|now|time)\(\)"
"""The ways to ask it; `moment.time()` and a function that is handed over are none."""


def test_only_commands_read_the_clock() -> None:
    for path in (ROOT / "booklet").rglob("*.py"):
        if path.parent.name != "commands":
            assert not re.search(_CLOCK, path.read_text(encoding="utf-8")), path

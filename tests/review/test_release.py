"""Releasing, building and the manifest: what the state of the words lets through, and leaves."""

import base64
import hashlib
import json
import re
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.documentreference import DocumentReference
from pypdf import PdfReader

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.build import BuiltFile, Order, Target, build, plan
from booklet.check.inspected_pdf import inspect_pdf
from booklet.check.read import speak, transcript
from booklet.editions import AUDIENCES, SCREEN, SIZES, Audience, Edition
from booklet.html.render import render
from booklet.order import BuildPlan
from booklet.problems import FaultsFound
from booklet.provenance.manifest import manifest
from booklet.review.booklet import load_booklet
from booklet.review.release_policy import ReleaseMode
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.xdist_group("release")
LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")


CONTENT = ROOT / "tests/words/content"


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def order(
    content: Path,
    mode: ReleaseMode = "build",
    today: date = TODAY,
    audiences: tuple[Audience, ...] = ("patient",),
    names: tuple[str, ...] = ("leaflet",),
) -> Order:
    out = content.parent / "out"
    return Order(content, out, names, audiences, SIZES[:1], mode=mode, today=today)


def planned(content: Path, mode: ReleaseMode = "build", today: date = TODAY) -> BuildPlan:
    return plan(order(content, mode, today))


def change(content: Path) -> None:
    path = content / "leaflet/03-rest.yaml"
    path.write_text(path.read_text().replace("You can say no.", "You may say no."))


def pages_of(pdf: BuiltFile, content: Path) -> list[str]:
    pages = PdfReader(content.parent / "out" / pdf.name).pages
    return [" ".join(page.extract_text().split()) for page in pages]


@dataclass(frozen=True)
class Released:
    content: Path
    files: tuple[BuiltFile, ...]

    @property
    def manifest(self) -> dict[str, object]:
        return dict(json.loads(self.files[-1].content))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The leaflet, approved and released for both readers."""
    content = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("released") / "content"))
    approve(content, "leaflet", LEAD)
    whole = order(content, "release", audiences=AUDIENCES)
    return Released(content, build(whole, lambda each, of: None))


def test_a_draft_is_released_only_when_asked_and_then_says_so_on_every_page(leaflet: Path) -> None:
    with pytest.raises(FaultsFound, match=r"nobody has approved these words\. Only approved words"):
        build(order(leaflet, "release"), lambda each, of: None)
    assert not (leaflet.parent / "out").exists()
    pdf, page, manifest = build(order(leaflet, "release as draft"), lambda each, of: None)
    assert [pdf.name, page.name, manifest.name] == [
        "leaflet_patient_en_standard_v0-1_draft.pdf",
        "leaflet_patient_en_web_v0-1_draft.html",
        "leaflet_en_v0-1_draft_manifest.json",
    ]
    texts = pages_of(pdf, leaflet)
    assert len(texts) > 3
    assert all(re.search(r"\bDraft\b", text) for text in texts)
    assert speech(pdf, leaflet).count("Draft") == 2
    rows = json.loads(manifest.content)["files"]
    assert {row["document_reference"]["docStatus"] for row in rows} == {"preliminary"}


def speech(pdf: BuiltFile, content: Path) -> str:
    """What a screen reader says of a PDF."""
    data = (content.parent / "out" / pdf.name).read_bytes()
    return "\n".join(transcript(speak(inspect_pdf(data, pdf.name, None)), ()))


def test_approved_words_are_released_without_a_mark_and_one_word_stops_it(
    released: Released, leaflet: Path
) -> None:
    pdf, page = released.files[:2]
    assert pdf.name == "leaflet_patient_en_standard_v0-1.pdf"
    assert "Draft" not in "".join(pages_of(pdf, released.content)) + page.content.decode()
    approve(leaflet, "leaflet", LEAD)
    ready = planned(leaflet, "release as draft")
    assert [target.marked for target in ready.targets] == [False, False]
    assert ready.remarks == (
        "leaflet: approved by Dr A. Example, Consultant, invented, on 1 December 2026 for version "
        "0.1, until 1 December 2029",
    )
    change(leaflet)
    with pytest.raises(FaultsFound, match="since then the words have changed in 1 section"):
        planned(leaflet, "release")
    changed = planned(leaflet)
    assert "it is a draft again until it is approved anew" in changed.remarks[0]
    assert all(target.booklet.status.is_draft and not target.marked for target in changed.targets)


FULL = "helpline: {phone: 020 7946 0002, hours: all day}\n"
HIGH = "temperature: {value: 38C, card: a card}\n"
BOTH = "temperature: {value: 38C, below: 36C, card: a card}\n"


@pytest.mark.parametrize(
    ("asked", "profile", "says"),
    [
        (("helpline", "temperature"), None,
         "leaflet: error: readers need the clinic's emergency line and temperatures, and these "
         "would be empty; name a clinic with `--clinic NAME` whose profile has `helpline`, "
         "`temperature: value`, `temperature: below`"),
        (("helpline", "temperature"), "",
         "clinics/small.yaml: error: leaflet prints this and readers need it in an emergency; fill "
         "in `helpline`, `temperature: value`, `temperature: below`"),
        (("helpline", "temperature"), FULL + HIGH,
         "clinics/small.yaml: error: leaflet prints this and readers need it in an emergency; fill "
         "in `temperature: below`"),
        (("helpline", "temperature"), FULL + BOTH, None),
        (("helpline",), FULL, None),
        (("department",), None, None),
    ],
)  # fmt: skip
def test_no_copy_is_released_whose_emergency_lines_are_empty(
    asked: tuple[str, ...], profile: str | None, says: str | None, leaflet: Path
) -> None:
    path = leaflet / "leaflet/03-rest.yaml"
    fields = [{"label": f"The {entry}", "clinic": entry} for entry in asked]
    details = json.dumps({"kind": "details", "for": "family", "fields": fields})
    path.write_text(f"{path.read_text()}  - {details}\n")
    if profile is not None:
        (leaflet / "clinics").mkdir()
        (leaflet / "clinics/small.yaml").write_text(f"name: Small Hospital\n{profile}")
    approve(leaflet, "leaflet", LEAD)
    clinic = "small" if profile is not None else None
    modes: tuple[ReleaseMode, ...] = ("build", "release as draft")
    for mode in modes:
        assert plan(replace(order(leaflet, mode), clinic=clinic)).targets
    released = replace(order(leaflet, "release"), clinic=clinic)
    if says is None:
        assert plan(released).targets
        return
    with pytest.raises(FaultsFound) as raised:
        plan(released)
    (problem,) = raised.value.problems
    assert str(problem) == f"{leaflet}/{says}"


def test_cover_back_and_description_say_why_it_is_a_draft(leaflet: Path) -> None:
    def printed() -> list[str]:
        html = render(planned(leaflet).targets[0].booklet, SIZES[0])
        return re.findall(r"Draft: [\w, ]+", html)

    assert printed() == 4 * ["Draft: not yet reviewed by a clinician"]
    send_to_review(leaflet, "leaflet", LEAD)
    assert printed() == 4 * ["Draft: in review, not yet approved"]
    approve(leaflet, "leaflet", LEAD)
    assert printed() == []
    change(leaflet)
    assert printed() == 4 * ["Draft: changed since it was approved"]


def test_an_approval_that_has_ended_stops_build_and_release_and_a_draft_of_it_is_marked(
    leaflet: Path,
) -> None:
    approve(leaflet, "leaflet", LEAD, date(2028, 2, 29))
    assert len(planned(leaflet, today=date(2027, 11, 30)).remarks) == 1
    assert "due in 90 days, on" in planned(leaflet, today=date(2027, 12, 1)).remarks[1]
    assert "due today, on 29 February 2028" in planned(leaflet, today=date(2028, 2, 29)).remarks[1]
    modes: tuple[ReleaseMode, ...] = ("build", "release")
    for mode in modes:
        with pytest.raises(FaultsFound, match="was due on 29 February 2028 and the app") as raised:
            planned(leaflet, mode, date(2028, 3, 1))
        assert len(raised.value.problems) == 1
    drafts = planned(leaflet, "release as draft", date(2028, 3, 1))
    for target in drafts.targets:
        assert target.booklet.status.is_draft
        assert "_draft." in target.file_name
    (said,) = drafts.remarks
    assert "the approval ended with 29 February 2028" in said


def test_a_withdrawn_booklet_does_not_build_and_is_left_out_of_all(leaflet: Path) -> None:
    send_to_review(leaflet, "leaflet", LEAD)
    withdraw(leaflet, "leaflet", LEAD, "A number in it is wrong")
    modes: tuple[ReleaseMode, ...] = ("build", "release", "release as draft")
    for mode in modes:
        with pytest.raises(FaultsFound) as raised:
            planned(leaflet, mode)
        assert str(raised.value).endswith(
            "withdrawn by Dr A. Example, Consultant, invented, on 1 December 2026: A number in it "
            "is wrong. It does not build; send it to review or approve it anew"
        )
    everything = plan(order(leaflet, names=()))
    assert everything.targets == ()
    assert everything.remarks[0].startswith("left out: leaflet: withdrawn by")


def test_paper_page_and_file_carry_version_and_code(released: Released) -> None:
    pdf, page = released.files[:2]
    code = load_booklet(released.content, "leaflet", TODAY)["patient"].status.code
    *inside, back = pages_of(pdf, released.content)
    made = f"Prepared 22 November 2026. Code {code}"
    assert f"leaflet version 0.1. For patients. Standard print. {made}." in back
    assert any(f"leaflet version 0.1. {made}" in text for text in inside)
    assert b"<dc:identifier>leaflet 0.1 %s</dc:identifier>" % code.encode() in pdf.content
    html = page.content.decode()
    assert f'<meta name="dcterms.identifier" content="leaflet 0.1 {code}">' in html
    assert f"Code {code}" in html


def test_the_manifest_names_words_people_checks_and_every_file_with_its_sum(
    released: Released,
) -> None:
    found: dict[str, Any] = released.manifest
    status = load_booklet(released.content, "leaflet", TODAY)["patient"].status
    assert (found["fingerprint"], found["code"]) == (status.fingerprint, status.code)
    assert (found["version"], found["state"], found["clinic"]) == ("0.1", "approved", None)
    assert found["approval"]["by"] == "Dr A. Example"
    assert found["sources"]["example"]["publisher"] == "Example press"
    by_name = {row["name"]: row for row in found["files"]}
    assert sorted(by_name) == sorted(each.name for each in released.files[:-1])
    for each in released.files[:-1]:
        row = by_name[each.name]
        assert row["sha256"] == hashlib.sha256(each.content).hexdigest()
        assert (row["bytes"], row["pages"]) == (len(each.content), each.pages)
    checks = by_name["leaflet_patient_en_standard_v0-1.pdf"]["checks"]
    floor = next(check for check in checks if check["rule"] == "smallest-print")
    assert floor["verdict"] == "passed"
    assert floor["measured"].startswith("smallest 12.0 pt")


def test_each_file_to_read_is_a_document_reference_in_fhir(released: Released) -> None:
    found: dict[str, Any] = released.manifest
    for row in found["files"]:
        reference = DocumentReference.model_validate(row["document_reference"])
        (content,) = reference.content
        data = next(each.content for each in released.files if each.name == row["name"])
        assert (reference.status, reference.docStatus) == ("current", "final")
        assert row["document_reference"]["date"] == "2026-12-01T00:00:00Z"
        sha1 = base64.b64encode(hashlib.sha1(data).digest())
        assert row["document_reference"]["content"][0]["attachment"]["hash"] == sha1.decode()
        assert content.attachment.language == "en-GB"
        assert content.attachment.size == len(data)


def in_the_folder(content: Path, *audiences: Audience, clinic: str | None = None) -> bytes:
    """Put a web page for each of these readers into the folder, and a manifest beside them."""
    folder = content.parent / "out"
    folder.mkdir(exist_ok=True)
    booklets = load_booklet(content, "leaflet", TODAY, clinic)
    files = []
    for audience in audiences:
        booklet = booklets[audience]
        name, data = f"{audience}.html", f"{audience} {booklet.status.code}".encode()
        (folder / name).write_bytes(data)
        target = Target(booklet, Edition(audience, SCREEN), clinic)
        files.append((target, BuiltFile(name, data)))
    made = manifest(files, folder / "manifest.json")
    (folder / "manifest.json").write_bytes(made)
    return made


def readers(made: bytes) -> set[str]:
    return {row["audience"] for row in json.loads(made)["files"]}


def test_the_same_words_give_the_same_manifest_whatever_the_order_of_builds(leaflet: Path) -> None:
    both = in_the_folder(leaflet, "patient", "family")
    shutil.rmtree(leaflet.parent / "out")
    in_the_folder(leaflet, "family")
    assert in_the_folder(leaflet, "patient") == both


def test_a_manifest_names_no_file_of_other_words_nor_one_that_was_changed_or_taken_away(
    leaflet: Path,
) -> None:
    family = leaflet.parent / "out/family.html"
    in_the_folder(leaflet, "family")
    assert readers(in_the_folder(leaflet, "patient")) == {"family", "patient"}
    family.write_bytes(b"other")
    assert readers(in_the_folder(leaflet, "patient")) == {"patient"}
    in_the_folder(leaflet, "family")
    family.unlink()
    assert readers(in_the_folder(leaflet, "patient")) == {"patient"}
    in_the_folder(leaflet, "family")
    change(leaflet)
    assert readers(in_the_folder(leaflet, "patient")) == {"patient"}


def test_a_clinics_profile_has_a_fingerprint_of_its_own(leaflet: Path) -> None:
    shutil.copytree(ROOT / "tests/specimen/clinics", leaflet / "clinics")
    first = json.loads(in_the_folder(leaflet, "patient", clinic="example"))
    profile = leaflet / "clinics/example.yaml"
    profile.write_text(f"# a comment\n{profile.read_text()}")
    assert json.loads(in_the_folder(leaflet, "patient", clinic="example")) == first
    profile.write_text(profile.read_text().replace("day and night", "always"))
    second = json.loads(in_the_folder(leaflet, "patient", clinic="example"))
    assert first["fingerprint"] == second["fingerprint"]
    assert first["clinic"]["profile"] == "example"
    assert first["clinic"]["fingerprint"] != second["clinic"]["fingerprint"]

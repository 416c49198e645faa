"""Approvals signed with a key: OpenSSH makes and verifies them, and a house may ask for them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from booklet.approval import SignOff, approve, send_to_review
from booklet.problems import WrongUsage
from booklet.provenance.code_lookup import code_index
from booklet.provenance.identify import identify, lines
from booklet.review import history
from booklet.review.booklet import review_status
from booklet.review.release_policy import refusals
from booklet.review.signatures import NAMESPACE, SIGNERS
from booklet.review.status import ReviewStatus
from tests.conftest import ROOT, TODAY

LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two keys for one run of the tests: `lead` and `other`."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("lead", "other"):
        path = str(folder / name)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return folder


def allow(content: Path, keys: Path, *lines: str) -> None:
    """Write whose keys are whose; `{lead}` and `{other}` are the public keys."""
    public = {name: (keys / f"{name}.pub").read_text().strip() for name in ("lead", "other")}
    (content / SIGNERS).write_text("".join(f"{line.format(**public)}\n" for line in lines))


def status(content: Path) -> ReviewStatus:
    return review_status(content, "leaflet", TODAY)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """The leaflet, approved with a signature by a house that asks for it."""
    content = tmp_path_factory.mktemp("signed") / "content"
    shutil.copytree(ROOT / "tests/words/content", content)
    allow(content, keys, '"Dr A. Example" {lead}', '"B. Example" {other}')
    with (content / "house.yaml").open("a") as house:
        house.write("signed_approvals: true\n")
    send_to_review(content, "leaflet", LEAD)
    approve(content, "leaflet", replace(LEAD, key=keys / "lead"))
    return content


@pytest.fixture
def content(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "content"))


def kept(content: Path) -> Path:
    (file,) = (content / "leaflet/approved").glob("*.sig")
    return file


def signature_by(keys: Path, name: str, seal: str, purpose: str = NAMESPACE) -> str:
    told = ("-Y", "sign", "-f", str(keys / name), "-n", purpose)
    done = subprocess.run(
        ["ssh-keygen", *told], input=f"{seal}\n", capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_signature_that_holds_is_told_with_its_key_by_all_who_go_by_the_record(
    content: Path,
) -> None:
    found = status(content)
    assert found.doubts == ()
    assert [*refusals(found, "release")] == []
    told = f"signed with the key {found.approvals[-1].signed_with}"
    assert told in found.sentence()
    assert told in "\n".join(history.lines(history.history(content, "leaflet", TODAY)))
    assert told in "\n".join(lines(identify(code_index(content, content, TODAY), found.code)))


def test_a_kept_signature_is_proved_without_this_program(content: Path) -> None:
    told = ("-I", LEAD.by, "-n", NAMESPACE, "-s", str(kept(content)))
    subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(content / SIGNERS), *told],
        input=f"{status(content).approvals[-1].seal}\n".encode(),
        check=True,
    )


def taken_away(content: Path, keys: Path) -> None:
    kept(content).unlink()


def of_another(content: Path, keys: Path) -> None:
    kept(content).write_text(signature_by(keys, "other", status(content).approvals[-1].seal or ""))


def by_their_other_key(content: Path, keys: Path) -> None:
    of_another(content, keys)
    allow(content, keys, '"Dr A. Example" {lead}', '"Dr A. Example" {other}')


def over_other_words(content: Path, keys: Path) -> None:
    kept(content).write_text(signature_by(keys, "lead", "0" * 64))


def for_another_purpose(content: Path, keys: Path) -> None:
    seal = status(content).approvals[-1].seal or ""
    kept(content).write_text(signature_by(keys, "lead", seal, "file"))


def no_signature(content: Path, keys: Path) -> None:
    kept(content).write_text("other words")


def key_of_another_now(content: Path, keys: Path) -> None:
    allow(content, keys, '"Dr A. Example" {other}')


def key_ended_before(content: Path, keys: Path) -> None:
    allow(content, keys, f'"Dr A. Example" valid-before="{TODAY:%Y%m%d}" {{lead}}')


def nobody_known(content: Path, keys: Path) -> None:
    (content / SIGNERS).unlink()


WRONG: dict[Callable[[Path, Path], None], str] = {
    taken_away: "bring it back from a copy of this folder",
    of_another: "it is not that of Dr A. Example over this entry",
    by_their_other_key: "it is by another key",
    over_other_words: "incorrect signature",
    for_another_purpose: "namespace does not match",
    no_signature: "it is not that of Dr A. Example over this entry",
    key_of_another_now: 'a line of it is `"Dr A. Example" ` and their public key',
    key_ended_before: "it is not that of Dr A. Example over this entry",
    nobody_known: "there is no file",
}


@pytest.mark.parametrize(("change", "says"), WRONG.items(), ids=[each.__name__ for each in WRONG])
def test_a_signature_that_does_not_hold_is_named_and_nothing_is_released(
    content: Path, keys: Path, change: Callable[[Path, Path], None], says: str
) -> None:
    change(content, keys)
    found = status(content)
    (doubt,) = found.doubts
    assert doubt.place.startswith(f"{content / 'leaflet/review.yaml'}:")
    assert "the signature of this approval does not hold" in doubt.message
    assert says in doubt.message
    assert [*refusals(found, "release")] == [doubt]
    assert found.state == "draft"


def test_a_key_that_ended_later_still_stands_for_what_it_signed(content: Path, keys: Path) -> None:
    allow(content, keys, '"Dr A. Example" valid-before="20270101" {lead}')
    assert status(content).doubts == ()


def test_an_approval_without_a_signature_counts_only_where_none_is_asked_for(
    tmp_path: Path,
) -> None:
    content = Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "content"))
    approve(content, "leaflet", LEAD)
    assert status(content).state == "approved"
    with (content / "house.yaml").open("a") as house:
        house.write("signed_approvals: true\n")
    found = status(content)
    assert found.state == "draft"
    (refused,) = refusals(found, "release")
    assert "approved anew with `--sign`" in refused.message
    with pytest.raises(WrongUsage, match=r"house\.yaml asks for signed approvals"):
        approve(content, "leaflet", LEAD)


@pytest.mark.parametrize(
    ("by", "key", "says"),
    [
        ("B. Example", "lead", "the signature would not hold"),
        ("C. Example", "lead", r"a line of it is `\"C. Example\" ` and their public key"),
        ("Dr A. Example", "nothing", "this is no key"),
        ("Dr A. Example", "lead.sig", "this is no key"),
        ("Example, A.", "lead", "a name with , in it"),
    ],
)
def test_what_would_not_hold_is_not_written(
    content: Path, keys: Path, by: str, key: str, says: str
) -> None:
    (keys / "lead.sig").write_text("no key")
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    with pytest.raises(WrongUsage, match=says):
        approve(content, "leaflet", replace(LEAD, by=by, key=keys / key))
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_openssh_is_asked_for_only_where_a_signature_is_in_use(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    (doubt,) = status(content).doubts
    assert "install OpenSSH" in doubt.message
    plain = Path(shutil.copytree(ROOT / "tests/words/content", tmp_path / "plain"))
    approve(plain, "leaflet", LEAD)
    assert status(plain).state == "approved"

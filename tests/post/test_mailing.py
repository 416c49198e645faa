"""The command for mail, from a list to letters, with real letters, booklets and carriers."""

import csv
import json
import multiprocessing
import os
import pickle
import shutil
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from booklet.approval import SignOff, approve, withdraw
from booklet.build import Order, build
from booklet.editions import SIZES
from booklet.post.account import FOR_PROGRAMS
from booklet.post.jobs import MadeBatch, MailJob
from booklet.post.ledger_file import ledger_to_read
from booklet.post.making import made
from booklet.post.run import UNFINISHED
from tests.commands.program import Done, in_a_process, run
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("mail")

MARKER = "Zyxwmarker"
"""A name that nobody has: it may be in letters and in the list, and nowhere else."""
LEAD = SignOff("Dr A. Example", date.today(), date.today(), "Consultant, invented")
HEADINGS = ("Title", "First name", "Surname", "Address 1", "Town", "Postcode", "Needs", "Reference")
HEADINGS += ("Day", "Time", "Interpreter", "Deceased")
ASKED = ("--letter", "appointment", "--clinic", "example", "--booklet", "leaflet")

C4 = ("--carrier", "desk-c4")


def person(number: int, **others: str) -> dict[str, str]:
    """A row of the list: an invented person."""
    said = ("Mrs", "Anne", f"{MARKER} {number}", f"{number} {MARKER} Street", "Exampletown")
    said += ("ZE99 9ZZ", "", f"R{number}", "1 March 2027", "10am", "no", "")
    return dict(zip(HEADINGS, said, strict=True)) | others


def listed(file: Path, *people: dict[str, str]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, HEADINGS)
        table.writeheader()
        table.writerows(people)
    return file


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with content, an approved and built leaflet, a list, and one run of it."""
    folder = tmp_path_factory.mktemp("mail")
    content = folder / "content"
    shutil.copytree(ROOT / "tests/words/content", content)
    shutil.copytree(ROOT / "content/clinics", content / "clinics")
    shutil.copytree(ROOT / "content/letters", content / "letters")
    approve(content, "leaflet", LEAD)
    order = Order(
        *(content, folder / "out", ("leaflet",), ("patient",), SIZES[:1], "example"),
        today=date.today(),
    )
    build(order, lambda made, of: None)
    large = person(2, Needs="large print")
    listed(folder / "list.csv", person(1), large, person(3, Deceased="yes"))
    for name in ("temporary", "home"):
        (folder / name).mkdir()
    done = in_a_process(
        *("mail", "list.csv", *ASKED, "--skip-bad", "left-out.csv", "--output", "out"),
        *("--carrier", "desk-c4"),
        cwd=folder,
        TMPDIR=str(folder / "temporary"),
        HOME=str(folder / "home"),
    )
    (folder / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def mail(world: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(world, tmp_path / "mail"))


def typed(folder: Path, *words: object) -> Done:
    return run("mail", *words, "--output", folder / "out", cwd=folder)


def letters(folder: Path) -> Path:
    (found,) = (each for each in (folder / "out/mail").glob("20*") if each.is_dir())
    return found


def test_rows_read_are_letters_made_and_rows_refused(world: Path) -> None:
    said = (world / "said.txt").read_text()
    assert "3 rows read = 2 letters + 1 row refused" in said
    assert "note: this is the first run of out/mail; whoever got this letter from a run" in said
    about = json.loads((letters(world) / FOR_PROGRAMS).read_text())
    assert (about["rows"], about["letters"], about["refused"]) == (3, 2, 1)
    small, large = about["files"]
    assert [each["rows"] for each in (small, large)] == [[2], [3]]
    assert [each["from_shelf"] for each in about["booklets"]] == [True, False]
    release = "booklet release leaflet --clinic example --audience patient --size standard --sheets"
    made = f"    to make it and its print sheets: `{release} --output out/released`"
    assert said.splitlines().count(made) == 1  # of the one from the shelf alone
    texts = [words(letters(world) / each["file"]) for each in (small, large)]
    assert f"Mrs Anne {MARKER} 1" in texts[0]
    assert "Page 2" in texts[1]  # its booklet is behind it
    assert f"{MARKER} 3" not in " ".join(texts)
    stream = letters(world) / large["file"]
    asked = ("check", stream, "--content", "content", "--carrier")
    taken = run(*asked, "desk-c4", cwd=world)
    assert f"1 letter of run {about['run']}, as they were made" in taken.stdout, taken.stderr
    assert "which was made for desk-c4" in run(*asked, "gov-notify", cwd=world).stderr
    left_out = (world / "left-out.csv").read_text(encoding="utf-8-sig")
    assert f"{MARKER} 3" in left_out
    assert f"{MARKER} 1" not in left_out


def words(file: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(file).pages)


def test_a_name_is_in_the_letters_and_nowhere_else(world: Path) -> None:
    private = {world / "list.csv", world / "left-out.csv"}
    looked_at = 0
    for path in (each for each in world.rglob("*") if each not in private):
        looked_at += 1
        assert MARKER.lower() not in path.name.lower()
        if path.is_file() and path.parent != letters(world):
            data = path.read_bytes().lower()
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert MARKER.lower().encode(encoding) not in data, path
    assert looked_at > 10
    for path in letters(world).iterdir():
        if path.suffix == ".pdf":
            reader = PdfReader(path)
            said = [str(reader.metadata), str(reader.trailer["/Root"].get_object())]
            said += [str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())]
            assert MARKER.lower() not in " ".join(said).lower()
        else:
            assert MARKER.lower().encode() not in path.read_bytes().lower()


def test_no_process_of_a_run_is_left_with_letters_in_its_memory(world: Path) -> None:
    mark = str(world / "temporary").encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            assert mark not in (process / "environ").read_bytes()
        except OSError:  # it has ended, or is somebody else's
            continue
    assert [*(world / "temporary").iterdir()] == []


def test_only_the_owner_may_read_what_was_made(world: Path) -> None:
    folder = world / "out/mail"
    made = [each for each in folder.rglob("*") if each.name != ".gitignore"]
    assert {each.stat().st_mode & 0o777 for each in made if each.is_file()} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in (folder, letters(world))} == {0o700}
    assert (world / "left-out.csv").stat().st_mode & 0o777 == 0o600
    assert (folder / ".gitignore").read_text().splitlines()[-1] == "*"


def test_the_same_list_is_not_written_to_again_unless_that_is_asked_for(mail: Path) -> None:
    asked = ("list.csv", *ASKED, "--skip-bad", "again.csv", "--carrier", "desk-c4")
    refused = typed(mail, *asked)
    assert refused.returncode == 2
    assert "this list was written to on" in refused.stderr
    assert "and 2 of its 3 rows got it; 1 row was left out, into the file of" in refused.stderr
    assert "everybody" not in refused.stderr
    assert "--again" in refused.stderr
    done = typed(mail, *asked, "--again", "--as", "letters", "--json")
    values = json.loads(done.stdout)
    assert (values["letters"], values["run"][-2:]) == (2, "-2")
    assert values["faults"][0]["rule"] == "deceased"


def test_of_two_runs_begun_at_once_one_writes_to_everybody_and_the_other_is_told(
    mail: Path,
) -> None:
    listed(mail / "new.csv", person(61), person(62))
    here = multiprocessing.get_context("fork")
    both, told = here.Barrier(2), here.SimpleQueue()

    def at_once() -> None:
        both.wait()
        done = typed(mail, "new.csv", *ASKED[:4], "--letter-alone")
        told.put((done.returncode, done.stderr))

    processes = [here.Process(target=at_once) for _ in range(2)]
    for each in processes:
        each.start()
    (first, _), (second, words) = sorted(told.get() for _ in processes)
    for each in processes:
        each.join()
    assert (first, second) == (0, 2)
    assert "this list was written to on" in words or "somebody else is writing" in words
    with ledger_to_read(mail / "out/mail") as ledger:
        earlier, run = ledger.runs()
        assert [each.row for each in ledger.letters(run.id)] == [2, 3]
    assert {each.name for each in (mail / "out/mail").glob("*2*")} == {earlier.id, run.id}


def test_people_who_got_a_letter_are_refused_in_a_longer_list_too(mail: Path) -> None:
    listed(mail / "longer.csv", person(9), person(2, Needs="large print"))
    for besides in ((), ("--dry-run",)):
        refused = typed(mail, "longer.csv", *ASKED, *besides)
        assert refused.returncode == 1
        assert "row 3: this person got this letter before, in run" in refused.stderr
        assert "nothing was changed" in refused.stderr
        assert MARKER not in refused.stdout + refused.stderr


def test_a_run_that_leaves_everybody_out_says_so_and_does_not_end_well(mail: Path) -> None:
    listed(mail / "new.csv", person(81, Deceased="yes"), person(82, Deceased="yes", Day=""))
    for besides, where in ((("--dry-run",), "would be"), ((), "are")):
        told = typed(mail, "new.csv", *ASKED, "--skip-bad", "none.csv", *besides)
        assert told.returncode == 1
        assert f"2 rows left out: deceased 2. They {where} in none.csv." in told.stdout
        assert "files are in" not in told.stdout
        rows = [line for line in told.stdout.splitlines() if "row 3, Deceased" in line]
        assert [line[-10:] for line in rows] == ["[deceased]"] * (besides != ())


def test_faults_of_a_list_and_of_its_letters_name_rows_and_nobody(mail: Path) -> None:
    wide = f"1 {MARKER} {'Very Long Street ' * 9}"
    listed(
        mail / "bad.csv",
        person(5, Needs=f"{MARKER} print"),
        person(6, Postcode=f"{MARKER}", Day=""),
        person(7, Deceased=MARKER),
        person(8, **{"Address 1": wide}),
        person(9, Time=""),
        person(10, **dict.fromkeys(("Day", "Time", "Reference"), "Tuesday " * 600)),
    )
    for besides in ((), ("--dry-run",)):
        told = typed(mail, "bad.csv", *ASKED, "--one-sided", *besides)
        places = [line.split(": ")[2] for line in told.stderr.splitlines() if ": error: " in line]
        assert told.returncode == 1
        assert places == [
            *("row 2, Needs", "row 3, Day", "row 3, Postcode", "row 4, Deceased"),
            *("row 5, Address", "row 6, Time", "row 7"),
        ], told.stderr
        assert MARKER.lower() not in (told.stdout + told.stderr).lower()
    assert len([*(mail / "out/mail").glob("2*")]) == 1


def test_a_letter_whose_words_have_an_error_is_not_sent(mail: Path) -> None:
    listed(mail / "new.csv", person(71))
    file = mail / "content/letters/appointment.yaml"
    file.write_text(file.read_text().replace("glasses and hearing", "glases and hearing"))
    told = typed(mail, "new.csv", *ASKED, "--dry-run")
    assert told.returncode == 1
    assert "appointment.yaml:19:9: error: “glases” is not in the dictionary" in told.stderr


def test_the_list_is_not_written_over_by_the_rows_left_out_of_it(mail: Path) -> None:
    listed(mail / "new.csv", person(50, Postcode=""))
    before = (mail / "new.csv").read_bytes()
    (mail / "link.csv").symlink_to("new.csv")
    for name in ("new.csv", "./new.csv", "link.csv"):
        told = typed(mail, "new.csv", *ASKED, "--skip-bad", name)
        assert "is read for this run; name another file" in told.stderr
    before_that = (mail / "left-out.csv").read_bytes()
    for besides in ((), ("--dry-run",)):
        told = typed(mail, "new.csv", *ASKED, "--skip-bad", "left-out.csv", *besides)
        assert "left-out.csv is there already, and may have the rows" in told.stderr
    assert (mail / "left-out.csv").read_bytes() == before_that
    told = typed(mail, "new.csv", *ASKED, "--skip-bad", "content")
    assert "content is a folder; name a file" in told.stderr
    assert (mail / "new.csv").read_bytes() == before
    assert len(typed(mail, "runs").stdout.splitlines()) == 1


def test_a_list_that_is_no_file_is_told_and_not_waited_for(mail: Path) -> None:
    os.mkfifo(mail / "pipe.csv")
    told = typed(mail, "pipe.csv", *ASKED)
    assert (told.returncode, "it is a pipe" in told.stderr) == (2, True)


def test_a_rehearsal_writes_nothing_and_its_jobs_can_travel(
    mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def far_away(job: MailJob) -> MadeBatch:
        there: MadeBatch = pickle.loads(pickle.dumps(made(pickle.loads(pickle.dumps(job)))))
        return there

    monkeypatch.setattr("booklet.post.making.made", far_away)
    before = {each: each.stat().st_mtime_ns for each in mail.rglob("*")}
    asked = ("list.csv", *ASKED, "--skip-bad", "new.csv", "--dry-run", *C4)
    assert "this list was written to on" in typed(mail, *asked).stderr
    done = typed(mail, *asked, "--again")
    assert "first run" not in done.stdout
    assert "3 rows read = 2 letters + 1 row refused; nothing was written" in done.stdout
    assert "2 people of the list got this letter before" in done.stdout
    assert {each: each.stat().st_mtime_ns for each in mail.rglob("*")} == before


def test_a_stopped_run_is_told_of_and_goes_on(mail: Path) -> None:
    listed(mail / "new.csv", person(11), person(12))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("booklet.post.run.json_file", _stop)
        stopped = typed(mail, "new.csv", *ASKED)
    assert stopped.returncode == 130
    assert f"what stands in its place already: {UNFINISHED}2" in stopped.stderr
    asks = typed(mail, "new.csv", *ASKED)
    assert "was begun and not finished: `--resume` goes on with it" in asks.stderr
    other = typed(mail, "new.csv", *ASKED, "--resume", "--one-sided")
    assert "was begun with other words or options" in other.stderr
    assert "it had --one-sided off, and now on" in other.stderr
    other = typed(mail, "new.csv", *ASKED, "--resume", *C4)
    assert "it had --carrier desk-c5, and now desk-c4;" in other.stderr
    assert "{" not in other.stderr
    done = typed(mail, "new.csv", *ASKED, "--resume")
    assert done.returncode == 0, done.stderr
    assert "1 file of an earlier, stopped run went into it" in done.stdout
    assert not [*(mail / "out/mail").glob(f"{UNFINISHED}*")]
    assert typed(mail, "new.csv", *ASKED, "--resume").returncode == 2


def _stop(*_: object) -> bytes:
    os.kill(os.getpid(), 15)
    raise AssertionError


def test_a_recall_counts_copies_and_writes_to_those_who_got_them(mail: Path) -> None:
    about = json.loads((letters(mail) / FOR_PROGRAMS).read_text())
    code = about["booklets"][0]["code"]
    listed(mail / "all.csv", person(1), person(2), person(40))
    asked = ("recall", code, "--list", "all.csv", "--letter", "withdrawn", *ASKED[2:4])
    stands = typed(mail, *asked)
    assert (stands.returncode, "add --anyway" in stands.stderr) == (2, True)
    assert len(typed(mail, "runs").stdout.splitlines()) == 1
    withdraw(mail / "content", "leaflet", LEAD, "A number in it is wrong")
    done = typed(mail, *asked)
    assert "2 copies went to 2 people by mail" in done.stdout
    assert "withdrawn by Dr A. Example" in done.stdout
    assert "2 rows read = 2 letters + 0 rows refused" in done.stdout, done.stderr
    (file,) = (mail / "out/mail").glob("2*-2/*.pdf")
    assert f"a booklet with the code {code}" in PdfReader(file).pages[0].extract_text()
    assert "this list was written to" in typed(mail, *asked).stderr
    assert typed(mail, "recall", "no code").returncode == 2
    assert "did you mean `mail recall`?" in typed(mail, "recal", code).stderr


def test_shredding_takes_the_files_and_keeps_the_counts(mail: Path) -> None:
    name = letters(mail).name
    file = min(letters(mail).glob("*.pdf"))
    still_open = file.open("rb")
    before = still_open.read()
    done = typed(mail, "shred", name)
    assert "destroyed; its counts are kept" in done.stdout
    assert not (mail / "out/mail" / name).exists()
    still_open.seek(0)
    assert still_open.read() != before  # written over, and not only unlinked
    assert "2 letters, 0 copies, 1 refused  files destroyed" in typed(mail, "runs").stdout
    assert "destroyed before" in typed(mail, "shred", name).stderr


def test_a_file_a_person_holds_no_other_person(mail: Path) -> None:
    listed(mail / "new.csv", person(31), person(32))
    asked = ("new.csv", *ASKED[:4], "--letter-alone", "--carrier", "gov-notify")
    assert "add --as files" in typed(mail, *asked).stderr
    done = typed(mail, *asked, "--as", "files", "--json")
    assert done.returncode == 0, done.stderr
    listed(mail / "more.csv", person(31), person(33))
    more = typed(mail, "more.csv", *ASKED, "--dry-run")
    assert "1 person of it got this letter before, with another booklet or with none" in more.stdout
    assert "leave it or --booklet leaflet away" in typed(mail, *asked, *ASKED[4:]).stderr
    values = json.loads(done.stdout)
    files = [Path(values["folder"]) / each["file"] for each in values["files"]]
    assert [each.name for each in files] == ["row-00002.pdf", "row-00003.pdf"]
    texts = [words(each) for each in files]
    assert [f"{MARKER} {number}" in text for text in texts for number in (31, 32)] == [
        *(True, False, False, True)
    ]
    assert not [text for text in texts if "booklet" in text]  # none goes with these letters


def test_what_a_carrier_does_not_take_is_told_with_what_would_go(mail: Path) -> None:
    listed(mail / "new.csv", person(41))
    told = typed(mail, "new.csv", *ASKED, "--carrier", "gov-notify", "--as", "files")
    assert told.returncode == 1
    assert "GOV.UK Notify does not take a letter of 1 page with a booklet" in told.stderr
    assert "What would go: both by `desk-c5`" in told.stderr


def test_a_carrier_that_prints_booklets_gets_them_in_black_alone(mail: Path) -> None:
    listed(mail / "new.csv", person(42, Needs="large print"))
    asked = ("new.csv", *ASKED, "--carrier", "nhs-notify-c4")
    done = typed(mail, *asked, "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert "black-ink" in made["booklets"][0]["file"]
    assert any("templates in Word, not PDFs" in each for each in made["notes_on_list"])
    told = typed(mail, *asked, "--ink", "colour", "--again", "--dry-run")
    assert "prints in black alone; make it with `--ink black`" in told.stderr
    assert "page 1: print stands where NHS Notify (C4) wants white paper" in told.stderr


def test_a_report_has_needs_against_what_was_given(mail: Path) -> None:
    rows = typed(mail, "report").stdout.splitlines()
    assert rows == ["need,given,language,why,count", ",standard,en,,1", "large-print,large,en,,1"]
    values = json.loads(typed(mail, "report", "--json", "--to", "2020-01-01").stdout)
    assert values["needs"] == []


def test_a_sample_counts_for_no_run(mail: Path) -> None:
    listed(mail / "new.csv", person(21), person(22), person(23))
    done = typed(mail, "new.csv", *ASKED, "--as", "letters", "--sample", "1")
    assert done.returncode == 0, done.stderr
    (file,) = (mail / "out/mail/sample").glob("*.pdf")
    assert len(PdfReader(file).pages) == 1
    assert len(typed(mail, "runs").stdout.splitlines()) == 1
    assert f"shred sample --output {mail / 'out'}` destroys them" in done.stdout
    for kept in ("ledger.sqlite", "ledger.key"):  # as before the first run
        (mail / "out/mail" / kept).unlink()
    assert "1 file" in typed(mail, "shred", "sample").stdout
    assert "there is no sample in" in typed(mail, "shred", "sample").stderr

"""The command as a person runs it: its words, its exit code, its files."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from rich.console import Console

from booklet.build import BuiltFile
from booklet.commands.build_told import show
from tests.commands.program import in_a_process, run
from tests.conftest import ROOT


def test_it_builds_what_it_is_asked_for_and_says_what_it_made(content: Path) -> None:
    out = content.parent / "out"
    done = in_a_process("specimen", "--audience", "family", "--size", "large", "--content", content,
               "--output", out, "--clinic", "example")  # fmt: skip
    assert done.returncode == 0, done.stderr
    name = "specimen_family_en_large-print-18pt_example_v0-1.pdf"
    web_page = "specimen_family_en_web_example_v0-1.html"
    manifest = "specimen_en_example_v0-1_manifest.json"
    assert sorted(path.name for path in out.glob("[!.]*")) == [manifest, name, web_page]
    pages = len(PdfReader(out / name).pages)
    size = (out / name).stat().st_size / 1000
    assert f"{out / name}  {pages} pages  {size:.0f} kB" in done.stdout
    assert (
        f"{out / web_page}  web page  {(out / web_page).stat().st_size / 1000:.0f} kB"
        in done.stdout
    )


def test_without_arguments_every_booklet_is_built_for_both_readers_on_paper_and_screen(
    content: Path,
) -> None:
    done = run(cwd=content.parent)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (content.parent / "output").glob("[!.]*")) == [
        "specimen_en_v0-1_manifest.json",
        "specimen_family_en_large-print-18pt_v0-1.pdf",
        "specimen_family_en_standard_v0-1.pdf",
        "specimen_family_en_web_v0-1.html",
        "specimen_patient_en_large-print-18pt_v0-1.pdf",
        "specimen_patient_en_standard_v0-1.pdf",
        "specimen_patient_en_web_v0-1.html",
    ]


def test_bad_content_exits_with_1_and_leaves_the_files_that_were_there(content: Path) -> None:
    out = content.parent / "out"
    order = ("--audience", "patient", "--size", "standard", "--content", content, "--output", out)
    assert run("build", *order).returncode == 0
    before = {path: path.read_bytes() for path in out.glob("[!.]*")}
    (content / "specimen" / "01-first.yaml").write_text("title: A\nblocks:\n  - kind: x\n")
    done = run("build", *order)
    assert done.returncode == 1
    assert "01-first.yaml:3:5: error: `x` is no kind of block here" in done.stderr
    assert "1 fault; nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in out.glob("[!.]*")} == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["specimens"], "did you mean `specimen`"),
        (["--size", "huge"], "standard, large, giant"),
        (["--audience", "doctor"], "patient, family"),
        (["--clinic", "nowhere"], "there is no clinic `nowhere`"),
        (["--nonsense"], "No such option"),
        (["--help-me"], "No such option"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_there_is(
    arguments: list[str], words: str, content: Path
) -> None:
    done = run("build", *arguments, "--content", content, "--output", content / "out")
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", [["--content", "{}"], ["--content={}"]])
def test_a_booklet_whose_name_is_near_a_commands_is_built(option: list[str], content: Path) -> None:
    named = [words.format(content) for words in option]
    assert "did you mean `release`" in run("relapse", *named).stderr
    (content / "specimen").rename(content / "relapse")
    done = run("relapse", *named, "--clinic", "nowhere")
    assert "there is no clinic `nowhere`" in done.stderr


@pytest.mark.parametrize("typed", ["specimen/", "{}/specimen", "{}/specimen/", "content/specimen/"])
def test_a_booklet_is_named_as_tab_completes_its_folder(typed: str, content: Path) -> None:
    named, where = typed.format(content), ("--content", content)
    assert "specimen: draft" in run("history", named, *where, cwd=content.parent).stdout
    for command in (("build",), (), ("release",), ("check",)):
        done = run(*command, named, "--clinic", "nowhere", *where, cwd=content.parent)
        assert "there is no clinic `nowhere`" in done.stderr


def test_switches_may_stand_before_their_command(content: Path) -> None:
    done = run("--json", "history", "specimen", "--content", content)
    assert json.loads(done.stdout)["booklet"] == "specimen"


def test_a_folder_that_is_not_of_the_content_folder_is_no_booklet(content: Path) -> None:
    done = run("history", "content/aml-relapse", "--content", content)
    assert "there is no booklet `content/aml-relapse`" in done.stderr


@pytest.mark.parametrize(
    "command",
    [("aml",), ("check", "aml"), ("history", "aml"), ("preview", "aml"), ("booklets",),
     ("translations", "aml"), ("release", "aml")],
    ids=" ".join,
)  # fmt: skip
def test_in_a_wrong_directory_every_command_says_where_to_go(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert f"there is no booklet in {tmp_path}" in done.stderr
    assert "go to the folder of the booklet builder" in done.stderr


@pytest.mark.parametrize(
    "command", [("history", "specimen"), ("check", "specimen"), ("mail", "a.csv")]
)
def test_inside_the_content_folder_the_way_out_of_it_is_told(
    command: tuple[str, ...], content: Path
) -> None:
    done = run(*command, cwd=content / "specimen")
    assert done.returncode == 2
    way = f"type `cd {Path('..', '..')}` first: there are booklets in {content.resolve()}"
    assert way in " ".join(done.stderr.replace("│", " ").split())


QUOTED = 'Put straight quotes, and no others, round a path with spaces: "my letter.pdf"'


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["specimen", "—size", "large"], "`—size` begins with a dash; write `--size`"),
        (["read", "“my", "letter.pdf”"], QUOTED),
        (["check", "“my", "letter.pdf”"], QUOTED),
        (["attach", "my", "letter.pdf", "-o", "a.pdf"], QUOTED),
        (["attach", '"my letter.pdf"', "specimen", "-o", "a.pdf"], QUOTED),
        (["check", "'specimen'"], "`'specimen'` has quotation marks that belong to no name"),
    ],
)
def test_dashes_quotes_and_spaces_that_were_pasted_are_told(
    typed: list[str], meant: str, content: Path
) -> None:
    (content.parent / "my letter.pdf").write_bytes(b"")
    done = run(*typed, cwd=content.parent)
    assert done.returncode
    assert meant in " ".join(done.stderr.replace("│", " ").split())
    assert "round a path" not in run("history", "specimens", "--content", content).stderr


def test_a_withdrawal_without_a_reason_is_told_which_option_is_empty(content: Path) -> None:
    person = ("--by", "Ann Other", "--role", "Consultant", "--content", content)
    done = run("withdraw", "specimen", *person, "--why", " ")
    assert "--why: the reason is missing; write why the copies are taken back" in done.stderr


@pytest.mark.parametrize(
    "typed",
    [
        ("check", "leaflet", "--size", "{}"),
        ("check", "{}.pdf"),
        ("read", "{}.pdf"),
        ("paper", "sheets", "{}.pdf"),
        ("paper", "sheets", "--scheme", "{}"),
        ("identify", "{}"),
        ("approve", "{}", "--by", "A", "--role", "B"),
        ("history", "leaflet", "--content", "{}"),
        ("--{}",),
    ],
    ids=" ".join,
)
def test_what_was_typed_is_quoted_so_that_a_terminal_obeys_nothing_in_it(
    typed: tuple[str, ...], content: Path
) -> None:
    """A name of a file gets onto a command line by a star or by Tab."""
    done = run(*(each.format("a\x1b[31mb") for each in typed), cwd=content.parent)
    assert done.returncode
    assert "\x1b" not in done.stdout + done.stderr
    assert "a\\" in done.stdout + done.stderr


def test_an_empty_content_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = run("build", "--content", tmp_path)
    assert done.returncode == 2
    assert "there is no booklet in" in done.stderr


def test_help_names_the_commands_and_every_option() -> None:
    words = run("--help").stdout
    assert words == run("-h").stdout == run("help").stdout
    for command in (
        "build",
        "release",
        "check",
        "read",
        "review",
        "approve",
        "withdraw",
        "history",
        "booklets",
        "paper",
    ):
        assert f"│ {command} " in words
    for option in ("--audience", "--size", "--clinic", "--output", "--content"):
        assert option in words
    for group in ("To write", "To look at what is there", "To answer for the words"):
        assert f"─ {group} ─" in words


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_every_file_as_it_was(
    number: signal.Signals, content: Path
) -> None:
    out = content.parent / "out"
    order = ("build", "--content", content, "--output", out)
    assert run(*order, "--audience", "patient", "--size", "standard").returncode == 0
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.glob("[!.]*")}
    many = "".join(f"  - {{kind: paragraph, text: Words {n}}}\n" for n in range(1500))
    (content / "specimen" / "01-first.yaml").write_text(f"title: A\nblocks:\n{many}")
    process = subprocess.Popen(
        [sys.executable, ROOT / "make_booklet.py", *order],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(600):
        if workers.read_text():
            break
        time.sleep(0.1)
    time.sleep(0.5)
    assert process.poll() is None, "the build was over before it could be interrupted"
    os.killpg(process.pid, number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "nothing was changed" in errors
    assert "Traceback" not in errors
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.glob("[!.]*")
    } == before


def test_where_pango_is_missing_one_sentence_says_how_to_install_it(
    content: Path, tmp_path: Path
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')\n")
    folders = ("--content", content, "--output", tmp_path / "out")
    done = in_a_process("build", *folders, PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "sudo apt-get install libpango-1.0-0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_where_the_packages_are_missing_one_sentence_names_the_set_up(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ModuleNotFoundError('no', name='rich')\n")
    done = in_a_process(PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "setup.sh" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_amid_the_first_imports_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt\n")
    done = in_a_process(PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (130, "stopped; nothing was changed\n")


def test_a_clinics_booklet_names_it_on_cover_and_back_and_prints_its_own_lines(
    content: Path,
) -> None:
    section = content / "specimen" / "01-first.yaml"
    details = "  - {kind: details, fields: [{label: Line, clinic: helpline}, "
    details += "{label: Heat, clinic: temperature}]}\n"
    section.write_text(section.read_text() + details)
    out = content.parent / "out"
    done = run("--audience", "patient", "--size", "standard", "--clinic", "example",
               "--content", content, "--output", out)  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = PdfReader(out / "specimen_patient_en_standard_example_v0-1.pdf").pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert "Example Hospital, Example Day Unit" in texts[0]
    assert "Example Hospital, Example Day Unit" in texts[-2] + texts[-1]
    assert any("Line: 020 7946 0002 (day and night)" in text for text in texts)
    assert any("(example card)" in text for text in texts)


def test_sheets_come_with_the_words_for_the_printer_and_old_ones_are_told(content: Path) -> None:
    out = content.parent / "out"
    order = ("--audience", "patient", "--size", "standard", "--content", content, "--output", out)
    done = run(*order, "--sheets")
    sheets = out / "specimen_patient_en_standard_v0-1_PRINT-BOOKLET.pdf"
    sides = len(PdfReader(sheets).pages)
    assert f"{sheets}  {sides} sides" in done.stdout
    assert f"To print {sheets.name}:\n  Print at actual size (100%)" in done.stdout
    assert "Older than its booklet" not in done.stdout
    assert "Older than its booklet" not in run(*order).stdout
    assert f"To print {sheets.name}:" in run(*order, "--sheets").stdout
    section = content / "specimen" / "01-first.yaml"
    section.write_text(section.read_text().replace("title: ", "title: New ", 1))
    assert f"Older than its booklet: {sheets}" in run(*order).stdout


def test_a_build_says_how_long_it_took_or_nothing_or_values(content: Path) -> None:
    order = ("--audience", "patient", "--size", "standard", "--content", content,
             "--output", content.parent / "out")  # fmt: skip
    assert re.search(r"\n3 files in \d+ s\n$", run(*order).stdout)
    assert (run(*order, "--quiet").stdout, run(*order, "-q").stderr) == ("", "")
    said = json.loads(run(*order, "--json").stdout)
    assert [Path(row["file"]).suffix for row in said["files"]] == [".pdf", ".html", ".json"]
    assert [row["pages"] for row in said["files"]][1:] == [None, None]
    assert said["remarks"] == ["specimen: draft, nobody has approved these words"]


@pytest.mark.parametrize("width", [40, 80])
def test_no_name_of_a_file_is_cut_on_a_narrow_terminal(
    width: int, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "aml-relapse_patient_en_large-print-18pt_example_v0-1.pdf"
    console = Console(width=width, force_terminal=True, file=StringIO())
    show((BuiltFile(name, b"", 24),), Path("output"), console, console.print)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in shown
    cells = [line.split("│")[1].strip() for line in shown.splitlines() if line.startswith("│")]
    assert "".join(cells) == f"output/{name}"


@pytest.mark.parametrize(
    "command",
    [(), *((name,) for name in ("build", "release", "check", "preview", "history", "approve")),
     ("paper",), ("paper", "sheets"), ("paper", "ticket")],
    ids=" ".join,
)  # fmt: skip
def test_the_help_speaks_of_no_types_of_python(command: tuple[str, ...]) -> None:
    words = run(*command, "--help").stdout
    assert "Show this message" in words
    assert not re.search(r"<\w|\[str\]|list\[", words)


@pytest.mark.parametrize("width", ["40", "80"])
@pytest.mark.parametrize("command", [(), ("check",)], ids=["", "check"])
def test_the_help_cuts_nothing_on_a_narrow_terminal(command: tuple[str, ...], width: str) -> None:
    words = in_a_process(*command, "--help", COLUMNS=width).stdout
    assert all(len(line) <= int(width) for line in words.splitlines())
    assert command or "To answer for the words" in words
    assert "--content" in words
    assert not re.search(r"\w…|\w\.\.\. *\n", words.replace("[ARGS]...", ""))

"""What is left of mailing runs on the disk, and how it is destroyed."""

import json
from dataclasses import dataclass
from pathlib import Path

from booklet.files import digest_of_file
from booklet.post.ledger import Ledger, Run
from booklet.post.ledger_file import LEDGER, LedgerGone, ledger_to_read
from booklet.post.private import shred
from booklet.post.run import UNFINISHED, give_up
from booklet.problems import WrongUsage

_NAME_OF_A_RUN = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-*"
SAMPLE = "sample"
"""The folder of letters that were made to be looked at; no run has its name."""


@dataclass(frozen=True, slots=True)
class Shredded:
    """What was destroyed."""

    name: str  # The run, or `SAMPLE`
    files: int  # How many files there were
    bytes: int  # How large they were together
    was_handed_over: bool  # Whether the ledger still knows who got what


@dataclass(frozen=True, slots=True)
class LettersOfRun:
    """A file with many letters, as a run handed it over."""

    run: Run  # The run
    letters: int  # How many are in the file


def letters_of_run(file: Path) -> LettersOfRun | None:
    """What a run's ledger says of a file with many letters; `None` of any other, or a changed one.

    Each letter was held against the run's carrier when it was made. As one letter the file would
    be far too long.
    """
    if not file.is_file() or not (file.parent.parent / LEDGER).is_file():
        return None
    with ledger_to_read(file.parent.parent) as ledger:
        run = ledger.run(file.parent.name)
        if run is None or json.loads(run.options).get("way") == "files":
            return None
        made = {
            name: digest
            for b in ledger.batches(run.id).values()
            for name, digest in b.files.items()
        }
        if made.get(file.name) != digest_of_file(file):
            return None
        return LettersOfRun(run, sum(each.file == file.name for each in ledger.letters(run.id)))


def must_know_its_runs(ledger: Ledger, folder: Path) -> None:
    """`LedgerGone` where letters lie in the folder whose run the ledger does not know.

    It is an older copy then, and would let people get everything twice; a new run could take the
    name of one of those, and its place.
    """
    known = {run.id for run in ledger.runs()}
    found = sorted(each.name for each in folder.glob(_NAME_OF_A_RUN) if each.is_dir())
    if unknown := [name for name in found if name not in known]:
        raise LedgerGone(
            f"letters of {', '.join(unknown)} are in {folder}, and the ledger knows nothing of "
            "them: it is older than they are; put back the newest copy of it. If there is none, "
            "move those folders away: who got these letters is then not known"
        )


def shred_sample(folder: Path) -> Shredded:
    """Destroy letters that were made to be looked at; `WrongUsage` where there are none."""
    if not (folder / SAMPLE).exists():
        raise WrongUsage(f"there is no sample in {folder}; name another folder with --output")
    return Shredded(SAMPLE, *shred(folder / SAMPLE), was_handed_over=False)


def shred_run(ledger: Ledger, folder: Path, name: str, now: str) -> Shredded:
    """Destroy the files of a run; of one that was handed over the ledger keeps what was given.

    `WrongUsage` where there is no run of that name, or nothing of it is left.
    """
    run = ledger.run(name)
    if run is None:
        known = ", ".join(each.id for each in ledger.runs() if each.state != "shredded")
        raise WrongUsage(
            f"there is no run `{name}`" + (f"; there are: {known}" if known else "; there is none")
        )
    if run.state == "shredded":
        raise WrongUsage(f"the files of run {name} were destroyed before, at {run.changed}")
    if run.state == "begun":
        destroyed = [shred(folder / each) for each in (name, f"{UNFINISHED}{name}")]
        give_up(ledger, name, folder)
        files, size = map(sum, zip(*destroyed, strict=True))
        return Shredded(name, files, size, was_handed_over=False)
    destroyed_here = shred(folder / name)
    ledger.shredded(name, now)
    return Shredded(name, *destroyed_here, was_handed_over=True)

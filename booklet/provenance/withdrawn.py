"""Finished files whose words were withdrawn: whether one is, and which of them lie in a folder."""

from collections.abc import Collection, Iterator
from datetime import date
from glob import escape
from pathlib import Path

from booklet.content.names import is_booklet
from booklet.content.version_code import code_of
from booklet.plain_file import read_file
from booklet.problems import Problem
from booklet.provenance.identify import said_to_be
from booklet.provenance.manifest import listed_files
from booklet.review.booklet import record_alone
from booklet.review.status import TAKE_BACK, signed, withdrawals

_MADE_OF_IT = ("_PRINT-*.pdf", "_JOB-TICKET.pdf")
"""What ends the names of files that are made of a finished PDF, and that no manifest need name."""


def withdrawn(file: Path, content: Path, today: date) -> Iterator[Problem]:
    """Who withdrew the words that a file says it has, and why, by the records in a content folder.

    Nothing of words that stand, of a file that cannot be read, and of one that is none of ours.
    `FaultsFound` where a record cannot be read.
    """
    try:
        said = dict.fromkeys(said_to_be(read_file(file)))
    except OSError:
        return
    for name, code in said:
        if is_booklet(content, name):
            gone = withdrawals(record_alone(content, name, today)[0].record)
            for by in (by for known, by in gone.items() if code_of(known) == code):
                yield Problem(file, f"its words were {signed(by)}: {by.why}. {TAKE_BACK}")


def files_of(folder: Path, name: str, gone: Collection[str]) -> tuple[Path, ...]:
    """The files of a booklet's words that lie in a folder or in what was released from it.

    `gone` has the fingerprints of the words. Print sheets and job tickets that were made of the
    files lie beside them, whether a manifest names them or not.
    """
    named = {
        each.folder / each.row["name"]
        for each in listed_files(folder)
        if each.manifest["booklet"] == name and each.manifest["fingerprint"] in gone
    }
    beside = {
        other
        for file in named
        for ending in _MADE_OF_IT
        for other in file.parent.glob(f"{escape(file.stem)}{ending}")
    }
    return tuple(sorted(each for each in named | beside if each.is_file()))

"""What is to be attached to what, and what comes of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from booklet.attach.limit import Limit

Way = Literal["append", "enclose", "beside"]
"""One PDF, the letter first; booklets as files inside the letter; files of their own."""
WAYS: tuple[Way, ...] = get_args(Way)

ActiveChoice = Literal["remove", "refuse"]
"""What is done with scripts, programs and links to anywhere in PDFs that come from outside."""
ACTIVE_CHOICES: tuple[ActiveChoice, ...] = get_args(ActiveChoice)


@dataclass(frozen=True, slots=True)
class GivenPdf:
    """A PDF that is attached, or that others are attached to."""

    path: Path  # what it is called in messages; its name is that of an enclosed file
    data: bytes  # the file itself
    is_ours: bool = False  # whether it was built here, so that its links may lead anywhere
    said: str = ""  # who answers for its words, in a sentence; nothing where nobody here knows
    is_draft: bool = False  # whether nobody answers for its words
    standard_bytes: int | None = None
    """How large the booklet is in standard print; `None` where this is it, or none is there."""
    notes: tuple[str, ...] = ()  # what to look at before it is sent


@dataclass(frozen=True, slots=True)
class AttachOrder:
    """What somebody asked for."""

    letter: GivenPdf  # the letter, which is only read
    booklets: tuple[GivenPdf, ...]  # what goes with it, in this order
    on: date  # the day it is done
    way: Way = "append"  # how they go together
    active: ActiveChoice = "remove"  # what is done with what letters should not do
    hosts: tuple[str, ...] = ()  # where links may lead besides health services and government
    tag_letter: bool = False  # whether a letter without tags gets paragraphs found by machine
    letter_title: str = ""  # what the letter is called; empty: as it calls itself
    letter_language: str = ""  # the language of the letter as a tag; empty: as it says
    limit: Limit | None = None  # how large files may be; `None` for any size


@dataclass(frozen=True, slots=True)
class Given:
    """The words that somebody was given, as a record keeps them."""

    title: str  # title, reader and size, as the file calls itself
    language: str  # its language as a tag, or nothing
    identifier: str  # name, version and code of the words, or nothing
    said: str  # who answers for the words, or nothing
    is_draft: bool  # whether nobody answers for them
    sha256: str  # the digest of the file as it was before it was attached


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file to be sent."""

    ending: str  # what its name has behind the name that was asked for, before `.pdf`
    data: bytes  # the file itself
    pages: int  # how many pages it has
    holds: tuple[Given, ...]  # the booklets in it


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of an order."""

    files: tuple[AttachedFile, ...]  # one file, or the letter and each booklet
    claims: tuple[str, ...]  # the standards that the one file says it meets
    notes: tuple[str, ...]  # what was dropped and why, and what to look at
    removed: tuple[str, ...]  # what was taken out, with file and page
    given: tuple[Given, ...]  # all booklets that are in the files

"""What is joined, and what comes of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF that becomes a part of another."""

    data: bytes  # the file itself
    name: str  # what it is called in messages
    title: str = ""  # what the part is called; empty: as the file calls itself, else `name`
    language: str = ""  # its language as a tag; empty: as the file says
    marked_by_machine: bool = False  # whether a machine guessed its structure (`marking`)


@dataclass(frozen=True, slots=True)
class Joined:
    """Several PDFs in one."""

    data: bytes  # the file
    pages: int  # how many pages it has
    claims: tuple[str, ...]  # the standards it says it meets: `PDF/UA-1`, `PDF/A-2a`
    notes: tuple[str, ...]  # what was dropped, and because of which part


@dataclass(frozen=True, slots=True)
class Facts:
    """What a PDF says of itself that decides how it may be joined."""

    pages: int  # how many pages it has
    title: str  # its title by XMP or the document information, or nothing
    language: str  # its language as a tag, or nothing
    identifier: str  # what XMP calls it (`dc:identifier`), or nothing
    tagged: bool  # whether it has a structure tree
    claims: tuple[str, ...]  # the standards it says it meets
    encrypted: bool  # whether it is encrypted, though it could be opened
    signed: bool  # whether somebody signed it
    form: bool  # whether it has fields to fill in
    xfa: bool  # whether its form is made by XFA, which most programs cannot show
    portfolio: bool  # whether it is a cover with other files in it (ISO 32000-1, 7.11.6)
    mended: tuple[str, ...]  # what qpdf had to mend to read it

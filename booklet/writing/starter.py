"""A booklet to begin with: every kind of block, with notes that say what to write."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path, PurePath
from string import Template
from textwrap import shorten

from booklet.content.folder import is_booklet_name, mapping
from booklet.content.language import ENGLISH
from booklet.content.markup import MarkupFaults, parse
from booklet.content.names import booklet_names, where_to_go
from booklet.content.validation_context import ValidationContext
from booklet.content.yaml_source import Source, read_yaml
from booklet.editions import AUDIENCES
from booklet.problems import FaultsFound, WrongUsage
from booklet.resources import starter_folder
from booklet.writing.schema import FOLDER, head, schemas

LONGEST_NAME = 60
"""Letters of a name; the finished files carry it, with the reader, the size and the version."""
LONGEST_RUNNING_HEAD = 36  # Letters that fit at the head of a page
_TAKEN = ("clinics", "shared", FOLDER)
_HOUSE = "house.yaml"
_EMERGENCY = "emergency"
_HELP_LINE = "nhs-111"


def must_be_content_folder(content: Path) -> None:
    """`WrongUsage` where booklets are not begun: an empty folder may become a content folder."""
    if not content.is_dir():
        raise WrongUsage(
            f"there is no folder {content.absolute()}; {where_to_go(content)}. To begin a content "
            "folder there, make that folder first"
        )
    if any(content.iterdir()) and not (booklet_names(content) or (content / _HOUSE).exists()):
        raise WrongUsage(
            f"{content.absolute()} holds other things and no booklet; go to the folder of the "
            "booklet builder, or name a content folder, or one that is empty, with --content"
        )


def new_booklet(content: Path, name: str, title: str | None, today: date) -> dict[str, bytes]:
    """The files of a booklet that builds at once, by their paths in the content folder.

    Among them is what the folder still lacks of what booklets share, and the schemas that
    editors read. `WrongUsage` where the name is taken or is none, or the title cannot be
    printed; `FaultsFound` where the house file or the glossary that is there cannot be read, or
    has no emergency number.
    """
    _must_be_free(content, name)
    title = _printable(title or name.replace("-", " ").capitalize())
    words = _words(content, title, today)
    own = {path: Template(text).substitute(words) for path, text in _starter("booklet")}
    texts = {path: text for path, text in _starter("shared") if not (content / path).exists()}
    texts |= {f"{name}/{path}": text for path, text in own.items()}
    heads = {path: f"{head(PurePath(path))}\n" for path in texts if path.endswith(".yaml")}
    return {path: (heads.get(path, "") + texts[path]).encode() for path in texts} | schemas()


def _starter(part: str) -> list[tuple[str, str]]:
    """The files of one part of the starter: their paths there, and their text."""
    folder = starter_folder() / part
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_text("utf-8")) for path in files]


def _must_be_free(content: Path, name: str) -> None:
    if not is_booklet_name(name):
        spelt = _spelt(name)
        remedy = f"did you mean `{spelt}`?" if spelt else "write it like `blood-tests`"
        raise WrongUsage(
            f"`{name}` cannot name a booklet: a name is small letters, digits and hyphens; {remedy}"
        )
    if len(name) > LONGEST_NAME:
        raise WrongUsage(f"`{name}` is too long for a name; write {LONGEST_NAME} letters at most")
    if name in _TAKEN:
        raise WrongUsage(f"the folder `{name}` is for other things; write another name")
    if (content / name).exists():
        raise WrongUsage(f"{content / name} is there already; change it, or write another name")


def _spelt(name: str) -> str:
    """The name in letters that may stand in one.

    >>> _spelt("Être prêt: Blood tests!")
    'etre-pret-blood-tests'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")


def _printable(title: str) -> str:
    """The title, if it can be printed as it is typed."""
    nothing_known = ValidationContext(AUDIENCES[0], ENGLISH)
    try:
        printed = parse(title, nothing_known).plain.strip()
    except MarkupFaults as error:
        raise WrongUsage(f"the title cannot be printed: {error}") from error
    if not re.search(r"\w", printed):
        raise WrongUsage("the title is empty; write what the booklet is about")
    return " ".join(title.split())


def _words(content: Path, title: str, today: date) -> dict[str, str]:
    """What is filled in: every text as it is quoted in YAML."""
    help_line = _help_line(_shared(content, _HOUSE))
    terms = mapping(_shared(content, "glossary.yaml").values).get("terms")
    term = mapping(terms[0]).get("term") if isinstance(terms, list) and terms else None
    bold = f" Write here in bold what the list of words explains, like **{term}**." if term else ""
    texts = {
        "title": title,
        "running_head": shorten(title, LONGEST_RUNNING_HEAD, placeholder=""),
        "about": f"Write here what it is, in words that everybody knows.{bold}",
    }
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in texts.items()}
    return {**quoted, "today": today.isoformat(), "help_line": help_line}


def _shared(content: Path, name: str) -> Source:
    """A file that booklets share: the folder's own, or the one it will be given."""
    own = content / name
    return read_yaml(own if own.exists() else starter_folder() / "shared" / name)


def _help_line(house: Source) -> str:
    """The contact for the back cover: one with a telephone number, not the emergency one."""
    contacts = mapping(mapping(house.values).get("contacts"))
    answered = [name for name, contact in contacts.items() if mapping(contact).get("phone")]
    if _EMERGENCY not in answered:
        message = (
            f"a new booklet needs the contact `{_EMERGENCY}`; add it under `contacts:` with "
            "`name`, `offers`, `phone` and `checked`"
        )
        raise FaultsFound([house.problem(message, ("contacts",))])
    others = [name for name in answered if name != _EMERGENCY]
    return _HELP_LINE if _HELP_LINE in others else next(iter(others), _EMERGENCY)

"""What a PDF of somebody else's does besides being read: scripts, programs, links to anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import yaml
from pikepdf import Dictionary, Name, NameTree, Stream, String
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked

from booklet.pdf.join.reading import child, items
from booklet.pdf.join.walking import outline_items

DATA = Path(__file__).with_suffix(".yaml")


@checked(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Known:
    """The data file: what counts as active, and what is let through."""

    actions: dict[str, str]  # kinds of action that are not let through, and words for them
    hosts: tuple[str, ...]  # where links may lead, with all hosts below these
    schemes: tuple[str, ...]  # kinds of address that open no page
    programs: tuple[str, ...]  # endings of names of programs
    first_bytes: tuple[str, ...]  # what files of programs begin with


@dataclass(frozen=True, slots=True)
class Active:
    """One thing that a file does or carries, and where it can be taken out."""

    words: str  # what it is
    page: int  # the page it stands on, from 1; 0 for the file as a whole
    owner: Any  # the dictionary of the opened file it hangs on
    key: str  # the entry that goes when it is removed


@cache
def known() -> Known:
    """The data file, read."""
    values = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return TypeAdapter(Known).validate_python(values)


def active_content(pdf: pikepdf.Pdf, hosts: tuple[str, ...] = ()) -> tuple[Active, ...]:
    """All that an opened file does besides being read, in the order of its pages.

    `hosts` are more that links may lead to, each with all below it.
    """
    return tuple(_all(pdf, (*known().hosts, *hosts)))


def removed(found: tuple[Active, ...]) -> None:
    """Take what was found out of the file it was found in.

    A link stays where it is and leads nowhere: its place on the page and in the tree are kept.
    """
    for each in found:
        if each.key in each.owner:
            del each.owner[each.key]


def _all(pdf: pikepdf.Pdf, hosts: tuple[str, ...]) -> Iterator[Active]:
    root = pdf.Root
    yield from _actions(root, "/OpenAction", 0, hosts)
    yield from _by_event(root, 0, hosts)
    names = child(root, "/Names")
    if "/JavaScript" in names:
        yield Active("scripts", 0, names, "/JavaScript")
    embedded = names.get("/EmbeddedFiles")
    attached = [*NameTree(embedded).values()] if embedded is not None else []
    yield from _programs((*attached, *items(root, "/AF")), 0)
    for number, page in enumerate(pdf.pages, 1):
        yield from _by_event(page.obj, number, hosts)
        for annotation in items(page.obj, "/Annots"):
            if isinstance(annotation, Dictionary):
                yield from _of_annotation(annotation, number, hosts)
    for item in outline_items(child(root, "/Outlines")):
        yield from _actions(item, "/A", 0, hosts)


def _of_annotation(annotation: Dictionary, page: int, hosts: tuple[str, ...]) -> Iterator[Active]:
    yield from _actions(annotation, "/A", page, hosts)
    yield from _by_event(annotation, page, hosts)
    yield from _programs([annotation.get("/FS")], page)
    if "/RichMediaContent" in annotation:
        yield Active(known().actions["RichMediaExecute"], page, annotation, "/RichMediaContent")


def _by_event(owner: pikepdf.Object, page: int, hosts: tuple[str, ...]) -> Iterator[Active]:
    """Actions that run when something happens to a page or a field (12.6.3)."""
    events = child(owner, "/AA")
    for event in events.keys():  # noqa: SIM118  (it is no dict)
        yield from _actions(events, event, page, hosts)


def _actions(
    owner: pikepdf.Object, key: str, page: int, hosts: tuple[str, ...]
) -> Iterator[Active]:
    """An action and those that follow it, each told with what it hangs on."""
    seen = pikepdf.ObjectSet()
    while isinstance(action := owner.get(key), Dictionary) and seen.add(action):
        if words := _words(action, hosts):
            yield Active(words, page, owner, key)
        following = action.get("/Next")
        if isinstance(following, pikepdf.Array):
            for each in following.as_list():
                if isinstance(each, Dictionary) and _words(each, hosts):
                    yield Active(str(_words(each, hosts)), page, action, "/Next")
            return
        owner, key = action, "/Next"


def _words(action: Dictionary, hosts: tuple[str, ...]) -> str | None:
    """What is wrong with an action; `None` where nothing is."""
    kind = action.get("/S")
    if kind != Name.URI:
        return known().actions.get(str(kind)[1:])
    address = action.get("/URI")
    return _link(str(address) if isinstance(address, String) else "", hosts)


def _link(address: str, hosts: tuple[str, ...]) -> str | None:
    """What is wrong with an address; `None` where it may be followed."""
    try:
        parts = urlsplit(address if ":" in address.partition("/")[0] else f"//{address}")
        scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    except ValueError:
        return "a link to an address that is none"
    if scheme in known().schemes:
        return None
    if scheme in ("", "http", "https") and any(
        host == each or host.endswith(f".{each}") for each in hosts
    ):
        return None
    return f"a link to {host}" if host else f"a link that begins with `{scheme or '?'}:`"


def _programs(files: Any, page: int) -> Iterator[Active]:
    """Embedded files that are programs, or that programs run (7.11.4)."""
    for file in files:
        if isinstance(file, Dictionary) and (held := child(file, "/EF")):
            name = next((str(file[key]) for key in ("/UF", "/F") if key in file), "")
            if _is_program(name, held):
                yield Active(f"an embedded program, `{name}`", page, file, "/EF")


def _is_program(name: str, held: Dictionary) -> bool:
    if name.rpartition(".")[2].lower() in known().programs:
        return True
    begins = tuple(each.encode("latin-1") for each in known().first_bytes)
    return any(
        isinstance(data, Stream) and data.read_bytes().startswith(begins) for data in held.values()
    )

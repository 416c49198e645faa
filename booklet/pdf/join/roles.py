"""The names that several files give to types and classes, brought under one map.

Those are the role map and the class map of ISO 32000-1, 14.7.3 and 14.7.5.2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from booklet.pdf.tree import STANDARD


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one file: of its structure types, or of its classes of attributes."""

    meant: Mapping[str, str]  # what each stands for: its role map, or its class map in words
    used: frozenset[str]  # all that its elements use


@dataclass(frozen=True, slots=True)
class Merged:
    """One map for all files, and what must be called otherwise for it."""

    meant: dict[str, str]  # what each name stands for in the whole
    renamed: tuple[dict[str, str], ...]  # of each file: the names that change, and into what


def merged_names(files: Iterable[Names], standard: frozenset[str] = STANDARD) -> Merged:
    """One map in which every name of every file means what it meant.

    A name keeps itself unless an earlier file means something else by it, or it gives a standard
    name another meaning, which would then hold in all files.

    >>> letter = Names({"Standard": "P", "Box": "Div"}, frozenset({"Standard", "Box", "H1"}))
    >>> booklet = Names({"Box": "Sect"}, frozenset({"Box", "H1"}))
    >>> merged_names((letter, booklet))
    Merged(meant={'Box': 'Div', 'Standard': 'P', 'Box.2': 'Sect'}, renamed=({}, {'Box': 'Box.2'}))
    >>> merged_names((Names({"H1": "P"}, frozenset({"H1"})), booklet)).renamed
    ({'H1': 'H1.1'}, {})
    """
    taken: dict[str, str] = {}  # every name that has a meaning by now; its own where unmapped
    renamed: list[dict[str, str]] = []
    for number, names in enumerate(files, 1):
        own = {name: names.meant.get(name, name) for name in {*names.meant, *names.used}}
        own = {name: role for name, role in own.items() if name not in standard or role != name}
        changed = {
            name: _free(f"{name}.{number}", {*taken, *own})
            for name, role in own.items()
            if name in standard or taken.get(name, role) != role
        }
        for name in sorted(own):
            role = own[name]
            new = changed.get(name, name)
            taken[new] = new if role == name else changed.get(role, role)
        renamed.append(changed)
    meant = {name: role for name, role in taken.items() if role != name}
    return Merged(meant, tuple(renamed))


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    return name

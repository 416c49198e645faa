"""The structure trees of several files, made one (ISO 32000-1, 14.7).

Below one Document each file is a Part, which holds the elements of the file's own Document as they
were. What elements are known by (numbers on pages, their IDs, names of types and classes) is made
different where two files use the same for different things.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, String

from booklet.pdf.join.reading import child, items
from booklet.pdf.join.roles import Names, merged_names
from booklet.pdf.join.walking import elements, numbered

NUMBERS = ("/StructParents", "/StructParent")


@dataclass(frozen=True, slots=True)
class TreePart:
    """The structure of one file, its objects in the file that is being made."""

    root: Dictionary | None  # its structure tree root; `None` where it has no tags
    pages: tuple[pikepdf.Page, ...]  # its pages
    title: str  # what the Part is called
    language: str  # its language, or nothing


def merge_trees(target: pikepdf.Pdf, parts: Sequence[TreePart]) -> tuple[frozenset[str], ...]:
    """Give the file one tree of all parts; those without tags have no place in it.

    The roots handed in are used up. Gives the types of elements that each part with tags uses.
    """
    for part in parts:
        if part.root is None:
            _forget_numbers(part.pages)
    tagged = [part for part in parts if part.root is not None and "/K" in part.root]
    if not tagged:
        return ()
    root = target.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = target.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    tops = [_as_part(target, part, document) for part in tagged]
    document.K, root.K = Array(tops), document
    types = _merge_roles(root, tagged, tops)
    _merge_classes(root, tagged, tops)
    _merge_numbers(target, root, tagged)
    _merge_identifiers(target, root, tagged, tops)
    spaces = [space for part in tagged for space in items(_root(part), "/Namespaces")]
    if spaces:
        root.Namespaces = Array(spaces)
    target.Root.StructTreeRoot = root
    return types


def _root(part: TreePart) -> Dictionary:
    assert part.root is not None
    return part.root


def _as_part(target: pikepdf.Pdf, part: TreePart, document: Dictionary) -> Dictionary:
    """The one element at the top of a file's tree: its Document, or one around what is there."""
    kids = items(_root(part), "/K") or [_root(part).K]
    top = kids[0]
    is_document = _is_document(top, child(_root(part), "/RoleMap"))
    if len(kids) > 1 or not isinstance(top, Dictionary) or not is_document:
        top = target.make_indirect(Dictionary(Type=Name.StructElem, K=Array(kids)))
        for kid in kids:
            if isinstance(kid, Dictionary):
                kid.P = top
    top.S, top.P, top.T = Name.Part, document, String(part.title)
    if "/NS" in top:
        del top.NS
    if part.language and "/Lang" not in top:
        top.Lang = String(part.language)
    return top


def _is_document(element: pikepdf.Object, roles: Dictionary) -> bool:
    if not isinstance(element, Dictionary) or not isinstance(element.get("/S"), Name):
        return False
    role = str(element.S)
    return role == "/Document" or roles.get(role) == Name.Document


Users = list[tuple[Dictionary, str]]
"""Elements, each with a name it uses."""


def _merge_roles(
    root: Dictionary, parts: Sequence[TreePart], tops: Sequence[Dictionary]
) -> tuple[frozenset[str], ...]:
    """One role map for all; gives the types that each part uses, as they were."""
    users = [[*_types(top)] for top in tops]
    used = tuple(frozenset(name for _, name in each) for each in users)
    merged = merged_names(
        Names(plain_roles(child(_root(part), "/RoleMap")), names)
        for part, names in zip(parts, used, strict=True)
    )
    if merged.meant:
        root.RoleMap = Dictionary(
            {f"/{name}": Name(f"/{role}") for name, role in merged.meant.items()}
        )
    for found, changed in zip(users, merged.renamed, strict=True):
        for element, name in found if changed else ():
            element.S = Name("/" + changed.get(name, name))
    return used


def _types(top: Dictionary) -> Iterator[tuple[Dictionary, str]]:
    """Elements whose type is looked up in the role map: one with a namespace is not."""
    for element in elements(top):
        if "/NS" not in element:
            yield element, str(element.S)[1:]


def plain_roles(roles: Dictionary) -> dict[str, str]:
    """A role map in words, without slashes."""
    return {name[1:]: str(role)[1:] for name, role in roles.items() if isinstance(role, Name)}


def _merge_classes(root: Dictionary, parts: Sequence[TreePart], tops: Sequence[Dictionary]) -> None:
    maps = [child(_root(part), "/ClassMap") for part in parts]
    if not any(maps):
        return
    told = [
        {name: value.unparse().decode("latin-1") for name, value in each.items()} for each in maps
    ]
    merged = merged_names((Names(each, frozenset()) for each in told), frozenset())
    entries: dict[str, pikepdf.Object] = {}
    for each, top, changed in zip(maps, tops, merged.renamed, strict=True):
        entries |= {changed.get(name, name): value for name, value in each.items()}
        for element in elements(top) if changed else ():
            if "/C" in element:
                element.C = _with_names(element.C, changed)
    root.ClassMap = Dictionary(entries)


def _with_names(classes: pikepdf.Object, changed: Mapping[str, str]) -> pikepdf.Object:
    if isinstance(classes, Array):
        return Array([_with_names(each, changed) for each in classes.as_list()])
    return Name(changed.get(str(classes), str(classes))) if isinstance(classes, Name) else classes


def _merge_numbers(target: pikepdf.Pdf, root: Dictionary, parts: Sequence[TreePart]) -> None:
    """One parent tree: the numbers of each part begin where those before it end."""
    merged, start = NumberTree.new(target), 0
    for part in parts:
        known = dict(NumberTree(_root(part).ParentTree)) if "/ParentTree" in _root(part) else {}
        for number, elements_there in known.items():
            merged[number + start] = elements_there
        used = [*known]
        for thing in numbered(part.pages):
            for key in NUMBERS:
                its: Any = thing.get(key)
                if isinstance(its, int):
                    thing[key] = its + start
                    used.append(its)
        start += max(used, default=-1) + 1
    root.ParentTree, root.ParentTreeNextKey = merged.obj, start


def _forget_numbers(pages: Iterable[pikepdf.Page]) -> None:
    """Numbers of a tree that is not there would be taken for those of another file's."""
    for thing in numbered(pages):
        for key in NUMBERS:
            if key in thing:
                del thing[key]


def _merge_identifiers(
    target: pikepdf.Pdf, root: Dictionary, parts: Sequence[TreePart], tops: Sequence[Dictionary]
) -> None:
    """One tree of IDs: one that an earlier part uses too gets the number of its part behind it."""
    merged, some = NameTree.new(target), False
    for number, (part, top) in enumerate(zip(parts, tops, strict=True), 1):
        known = dict(NameTree(_root(part).IDTree)) if "/IDTree" in _root(part) else {}
        changed = {name: f"{name}.{number}" for name in known if name in merged}
        for name, element in known.items():
            merged[changed.get(name, name)] = element
            some = True
        for element in elements(top) if changed else ():
            _rename_identifiers(element, changed)
    if some:
        root.IDTree = merged.obj


def _rename_identifiers(element: Dictionary, changed: Mapping[str, str]) -> None:
    """The ID of an element, and those of the headers of a cell (ISO 32000-1, 14.8.5.7)."""
    if "/ID" in element:
        element.ID = _identifier(element.ID, changed)
    attributes = element.get("/A")
    owners = attributes.as_list() if isinstance(attributes, Array) else [attributes]
    for owner in owners:
        if isinstance(owner, Dictionary) and "/Headers" in owner:
            owner.Headers = Array([_identifier(each, changed) for each in items(owner, "/Headers")])


def _identifier(name: pikepdf.Object, changed: Mapping[str, str]) -> pikepdf.Object:
    return String(changed.get(str(name), str(name)))

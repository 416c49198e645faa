"""Ways through a joined file: named destinations, bookmarks and what pages are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, String

from booklet.pdf.join.reading import child, text
from booklet.pdf.join.walking import outline_items


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """The bookmarks of one file, in the file that is being made."""

    title: str  # the heading they stand under
    first: pikepdf.Page  # the page it leads to
    outline: Dictionary | None  # its own bookmarks, to be used up


def destination_names(pdf: pikepdf.Pdf) -> frozenset[str]:
    """The names of all places in a file that have one (ISO 32000-1, 12.3.2.3)."""
    there = child(pdf.Root, "/Names").get("/Dests")
    return frozenset(NameTree(there)) if there is not None else frozenset()


def carry_names(
    target: pikepdf.Pdf, source: pikepdf.Pdf, taken: frozenset[str], known: Mapping[str, str]
) -> dict[str, str]:
    """Give a file the named destinations of another, whose pages it has; the names that changed.

    `taken` are the names it had before. `known` says what became of those that links on the pages
    lead to; the others are those that bookmarks, or other files, lead to.
    """
    there = child(source.Root, "/Names").get("/Dests")
    if there is None:
        return {}
    tree, changed = _name_tree(target), dict(known)
    for name, place in NameTree(there).items():
        new = known.get(name, name)
        while new in taken:
            new += ".1"
        if new != name:
            changed[name] = new
        tree[new] = target.copy_foreign(source.make_indirect(place))
    return changed


def _name_tree(target: pikepdf.Pdf) -> NameTree:
    if "/Names" not in target.Root:
        target.Root.Names = target.make_indirect(Dictionary())
    names = target.Root.Names
    if "/Dests" not in names:
        names.Dests = NameTree.new(target).obj
    return NameTree(names.Dests)


def follow_names(outline: Dictionary, changed: Mapping[str, str]) -> None:
    """Let bookmarks lead to the places under their new names."""
    for item in outline_items(outline) if changed else ():
        for owner, key in ((item, "/Dest"), (child(item, "/A"), "/D")):
            if isinstance(name := owner.get(key), String):
                owner[key] = String(changed.get(str(name), str(name)))


def merge_outlines(target: pikepdf.Pdf, parts: Sequence[OutlinePart]) -> None:
    """The bookmarks of each part below a heading for it, which leads to its first page.

    A part that stands below one of its own keeps its words, which are those of a heading on its
    page, unless those of another part are the same: then its title, too, says which part it is.
    """
    top = target.make_indirect(Dictionary(Type=Name.Outlines))
    own = [_own_title(part) for part in parts]
    heads = [
        _head(target, replace(part, title=title) if own.count(title) == 1 and title else part, top)
        for part, title in zip(parts, own, strict=True)
    ]
    for before, after in pairwise(heads):
        before.Next, after.Prev = after, before
    top.First, top.Last = heads[0], heads[-1]
    top.Count = len(heads) + sum(max(int(head.get("/Count", 0)), 0) for head in heads)
    target.Root.Outlines = top


def _own_title(part: OutlinePart) -> str:
    """The one bookmark that all others of a part stand below, where its title begins with it."""
    first = _first(part)
    title = text(first, "/Title")
    return title if title and "/Next" not in first and part.title.startswith(title) else ""


def _first(part: OutlinePart) -> Dictionary:
    return Dictionary() if part.outline is None else child(part.outline, "/First")


def _head(target: pikepdf.Pdf, part: OutlinePart, top: Dictionary) -> Dictionary:
    """The heading of a part: its outline itself, whose bookmarks know it as their parent.

    Where all of them stand below the title of the file already, it is that one.
    """
    head = part.outline if part.outline is not None else target.make_indirect(Dictionary())
    first = _first(part)
    if _own_title(part):
        head = first
    if "/Type" in head:
        del head.Type
    head.Title, head.Parent = String(part.title), top
    if head is not first:
        head.Dest = Array([part.first.obj, Name.XYZ, None, None, None])
    return head


def merge_labels(target: pikepdf.Pdf, parts: Sequence[tuple[pikepdf.Object | None, int]]) -> None:
    """What each page is called in its own file: of each part its tree of labels, and its pages.

    A file that says nothing counts its pages from 1 (ISO 32000-1, 12.4.2), and goes on doing so.
    """
    merged, start = NumberTree.new(target), 0
    for labels, pages in parts:
        merged[start] = Dictionary(S=Name.D)
        for page, label in NumberTree(labels).items() if labels is not None else ():
            if page < pages:
                merged[start + page] = label
        start += pages
    target.Root.PageLabels = merged.obj

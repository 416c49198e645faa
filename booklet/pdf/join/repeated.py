"""One booklet joined to many letters: what is the same each time is made once.

What comes out is what `join` makes of the two. The file holds first the booklet's objects, as bytes
that never change, and behind them the letter's, with the few that tie both together.
"""

from collections.abc import Set
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, NameTree, NumberTree

from booklet.pdf.join import claims
from booklet.pdf.join.gathering import Gathering, leaves
from booklet.pdf.join.joining import Source, claimed, join, mark, open_part, roots_of
from booklet.pdf.join.navigation import OutlinePart, destination_names, merge_labels, merge_outlines
from booklet.pdf.join.packing import HEADER, Section, section, whole
from booklet.pdf.join.part import Joined, Part
from booklet.pdf.join.reading import child
from booklet.pdf.join.roles import Names, merged_names
from booklet.pdf.join.sharing import share_equal
from booklet.pdf.join.structure import NUMBERS, TreePart, merge_trees, plain_roles
from booklet.pdf.join.walking import numbered

PAGES, DOCUMENT, OUTLINES, LETTER_HEAD, FIRST_FREE = range(1, 6)
"""The numbers of what is made for each letter and the booklet refers to: the root of the page tree,
the Document, the outline and the bookmark before its own. Those of the booklet begin behind."""

CATALOG = frozenset(
    {"/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Metadata", "/Outlines"}
    | {"/OutputIntents", "/PageLabels", "/ViewerPreferences", "/Names"}
)
"""What the catalog of our letters has; one with more in it is joined the long way."""

TREE = frozenset({"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap"})
"""What the structure tree root of our letters has."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is the same for every letter; numbers are those of objects in the files to be made."""

    section: Section  # the objects of the booklet, written
    same: dict[bytes, int]  # its streams that refer to nothing, by their digest
    labels: pikepdf.Object | None  # what its pages are called
    pages: int  # the node of its pages
    part: int  # the Part that it is
    head: int  # its bookmark
    lines: int  # how many bookmarks are seen below that
    owners: int  # its node of the parent tree
    next_owner: int  # the key there that is free
    others: dict[str, int]  # what the structure tree root has besides
    names: int | None  # its named destinations as a whole
    places: dict[str, int]  # each of them by its name
    meant: Names  # its role map, and the types that it uses


class RepeatedPart:
    """A booklet that goes behind many letters, one file each.

    `CannotOpen` where it cannot be read. It is for one process and one thread.
    """

    def __init__(self, part: Part) -> None:
        self.part = part
        self._source = open_part(part)
        usual = _is_usual(self._source, {"/IDTree", "/ClassMap"})
        self._prepared = _prepared(self._source) if usual else None

    def joined_to(self, letter: Part) -> Joined:
        """What `join` makes of the letter and the booklet, in a fraction of the time.

        Where one of the two is not as ours are (without tags, with a form, with named places in the
        letter), they are joined the long way. The same letter gives the same bytes. `CannotOpen`
        where it cannot be read.
        """
        source = open_part(letter)
        if self._prepared is None or not _is_usual(source):
            return join([letter, self.part])
        return self._quickly(source, self._prepared) or join([letter, self.part])

    def _quickly(self, source: Source, made: _Prepared) -> Joined | None:
        """The two as one file; `None` where names must change for it. The letter is used up."""
        pdf, roots, sources = source.pdf, roots_of(source.pdf), [source, self._source]
        pages = tuple(pdf.pages)
        roles = plain_roles(child(pdf.Root.StructTreeRoot, "/RoleMap"))
        (types,) = merge_trees(pdf, [TreePart(roots.tree, pages, source.title, source.language)])
        merged = merged_names((Names(roles, types), made.meant))
        if any(merged.renamed) or destination_names(pdf) & made.places.keys():
            return None
        notes, kept = claimed(sources, (types, made.meant.used))
        claims.write_claims(pdf, kept)
        mark(pdf, sources)
        share_equal(pages)
        objects = Gathering(pdf, made.section.next, same=made.same)
        _tie_trees(objects, made, pages, merged.meant)
        _tie_bookmarks(objects, made, OutlinePart(source.title, pages[0], roots.outline))
        count = self._source.facts.pages
        labels = None if made.labels is None else pdf.copy_foreign(made.labels)
        merge_labels(pdf, [(roots.labels, len(pages)), (labels, count)])
        _tie_names(objects, made)
        _tie_pages(objects, made, len(pages) + count)
        return Joined(_written(objects, made), len(pages) + count, kept, notes)


def _is_usual(source: Source, tree: Set[str] = frozenset()) -> bool:
    """Whether a file has nothing that the short way does not know; its tree may have these too."""
    facts, root = source.facts, source.pdf.Root
    return (
        facts.tagged
        and not (facts.encrypted or facts.mended)
        and source.pdf.pdf_version <= "1.7"
        and {*root.keys()} <= CATALOG
        and {*child(root, "/StructTreeRoot").keys()} <= TREE | tree
        and {*child(root, "/Names").keys()} <= {"/Dests"}
    )


def _prepared(source: Source) -> _Prepared:
    """The booklet as it stands in every file; it is used up."""
    pdf, roots, pages = source.pdf, roots_of(source.pdf), tuple(source.pdf.pages)
    roles = plain_roles(child(pdf.Root.StructTreeRoot, "/RoleMap"))
    (types,) = merge_trees(pdf, [TreePart(roots.tree, pages, source.title, source.language)])
    merge_outlines(pdf, [OutlinePart(source.title, pages[0], roots.outline)])
    if source.facts.identifier:
        claims.name_on_page(pdf, pages[0], source.title, source.facts.identifier)
    share_equal(pages)
    root, outlines, tree = pdf.Root.Pages, pdf.Root.Outlines, pdf.Root.StructTreeRoot
    objects = Gathering(pdf, FIRST_FREE)
    objects.numbers |= {tree.K.objgen: DOCUMENT, outlines.objgen: OUTLINES}
    root.Parent, outlines.First.Prev = objects.stub(PAGES), objects.stub(LETTER_HEAD)
    owners, next_owner = _owners(pdf, 0), int(tree.ParentTreeNextKey)
    others = {key: pdf.make_indirect(tree[key]) for key in ("/IDTree", "/ClassMap") if key in tree}
    names, places = _names(pdf)
    parts = (root, tree.K.K[0], outlines.First, owners, *others.values(), *places.values())
    taken = objects.taken([*parts, *names])
    number = objects.numbers
    return _Prepared(
        section=section(taken, len(HEADER), objects.next),
        same=dict(leaves(objects, taken)),
        labels=None if roots.labels is None else pdf.make_indirect(roots.labels),
        pages=number[root.objgen],
        part=number[tree.K.K[0].objgen],
        head=number[outlines.First.objgen],
        lines=int(outlines.Count) - 1,
        owners=number[owners.objgen],
        next_owner=next_owner,
        others={key: number[each.objgen] for key, each in others.items()},
        names=number[names[0].objgen] if names else None,
        places={name: number[each.objgen] for name, each in places.items()},
        meant=Names(roles, types),
    )


def _names(pdf: pikepdf.Pdf) -> tuple[list[pikepdf.Object], dict[str, pikepdf.Object]]:
    """The named destinations of a file, if it has any, and each of them by its name."""
    there = child(pdf.Root, "/Names").get("/Dests")
    if there is None:
        return [], {}
    tree = NameTree(there)
    places = {name: pdf.make_indirect(place) for name, place in tree.items()}
    for name, place in places.items():
        tree[name] = place
    return [pdf.make_indirect(pdf.Root.Names)], places


def _owners(pdf: pikepdf.Pdf, start: int) -> pikepdf.Object:
    """The parent tree of a file as one node, whose keys begin at a number."""
    known = dict(NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
    keys = sorted(known)
    pairs = [each for key in keys for each in (key + start, known[key])]
    limits = Array([keys[0] + start, keys[-1] + start])
    return pdf.make_indirect(Dictionary(Limits=limits, Nums=Array(pairs)))


def _tie_trees(
    objects: Gathering, made: _Prepared, pages: tuple[pikepdf.Page, ...], roles: dict[str, str]
) -> None:
    """Put the booklet's Part behind the letter's; its numbers are the first of the parent tree."""
    pdf = objects.pdf
    tree = pdf.Root.StructTreeRoot
    objects.numbers[tree.K.objgen] = DOCUMENT
    tree.K.K = Array([tree.K.K[0], objects.stub(made.part)])
    for thing in numbered(pages):
        for key in NUMBERS:
            if isinstance(thing.get(key), int):
                thing[key] = int(thing[key]) + made.next_owner
    owners = _owners(pdf, made.next_owner)
    tree.ParentTree = Dictionary(Kids=Array([objects.stub(made.owners), owners]))
    tree.ParentTreeNextKey = int(tree.ParentTreeNextKey) + made.next_owner
    if roles:
        tree.RoleMap = Dictionary(
            {f"/{name}": pikepdf.Name(f"/{role}") for name, role in roles.items()}
        )
    for key, number in made.others.items():
        tree[key] = objects.stub(number)


def _tie_names(objects: Gathering, made: _Prepared) -> None:
    """The named places of both; mostly the letter has none."""
    there = child(objects.pdf.Root, "/Names").get("/Dests")
    if there is not None:
        tree = NameTree(there)
        for name, number in made.places.items():
            tree[name] = objects.stub(number)
    elif made.names is not None:
        objects.pdf.Root.Names = objects.stub(made.names)


def _tie_bookmarks(objects: Gathering, made: _Prepared, letter: OutlinePart) -> None:
    pdf = objects.pdf
    merge_outlines(pdf, [letter])
    top = pdf.Root.Outlines
    objects.numbers |= {top.objgen: OUTLINES, top.First.objgen: LETTER_HEAD}
    top.First.Next = top.Last = objects.stub(made.head)
    top.Count = int(top.Count) + 1 + made.lines


def _tie_pages(objects: Gathering, made: _Prepared, count: int) -> None:
    """A root for both trees of pages. From now on qpdf no longer knows the pages of the letter."""
    pdf = objects.pdf
    mine = pdf.Root.Pages
    kids = Array([mine, objects.stub(made.pages)])
    mine.Parent = pdf.make_indirect(Dictionary(Type=pikepdf.Name.Pages, Kids=kids, Count=count))
    objects.numbers[mine.Parent.objgen] = PAGES
    pdf.Root.Pages = mine.Parent


def _written(objects: Gathering, made: _Prepared) -> bytes:
    """The file: the booklet's objects, then all that can be reached in the letter."""
    pdf = objects.pdf
    root, tied = pdf.Root, (pdf.Root.Pages, pdf.Root.StructTreeRoot.K, pdf.Root.Outlines)
    starts = [root, *tied, pdf.Root.Outlines.First]
    if "/Info" in pdf.trailer:
        starts.append(pdf.trailer.Info)
    taken = objects.taken(starts)
    begins = len(HEADER) + len(made.section.data)
    information = objects.numbers[pdf.trailer.Info.objgen] if "/Info" in pdf.trailer else None
    mine = section(taken, begins, objects.next)
    return whole([made.section, mine], objects.numbers[root.objgen], information)

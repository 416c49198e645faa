"""Several PDFs made one: the pages of each as they were, and all that leads through them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Dictionary

from booklet.pdf.join import claims
from booklet.pdf.join.claims import Claimed
from booklet.pdf.join.navigation import (
    OutlinePart,
    carry_names,
    destination_names,
    follow_names,
    merge_labels,
    merge_outlines,
)
from booklet.pdf.join.part import Facts, Joined, Part
from booklet.pdf.join.reading import child, facts_of, opened
from booklet.pdf.join.sharing import share_equal
from booklet.pdf.join.structure import TreePart, merge_trees
from booklet.pdf.writing import saved, saved_with_plain_ends

UNTAGGED = "{} has no tags: a screen reader may read it in any order"
MARKED = "{}: a machine found its structure, and nobody has looked it through"

_NUMBERED_HEADING = re.compile(r"H[1-6]")


@dataclass(frozen=True, slots=True)
class Source:
    """A part, opened."""

    part: Part  # what was given
    pdf: pikepdf.Pdf  # the file, for this one use
    facts: Facts  # what it says of itself

    @property
    def title(self) -> str:
        """What the part is called."""
        return self.part.title or self.facts.title or self.part.name

    @property
    def language(self) -> str:
        """Its language, or nothing."""
        return self.part.language or self.facts.language


def join(parts: Sequence[Part]) -> Joined:
    """One PDF of all parts, in their order.

    The first is added to: its metadata, its language and how it opens stay. Below one Document of
    the structure tree every part that has tags is a Part with its title and language. The same
    parts give the same bytes. `CannotOpen` where one cannot be read; what may not be joined is
    asked of `facts_of` before.
    """
    return join_opened([open_part(part) for part in parts])


def open_part(part: Part) -> Source:
    """A part as qpdf has it; `CannotOpen` says why there is none."""
    pdf = opened(part.data)
    facts = facts_of(pdf)
    return Source(part, pdf, replace(facts, claims=_credible(part, facts)))


def _credible(part: Part, facts: Facts) -> tuple[str, ...]:
    """The claims that can be true: some ask for tags, and a machine's tags prove nothing."""
    if part.marked_by_machine:
        return ()
    needs_tags = ("PDF/UA-1", "PDF/A-1a", "PDF/A-2a", "PDF/A-3a")
    return tuple(each for each in facts.claims if facts.tagged or each not in needs_tags)


def join_opened(sources: Sequence[Source]) -> Joined:
    """As `join`, of parts that are open already; they are used up."""
    first, *others = sources
    target, starts = first.pdf, _starts(sources)
    roots = [roots_of(target), *(_add(target, each) for each in others)]
    pages = [
        tuple(target.pages[start : start + each.facts.pages])
        for each, start in zip(sources, starts, strict=True)
    ]
    trees = [
        TreePart(root.tree, mine, each.title, each.language)
        for each, root, mine in zip(sources, roots, pages, strict=True)
    ]
    types = merge_trees(target, trees)
    mark(target, sources)
    outlines = [
        OutlinePart(each.title, mine[0], root.outline)
        for each, root, mine in zip(sources, roots, pages, strict=True)
    ]
    merge_outlines(target, outlines)
    merge_labels(
        target, [(root.labels, each.facts.pages) for each, root in zip(sources, roots, strict=True)]
    )
    for each, mine in zip(others, pages[1:], strict=True):
        if each.facts.identifier:
            claims.name_on_page(target, mine[0], each.title, each.facts.identifier)
    notes, kept = claimed(sources, types)
    claims.write_claims(target, kept)
    share_equal(target.pages)
    version = max("1.7", *(each.pdf.pdf_version for each in sources))
    data = saved_with_plain_ends(target, version) if kept else saved(target, version)
    return Joined(data, len(target.pages), kept, notes)


@dataclass(frozen=True, slots=True)
class Roots:
    """What the catalog of a part leads to, in the file that is being made."""

    tree: Dictionary | None  # its structure tree
    outline: Dictionary | None  # its bookmarks
    labels: pikepdf.Object | None  # what its pages are called


def _starts(sources: Sequence[Source]) -> list[int]:
    """The page of the whole, from 0, on which each part begins."""
    counts = [each.facts.pages for each in sources]
    return [sum(counts[:place]) for place in range(len(counts))]


def roots_of(pdf: pikepdf.Pdf) -> Roots:
    """What the catalog of a file leads to."""
    tree, outline = (_dictionary(pdf.Root.get(key)) for key in ("/StructTreeRoot", "/Outlines"))
    return Roots(tree, outline, pdf.Root.get("/PageLabels"))


def _dictionary(thing: pikepdf.Object | None) -> Dictionary | None:
    return thing if isinstance(thing, Dictionary) else None


def _add(target: pikepdf.Pdf, source: Source) -> Roots:
    """Put the pages of a part behind those that are there, and bring what leads to them."""
    taken = destination_names(target)
    copied = target.add_pages_from(source.pdf, forms="strip", outlines="ignore")
    changed = carry_names(target, source.pdf, taken, copied.renamed_dests)
    theirs = roots_of(source.pdf)
    tree, outline, labels = (
        None if each is None else target.copy_foreign(source.pdf.make_indirect(each))
        for each in (theirs.tree, theirs.outline, theirs.labels)
    )
    mine = Roots(_dictionary(tree), _dictionary(outline), labels)
    if mine.outline is not None:
        follow_names(mine.outline, changed)
    return mine


def mark(target: pikepdf.Pdf, sources: Sequence[Source]) -> None:
    """Say that the file has tags, if any part has, and that some may be wrong (14.7.1)."""
    told = [child(each.pdf.Root, "/MarkInfo") for each in sources]
    if any(each.facts.tagged for each in sources):
        target.Root.MarkInfo = Dictionary(dict(told[0].items()))
        target.Root.MarkInfo.Marked = True
        if any(bool(each.get("/Suspects")) for each in told):
            target.Root.MarkInfo.Suspects = True


def claimed(
    sources: Sequence[Source], types: Sequence[frozenset[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to say of the parts, and the claims that the whole may make."""
    told = [Claimed(each.title, each.facts.claims) for each in sources]
    kept = claims.common(told)
    notes = [*claims.why_dropped(told, kept)]
    had = "/OutputIntents" in sources[0].pdf.Root
    if not _share_intent(sources):
        archives = [each for each in kept if each.startswith("PDF/A")]
        if had or archives:
            notes.append("the parts name different profiles of colour: none is kept")
        notes += (f"{each} is no longer claimed: it asks for one profile" for each in archives)
        kept = tuple(each for each in kept if each not in archives)
    if "PDF/UA-1" in kept and _mixes_headings(types):
        notes.append("PDF/UA-1 is no longer claimed: one part has numbered headings, another plain")
        kept = tuple(each for each in kept if each != "PDF/UA-1")
    return (*_untagged(sources), *_left_behind(sources[1:]), *notes), kept


def _left_behind(others: Sequence[Source]) -> Iterator[str]:
    for each in others:
        if "/EmbeddedFiles" in child(each.pdf.Root, "/Names"):
            yield f"{each.title}: the files that are embedded in it are left behind"


def _untagged(sources: Sequence[Source]) -> Iterator[str]:
    if not any(each.facts.tagged for each in sources):
        return
    for each in sources:
        if each.part.marked_by_machine:
            yield MARKED.format(each.title)
        elif not each.facts.tagged:
            yield UNTAGGED.format(each.title)


def _mixes_headings(types: Sequence[frozenset[str]]) -> bool:
    """Whether some headings have levels in their names and others not (ISO 14289-1, 7.4.4)."""
    names = frozenset().union(*types)
    return "H" in names and any(map(_NUMBERED_HEADING.fullmatch, names))


def _share_intent(sources: Sequence[Source]) -> bool:
    """Keep the one profile of all parts, or none where they differ; whether they agree."""
    target = sources[0].pdf
    archives = [
        (each.pdf, any(claim.startswith("PDF/A") for claim in each.facts.claims))
        for each in sources
    ]
    if not claims.same_intent(archives):
        if "/OutputIntents" in target.Root:
            del target.Root.OutputIntents
        return False
    given = next((each.pdf for each in sources if "/OutputIntents" in each.pdf.Root), target)
    if given is not target:
        target.Root.OutputIntents = target.copy_foreign(
            given.make_indirect(given.Root.OutputIntents)
        )
    return True

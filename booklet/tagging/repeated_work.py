"""What is the same many times over in a document, worked out once: styles, lengths and lines.

A hundred letters have the same elements and pages, in the same styles, and mostly the same words.
WeasyPrint shares the style of equal elements as long as they have neither language nor name, and
works out all else anew. What is kept here lasts as long as the document is set: nobody's words stay
behind. Pages come out byte for byte as without it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint import css
from weasyprint.layout import absolute, block, column, float, grid, inline, page, table
from weasyprint.text.line_break import Layout

from booklet.tagging.weasyprint_patches import patched

Hint = tuple[Any, Any, Sequence[Any], Any]
"""What an attribute says of style: specificity, element, declarations, and the address they are of.
"""
_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *("width", "max_width", "height", "max_height"),
)
_LEAST = ("min_width", "min_height")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_WITH_LENGTHS = (absolute, block, column, float, grid, inline, page, table)
"""The modules that ask for the lengths of boxes, each by a name of its own."""


@contextmanager
def repeated_work_spared() -> Iterator[None]:
    """While it lasts, what is the same again in a document is not worked out again."""
    lengths = partial(resolve_percentages, original=block.resolve_percentages)
    with ExitStack() as patches:
        for module in _WITH_LENGTHS:
            patches.enter_context(patched(module, resolve_percentages=lengths))
        patches.enter_context(
            patched(css, find_style_attributes=_same_hints(css.find_style_attributes))
        )
        patches.enter_context(
            patched(
                page,
                set_page_type_computed_styles=_same_pages(page.set_page_type_computed_styles),
            )
        )
        patches.enter_context(
            patched(inline, split_first_line=_same_lines(inline.split_first_line))
        )
        yield


def _same_hints(original: Callable[..., Iterator[Hint]]) -> Callable[..., Iterator[Hint]]:
    """What attributes say of style: where all of it is equal, it is the same objects.

    WeasyPrint shares the style of elements that have the same declarations, and looks at the last
    attribute only: so none of an element's are shared if not all of them are.
    """

    def find_style_attributes(tree: Any, *rest: Any) -> Iterator[Hint]:
        known: dict[tuple[Any, ...], list[Sequence[Any]]] = {}
        for _, group in groupby(original(tree, *rest), key=itemgetter(1)):
            hints = [(*head, tuple(declarations), base) for *head, declarations, base in group]
            says = tuple((specificity, _written(found)) for specificity, _, found, _ in hints)
            same = known.setdefault(says, [found for _, _, found, _ in hints])
            for (specificity, element, _, base), declarations in zip(hints, same, strict=True):
                yield specificity, element, declarations, base

    return find_style_attributes


def _written(declarations: Sequence[Any]) -> tuple[str, ...]:
    return tuple(each.serialize() for each in declarations)


def _same_pages(original: Callable[..., None]) -> Callable[..., None]:
    """The styles of a page and its margin boxes: those of an earlier page that obeys equal rules.

    WeasyPrint numbers pages, and so no page is of another's type.
    """
    known: WeakKeyDictionary[Any, dict[tuple[bool, ...], Any]] = WeakKeyDictionary()

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        rules = tuple(
            style_for._page_type_match(selector, page_type)
            for sheet, *_ in style_for._sheets
            for _, selectors, _ in sheet.page_rules
            for *_, selector in selectors
        )
        earlier = known.setdefault(style_for, {}).setdefault(rules, page_type)
        if earlier == page_type:
            original(page_type, html, style_for)
            return
        styles = style_for._computed_styles
        styles[page_type, None] = styles[earlier, None]
        for of, part in style_for._cascaded_styles:
            if part and of == earlier:
                styles[page_type, part] = styles[earlier, part]

    return set_page_type_computed_styles


def resolve_percentages(
    box: Any, containing_block: Any, *, original: Callable[[Any, Any], None]
) -> None:
    """Stand in for `weasyprint.layout.percent.resolve_percentages`, which is `original`.

    Lengths that depend on nothing else are kept on the style.
    """
    kept: Mapping[str, Any] | bool
    try:
        kept = box.style.plain_lengths
    except AttributeError:
        kept = box.style.plain_lengths = _plain_lengths(box.style)
    if kept:
        vars(box).update(kept)
    else:
        original(box, containing_block)


def _plain_lengths(style: Any) -> Mapping[str, Any]:
    """The lengths of a box by their names, in pixels; none where one depends on what is around."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    found = {name: _plain(style[name]) for name in (*_LENGTHS, *_LEAST)}
    if None in found.values():
        return {}
    for name in _LEAST:
        found[name] = 0 if found[name] == "auto" else found[name]
    return found | {name: style[name] for name in _BORDERS}


def _plain(value: Any) -> Any:
    """A length in pixels, or `auto`; `None` where it is neither."""
    return value if value == "auto" else value.value if _unit(value) == "px" else None


def _unit(value: Any) -> Any:
    return getattr(value, "unit", None)


def _same_lines(original: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """The first line of a text: that of an equal text of the same style and width."""
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def split_first_line(
        text: str, style: Any, context: Any, width: Any, spacing: float, **more: bool
    ) -> tuple[Any, ...]:
        key = (text, id(style), width, spacing, *more.items())
        if key not in known:
            # With the style: while it is kept, no other has its `id`.
            known[key] = style, *original(text, style, context, width, spacing, **more)
        _, layout, *measures = known[key]
        return _copied(layout), *measures

    return split_first_line


def _copied(layout: Layout) -> Layout:
    """The same line for another box: what is drawn of it is set up anew for each."""
    copy = Layout.__new__(Layout)
    vars(copy).update(vars(layout))
    return copy

"""How large the text of a page is, measured on the page itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from booklet.print.geometry import IDENTITY, Matrix, matrix_of, scaled, times
from booklet.print.objects import looked_up
from booklet.print.source_file import SourceFile, SourcePage

INVISIBLE = 3
"""The text rendering mode of the words under a scanned page (ISO 32000-1, 9.3.6)."""

DEEPEST = 12
"""Forms within forms: deeper than this is a loop."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a text operator needs to know of all that went before."""

    ctm: Matrix = IDENTITY
    size: float = 0.0
    font: str = ""
    mode: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Smallest:
    """The smallest visible glyph of a document: its size in points and its page."""

    points: float
    page: int


def smallest_text(source: SourceFile, page: SourcePage) -> Smallest | None:
    """The smallest text on a page in points, or `None` where it has none that can be measured.

    The size is the font size times the height of the text matrix times the page's own
    transformation, forms and user unit included. Words in pictures and the invisible words
    under a scan have no size.
    """
    contents = ContentStream(page.contents, source.reader)
    start = _State(scaled(IDENTITY, page.unit))
    sizes = [size for size in _sizes(contents, page.resources, start, source.reader) if size > 0.01]
    return Smallest(round(min(sizes), 2), page.number) if sizes else None


def _sizes(
    contents: ContentStream,
    resources: DictionaryObject,
    state: _State,
    reader: PdfReader,
    depth: int = 0,
) -> Iterator[float]:
    """The height of every piece of text that a content stream shows."""
    stack: list[_State] = []
    text = IDENTITY
    for operands, operator in contents.operations:
        if operator == b"q":
            stack.append(state)
        elif operator == b"Q" and stack:
            state = stack.pop()
        elif operator in (b"BT", b"Tm"):
            text = matrix_of(operands or IDENTITY)
        elif operator in _SHOWING and state.mode != INVISIBLE and _shows(operands):
            yield _height(text, state) * _glyph_unit(resources, state.font)
        elif operator == b"Do" and depth < DEEPEST:
            yield from _form_sizes(operands[0], resources, state, reader, depth)
        else:
            state = _after(operator, operands, state)


def _after(operator: bytes, operands: list[Any], state: _State) -> _State:
    """The state after an operator that may change it."""
    if operator == b"cm":
        return replace(state, ctm=times(matrix_of(operands), state.ctm))
    if operator == b"Tf":
        return replace(state, font=str(operands[0]), size=float(operands[1]))
    if operator == b"Tr":
        return replace(state, mode=int(operands[0]))
    return state


_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})


def _height(text: Matrix, state: _State) -> float:
    """The size of the em upwards on the page."""
    _, _, c, d, _, _ = times(text, state.ctm)
    return abs(state.size) * hypot(c, d)


def _shows(operands: list[Any]) -> bool:
    """Whether there is a glyph among the operands that is not a space."""
    shown = operands[-1] if operands else ""
    pieces = shown if isinstance(shown, list) else [shown]
    return any(
        str(piece).strip(" \0") if isinstance(piece, str) else piece.strip(b" \0")
        for piece in pieces
        if isinstance(piece, str | bytes)
    )


def _glyph_unit(resources: DictionaryObject, font: str) -> float:
    """1, but for a Type 3 font, which brings its own scale (ISO 32000-1, 9.6.5)."""
    found = _named(resources, "/Font", font)
    if not isinstance(found, DictionaryObject) or found.get("/Subtype") != "/Type3":
        return 1.0
    matrix = matrix_of(looked_up(found, "/FontMatrix") or (0.001, 0, 0, 0.001, 0, 0))
    return hypot(matrix[2], matrix[3]) * 1000


def _form_sizes(
    name: Any, resources: DictionaryObject, state: _State, reader: PdfReader, depth: int
) -> Iterator[float]:
    form = _named(resources, "/XObject", str(name))
    if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
        return
    matrix = matrix_of(looked_up(form, "/Matrix") or IDENTITY)
    inner = replace(state, ctm=times(matrix, state.ctm))
    own = looked_up(form, "/Resources") or resources
    yield from _sizes(ContentStream(form, reader), own, inner, reader, depth + 1)


def _named(resources: DictionaryObject, kind: str, name: str) -> Any:
    """A resource by its kind and name."""
    group = looked_up(resources, kind)
    return looked_up(group, name) if isinstance(group, DictionaryObject) else None

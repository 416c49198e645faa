"""A repair of WeasyPrint 70's line breaking, taken out when WeasyPrint no longer needs it.

Where a piece of text ends with a space before a bold word or a link, and fills its line so that
only that space hangs over the edge, WeasyPrint breaks the line after its first word instead. The
fault is in `weasyprint.text.line_break.split_first_line`: Pango says that everything fits, and
the width it is then compared by includes the space, which is not printed at a line's end
(CSS Text 3, 4.1.2). The test of this module fails when the fault is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def hanging_spaces_fit() -> Iterator[None]:
    """While it lasts, a line whose last space alone hangs over the edge is not broken early.

    Replaces the name `split_first_line` in `weasyprint.layout.inline`.
    """
    from weasyprint.layout import inline

    original = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
    ) -> Any:
        whole = original(text, style, context, max_width, *rest, **more)
        broken_early = whole[2] is not None and text.endswith(" ") and max_width is not None
        if not broken_early or style["white_space"] != "normal":
            return whole
        printed = original(text.rstrip(" "), style, context, max_width, *rest, **more)
        if printed[2] is not None or printed[3] > max_width:
            return whole
        return original(text, style, context, None, *rest, **more)

    inline.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = original

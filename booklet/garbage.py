"""How often Python looks for garbage while much is made that is needed to the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BEFORE_GARBAGE = 100_000  # 700 is Python's own number (gc.set_threshold)


@contextmanager
def garbage_looked_for_seldom() -> Iterator[None]:
    """While it lasts, objects are not looked through for garbage as often as Python does.

    The boxes of a page live until it is drawn, the letters of a file until it is measured: looking
    through all of them finds nothing, again and again.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], OBJECTS_BEFORE_GARBAGE), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)

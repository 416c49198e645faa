"""How often Python looks for garbage: seldom, where nearly all that is made lives to the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BEFORE = 300_000
"""The objects after which it is looked for; 700 is Python's own number (gc.set_threshold). The
modules that one edition needs are 190,000, and all of them live to the end."""

_YOUNG = 1  # The generations up to this one have what was made last, and not what stays


@contextmanager
def garbage_looked_for_seldom(*, aside: bool = True) -> Iterator[None]:
    """Modules live for ever, and the boxes of a page until it is drawn.

    Looking through all of them for garbage as often as Python does finds nothing, again and again.
    What was there before is not looked through at all, unless somebody else has set it aside.
    Without `aside` nothing is: for what begins before modules are imported, and has jobs later.
    """
    before, mine = gc.get_threshold(), aside and not gc.get_freeze_count()
    gc.set_threshold(max(before[0], OBJECTS_BEFORE), *before[1:])
    if mine:
        gc.freeze()
    try:
        yield
    finally:
        if mine:
            gc.unfreeze()
        gc.set_threshold(*before)


def look_for_garbage_seldom() -> None:
    """The same to the end of this process, whatever has been set aside."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE)


def clear_young_garbage() -> None:
    """Look through what was made since garbage was last looked for, and through nothing older."""
    gc.collect(_YOUNG)

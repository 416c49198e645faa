"""Helps: how much memory libraries in C hold, to tell what grows from what is let go."""

import ctypes
import gc
import sys

import pytest

_NAMES = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)


class _Told(ctypes.Structure):
    """What `mallinfo2` of the GNU C library tells (its manual page says what of)."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _NAMES)


def allocated() -> int:
    """The bytes in use that were asked of the GNU C library, Python's small objects left out.

    The test is skipped where another library gives out memory.
    """
    if not sys.platform.startswith("linux"):
        pytest.skip("tells what the GNU C library gave out")
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("tells what the GNU C library 2.33 or newer gave out")
    library.mallinfo2.restype = _Told
    gc.collect()
    return int(library.mallinfo2().uordblks)

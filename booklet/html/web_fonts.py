"""Typefaces compressed for the web, once for a folder: that takes longer than the page itself."""

import os
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from booklet.surroundings import library_marks

_COMPRESS = ("fontTools", "brotli", "_brotli")
"""The modules of the packages that compress."""
_CHECKED = 32
"""Bytes of the SHA-256 that stands before what is kept: what was cut off or edited is no answer."""


def woff2(font: Path, store: Path | None = None) -> bytes:
    """A typeface whole, compressed for the web: 31 kB a weight.

    It is kept in the folder `store`, if there is one, under a digest of the file and of the
    libraries that compress it. What is kept may be deleted.
    """
    if store is None:
        return _compressed(font)
    kept = store / f"woff2-{_digest(font)}"
    with suppress(OSError):
        content = kept.read_bytes()
        if sha256(content[_CHECKED:]).digest() == content[:_CHECKED]:
            return content[_CHECKED:]
    data = _compressed(font)
    with suppress(OSError):  # a folder that cannot be written is done without
        store.mkdir(exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_bytes(sha256(data).digest() + data)
        draft.replace(kept)
    return data


def _digest(font: Path) -> str:
    made_with = repr([*library_marks(_COMPRESS)]).encode()
    return sha256(made_with + font.read_bytes()).hexdigest()


def _compressed(font: Path) -> bytes:
    from fontTools.ttLib import TTFont

    face, compressed = TTFont(font, recalcTimestamp=False), BytesIO()
    face.flavor = "woff2"
    face.save(compressed)
    return compressed.getvalue()

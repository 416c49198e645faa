"""The versions of the system's libraries that WeasyPrint sets type with."""

from itertools import count

from booklet.tagging.typeset import typesetter


def pango() -> str:
    """The version of the library that lays out lines, as one number: 15014 is 1.50.14."""
    typesetter()
    from weasyprint.text.ffi import pango

    return str(pango.pango_version())


def harfbuzz() -> str:
    """The version of the library that shapes letters, asked part by part.

    It says no more than whether it is at least one:
    https://harfbuzz.github.io/harfbuzz-hb-version.html
    """
    typesetter()
    from weasyprint.text.ffi import harfbuzz

    known: list[int] = []
    for _ in ("major", "minor", "micro"):
        ends = (0,) * (2 - len(known))
        known.append(
            next(n for n in count() if not harfbuzz.hb_version_atleast(*known, n + 1, *ends))
        )
    return ".".join(map(str, known))

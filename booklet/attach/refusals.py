"""Why a PDF may not be attached, or attached to, and what to do instead."""

from collections.abc import Iterator

from booklet.attach.order import Way
from booklet.pdf.join.part import Facts

_AS_IT_IS = "with `--as beside` it stays as it is"


def refusals(facts: Facts, way: Way) -> Iterator[str]:
    """Every reason why a file may not become part of another, in words; none for files beside.

    >>> from dataclasses import replace
    >>> letter = Facts(1, "", "", "", False, (), False, True, False, False, False, ())
    >>> [words.split(";")[0] for words in refusals(letter, "append")]
    ['this PDF is signed, and any change breaks the signature']
    >>> [*refusals(letter, "beside")]
    []
    """
    if way == "beside":
        return
    if facts.signed:
        yield f"this PDF is signed, and any change breaks the signature; {_AS_IT_IS}"
    if facts.encrypted:
        yield (
            "this PDF is protected, and joining it would take the protection off; save a copy "
            f"without, or {_AS_IT_IS}"
        )
    if facts.xfa:
        yield (
            "this PDF is a form of the kind XFA, which most programs cannot show; print it to a "
            "new PDF in the program it is filled in with, and take that"
        )
    elif facts.form and not facts.signed:
        yield (
            "this PDF is a form, and what is filled in could be changed or get lost; print it to "
            f"a new PDF and take that, or {_AS_IT_IS}"
        )
    if facts.portfolio:
        yield (
            "this PDF is a portfolio, a cover with other files in it; save the letter that is in "
            "it as a PDF, and take that"
        )

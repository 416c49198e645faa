"""Work on files of strangers ends with its own process, whatever they do to it."""

import os
import time

import pytest

from booklet.pdf.guarded import Limits, TooMuch, in_child
from booklet.problems import WrongUsage

pytestmark = pytest.mark.usefixtures("children_begin_anew")


def doubled(number: int) -> int:
    return 2 * number


def refuses() -> None:
    raise WrongUsage("not so")


def falls_over() -> None:
    os.abort()


def goes_on() -> None:
    time.sleep(60)


def wants_memory() -> int:
    return len(bytearray(3 * 2**30))


def test_what_is_found_and_what_is_wrong_come_back_from_the_child() -> None:
    assert in_child(doubled, 21) == 42
    with pytest.raises(WrongUsage, match="not so"):
        in_child(refuses)


@pytest.mark.parametrize(
    ("work", "limits", "words"),
    [
        (falls_over, Limits(), "brought the program down"),
        (goes_on, Limits(seconds=1), "took more than 1 seconds"),
        (wants_memory, Limits(megabytes=1024), "needs more than 1024 MB"),
    ],
    ids=["crash", "time", "memory"],
)
def test_a_child_that_takes_too_much_or_falls_is_told(work, limits, words) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TooMuch, match=words):
        in_child(work, limits=limits)

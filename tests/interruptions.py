"""A process that is interrupted just as the name of a file changes."""

import sys
from collections.abc import Callable
from typing import Any


def at_rename(number: int, act: Callable[[], Any]) -> None:
    """Let this process act before it renames for the time after `number`; it cannot be undone."""
    left = number

    def hear(event: str, _: object) -> None:
        nonlocal left
        if event == "os.rename":
            left -= 1
            if left == -1:
                act()

    sys.addaudithook(hear)

"""A mailing run killed again and again: `python -m benchmarks.killed [PEOPLE] [KILLS] [--seed N]`.

The program is started on a list of invented people and killed at random times, then told to go on,
until it was killed so often; then it is let be. What comes out is compared with a run that was
never killed, and every person's own number is looked for in the letters.
"""

import argparse
import csv
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdfium2 import PdfDocument

ROOT = Path(__file__).parent.parent
HEADINGS = ("Title", "First name", "Surname", "Address 1", "Town", "Postcode", "Needs", "Reference")
HEADINGS += ("Day", "Time", "Interpreter")
NEEDS = ("", "", "", "", "large print", "20 point")
TITLES = ("Mr", "Mrs", "Ms", "Dr")


def listed(file: Path, people: int, seed: int = 1) -> None:
    """A list of people who do not exist; the number of each stands in the letter as reference."""
    chance = random.Random(seed)
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(HEADINGS)
        for number in range(1, people + 1):
            name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}")
            row = (chance.choice(TITLES), "Invented", f"Person{name}", f"{number} Example Street")
            row += ("Exampletown", "ZE99 9ZZ", chance.choice(NEEDS), f"N{number:06}")
            table.writerow((*row, "1 March 2027", "10am", chance.choice(("yes", "no"))))


def started(folder: Path, output: str, *more: str) -> "subprocess.Popen[str]":
    """The program at work on the list."""
    words = ["mail", folder / "list.csv", "--letter", "appointment", "--clinic", "example"]
    words += ["--letter-alone", "--as", "letters", "--output", folder / output, *more]
    return subprocess.Popen(
        [sys.executable, str(ROOT / "make_booklet.py"), *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def let_be(folder: Path, output: str, *more: str) -> float:
    """A run to its end; the seconds it took."""
    began = time.monotonic()
    program = started(folder, output, *more)
    said, _ = program.communicate()
    if program.returncode:
        sys.exit(f"the run ended with {program.returncode}:\n{said}")
    return time.monotonic() - began


def killed(folder: Path, output: str, kills: int, longest: float, chance: random.Random) -> int:
    """Kill the run so often; how many kills met it at work."""
    met = 0
    for _ in range(kills):
        if handed_over(folder, output):
            break
        begun = any((folder / output / "mail").glob(".unfinished-*"))
        program = started(folder, output, *(("--resume",) if begun else ()))
        time.sleep(chance.uniform(0.3, longest))
        met += program.poll() is None
        program.send_signal(signal.SIGKILL)
        said, _ = program.communicate()
        if program.returncode not in (-signal.SIGKILL, 0):
            sys.exit(f"a run ended with {program.returncode}:\n{said}")
    return met


def handed_over(folder: Path, output: str) -> list[Path]:
    """The folders of runs that came to their end."""
    return [each for each in (folder / output / "mail").glob("20*") if each.is_dir()]


def letters_of(folder: Path, output: str) -> dict[str, bytes]:
    """The files that were handed over."""
    (run,) = handed_over(folder, output)
    return {each.name: each.read_bytes() for each in sorted(run.iterdir())}


def numbers_in(files: dict[str, bytes]) -> Counter[str]:
    """How often each person's number stands in the letters."""
    found: Counter[str] = Counter()
    for name, data in files.items():
        if name.endswith(".pdf"):
            with PdfDocument(data) as document:
                for page in document:
                    found.update(re.findall(r"N\d{6}", page.get_textpage().get_text_range()))
    return found


def main() -> None:
    """Run both, compare, and say what came of it."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.killed", description=__doc__)
    asked.add_argument("people", type=int, nargs="?", default=1000)
    asked.add_argument("kills", type=int, nargs="?", default=20)
    asked.add_argument("--seed", type=int, default=13)
    said = asked.parse_args()
    chance = random.Random(said.seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        listed(folder / "list.csv", said.people)
        seconds = let_be(folder, "whole")
        longest = max(4 * seconds / said.kills, 8.0)
        met = killed(folder, "killed", said.kills, longest, chance)
        if not handed_over(folder, "killed"):
            begun = any((folder / "killed/mail").glob(".unfinished-*"))
            let_be(folder, "killed", *(("--resume",) if begun else ()))
        whole, resumed = letters_of(folder, "whole"), letters_of(folder, "killed")
        found = numbers_in(resumed)
        twice = sum(count > 1 for count in found.values())
        same = "the same bytes" if whole == resumed else "OTHER BYTES"
        print(
            f"{said.people} people, {seconds:.0f} s when it is let be; killed {met} times at work"
        )
        print(f"resumed: {same}; {len(found)} people have a letter, {twice} have two")
        sys.exit(0 if whole == resumed and len(found) == said.people and not twice else 1)


if __name__ == "__main__":
    main()

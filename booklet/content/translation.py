"""Which passages of a translation are missing, or older than the original's.

A translation keeps beside its files, in `translation.yaml`, the words of the original each passage
was made from. What the original says now is compared with them; nothing is guessed from dates.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from booklet.content.folder import TRANSLATION_FILE, parted
from booklet.content.names import some_booklets
from booklet.content.passages import FILE, Passage, is_of_glossary, passages, printed_by
from booklet.content.suggestion import near
from booklet.content.yaml_source import read_yaml
from booklet.messages import counted
from booklet.problems import Problem, WrongUsage, by_place

State = Literal["missing", "changed", "unmarked", "extra"]
_SHARED = ("house.yaml", "glossary.yaml")
_HEAD = (
    "# The words of the original that each passage was translated from. Written by\n"
    "# `booklet translations {original} {language} --mark FILE`; do not change it by hand.\n"
)
_SAME = "{}, meant to be the same"
"""Under this name for a file stand the passages that are the original's on purpose."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A passage that has to be looked at, and why; of a missing file, all its passages."""

    state: State
    problem: Problem
    passages: int = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """A translation beside its original: how many passages that has, and which are behind."""

    name: str
    passages: int
    behind: tuple[Behind, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many passages are in each state."""
        many = [(each.state, each.passages) for each in self.behind]
        return {state: sum(n for one, n in many if one == state) for state in get_args(State)}

    @property
    def summary(self) -> str:
        """How far it is, in a line."""
        states = ", ".join(f"{many} {state}" for state, many in self.counts.items())
        return f"{self.name}: {self.passages} passages in the original; {states}"

    @property
    def warning(self) -> str | None:
        """That it does not say what the original says, and how to see where; `None` if it does."""
        if not self.behind:
            return None
        many = counted(sum(self.counts.values()), "passage")
        states = ", ".join(f"{many} {state}" for state, many in self.counts.items() if many)
        return (
            f"{self.name}: this translation is behind its original in {many} ({states}); "
            f"`booklet translations {' '.join(parted(self.name))}` lists them"
        )


def translations(content: Path, original: str, language: str | None = None) -> tuple[str, ...]:
    """The translations of a booklet; `WrongUsage` where there is no booklet or none of them."""
    names = some_booklets(content)
    if original not in names or parted(original)[1]:
        there = near(original, frozenset(each for each in names if not parted(each)[1]))
        raise WrongUsage(f"there is no booklet `{original}` to be translated; {there}")
    found = tuple(name for name in names if name.startswith(f"{original}."))
    chosen = tuple(name for name in found if language in (None, parted(name)[1]))
    if not chosen:
        wanted = language or "cy"
        raise WrongUsage(
            f"there is no translation {original}.{wanted}; copy the folder {original} to "
            f"{original}.{wanted}, and translate the words in it"
        )
    return chosen


def compared(content: Path, name: str) -> Comparison:
    """A translation beside its original; `FaultsFound` where a file of either cannot be read."""
    record = _record(content / name)
    behind: list[Behind] = []
    many = 0
    printed = printed_by(content / parted(name)[0])
    for file, ours, theirs in _pairs(content, name):
        there = passages(ours)
        wanted = {key: each for key, each in there.items() if printed.has(each)}
        many += len(wanted)
        same = record.get(_SAME.format(file), {})
        behind += _compared(theirs, wanted, record.get(file, {}), same)
        behind += _extra(theirs, there) if theirs.is_file() else ()
    ordered = sorted(behind, key=lambda each: (by_place(each.problem), each.state))
    return Comparison(name, many, tuple(ordered))


def marked(content: Path, name: str, files: Iterable[str], same: Iterable[str] = ()) -> bytes:
    """The record that these files of a translation say what the original says now.

    Of the files in `same`, it says too that what is as in the original is meant to be. `WrongUsage`
    where there is no such file.
    """
    record = _record(content / name)
    pairs = {file: (ours, theirs) for file, ours, theirs in _pairs(content, name)}
    same = tuple(same)
    for file in dict.fromkeys((*files, *same)):
        ours, theirs = pairs.get(file, (None, None))
        if ours is None or theirs is None or not theirs.is_file():
            here = ", ".join(file for file, (_, path) in pairs.items() if path.is_file())
            raise WrongUsage(f"there is no file `{file}` to mark in {name}; there are: {here}")
        done = passages(theirs)
        record[file] = {key: each.words for key, each in passages(ours).items() if key in done}
        if file in same:
            record[_SAME.format(file)] = as_in_the_original(ours, theirs)
    return _written(name, record)


def as_in_the_original(ours: Path, theirs: Path) -> dict[str, str]:
    """The passages of a translation's file that are as in the original: their ways and words."""
    wanted, found = passages(ours), passages(theirs)
    same = (key for key in wanted if key in found and found[key].is_as_in(wanted[key]))
    return {key: wanted[key].words for key in same}


def meant_to_be_the_same(content: Path, name: str, file: str) -> tuple[str, ...]:
    """The words of a file of the original that a translation has as they are, on purpose."""
    return tuple(_record(content / name).get(_SAME.format(file), {}).values())


def files_of(content: Path, name: str) -> tuple[str, ...]:
    """The files of a translation that stand beside one of the original, by the original's name."""
    return tuple(file for file, _, path in _pairs(content, name) if path.is_file())


def _pairs(content: Path, name: str) -> Iterator[tuple[str, Path, Path]]:
    """Each file of the original with that of the translation, and those that only it has."""
    original, language = parted(name)
    names = {path.name for each in (original, name) for path in (content / each).iterdir()}
    for file in sorted(filter(FILE.fullmatch, names)):
        yield file, content / original / file, content / name / file
    for file in _SHARED:
        path = content / file
        yield file, path, path.with_name(f"{path.stem}.{language}{path.suffix}")


def _compared(
    path: Path, wanted: Mapping[str, Passage], made: Mapping[str, str], same: Mapping[str, str]
) -> Iterator[Behind]:
    if wanted and not path.is_file():
        first = next(iter(wanted.values())).source.file.name
        message = f"this file is not there; translate the {len(wanted)} passages of {first} into it"
        yield Behind("missing", Problem(path, message), len(wanted))
        return
    found = passages(path)
    for key, passage in wanted.items():
        if key not in found:
            message = f"is not translated; the file of the translation has no `{key}`"
            yield Behind("missing", passage.problem(f"“{_short(passage.words)}” {message}"))
        elif found[key].is_as_in(passage) and same.get(key) != passage.words:
            message = (
                "is as in the original; translate it, or mark the file with `--same` where it is "
                "meant to be the same"
            )
            yield Behind("missing", found[key].problem(f"“{_short(passage.words)}” {message}"))
        elif key not in made:
            message = (
                "nobody has said which words this was made from; compare it with "
                f"“{_short(passage.words)}”, then mark the file"
            )
            yield Behind("unmarked", found[key].problem(message))
        elif made[key] != passage.words:
            message = (
                f"the original was “{made[key]}” and is now “{passage.words}”; translate it again, "
                "then mark the file"
            )
            yield Behind("changed", found[key].problem(message))


def _extra(path: Path, there: Mapping[str, Passage]) -> Iterator[Behind]:
    """The passages of a translation's file that the original's does not have."""
    for key, passage in passages(path).items():
        if key not in there:
            message = "the original has no such passage; take it out"
            if is_of_glossary(passage.route):
                message = (
                    "the original's glossary has no such term; say which one this is, "
                    "`of: its term`, or take it out"
                )
            yield Behind("extra", passage.problem(message))


def _short(words: str, most: int = 70) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _record(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / TRANSLATION_FILE
    values = read_yaml(path).values if path.is_file() else None
    return {file: dict(made) for file, made in (values or {}).items()}


def _written(name: str, record: Mapping[str, Mapping[str, str]]) -> bytes:
    original, language = parted(name)
    text = _HEAD.format(original=original, language=language)
    for file, made in sorted(record.items()):
        lines = (f"  {_quoted(key)}: {_quoted(words)}\n" for key, words in made.items())
        text += f"{file}:\n{''.join(lines)}"
    return text.encode()


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)

"""A letter and the profile of the clinic that sends it, read and checked in every language."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from booklet.content.clinic import ClinicFile
from booklet.content.folder import (
    is_booklet_name,
    labels_file,
    language_said,
    own_or_shared,
    parted,
    read_file,
)
from booklet.content.labels import Labels
from booklet.content.language import Language
from booklet.content.letter import LetterFile
from booklet.content.letter_fields import OF_CLINIC, fields_in, plain_name
from booklet.content.load import validated
from booklet.content.names import clinic_names, letter_names
from booklet.content.suggestion import near
from booklet.content.validation_context import ValidationContext
from booklet.content.yaml_source import Source
from booklet.editions import AUDIENCES, Audience
from booklet.problems import FaultsFound, Problem, WrongUsage

_NO_SENDER = (
    "a letter needs the sender's address; write `letters:` with `address:`, a line each, "
    "the postcode last"
)


@dataclass(frozen=True, slots=True)
class LetterWording:
    """A letter in one language for one reader, and what it prints of others."""

    language: Language  # The language it is written in
    file: LetterFile  # Its words
    labels: Labels  # The words no author wrote, in its language
    clinic: ClinicFile  # The profile of the clinic that sends it; its `letters` are there
    clinic_language: Language  # Another than the letter's where no profile is translated

    @property
    def of_clinic(self) -> dict[str, str]:
        """What the clinic's profile fills in, by the plain names of fields."""
        sender = self.clinic.letters
        phone = sender.phone if sender else None
        values = (self.clinic.name, self.clinic.department, phone)
        named = zip(map(plain_name, OF_CLINIC), values, strict=True)
        return {name: value for name, value in named if value}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as a clinic sends it: for each reader, in each language it is written in."""

    name: str  # What it is called on the command line
    file: Path  # The file of its original
    wordings: Mapping[tuple[str, Audience], LetterWording]
    """By the code of the language, as `cy`, and the reader."""

    def wording(self, tag: str, audience: Audience) -> LetterWording | None:
        """The wording for a language and a reader; `None` where it is not written in that."""
        return self.wordings.get((Language(tag).code, audience))

    @property
    def first(self) -> LetterWording:
        """The original's wording, for what the letters of a file have in common."""
        return next(iter(self.wordings.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages it is written in."""
        return tuple(dict.fromkeys(code for code, _ in self.wordings))


def read_letter(
    content: Path, name: str, clinic: str, columns: frozenset[str] | None = None
) -> Letter:
    """The letter `name` of a clinic, in every language it is written in: `name.cy.yaml` too.

    `columns` are the headings of the list that letters may print; without them any name will do.
    `FaultsFound` carries every fault of every file; `WrongUsage` says that there is no such letter
    or clinic.
    """
    files = letter_files(content, name)
    _must_be_known("clinic", clinic, clinic_names(content))
    faults: list[Problem] = []
    if not is_booklet_name(name):
        message = "a letter's file is named in small letters, digits and hyphens; rename it"
        faults.append(Problem(files[0], message))
    wordings: dict[tuple[str, Audience], LetterWording] = {}
    original: Language | None = None
    for path in files:
        for wording, audience in _wordings(content, path, clinic, columns, original, faults):
            wordings[wording.language.code, audience] = wording
            original = original or wording.language
    if faults:
        raise FaultsFound(faults)
    return Letter(name, files[0], wordings)


def letter_files(content: Path, name: str) -> tuple[Path, ...]:
    """The files of a letter, its translations last; `WrongUsage` where there is no such letter."""
    _must_be_known("letter", name, letter_names(content))
    folder = content / "letters"
    return (folder / f"{name}.yaml", *sorted(folder.glob(f"{name}.*.yaml")))


def _must_be_known(what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise WrongUsage(f"there is no {what} `{name}`; {near(name, frozenset(known))}")


def _wordings(
    content: Path,
    path: Path,
    clinic: str,
    columns: frozenset[str] | None,
    original: Language | None,
    faults: list[Problem],
) -> Iterator[tuple[LetterWording, Audience]]:
    """One file of a letter for each reader; `original` is the language of the letter itself."""
    source = read_file(path, content, faults)
    language = language_said(source, faults)
    if wrong := _misnamed(path, language, original):
        faults.append(source.problem(wrong, ("language",)))
        return
    labels = labels_file(content, source, language, faults)
    profile_file = own_or_shared(content, path.stem, f"clinics/{clinic}.yaml")
    own = "." in profile_file.stem or original is None
    profile = read_file(profile_file, content, faults)
    read_labels = read_file(labels, content, faults) if labels else None
    for audience in AUDIENCES:
        logos = (each.name for each in (content / "clinics" / clinic).glob("*"))
        context = ValidationContext(audience, language, columns=columns, logos=frozenset(logos))
        checked_file = validated(LetterFile, source, context, faults)
        checked_clinic = validated(ClinicFile, profile, context, faults)
        checked_labels = read_labels and validated(Labels, read_labels, context, faults)
        if checked_clinic and not checked_clinic.letters:
            faults.append(Problem(profile_file, _NO_SENDER))
        if checked_file and checked_clinic and checked_labels:
            spoken = language if own else original or language
            made = LetterWording(language, checked_file, checked_labels, checked_clinic, spoken)
            faults.extend(_unknown_to_clinic(made, source))
            yield made, audience


def _misnamed(path: Path, language: Language, original: Language | None) -> str | None:
    """What to say of a translation whose name and language are not one; `None` of others."""
    _, code = parted(path.stem)
    if original is None or Language(code).code == language.code:
        return None
    return (
        f"this file is named for `{code}` and its `language` is `{language.tag}`; say "
        f"`language: {code}`, or rename the file"
    )


def _unknown_to_clinic(wording: LetterWording, source: Source) -> Iterator[Problem]:
    """A fault for each field that the clinic's profile should fill in and cannot."""
    remedies = ("`name: …`", "`department: …`", "`phone: …` below `letters:`")
    where = dict(zip(map(plain_name, OF_CLINIC), remedies, strict=True))
    used = {plain_name(each): each for text in wording.file.printed for each in fields_in(text)}
    for name in sorted(where.keys() & used.keys() - wording.of_clinic.keys()):
        message = f"the clinic's profile has nothing for `{used[name]}`; write {where[name]} there"
        yield source.problem(message)

"""The files of one booklet: which there are, read as plain values with their places.

A translation stands in a folder beside its original, `aml-relapse.cy`, that has files of the same
names. What booklets share may have a translation too: `house.cy.yaml` beside `house.yaml`,
`clinics/example.cy.yaml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.content.language import ENGLISH, Language, language_of
from booklet.content.names import BOOKLET_FILE, folders_without
from booklet.content.yaml_source import Source, read_yaml, unreadable
from booklet.problems import FaultsFound, Problem
from booklet.resources import labels_folder

REVIEW_FILE = "review.yaml"
TRANSLATION_FILE = "translation.yaml"
HOUSE_FILE = "house.yaml"
_NO_SECTIONS = (BOOKLET_FILE, REVIEW_FILE, TRANSLATION_FILE)
_BOOKLET_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]{2,3}(?:-[A-Za-z0-9]+)*)?")
_SECTION_FILE = re.compile(r"([0-9]+)-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_SECTION_LIKE = re.compile(r"\d+-.*\.ya?ml")
_COPY = re.compile(
    r"(?:copy (?:\(\d+\) )?of |~\$)(?P<of>.+)"
    r"|(?P<stem>.+?)(?: ?\(\d+\)| ?-? ?copy(?: ?\(?\d+\)?)?)(?P<ending>\.ya?ml)",
    re.IGNORECASE,
)
"""What copies are called by Windows, macOS, browsers and office programs."""
_WITHOUT_KEYS = {
    type(None): "this file is empty; write its keys (`key: value`), or delete the file",
    list: "a list stands here; begin with a key, and put the list below it (`key:`)",
    str: "this file holds text and no key; write `key: value`",
}
_NEEDED = {
    HOUSE_FILE: "it holds `contacts:`, each with `name`, `offers` and `checked`",
    "glossary.yaml": "it holds `terms:`, each with `term` and `meaning`; for none, `terms: []`",
}


@dataclass(frozen=True, slots=True)
class Files:
    """The files one booklet is made from, as plain values with places.

    A file that could not be read stands here without values, so that the others can be checked.
    """

    name: str
    folder: Path
    pictures: tuple[Path, ...]  # folders; a translation's own comes before the original's
    about: Source  # `booklet.yaml`
    contacts: Source  # `house.yaml`
    glossary: Source
    language: Language  # what `booklet.yaml` says it is written in
    original_language: Language  # what a translation's original says; the same in an original
    labels: Source  # the words that templates print in this language
    sections: dict[str, Source]  # by the name links know them by, in the order of their numbers
    clinic: Source | None
    review: Source | None

    @property
    def logos(self) -> Path | None:
        """The clinic's folder, which bears the name of its profile."""
        return self.clinic.file.with_suffix("") if self.clinic else None

    def foreign(self, shared: Source | None) -> Language | None:
        """The language of a shared file that stands in for one a translation does not have.

        `None` where the file is in the booklet's own language, or there is none.
        """
        _, own = parted(self.name)
        stands_in = own and shared and not shared.file.stem.endswith(f".{own}")
        return self.original_language if stands_in else None


def read_files(content: Path, name: str, clinic: str | None, faults: list[Problem]) -> Files:
    """Every file of the booklet; the faults of those that cannot be read are noted."""

    def read(path: Path) -> Source:
        return read_file(path, content, faults)

    folder = content / name
    faults.extend(_name_faults(content, folder, clinic))
    about = read(folder / BOOKLET_FILE)
    language = language_said(about, faults)
    if about.readable:
        faults.extend(Problem(folder, each) for each in name_faults(content, name, language.tag))
    labels = labels_file(content, about, language, faults)
    review = folder / REVIEW_FILE
    return Files(
        name=name,
        folder=folder,
        pictures=picture_folders(content, name),
        about=about,
        contacts=read(own_or_shared(content, name, HOUSE_FILE)),
        glossary=read(own_or_shared(content, name, "glossary.yaml")),
        language=language,
        original_language=_original_language(content, name) or language,
        labels=read(labels) if labels else unreadable(folder),
        sections={id: read(path) for id, path in _section_files(folder, faults)},
        clinic=read(own_or_shared(content, name, f"clinics/{clinic}.yaml")) if clinic else None,
        review=read(review) if review.exists() else None,
    )


def is_booklet_name(name: str) -> bool:
    """Whether a booklet's folder may have this name.

    >>> [is_booklet_name(each) for each in ("blood-tests", "Blood tests", "-a")]
    [True, False, False]
    """
    return _BOOKLET_NAME.fullmatch(name) is not None


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping; what is wrong with another is said when it is validated."""
    return value if isinstance(value, dict) else {}


def read_file(path: Path, content: Path, faults: list[Problem]) -> Source:
    """A file of the content folder, or of the program; what is wrong with it is noted."""
    if not path.exists() and path.name in _NEEDED:
        message = f"this file is needed and is not there; {_NEEDED[path.name]}"
        faults.append(Problem(path, message))
    elif leads_out(path, content) and not path.is_relative_to(labels_folder()):
        message = "this file leads out of the content folder; put a copy of it here"
        if not path.exists():
            message = "this link leads to no file; put the file itself here, or delete the link"
        faults.append(Problem(path, message))
    else:
        try:
            source = read_yaml(path)
            if isinstance(source.values, dict):
                return source
            faults.append(source.problem(_WITHOUT_KEYS[type(source.values)]))
        except FaultsFound as error:
            faults.extend(error.problems)
    return unreadable(path)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file of this folder really stands elsewhere: a symbolic link, maybe to itself."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # Python before 3.13 has no error of its own for a circle
        return True


def language_said(about: Source, faults: list[Problem]) -> Language:
    """The language a booklet says it is written in; English where it says none that is known."""
    said = about.values.get("language")
    tag = said if isinstance(said, str) else ENGLISH.tag
    language = language_of(tag)
    if language is None:
        message = f"`{tag}` is no language that is known; write it like `en-GB`"
        faults.append(about.problem(message, ("language",)))
    return language or ENGLISH


def _original_language(content: Path, name: str) -> Language | None:
    """The language of a translation's original; `None` for one that is no translation.

    What cannot be read of the original is told where the two are compared.
    """
    original, own = parted(name)
    if not own:
        return None
    try:
        return language_said(read_yaml(content / original / BOOKLET_FILE), [])
    except (FaultsFound, OSError):
        return ENGLISH


def labels_file(
    content: Path, about: Source, language: Language, faults: list[Problem]
) -> Path | None:
    """The words templates print in a language: the content folder's own, or the program's."""
    folders = (content / "labels", labels_folder())
    file = f"{language.code}.yaml"
    if found := next((folder / file for folder in folders if (folder / file).exists()), None):
        return found
    known = ", ".join(sorted({path.stem for folder in folders for path in folder.glob("*.yaml")}))
    message = (
        f"there are no labels for the language `{language.code}`; write labels/{file} in the "
        f"content folder, or use one of: {known}"
    )
    faults.append(about.problem(message, ("language",)))
    return None


def _name_faults(content: Path, folder: Path, clinic: str | None) -> Iterator[Problem]:
    # The name of a profile, too, becomes part of the names of files.
    if clinic and not is_booklet_name(clinic):
        message = "a clinic's profile is named in small letters, digits and hyphens; rename it"
        yield Problem(content / "clinics" / f"{clinic}.yaml", message)
    if not is_booklet_name(folder.name):
        message = "a booklet's folder is named in small letters, digits and hyphens; rename it"
        yield Problem(folder, message)
    for other in folders_without(content, BOOKLET_FILE):
        if any(_SECTION_LIKE.fullmatch(path.name) for path in other.iterdir()):
            message = f"this folder has sections and no `{BOOKLET_FILE}`; add it"
            yield Problem(other, message)


def _section_files(folder: Path, faults: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The section files in the order of their numbers, by the id links know them by."""
    # What begins with a dot is hidden from people: macOS and editors leave such files behind.
    files = (path for path in folder.glob("[!.]*") if path.suffix.lower() in (".yaml", ".yml"))
    found = [path for path in files if path.name not in _NO_SECTIONS]
    if not found:
        message = "this booklet has no section; add `01-about.yaml` with a title"
        faults.append(Problem(folder, message))
    first: dict[tuple[str, str], Path] = {}
    for path in sorted(
        found, key=lambda path: (int(re.sub(r"\D.*", "", path.name) or 0), path.name)
    ):
        match = _SECTION_FILE.fullmatch(path.name)
        if match is None:
            faults.append(Problem(path, _misnamed(path)))
            continue
        for what, own in (("number", str(int(match[1]))), ("name", match[2])):
            before = first.setdefault((what, own), path)
            if before != path:
                message = f"{before.name} has that {what} too; give each its own"
                faults.append(Problem(path, message))
        if first["name", match[2]] == path:
            yield match[2], path


def _misnamed(path: Path) -> str:
    """What to say of a file that is not named as a section is."""
    copy = _COPY.fullmatch(path.name)
    if copy is None:
        return "a section's file is named like `03-tests.yaml`; rename it"
    original = copy["of"] or copy["stem"] + copy["ending"]
    what = f"a copy of {original}" if path.with_name(original).exists() else "a copy"
    return f"this looks like {what}; delete it, or rename it like `03-tests.yaml`"


def parted(name: str) -> tuple[str, str]:
    """A booklet's name without its language, and the language; empty for an original.

    >>> parted("aml-relapse.cy"), parted("aml-relapse")
    (('aml-relapse', 'cy'), ('aml-relapse', ''))
    """
    original, _, language = name.partition(".")
    return original, language


def own_or_shared(content: Path, name: str, file: str) -> Path:
    """A shared file of the content folder, in the language of a translation where there is one."""
    _, language = parted(name)
    path = content / file
    own = path.with_name(f"{path.stem}.{language}{path.suffix}")
    return own if language and own.exists() else path


def picture_folders(content: Path, name: str) -> tuple[Path, ...]:
    """Where the pictures of a booklet are: a translation's own come before the original's."""
    return tuple(content / each / "pictures" for each in dict.fromkeys((name, parted(name)[0])))


def name_faults(content: Path, name: str, language: str) -> Iterator[str]:
    """What is wrong with the name of a translation's folder; `language` is what it says inside."""
    original, code = parted(name)
    if not code:
        return
    if not (content / original).is_dir():
        yield f"there is no booklet `{original}` that this could be a translation of"
    if language_of(code) is None:
        yield f"`{code}` is no language that is known; name the folder like `{original}.cy`"
    elif code.casefold() != language.casefold() and code != language.split("-")[0].lower():
        yield (
            f"this folder is named for `{code}` and its `language` is `{language}`; say "
            f"`language: {code}` in booklet.yaml, or rename the folder"
        )

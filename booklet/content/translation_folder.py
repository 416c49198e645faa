"""Where the translation of a booklet stands: in a folder beside it, `aml-relapse.cy`.

The folder has files of the same names as the original's, and what both share may have a
translation too: `house.cy.yaml` beside `house.yaml`, `clinics/example.cy.yaml`.
"""

from collections.abc import Iterator
from pathlib import Path

from booklet.content.language import language_of

Parted = tuple[str, str]


def parted(name: str) -> Parted:
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
    original, language = parted(name)
    names = (name, original) if language else (name,)
    return tuple(content / each / "pictures" for each in names)


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

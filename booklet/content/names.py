"""The names in a content folder, found without opening a file, so that completion is quick."""

from pathlib import Path

from booklet.problems import WrongUsage

BOOKLET_FILE = "booklet.yaml"
"""The file that makes a folder a booklet."""
USUAL_FILE = "usual.yaml"
"""What a clinic types with every command, written down once in the content folder."""
_CLINICS = "clinics"
_LETTERS = "letters"


def booklet_names(content: Path) -> tuple[str, ...]:
    """The booklets of a content folder, by name; a folder that is hidden is none."""
    return tuple(sorted(found.parent.name for found in content.glob(f"[!.]*/{BOOKLET_FILE}")))


def clinic_names(content: Path) -> tuple[str, ...]:
    """The clinic profiles of a content folder, by name."""
    found = (content / _CLINICS).glob("*.yaml")
    return tuple(sorted(path.stem for path in found if "." not in path.stem))


def some_booklets(content: Path) -> tuple[str, ...]:
    """The booklets of a content folder; `WrongUsage` where it has none, as in a wrong directory."""
    if names := booklet_names(content):
        return names
    raise WrongUsage(
        f"there is no booklet in {content.absolute()}; go to the folder of the booklet "
        "builder, or name the content folder with --content"
    )


def letter_names(content: Path) -> tuple[str, ...]:
    """The letters of a content folder, by name."""
    found = (content / _LETTERS).glob("*.yaml")
    return tuple(sorted(path.stem for path in found if "." not in path.stem))

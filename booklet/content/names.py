"""The names in a content folder, found without opening a file, so that completion is quick."""

import os
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


def is_booklet(content: Path, name: str) -> bool:
    """Whether a content folder has a booklet of exactly this name, without looking at all others.

    `booklet_names` opens every folder: asked once for each booklet, it takes the square of them.
    """
    # On a disk that takes small letters for large ones, a name may lead to a folder of another.
    there = content.is_dir() and name in os.listdir(content)  # noqa: PTH208 (ten times quicker)
    return there and (content / name / BOOKLET_FILE).exists()


def folders_without(content: Path, file: str) -> list[Path]:
    """The folders of a content folder that lack a file, in the order of their names.

    Asked once for each booklet too, so it does no more than ask the system.
    """
    if not content.is_dir():
        return []
    with os.scandir(content) as entries:
        found = [
            each.path
            for each in entries
            if not each.name.startswith(".")
            and each.is_dir()
            and not os.path.exists(f"{each.path}{os.sep}{file}")  # noqa: PTH110
        ]
    return [Path(each) for each in sorted(found)]


def clinic_names(content: Path) -> tuple[str, ...]:
    """The clinic profiles of a content folder, by name."""
    found = (content / _CLINICS).glob("*.yaml")
    return tuple(sorted(path.stem for path in found if "." not in path.stem))


def some_booklets(content: Path) -> tuple[str, ...]:
    """The booklets of a content folder; `WrongUsage` where it has none, as in a wrong directory."""
    if names := booklet_names(content):
        return names
    raise WrongUsage(f"there is no booklet in {content.absolute()}; {where_to_go(content)}")


def where_to_go(content: Path) -> str:
    """What somebody does who looks for the content folder in a wrong directory.

    Many stand inside the builder's folder, in `content` or in `output`.
    """
    if above := way_up(content):
        return f"type `cd {above}` first: there are booklets in {(above / content).resolve()}"
    return "go to the folder of the booklet builder, or name the content folder with --content"


def way_up(content: Path) -> Path | None:
    """The way to the nearest directory above in which this content folder has booklets."""
    if content.is_absolute() or booklet_names(content):
        return None
    ways = (Path(*[os.pardir] * steps) for steps in range(1, len(Path.cwd().parts)))
    return next((way for way in ways if booklet_names(way / content)), None)


def letter_names(content: Path) -> tuple[str, ...]:
    """The letters of a content folder, by name."""
    found = (content / _LETTERS).glob("*.yaml")
    return tuple(sorted(path.stem for path in found if "." not in path.stem))

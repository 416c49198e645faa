"""What files are made with besides content and program, told without importing any of it."""

import ctypes
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = (
    *("PIL", "_brotli", "babel", "brotli", "cffi", "coloraide", "cssselect2", "fontTools"),
    *("jinja2", "lxml", "markdown_it", "markupsafe", "mdurl", "pikepdf", "pydantic"),
    *(
        "pydantic_core",
        "pydyf",
        "pypdf",
        "pypdfium2",
        "pypdfium2_raw",
        "pyphen",
        "segno",
        "tinycss2",
        "tinyhtml5",
    ),
    *("weasyprint", "webencodings", "yaml"),
)
"""The packages that what is in a file depends on, by the names they are imported by."""
FONTS = (
    *("fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "fontpkg_ibm_plex_sans_arabic"),
    *("manimgx_fonts", "pylopdf_fonts_zh_cn"),
)
"""The packages that carry typefaces: those of `booklet.typeface`."""
_PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
_SUBSETTER = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
"""What WeasyPrint opens, by the first name that a system knows; the others come with them."""
_NATIVE = (
    "libpango",
    "libharfbuzz",
    "libfontconfig",
    "libfreetype",
    "libfribidi",
    "libz.",
    "libpng",
)
"""How the names of the libraries begin that set type, draw letters and compress."""
_SETTINGS = ("FREETYPE_", "HB_", "PANGO_")
"""How the variables of the environment begin by which these libraries take settings."""


def versions() -> tuple[str, ...]:
    """The versions of Python, of the packages and of the system's libraries, with its settings."""
    return (sys.version, *installed(), *system_versions())


def files_below(places: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below these folders in a fixed order; hidden ones and compiled code do not count.

    A file among the folders is one itself. `OSError` where one is gone.
    """
    for place in places:
        if place.is_file():
            yield str(place), place.stat()
            continue
        waiting = [str(place)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda each: each.name):
                    if entry.name.startswith(".") or entry.name == "__pycache__":
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat()


def library_marks(names: Iterable[str] = LIBRARIES) -> Iterator[tuple[str, int, int]]:
    """Each file of these packages by its path, its bytes and its time, without reading it.

    Somebody may have edited it, and the version of its package stays as it was.
    """
    for path, status in files_below(_places(names)):
        yield path, status.st_size, status.st_mtime_ns


def installed() -> tuple[str, ...]:
    """The packages that are installed, with their versions."""
    folders = (Path(each) for each in sys.path if each.endswith("-packages"))
    names = (each.name for folder in folders if folder.is_dir() for each in folder.iterdir())
    return tuple(sorted(name for name in names if name.endswith((".dist-info", ".egg-link"))))


def library_folders() -> tuple[Path, ...]:
    """The folders and files of the packages that what is in a file depends on."""
    return tuple(_places(LIBRARIES))


def font_folders() -> tuple[Path, ...]:
    """The folders of the packages that carry typefaces, those that are on this machine."""
    return tuple(_places(FONTS))


def stray_libraries() -> tuple[Path, ...]:
    """Packages that are not where packages are installed: of PYTHONPATH, or being worked on.

    Their versions are not told by `installed`, and may stay the same while they change.
    """
    return tuple(place for place in _places(LIBRARIES) if not _is_installed(place))


def system_versions() -> tuple[str, ...]:
    """The versions of the system's libraries that set type, and the settings they are given."""
    pango, subsetter = _opened(_PANGO), _opened(_SUBSETTER)
    return (
        zlib.ZLIB_RUNTIME_VERSION,
        _version(pango, "pango_version_string"),
        _version(subsetter or pango, "hb_version_string"),
        *settings(),
    )


def settings() -> tuple[str, ...]:
    """What the environment tells these libraries, as `NAME=value`."""
    told = (f"{name}={os.environ[name]}" for name in os.environ if name.startswith(_SETTINGS))
    return tuple(sorted(told))


def system_libraries() -> tuple[Path, ...]:
    """The files of these libraries; none where not on Linux.

    A system may repair a library and leave its version as it was.
    """
    for names in (_PANGO, _SUBSETTER):
        _opened(names)  # which files they are shows in this process alone
    try:
        lines = Path("/proc/self/maps").read_text(errors="surrogateescape").splitlines()
    except OSError:
        return ()
    paths = {Path(parts[5]) for line in lines if len(parts := line.split(maxsplit=5)) > 5}
    return tuple(
        sorted(
            each
            for each in paths
            # A package may bring its own for itself, and be imported or not.
            if each.name.startswith(_NATIVE) and not _is_installed(each)
        )
    )


def _is_installed(path: Path) -> bool:
    """Whether a path is of a package that stands where packages are installed."""
    return any(part.endswith("-packages") for part in path.parts)


def _places(packages: Iterable[str]) -> Iterator[Path]:
    """The folder of each package that is there, or its file where it is no folder."""
    for name in packages:
        found = find_spec(name)
        if found and found.origin:
            path = Path(found.origin)
            yield path.parent if found.submodule_search_locations else path


def _opened(names: tuple[str, ...]) -> ctypes.CDLL | None:
    """A library by the first of its names that the system knows."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _version(library: ctypes.CDLL | None, function: str) -> str:
    """What a library says of its version; nothing where it is not there."""
    try:
        asked = getattr(library, function)
    except AttributeError:
        return ""
    asked.restype = ctypes.c_char_p
    return str(asked().decode())

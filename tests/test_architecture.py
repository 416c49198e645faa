"""The house rules that code can break: who imports whom, and what only one module may touch."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "booklet"

ORDER = (
    "booklet",
    "booklet.problems",
    "booklet.garbage",
    "booklet.signals",
    "booklet.changes",
    "booklet.commit",
    "booklet.editions",
    "booklet.resources",
    "booklet.surroundings",
    "booklet.unchanged",
    "booklet.typeface",
    "booklet.contrast",
    "booklet.files",
    "booklet.scratch",
    "booklet.messages",
    "booklet.plain_file",
    "booklet.content",
    "booklet.review",
    "booklet.html",
    "booklet.tagging",
    "booklet.pdf",
    "booklet.print",
    "booklet.check",
    "booklet.writing",
    "booklet.approval",
    "booklet.order",
    "booklet.provenance",
    "booklet.checking",
    "booklet.making",
    "booklet.origins",
    "booklet.versions",
    "booklet.workers",
    "booklet.parcels",
    "booklet.cluster",
    "booklet.laid_aside",
    "booklet.build",
    "booklet.attach",
    "booklet.post",
    "booklet.preview",
    "booklet.commands",
)
"""Each module or package may import those before it and itself, never those behind it."""

ONLY_HOME = {
    "yaml": {
        "content/yaml_source.py",
        "content/yaml_errors.py",
        "print/binding.py",
        "print/postage.py",
        "pdf/join/active.py",
    },
    "markdown_it": {"content/markup.py"},
    "jinja2": {
        "html/render.py",
        "html/compiled_templates.py",
        "preview/choice.py",
        "print/plain_pages.py",
    },
    "pypdfium2": {
        *("pdf/pdfium.py", "pdf/page_objects.py", "pdf/pictures.py"),
        *("pdf/covering.py", "pdf/printed.py", "pdf/quick_calls.py", "pdf/glyphs.py"),
        *("pdf/showing.py",),
    },
    "pikepdf": {
        *("pdf/writing.py", "pdf/stacking.py"),
        *(f"pdf/join/{each.name}" for each in (PACKAGE / "pdf/join").glob("*.py")),
        *(f"pdf/shrink/{each.name}" for each in (PACKAGE / "pdf/shrink").glob("*.py")),
    },
    "pypdf": {
        *("pdf/opening.py", "pdf/lazy_reader.py", "pdf/objects.py", "pdf/pages.py"),
        *("pdf/document.py", "pdf/tree.py", "pdf/page_objects.py", "pdf/writing.py"),
    },
    "coloraide": {"content/accent.py"},
    "starlette": {"preview/server.py", "preview/guard.py", "preview/connections.py"},
    "uvicorn": {"preview/connections.py"},
    "watchfiles": {"preview/watch.py"},
    "segno": {"html/qr_code.py"},
    "dask": {"cluster.py"},
    "distributed": {"cluster.py"},
    "python_calamine": {"post/workbook.py"},
    "postcode": {"post/postcodes.py"},
    "nhs_number": {"post/identity.py"},
    "spylls": {"check/words/dictionary.py"},
}
"""The only modules that may import a library."""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The modules that a file imports, anywhere in it: of `from a import b`, `a.b` if it is one."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in MODULES else node.module


def package(name: str) -> str:
    """The part of a module's name that has a place in the order."""
    return ".".join(name.split(".")[:2])


def place(name: str) -> int:
    """Where in the order a module stands."""
    top = package(name)
    assert top in ORDER, f"{name} has no place; add it to ORDER"
    return ORDER.index(top)


def test_imports_run_down_the_order_of_packages() -> None:
    up = {
        (name, other)
        for name, path in MODULES.items()
        for other in imported(path)
        if other.split(".")[0] == "booklet" and place(other) > place(name)
    }
    assert up == set()


def with_packages(name: str) -> Iterator[str]:
    """A module and the packages it lies in: to import it, Python imports those first."""
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def test_no_files_import_each_other_in_a_circle_nor_through_their_package() -> None:
    needed = {
        name: {each for other in imported(path) for each in with_packages(other)} & {*MODULES}
        for name, path in MODULES.items()
    }
    # A file of a package may be imported by its own package, if it then needs none of the others.
    TopologicalSorter({name: found - {name} for name, found in needed.items()}).prepare()


def test_commands_are_imported_by_the_two_entry_points_only() -> None:
    entry, script = "booklet.commands.start", ROOT / "make_booklet.py"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"booklet": f"{entry}:main"}
    assert [name for name in imported(script) if name.startswith("booklet")] == [entry]
    others = [*(ROOT / "benchmarks").glob("*.py")]
    others += [path for name, path in MODULES.items() if not name.startswith("booklet.commands")]
    users = [path for path in others if "booklet.commands" in {*map(package, imported(path))}]
    assert users == []


@pytest.mark.parametrize("library", ONLY_HOME)
def test_a_library_has_one_home(library: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES.values()
        if library in {name.split(".")[0] for name in imported(path)}
    }
    assert users <= ONLY_HOME[library]


def test_only_the_command_prints_or_exits() -> None:
    for name, path in MODULES.items():
        if package(name) == "booklet.commands":
            continue
        calls = [node.func for node in ast.walk(syntax(path)) if isinstance(node, ast.Call)]
        assert not {"print", "sys.exit", "exit"} & {ast.unparse(call) for call in calls}, path


PRINTS = {"echo", "secho", "print", "write", "log", "confirm", "prompt"}
"""The methods that put words on a terminal."""


def test_commands_print_through_the_one_module_that_escapes() -> None:
    for name, path in MODULES.items():
        # The start has no package to print with.
        if package(name) != "booklet.commands" or path.name in ("say.py", "start.py"):
            continue
        calls = [node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call)]
        methods = [(call, call.func) for call in calls if isinstance(call.func, ast.Attribute)]
        said = {ast.unparse(call) for call, method in methods if method.attr in PRINTS}
        assert said <= {"console.print(table)"}, path
        cells = [each for call, method in methods if method.attr == "add_row" for each in call.args]
        assert all("cell" in ast.unparse(each) for each in cells), path


def test_templates_never_ask_who_reads_or_how_large() -> None:
    templates = [*(PACKAGE / "html/templates").rglob("*.j2")]
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        for forbidden in ("patient", "family", "| safe", "|safe", "size.name", "audience =="):
            assert forbidden not in text, f"{path.name} says {forbidden}"


def test_colours_and_lengths_of_type_are_said_in_the_tokens_only() -> None:
    sheets = [*(ROOT / "styles").rglob("*.css")]
    assert {"tokens.css", "page.css"} < {path.name for path in sheets}
    for path in sheets:
        if path.name == "tokens.css" or path.parent.name in ("editions", "ink"):
            continue
        text = path.read_text(encoding="utf-8")
        assert "#" not in text.replace("# ", ""), f"{path.name} names a colour"
        assert "font-size: 1" not in text, f"{path.name} names a size"

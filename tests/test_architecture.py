"""The house rules that code can break: who imports whom, and what only one module may touch."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "booklet"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

# Each package may import those before it, never those behind it.
PACKAGES = (
    {"booklet.problems", "booklet.editions", "booklet.resources", "booklet.typeface",
     "booklet.contrast", "booklet.files", "booklet.messages", "booklet"},
    {"booklet.content"},
    {"booklet.review"},
    {"booklet.html"},
    {"booklet.tagging"},
    {"booklet.pdf"},
    {"booklet.print"},
    {"booklet.check"},
    {"booklet.writing"},
    {"booklet.approval"},
    {"booklet.order"},
    {"booklet.provenance"},
    {"booklet.checking"},
    {"booklet.build"},
    {"booklet.preview"},
    {"booklet.commands"},
)  # fmt: skip

ONLY_HOME = {
    "yaml": {"content/yaml_source.py", "print/postage.py"},
    "markdown_it": {"content/markup.py"},
    "jinja2": {"html/render.py", "preview/page.py"},
    "pypdfium2": {"pdf/pdfium.py", "pdf/page_objects.py", "pdf/pictures.py"},
    "pikepdf": {"pdf/writing.py"},
    "pypdf": {
        *("pdf/opening.py", "pdf/lazy_reader.py", "pdf/objects.py", "pdf/pages.py"),
        *("pdf/document.py", "pdf/tree.py", "pdf/page_objects.py", "pdf/writing.py"),
    },
    "coloraide": {"content/accent.py"},
    "starlette": {"preview/server.py", "preview/guard.py"},
    "uvicorn": {"preview/serve.py"},
    "watchfiles": {"preview/watch.py"},
    "spylls": {"check/words/dictionary.py"},
}


def imported(path: ast.AST) -> Iterator[str]:
    for node in ast.walk(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def named(tree: ast.AST) -> Iterator[str]:
    """What is imported, with each name a module is asked for: it may be a module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
    yield from imported(tree)


def module_name(path: object) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")  # type: ignore[attr-defined]


def level(name: str) -> int:
    for number, names in reversed(list(enumerate(PACKAGES))):
        if any(
            name == each or (each != "booklet" and name.startswith(f"{each}.")) for each in names
        ):
            return number
    raise AssertionError(f"{name} is in no package; add it to PACKAGES")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_run_down_the_list_of_packages(path: object) -> None:
    here = level(module_name(path))
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):  # type: ignore[attr-defined]
        if name.startswith("booklet"):
            assert level(name) <= here, f"{module_name(path)} imports {name}"


def test_no_file_imports_itself_by_way_of_others() -> None:
    """A package's `__init__` runs before any file of it, so it counts as imported with each."""
    known = {module_name(path) for path in MODULES}
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        names = set(named(ast.parse(path.read_text(encoding="utf-8"))))
        parts = [name.split(".") for name in names if name.startswith("booklet")]
        before = {".".join(each[:n]) for each in parts for n in range(1, len(each) + 1)}
        graph[module_name(path)] = before & known
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("library", ONLY_HOME)
def test_a_library_has_one_home(library: str) -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] == library
    }
    assert users <= ONLY_HOME[library]


def test_only_the_command_prints_or_exits() -> None:
    for path in MODULES:
        if path.parent.name == "commands":
            continue
        calls = [
            node.func
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
        ]
        names = {ast.unparse(call) for call in calls}
        assert not names & {"print", "sys.exit", "exit"}, path


def test_templates_never_ask_who_reads_or_how_large() -> None:
    for path in (PACKAGE / "html/templates").rglob("*.j2"):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("patient", "family", "| safe", "|safe", "size.name", "audience =="):
            assert forbidden not in text, f"{path.name} says {forbidden}"


def test_colours_and_lengths_of_type_are_said_in_the_tokens_only() -> None:
    for path in (ROOT / "styles").rglob("*.css"):
        if path.name == "tokens.css" or path.parent.name == "editions":
            continue
        text = path.read_text(encoding="utf-8")
        assert "#" not in text.replace("# ", ""), f"{path.name} names a colour"
        assert "font-size: 1" not in text, f"{path.name} names a size"

"""The house: a module imports only from floors below its own, and says all it imports at its top."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from mira_workbook.settings import PACKAGE

# From the ground up. Rooms of one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "settings", "text", "tokens", "catalogue", ""),
    ("content",),
    ("records",),
    # Plain numbers in, numbers out; the rules use them, since a rule may ask whether a team agrees.
    tuple(
        f"measures.{name}"
        for name in (
            *("agreement", "alignment", "bands", "causes", "clarity", "consent", "coverage", "initiatives", "ledger"),
            *("ranking", "release", "words"),
        )
    ),
    ("rules", "store"),
    ("opening",),
    # The table that reads a session's answers for those numbers, as far as the rules let it see them.
    ("measures",),
    ("charts",),
    # Reports hold pictures.
    ("exports",),
    ("widgets",),
    ("boards",),
    ("notebook", "serve", "demo", "rehearse", "bench", "cli", "__main__"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

UNDER_THE_ROOF = {
    *(("__main__", "cli"), ("cli", "serve"), ("cli", "demo"), ("cli", "rehearse"), ("cli", "notebook")),
    *(("serve", "rehearse"), ("rehearse", "notebook"), ("cli", "bench"), ("bench", "rehearse"), ("bench", "notebook")),
    ("serve", "notebook"),
}
"""On the top floor, commands start what is served, played and rehearsed, and a desk starts rehearsals; these sit at a
notebook's doors, and so does the server for a page without a kernel."""

OPTIONAL_OR_HEAVY = {
    "matplotlib": "half a second that only a page with a picture should pay",
    "pandas": "only who takes a meeting's tables into a notebook needs it",
    "alembic": "only what migrates needs it; a member's page never does",
    "psycopg": "an extra; what lacks it is told the pip line",
    "jupyterlab": "only the command that opens it needs it",
    "ipykernel": "a forked kernel takes it from the process it came from",
    "mira_workbook.serve.app": "brings Voila, which the other commands do not need",
    "mira_workbook.settings": "a forked kernel takes them from the process it came from",
}
"""What may be imported inside a function, and why."""


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, as one line of one of ours names it."""

    importer: str
    imported: str
    line: int
    in_function: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def named(path: Path) -> str:
    """A file's module below the package: `content.answers.base`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    named(path): ast.parse(path.read_text(encoding="utf-8"), path.name)
    for path in sorted(PACKAGE.rglob("*.py"))
    if not {"node_modules", "migrations"} & set(path.parts)
}


def imports() -> Iterator[Import]:
    for module, tree in MODULES.items():
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for imported in spelled(node):
                    yield Import(module, imported, node.lineno, id(node) in inside)


def spelled(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Full names of the modules an import brings; a name from a package is followed where it is a module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    assert node.level == 0, "imports are written in full"
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        yield inner if inner.removeprefix("mira_workbook.") in MODULES else str(node.module)


IMPORTS = tuple(imports())
OURS = tuple(
    Import(one.importer, one.imported.removeprefix("mira_workbook").strip("."), one.line, one.in_function)
    for one in IMPORTS
    if one.imported.split(".")[0] == "mira_workbook"
)


def room_of(module: str) -> str:
    """The entry of the table a module belongs to: the longest that its name starts with."""
    parts = module.split(".")
    ways = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((way for way in ways if way in FLOOR), parts[0])


def test_every_module_stands_on_a_floor() -> None:
    assert [module for module in MODULES if room_of(module) not in FLOOR] == []


def test_a_module_imports_only_from_its_room_and_from_floors_below() -> None:
    assert [str(one) for one in OURS if not may(one.importer, one.imported)] == []


def may(importer: str, imported: str) -> bool:
    mine, other = room_of(importer), room_of(imported)
    if FLOOR[mine] != FLOOR[other]:
        return FLOOR[other] < FLOOR[mine]
    same_package = importer.partition(".")[0] == imported.partition(".")[0]
    return same_package or FLOOR[mine] == 0 or (mine, other) in UNDER_THE_ROOF


def test_pages_are_given_the_stores_doors_and_never_import_the_store() -> None:
    given = [one for one in OURS if room_of(one.importer) in {"widgets", "boards", "charts", "exports", "measures"}]
    assert [str(one) for one in given if room_of(one.imported) == "store"] == []


def test_nothing_imports_in_a_circle() -> None:
    below: dict[str, set[str]] = {module: set() for module in MODULES}
    for one in OURS:
        below[one.importer].add(one.imported)
    assert len(list(TopologicalSorter(below).static_order())) == len(MODULES)


def test_what_is_imported_inside_a_function_is_optional_or_heavy() -> None:
    late = [one for one in IMPORTS if one.in_function]
    assert [str(one) for one in late if not kept_late(one.imported)] == []
    assert {known for one in late for known in OPTIONAL_OR_HEAVY if known in one.imported} == set(OPTIONAL_OR_HEAVY)


def kept_late(module: str) -> bool:
    return any(module == known or module.startswith(f"{known}.") for known in OPTIONAL_OR_HEAVY)


def test_heavy_libraries_are_never_imported_at_the_top() -> None:
    heavy = ("matplotlib", "pandas", "numpy", "alembic", "psycopg")
    early = [one for one in IMPORTS if not one.in_function and one.imported.split(".")[0] in heavy]
    assert [str(one) for one in early] == []


def test_the_program_opens_its_store_in_one_place_where_the_rules_are_given_to_it() -> None:
    opening = {
        module
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Store"
    }
    assert opening == {"opening"}


MEASURING = ("baseline", "filled", "writing")


def test_only_the_store_speaks_sql() -> None:
    speaking = {one.importer for one in IMPORTS if one.imported.split(".")[0] in {"sqlalchemy", "sqlite3"}}
    # The bench compares the store with bare files, and fills one faster than people could.
    assert {room_of(module) for module in speaking - {f"bench.{name}" for name in MEASURING}} == {"store"}


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == set()


def test_no_file_grows_past_400_lines_and_no_function_past_40() -> None:
    files = {module: PACKAGE / module.replace(".", "/") for module in MODULES}
    lines = {
        module: len(
            (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8").splitlines()
        )
        for module, path in files.items()
    }
    functions = {
        f"{module}.{function.name}": int(function.body[-1].end_lineno or 0)
        - function.body[has_docstring(function)].lineno
        + 1
        for module, tree in MODULES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lines.items() if n > 400} == {}
    assert {name: n for name, n in functions.items() if n > 40} == {}


def has_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the first part of a function is its docstring; what it says about itself is not counted."""
    return ast.get_docstring(function) is not None and len(function.body) > 1

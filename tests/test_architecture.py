"""The shape of the house: who may import whom, where each library lives, how long a file is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.sources import CHECKOUT, files

PACKAGES = ("flows", "adapters", "storage", "bot")

MAY_IMPORT = {
    "flows": ("flows",),
    "adapters": ("adapters", "flows.messages"),
    "storage": ("storage", "flows.messages", "flows.engine"),
    "bot": PACKAGES,
}

ONLY_HOME = {
    "alembic": "storage",
    "cel_expr_python": "flows",
    "cryptography": "storage",
    "prometheus_client": "bot",
    "psycopg": "storage",
    "pydantic_settings": "bot",
    "redis": "storage",
    "ruamel": "flows",
    "sqlalchemy": "storage",
    "sqlite3": "storage",
    "sqlmodel": "storage",
    "telegram": "adapters",
    "transitions": "flows",
    "typer": "bot",
}

NEVER_IN_FLOWS = {
    "a clock": ("time", "sched"),
    "chance": ("random", "secrets", "uuid"),
    "the network": ("aiohttp", "http", "socket", "ssl", "urllib.request"),
    "waiting": ("asyncio", "concurrent", "multiprocessing", "threading"),
    "the machine": ("os", "shutil", "subprocess", "tempfile"),
}

LONGEST_FILE = 300
MARKS_OF_UNFINISHED_WORK = re.compile("|".join(["TO" + "DO", "FIX" + "ME"]))


@dataclass(frozen=True)
class Import:
    """One name that one line brings in."""

    place: str
    package: str
    name: str


def test_nobody_imports_what_the_table_does_not_allow() -> None:
    ours = [line for line in _imports() if line.name.split(".")[0] in (*PACKAGES, "tests")]

    wrong = [line for line in ours if not _within(line.name, MAY_IMPORT[line.package])]

    assert not wrong, _listed(wrong)


def test_each_library_has_one_home() -> None:
    wrong = [
        line
        for line in _imports()
        for library, home in ONLY_HOME.items()
        if _within(line.name, (library,)) and line.package != home
    ]

    assert not wrong, _listed(wrong)


def test_flows_decides_and_does_nothing_else() -> None:
    forbidden = tuple(name for names in NEVER_IN_FLOWS.values() for name in names)

    wrong = [
        line for line in _imports() if line.package == "flows" and _within(line.name, forbidden)
    ]

    assert not wrong, _listed(wrong)


def test_flows_reads_no_clock_and_awaits_nothing() -> None:
    wrong = [
        place
        for package, place, node in _nodes()
        if package == "flows"
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
        or (isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"})
    ]

    assert not wrong, "\n".join(wrong)


def test_only_the_entrance_reads_the_environment() -> None:
    wrong = [
        place
        for _, place, node in _nodes()
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        if not place.startswith("bot/__main__.py:")
    ]

    assert not wrong, "\n".join(wrong)


def test_every_import_says_where_it_comes_from() -> None:
    relative = [
        place for _, place, node in _nodes() if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert not relative, "\n".join(relative)


def test_every_file_fits_in_the_head() -> None:
    lengths = {path: len(_text(path).splitlines()) for path in files(".py", ".ts", ".tsx")}

    long = [
        f"{path.relative_to(CHECKOUT)}: {lines}"
        for path, lines in lengths.items()
        if lines > LONGEST_FILE
    ]

    assert not long, "\n".join(long)


def test_no_unfinished_work_is_left_in_a_file() -> None:
    code = files(".py", ".ts", ".tsx", ".css", ".html", ".yaml", ".yml", ".toml", ".sh", "dev")

    marked = [
        _place(path, number)
        for path in code
        for number, line in enumerate(_text(path).splitlines(), 1)
        if MARKS_OF_UNFINISHED_WORK.search(line)
    ]

    assert not marked, "\n".join(marked)


def _imports() -> Iterator[Import]:
    for package, place, node in _nodes():
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(place, package, name)


@cache
def _nodes() -> list[tuple[str, str, ast.AST]]:
    """Return every node of our packages' code, with its package and its place."""
    return [
        (package, _place(path, getattr(node, "lineno", 1)), node)
        for path in files(".py")
        if (package := path.relative_to(CHECKOUT).parts[0]) in PACKAGES
        for node in ast.walk(ast.parse(_text(path)))
    ]


def _within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def _listed(lines: list[Import]) -> str:
    return "\n".join(f"{line.place}: {line.name}" for line in lines)


def _place(path: Path, line: int) -> str:
    return f"{path.relative_to(CHECKOUT)}:{line}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")

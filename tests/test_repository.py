"""What this repository may hold: nothing that ties it to one machine or one registry."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.sources import CHECKOUT, files

# Hosts and folders are written in pieces, so that this file passes its own tests.
REGISTRIES = (
    ("pypi", "org"),
    ("python" + "hosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("debian", "org"),
    ("docker", "io"),
    ("ghcr", "io"),
    ("quay", "io"),
    ("golang", "org"),
    ("crates", "io"),
)
FOLDERS = (
    ("", "work", ""),
    ("", "root", ""),
    ("", "farm", ""),
    ("", "opt", "pypi"),
    ("", "opt", "wheels"),
)
FONTS = (".eot", ".otf", ".ttc", ".ttf", ".woff", ".woff2")
PINNED = re.compile(r"[a-z0-9._-]+(?:\[[a-z,]+\])?==[^ ]+(?: ; [^-]+?)?(?: --hash=sha256:\w{64})+")
PYTHON_LOCKS = sorted((CHECKOUT / "requirements").glob("*.txt"))
NODE_LOCKS = files("package-lock.json")


def test_no_file_names_a_registry() -> None:
    hosts = "|".join(re.escape(".".join(pieces)) for pieces in REGISTRIES)

    named = _places_of(rf"(?<![\w-])(?:{hosts})(?![\w-])")

    assert not named, "\n".join(named)


def test_no_file_names_a_folder_of_one_machine() -> None:
    folders = "|".join(re.escape("/".join(pieces)) for pieces in FOLDERS)

    named = _places_of(rf"(?<![\w.)}}\]/$-])(?:{folders})")

    assert not named, "\n".join(named)


def test_no_font_is_carried_along() -> None:
    assert files(*FONTS) == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.stem)
def test_python_packages_are_pinned_by_hash_and_by_nothing_else(lock: Path) -> None:
    text = re.sub(r" *#.*", "", lock.read_text(encoding="utf-8"))

    entries = [re.sub(r" +", " ", entry) for entry in re.sub(r"\\\n", " ", text).split("\n")]
    loose = [entry for entry in entries if entry.strip() and not PINNED.fullmatch(entry.strip())]

    assert not loose, "\n".join(loose)


def test_tests_run_on_the_versions_that_run() -> None:
    run, test = (_versions(CHECKOUT / f"requirements/{name}.txt") for name in ("run", "test"))

    assert run <= test


@pytest.mark.parametrize("lock", NODE_LOCKS, ids=lambda lock: lock.parent.name)
def test_node_packages_are_pinned_by_hash_and_by_nothing_else(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]

    fetched = {name: entry for name, entry in packages.items() if name and not entry.get("link")}

    assert [name for name, entry in fetched.items() if "integrity" not in entry] == []
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []


@pytest.mark.parametrize("command", ["dev", ".ci/run"])
def test_the_commands_can_be_called(command: str) -> None:
    assert os.access(CHECKOUT / command, os.X_OK)


def _versions(lock: Path) -> set[str]:
    return set(re.findall(r"^[^ #]+==[^ ]+", lock.read_text(encoding="utf-8"), re.MULTILINE))


def _places_of(pattern: str) -> list[str]:
    known = re.compile(pattern)
    return [
        f"{path.relative_to(CHECKOUT)}:{number}: {line.strip()[:120]}"
        for path in files()
        for number, line in enumerate(_text(path).splitlines(), 1)
        if known.search(line)
    ]


def _text(path: Path) -> str:
    """Return a file's text; empty for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""

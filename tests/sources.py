"""The files of this checkout that people wrote: what was installed or built is left out."""

import os
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
NOT_OURS = {
    ".cache",
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tools",
    ".venv",
    "__pycache__",
    "artifacts",
    "dist",
    "htmlcov",
    "node_modules",
    "var",
}


def files(*endings: str) -> list[Path]:
    """Return the files with one of these endings, in order; all files without any."""
    return [path for path in _all() if not endings or path.name.endswith(endings)]


@cache
def _all() -> list[Path]:
    found: list[Path] = []
    for folder, folders, names in os.walk(CHECKOUT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        found += [Path(folder, name) for name in sorted(names)]
    return found

"""What the public description of the Bot API says: its methods, types and required fields."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("bot_api.json")

Fields = dict[str, str]
"""Field -> its types joined by `|`, with a leading `!` where it is required."""


def methods() -> dict[str, Fields]:
    """Return every method by its name, with its parameters."""
    named: dict[str, Fields] = _tables()["methods"]
    return named


def types() -> dict[str, Fields | list[str]]:
    """Return every type by its name: its fields, or the types of which it is one."""
    named: dict[str, Fields | list[str]] = _tables()["types"]
    return named


@cache
def spelling() -> dict[str, str]:
    """Return the documented spelling of each method's name by its lower-case form."""
    return {name.lower(): name for name in methods()}


def update_kinds() -> tuple[str, ...]:
    """Return the names of all kinds of updates."""
    return tuple(name for name in types()["Update"] if name != "update_id")


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return tables

"""Bodies of casework: closed with the key of their case, contact or meeting, for their place."""

from collections.abc import Callable
from os import urandom
from typing import Any

import orjson

from storage.errors import GoneError
from storage.keys import KeyStore

Body = dict[str, Any]
Step = Callable[[str], str]
"""From a status to the one that follows, decided by the rule book of its kind; it may refuse."""


def new_id() -> int:
    """Return a random id that a browser can count with."""
    return int.from_bytes(urandom(6))


def sealed(keys: KeyStore, key: int, where: str, body: Body) -> bytes:
    """Close a body with a key; raises `GoneError` when that key was destroyed."""
    return keys.sealer(key).seal(place(where, key), orjson.dumps(body))


def opened(keys: KeyStore, key: int, where: str, body: bytes) -> Body:
    """Open a body; raises `GoneError` when its key was destroyed."""
    found: Body = orjson.loads(keys.sealer(key).open(place(where, key), body))
    return found


def opened_or_none(keys: KeyStore, key: int, where: str, body: bytes) -> Body | None:
    """Open a body; None when its key was destroyed."""
    try:
        return opened(keys, key, where, body)
    except GoneError:
        return None


def place(where: str, key: int) -> str:
    """Return where a body stands, such as `record|5` of the case with this key."""
    return f"casework|{where}|{key}"

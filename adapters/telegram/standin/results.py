"""Results that are more, or less, than an object to be written as JSON."""

from dataclasses import dataclass

from adapters.telegram.standin.values import Value


@dataclass(frozen=True, slots=True)
class Described:
    """A result that comes with a sentence."""

    result: Value
    description: str


@dataclass(frozen=True, slots=True)
class Written:
    """A result that is JSON already."""

    json: bytes


def array(written: list[bytes]) -> bytes:
    """Return a JSON array of what is JSON already."""
    return b"[" + b",".join(written) + b"]"

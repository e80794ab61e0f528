"""What `verify` finds, and what its checks look at."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be.

    Attributes:
        invariant: `I1` to `I12`, as docs/threat-model.md and `verify` name them.
        where: A table, with ids.
        what: What is wrong there; never content.
    """

    invariant: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.invariant} {self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long something may take before it is a finding, and where waiting is no fault.

    Attributes:
        outbox_ms: How long after it was due an entry may still wait to go out.
        files_ms: The same for files to be fetched.
        collected: Channels whose entries wait for the person.
    """

    outbox_ms: int = 60_000
    files_ms: int = 3_600_000
    collected: frozenset[str] = frozenset({"kakao", "web"})


class Scene(NamedTuple):
    """One moment of a store."""

    connection: Connection
    keys: KeyStore
    files: Path
    now: int
    patience: Patience

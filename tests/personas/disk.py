"""What is left on the disk, for somebody who takes it away without the master key."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

NAMES = ("gyeot.db", "gyeot.db-wal", "keys.db", "keys.db-wal", "output")


@dataclass(frozen=True, slots=True)
class Disk:
    """The data folder of a running house."""

    data: Path

    def shows(self, *words: str) -> list[str]:
        """Return which of the words stand anywhere in clear, in the server's output too."""
        whole = b"".join(
            (self.data / name).read_bytes() for name in NAMES if (self.data / name).exists()
        )
        return [word for word in words if word.encode() in whole]

    def has_key(self, conversation: str) -> bool:
        """Say whether there still is a key that opens this conversation."""
        with closing(sqlite3.connect(f"file:{self.data / 'keys.db'}?mode=ro", uri=True)) as keys:
            found = keys.execute("SELECT 1 FROM sealing_key WHERE id = ?", (int(conversation),))
            return found.fetchone() is not None

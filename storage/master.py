"""The master key: 32 bytes in a file outside the database; it wraps every other key."""

import base64
import os
import stat
from pathlib import Path

from storage.errors import MissingKeyError
from storage.sealing import KEY_BYTES, Sealer

HEADER = "gyeot master key 1"
MODE = 0o400
REMEDY = "make one with `gyeot key new`, and keep a copy apart from the backups"


class MasterKey:
    """The keys that wrap keys, by epoch; the newest wraps, older ones only open.

    There is one, but while the master key is being changed.
    """

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._keys = keys
        self._sealers = {epoch: Sealer(key) for epoch, key in keys.items()}
        self.epoch = max(keys)

    def __repr__(self) -> str:
        return f"MasterKey(epoch={self.epoch})"

    @classmethod
    def load(cls, path: Path) -> "MasterKey":
        """Read the file.

        Raises:
            MissingKeyError: it is not there, not readable, or no master key.
        """
        try:
            lines = path.read_text("ascii").split("\n")
            open_to = stat.S_IMODE(path.stat().st_mode)
        except (OSError, UnicodeDecodeError):
            raise MissingKeyError(f"no master key can be read at {path}: {REMEDY}") from None
        if open_to & 0o077:
            raise MissingKeyError(f"others may read the master key: chmod 400 {path}")
        try:
            keys = dict(map(_parsed, filter(None, lines[1:])))
        except ValueError:
            keys = {}
        if lines[0] != HEADER or not keys:
            raise MissingKeyError(f"{path} holds no master key: {REMEDY}")
        return cls(keys)

    @classmethod
    def create(cls, path: Path) -> "MasterKey":
        """Make a new one; never over an old one.

        Raises:
            FileExistsError: there is a file already.
        """
        master = cls({1: os.urandom(KEY_BYTES)})
        master.save(path, over=False)
        return master

    @property
    def changing(self) -> bool:
        """Whether older keys are still known: a change was begun and is not done."""
        return len(self._keys) > 1

    def next(self) -> "MasterKey":
        """Return this with one more key, which wraps from now on."""
        return MasterKey({**self._keys, self.epoch + 1: os.urandom(KEY_BYTES)})

    def newest(self) -> "MasterKey":
        """Return this without the older keys."""
        return MasterKey({self.epoch: self._keys[self.epoch]})

    def save(self, path: Path, *, over: bool = True) -> None:
        """Write the file whole, on disk before this returns."""
        lines = [f"{epoch} {base64.b64encode(key).decode()}" for epoch, key in self._keys.items()]
        part = path.with_name(path.name + ".part") if over else path
        if over:
            part.unlink(missing_ok=True)
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write("\n".join([HEADER, *lines, ""]))
            file.flush()
            os.fsync(file.fileno())
        if over:
            part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def wrap(self, place: str, key: bytes) -> bytes:
        """Close a key with the newest master key."""
        return self._sealers[self.epoch].seal(f"{place}|{self.epoch}", key)

    def unwrap(self, place: str, epoch: int, wrapped: bytes) -> bytes:
        """Return a key that was closed in that epoch.

        Raises:
            MissingKeyError: this is not the master key of that epoch.
            SealError: the wrapped key was altered or moved.
        """
        if epoch not in self._sealers:
            raise MissingKeyError(f"the master key of epoch {epoch} is not in the file")
        return self._sealers[epoch].open(f"{place}|{epoch}", wrapped)


def _parsed(line: str) -> tuple[int, bytes]:
    epoch, text = line.split(" ")
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a master key has 32 bytes")
    return int(epoch), key

"""What can go wrong while remembering.

StorageError
├── MissingKeyError    there is no master key, or it is not the one that was used
├── GoneError          the key of this conversation was destroyed: it was erased
├── SealError          a ciphertext does not open where it stands
├── OutdatedError      the database wants `gyeot migrate`
└── UnavailableError   nothing can be stored now: nothing was acknowledged
"""


class StorageError(Exception):
    """Something could not be remembered or found; the message never holds content."""


class MissingKeyError(StorageError):
    """There is no usable master key; the message says how to make one."""


class GoneError(StorageError):
    """What is asked for was erased, or never was."""


class SealError(StorageError):
    """A ciphertext was altered or moved from where it was written."""


class OutdatedError(StorageError):
    """The database has another shape than this program knows."""


class UnavailableError(StorageError):
    """The database cannot take this now: full, locked or out of reach. Nothing was stored."""

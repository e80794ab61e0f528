"""What can go wrong in casework.

StorageError
└── CaseworkError       the message is for staff and says what to do
    ├── UnknownError    there is no such case, referral or place, or no longer
    ├── FullError       no place, no guard is free
    ├── RuleError       a rule forbids it: consent, sex, family, limits, conflict of interest
    └── LinkError       an agency's link does not open, or not any more; `why` says which
"""

from storage.errors import StorageError


class CaseworkError(StorageError):
    """Something in casework cannot be done; the message says why, without content."""


class UnknownError(CaseworkError):
    """There is no such thing, or it was destroyed."""


class FullError(CaseworkError):
    """Nothing is free."""


class RuleError(CaseworkError):
    """A rule forbids it."""


class LinkError(CaseworkError):
    """An agency's link does not open."""

    def __init__(self, why: str, text: str) -> None:
        """Keep why: `unknown`, `expired`, `used`, `withdrawn` or `locked`."""
        super().__init__(text)
        self.why = why

"""The code of an invitation: written down, read aloud or carried by a link."""

from secrets import choice

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LETTERS = 12


def new_code() -> str:
    """Return a code that says nothing, such as `ABCD-EFGH-JKLM`."""
    letters = "".join(choice(LETTERS) for _ in range(CODE_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))

"""Two people changed one file: what does not touch is put together, line by line."""

from difflib import SequenceMatcher

Hunk = tuple[int, int, list[str]]
"""From which line to which of the common text, and what stands there now."""


class ConflictError(Exception):
    """Both changed the same lines; `line` is where, counted from 1."""

    def __init__(self, line: int) -> None:
        """Keep the place."""
        super().__init__(f"both changed line {line}")
        self.line = line


def merged(base: str, mine: str, theirs: str) -> str:
    """Return both changes in one text.

    Raises:
        ConflictError: they changed the same or neighbouring lines in different ways.
    """
    lines = base.splitlines(keepends=True)
    hunks = sorted([*_hunks(lines, mine), *_hunks(lines, theirs)], key=lambda one: one[:2])
    out: list[str] = []
    at = 0
    before: Hunk | None = None
    for hunk in hunks:
        start, end, text = hunk
        if hunk == before:
            continue  # both made the same change
        if before is not None and (start < before[1] or (start, end) == before[:2]):
            raise ConflictError(start + 1)
        out += [*lines[at:start], *text]
        at, before = end, hunk
    return "".join([*out, *lines[at:]])


def _hunks(lines: list[str], text: str) -> list[Hunk]:
    changed = text.splitlines(keepends=True)
    matcher = SequenceMatcher(None, lines, changed, autojunk=False)
    return [
        (start, end, changed[first:last])
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    ]

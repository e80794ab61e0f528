"""CSV for spreadsheets: a cell that would be a formula there is made plain text."""

import csv
import io
from collections.abc import Iterable, Sequence

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may read as the beginning of a formula, in full width too."""


def plain(value: str) -> str:
    """Return a cell that no spreadsheet computes."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(STARTS) else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, quoting=csv.QUOTE_ALL)
    lines.writerow(header)
    for row in rows:
        lines.writerow([plain(value) for value in row])
    return written.getvalue()

"""Tables as CSV that no spreadsheet runs: what looks like a formula stays a text."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What begins a formula or a command in one spreadsheet or another."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a Korean spreadsheet reads the wrong letters."""


def written(rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """Return rows as CSV; None is an empty cell, a text is never a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if one is None else _cell(one) for one in row])
    return BOM + out.getvalue()


def _cell(value: str | float) -> str | float:
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text

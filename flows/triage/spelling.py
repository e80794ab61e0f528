"""Common Korean misspellings and chat spellings, set right before anything is read.

They stand in spelling.tsv, one line for each right spelling with the wrong ones behind it.
The longest wrong spelling is tried first.
"""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "spelling.tsv"
_KOREAN = re.compile("[가-힣]")


def respelled(clause: str) -> str:
    """Set common misspellings right; twice, because one may hide another."""
    if not _KOREAN.search(clause):
        return clause
    fixes, wrong = _table()
    once = wrong.sub(lambda found: fixes[found.group()], clause)
    return once if once == clause else wrong.sub(lambda found: fixes[found.group()], once)


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    fixes = {wrong: right for right, some in rows for wrong in some.split(" ")}
    return fixes, re.compile("|".join(map(re.escape, sorted(fixes, key=len, reverse=True))))

"""What the small model sees of a text: pieces of words, cues, and cues together."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from flows.triage.keyboard import opened
from flows.triage.reading import Reading
from flows.triage.rulebook import Rulebook

WHOLE_CHARS = 70
"""A text up to this length is judged as one; a longer one by each two neighbouring clauses."""

_RUNS = re.compile(r"[a-zа-я0-9]+(?: [a-zа-я0-9]+)*|[฀-๿]+|[^a-zа-я0-9 ฀-๿]+")
_STEM = 5
_FEW_WINDOWS = 12
_LAST_WINDOWS = 4
_MOST_WINDOWS = 16
"""Of a long text the model reads where most cues stand, and its end; the rules read all of it."""


def windows(reading: Reading) -> list[tuple[int, int]]:
    """The stretches of clauses that are judged together: first and last but one."""
    count = len(reading.parts)
    starts: Sequence[int]
    if sum(map(len, reading.parts)) <= WHOLE_CHARS or count <= 2:  # noqa: PLR2004 — one pair
        return [(0, count)]
    starts = range(count - 1)
    if len(starts) > _FEW_WINDOWS:
        starts = _telling(reading, starts)
    return [(start, start + 2) for start in starts]


def _telling(reading: Reading, starts: Sequence[int]) -> list[int]:
    """The windows of a long text in which most cues stand, and its last ones, in order."""
    cues = reading.cues
    told = {start: (cues[start] | cues[start + 1]).bit_count() for start in starts}
    most = sorted(starts, key=lambda start: (-told[start], start))[:_MOST_WINDOWS]
    return sorted({*(start for start in most if told[start]), *starts[-_LAST_WINDOWS:]})


def pieces(clause: str) -> list[str]:
    """The pieces of one clause: words and stems, or runs of letters where words run together."""
    found: list[str] = []
    for run in _RUNS.findall(f"^{clause}$" if not clause[:1].isascii() else clause):
        first = run[0]
        if (first.isascii() and first.isalnum()) or "а" <= first <= "я":
            found += _words(run)
        elif "฀" <= first <= "๿":
            found += _grams(run, (3, 4, 5))
        else:
            found += _grams(run, (2, 3))
            found += (f"~{gram}" for gram in _grams(opened(run), (2, 3)))
    return found


def cues_of(reading: Reading, window: tuple[int, int]) -> int:
    """The cues of one window, as bits."""
    here = reading.length
    for cues in reading.cues[window[0] : window[1]]:
        here |= cues
    if window == (0, len(reading.parts)) and reading.one:
        here |= reading.one[1]
    return here


def cue_features(reading: Reading, here: int) -> list[str]:
    """The cues of one window (bits) alone and in pairs, and those elsewhere in the message."""
    elsewhere = reading.book.names(reading.anywhere & ~here)
    rules = (f"!{rule.name}" for rule in reading.book.holding(here, reading.anywhere))
    return [*of_cues(reading.book, here), *(f"@{name}" for name in elsewhere), *rules]


def of_cues(book: Rulebook, here: int) -> list[str]:
    """The cues of one window (bits) alone and in pairs."""
    names = book.names(here)
    pairs = (f"{one}+{other}" for one, other in combinations(names, 2))
    return ["*", *(f"#{name}" for name in names), *pairs]


def _words(run: str) -> Iterator[str]:
    words = run.split()
    bounded = ["<", *words, ">"]
    for word in words:
        yield f"{word} "
        if len(word) > _STEM:
            yield f"{word[:_STEM]}-"
    for one, other in pairwise(bounded):
        yield f"{one} {other}"


def _grams(run: str, widths: tuple[int, ...]) -> Iterator[str]:
    for width in widths:
        for start in range(len(run) - width + 1):
            yield run[start : start + width]

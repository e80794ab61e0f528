"""Her own words about when she must not be contacted: "밤 9시 이후, 수요일", "after 9 pm"."""

import re
from collections.abc import Iterator

DAY = 24 * 60
WEEK = 7 * DAY

_CLAUSES = re.compile(r"[,.;/·\n]+|그리고|또는|이랑|하고 |\band\b|\bor\b", re.IGNORECASE)
_DAYS = (
    (range(5), r"평일|주중|weekdays?"),
    (range(5, 7), r"주말|weekends?"),
    (range(7), r"매일|항상|every ?day"),
    *(
        (range(at, at + 1), rf"(?<![가-힣]){letter}요일|{english}[a-z]*day")
        for at, (letter, english) in enumerate(
            zip("월화수목금토일", ("mon", "tue", "wed", "thu", "fri", "satur", "sun"), strict=True)
        )
    ),
)
_PARTS = (
    ((0, 6), r"새벽|심야|한밤|after midnight"),
    ((6, 10), r"아침|mornings?"),
    ((9, 12), r"오전(?! *\d)"),
    ((12, 18), r"낮|오후(?! *\d)|afternoons?"),
    ((18, 21), r"저녁(?! *\d)|evenings?"),
    ((21, 30), r"밤(?! *\d)|nights?"),
    ((0, 24), r"하루 ?종일|종일|all day"),
)
_HOUR = (
    r"(?P<{0}_am>오전|새벽|아침|오후|저녁|밤|낮)? *(?P<{0}>\d{{1,2}})(?: *: *(?P<{0}_min>\d\d))?"
    r" *(?P<{0}_of>시(?: *반)?|am|pm|a\.m\.|p\.m\.|o'?clock)?"
)
_FROM_TO = re.compile(
    _HOUR.format("a")
    + r" *(?:부터|에서|~|-|–|to|until) *"
    + _HOUR.format("b")
    + r"(?: *(?:까지|사이))?",
    re.IGNORECASE,
)
_AFTER = re.compile(_HOUR.format("a") + r" *(?:이후|부터|넘어서|지나서|후)", re.IGNORECASE)
_AFTER_ENGLISH = re.compile(r"(?:after|from) +" + _HOUR.format("a"), re.IGNORECASE)
_BEFORE = re.compile(_HOUR.format("a") + r" *(?:이전|전|까지)", re.IGNORECASE)
_BEFORE_ENGLISH = re.compile(r"(?:before|until) +" + _HOUR.format("a"), re.IGNORECASE)
_LATE = 30
"""Whoever says "after nine" means until six in the morning."""
_NOON = 12
_HOURS = 24


def unsafe_spans(words: str) -> list[tuple[int, int]] | None:
    """Return the unsafe spans of a week, or None when a part of the words is not understood.

    An end after Sunday midnight runs into Monday.
    """
    found: list[tuple[int, int]] = []
    for clause in filter(str.strip, _CLAUSES.split(words)):
        spans = list(_spans(clause))
        if not spans:
            return None
        found += spans
    return found


def _spans(clause: str) -> Iterator[tuple[int, int]]:
    days = sorted(
        {day for some, words in _DAYS if re.search(words, clause, re.IGNORECASE) for day in some}
    )
    hours = list(_hours(clause))
    if not days and not hours:
        return
    for day in days or range(7):
        for start, end in hours or [(0, DAY)]:
            yield day * DAY + start, day * DAY + end


def _hours(clause: str) -> Iterator[tuple[int, int]]:
    """The stretches of a day, in minutes; an end after midnight runs into the next day."""
    if between := _FROM_TO.search(clause):
        start, end = _minute(between, "a"), _minute(between, "b")
        if between["b_am"] is None and end <= start and end + _NOON * 60 > start:
            end += _NOON * 60
        yield start, end if end > start else end + DAY
    elif after := _AFTER_ENGLISH.search(clause) or _AFTER.search(clause):
        yield _minute(after, "a"), _LATE * 60
    elif before := _BEFORE_ENGLISH.search(clause) or _BEFORE.search(clause):
        yield 0, _minute(before, "a")
    else:
        for (start, end), words in _PARTS:
            if re.search(words, clause, re.IGNORECASE):
                yield start * 60, end * 60


def _minute(found: re.Match[str], which: str) -> int:
    hour = min(int(found[which]), _HOURS)
    part, unit = found[f"{which}_am"] or "", (found[f"{which}_of"] or "").lower()
    late = part in {"오후", "저녁", "밤", "낮"} or unit.startswith("p")
    if late and hour < _NOON:
        hour += _NOON
    if (part in {"오전", "새벽"} or unit.startswith("a")) and hour == _NOON:
        hour = 0
    minutes = int(found[f"{which}_min"] or 0) + (30 if "반" in unit else 0)
    return hour * 60 + minutes

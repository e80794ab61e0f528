"""When she may be written to: what she answered about safe contact, as spans of a week.

A span is a pair of minutes since Monday 0:00 in Seoul, the end not included. What we cannot
read of her own words about unsafe times allows nothing: then she is only answered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.state import Value
from flows.unsafe import DAY, WEEK, unsafe_spans

Span = tuple[int, int]

ASKED = frozenset({"contact_way", "contact_times", "unsafe_times"})
"""The answers that the rules are made of."""

_WORKDAYS, _WEEKEND = range(5), range(5, 7)
_TIMES: Mapping[str, tuple[range, int, int]] = {
    "day": (_WORKDAYS, 9, 18),
    "evening": (_WORKDAYS, 18, 21),
    "weekend": (_WEEKEND, 9, 21),
    "any": (range(7), 0, 24),
}
_UNTOLD = tuple((day * DAY + 9 * 60, day * DAY + 21 * 60) for day in range(7))
"""She chose a way but no times: by day and evening."""
_EMPTY = re.compile(
    r"^\W*(없(어요|음|어|습니다)?|아니(요|오)?|no(ne)?|nothing)?\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rules:
    """When we may write to her of our own accord.

    Attributes:
        spans: The spans of a week in which we may; none means only as an answer to her.
        unread: Her own words about unsafe times could not be read; a counselor must.
    """

    spans: tuple[Span, ...]
    unread: bool = False

    @property
    def never(self) -> bool:
        """Whether she is only ever answered."""
        return not self.spans


def rules_of(answers: Mapping[str, Value]) -> Rules | None:
    """Return her rules, or None when she was never asked."""
    if "contact_way" not in answers:
        return None
    chosen = answers.get("contact_times", ())
    names = (chosen,) if isinstance(chosen, str) else chosen
    times = [str(name) for name in names] if isinstance(names, Sequence) else []
    if "only_then" in times or answers["contact_way"] == "skip":
        return Rules(())
    allowed = _merged(_allowed(times)) or list(_UNTOLD)
    words = str(answers.get("unsafe_times", ""))
    if _EMPTY.match(words):
        return Rules(tuple(allowed))
    unsafe = unsafe_spans(words)
    if unsafe is None:
        return Rules((), unread=True)
    for span in unsafe:
        allowed = list(_without(allowed, span))
    return Rules(tuple(allowed))


def _allowed(times: Sequence[str]) -> Iterator[Span]:
    for name in times:
        days, start, end = _TIMES.get(name, (range(0), 0, 0))
        for day in days:
            yield day * DAY + start * 60, day * DAY + end * 60


def _merged(spans: Iterator[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _without(spans: Sequence[Span], hole: Span) -> Iterator[Span]:
    start, end = hole
    if end > WEEK:  # it runs over Sunday night
        spans = list(_without(spans, (0, end - WEEK)))
        end = WEEK
    for first, last in spans:
        if first < min(start, last):
            yield first, min(start, last)
        if max(end, first) < last:
            yield max(end, first), last

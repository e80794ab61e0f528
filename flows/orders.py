"""When an order of protection ends, how often it can be extended, and when to think of it.

A term in months ends on the day before the one with the same number; where that month has no
such day, on its last day. What is printed on the paper itself goes before what we compute.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.script import Name, Part, Sentence, Text

REMIND = (timedelta(weeks=4), timedelta(weeks=3))
"""How long before the end an extension is thought of: first, and once more."""


class OrderError(ValueError):
    """The dates of an order make no sense; the message says what to do."""


class OrderKind(Part):
    """One kind of order, as the law has it.

    Attributes:
        months: The longest term; 0 has no end.
        extensions: How often it may be extended.
        extension_months: By how much each time.
    """

    id: Name
    name: Text
    months: int
    extensions: int = 0
    extension_months: int = 0
    breach: Text | None = None
    source: Sentence
    checked_on: date
    valid_from: date
    certainty: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order: when it began, and the ends that were printed, the first term's first.

    An end that is None is computed.
    """

    kind: OrderKind
    began: date
    ends: Sequence[date | None] = (None,)

    def end(self) -> date | None:
        """Return its last day with all its extensions; None when it has no end.

        Raises:
            OrderError: it is longer or more often extended than the law allows.
        """
        if self.began < self.kind.valid_from:
            raise OrderError(
                f"이 조치는 {self.kind.valid_from}부터 있어요. It did not exist then."
            )
        if len(self.ends) - 1 > self.kind.extensions:
            raise OrderError(
                f"이 조치는 {self.kind.extensions}번까지 늘릴 수 있어요. No further extension."
            )
        if not self.kind.months:
            return None
        last, months = self.began, self.kind.months
        for number, given in enumerate(self.ends):
            starts = last if number == 0 else last + timedelta(days=1)
            last = _checked(starts, months, given)
            months = self.kind.extension_months
        return last

    @property
    def may_be_extended(self) -> bool:
        """Whether there is an extension left."""
        return len(self.ends) - 1 < self.kind.extensions

    def reminders(self, today: date) -> list[date]:
        """Return the days on which an extension, or what comes after, is to be thought of."""
        end = self.end()
        if end is None or end < today:
            return []
        return sorted({max(today, end - before) for before in REMIND})


def last_day(start: date, months: int) -> date:
    """Return the last day of a term of months that begins on a day."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    days = calendar.monthrange(year, month)[1]
    if start.day > days:
        return date(year, month, days)
    return date(year, month, start.day) - timedelta(days=1)


def _checked(starts: date, months: int, given: date | None) -> date:
    longest = last_day(starts, months)
    if given is None:
        return longest
    if given < starts:
        raise OrderError("끝나는 날이 시작하는 날보다 앞서요. The end is before the beginning.")
    if given > longest + timedelta(days=1):
        raise OrderError(
            f"이 조치는 {longest}까지가 가장 길어요. The law allows it until {longest} at most."
        )
    return given

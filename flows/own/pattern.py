"""When, where and how often: what the log shows as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.own.incident import Incident

WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What many entries show together.

    Attributes:
        total: How many entries.
        months: Entries of each month, the oldest first, as `2026-11`.
        weekdays: Entries of each day of the week, Monday first.
        parts, places, acts: Entries by part of the day, place and act.
        breaches, threats: Entries with a broken measure, with a threat or weapon.
        lately, before: Entries of the last thirty days, and of the thirty before.
    """

    total: int
    months: tuple[tuple[str, int], ...]
    weekdays: tuple[int, ...]
    parts: dict[str, int]
    places: dict[str, int]
    acts: dict[str, int]
    breaches: int
    threats: int
    lately: int
    before: int

    @property
    def trend(self) -> str:
        """`more`, `fewer` or `same`; `few` when there is too little to say so."""
        if self.lately + self.before < 3 or self.before == 0:  # noqa: PLR2004 — too little to compare
            return "few"
        if self.lately == self.before:
            return "same"
        return "more" if self.lately > self.before else "fewer"


def pattern(incidents: Sequence[Incident], today: date) -> Pattern:
    """Return what these entries show, seen from today."""
    ages = [today - one.day for one in incidents]
    weekdays = Counter(one.day.weekday() for one in incidents if not one.about)
    return Pattern(
        total=len(incidents),
        months=tuple(sorted(Counter(f"{one.day:%Y-%m}" for one in incidents).items())),
        weekdays=tuple(weekdays[day] for day in range(7)),
        parts=dict(Counter(one.part for one in incidents if one.part != "unknown")),
        places=dict(Counter(one.place for one in incidents)),
        acts=dict(Counter(one.act for one in incidents)),
        breaches=sum(one.breach for one in incidents),
        threats=sum(one.threat or one.weapon for one in incidents),
        lately=sum(timedelta(0) <= age < WINDOW for age in ages),
        before=sum(WINDOW <= age < 2 * WINDOW for age in ages),
    )

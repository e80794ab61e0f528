"""When counselors are here: weekly hours, holidays, and who is paged outside of them."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = {
    "ko": ("월", "화", "수", "목", "금", "토", "일"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
SEOUL = ZoneInfo("Asia/Seoul")
LOOK_AHEAD_DAYS = 21
SETTING = "hours"

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Hook = Annotated[
    str,
    StringConstraints(pattern=r"^https://|^http://(127\.0\.0\.1|localhost)[:/]", max_length=300),
]
MAIL = r"^[^@\s,]+@[^@\s,]+$"
Mail = Annotated[str, StringConstraints(pattern=MAIL, max_length=200)]


class Part(BaseModel):
    """A closed form: an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OnCall(Part):
    """Who is told, without content, that somebody in danger waits while nobody is here."""

    hook: Hook | None = None
    mail: tuple[Mail, ...] = Field(default=(), max_length=10)
    urgency: int = Field(default=1, ge=0, le=3)


class Hours(Part):
    """The opening hours of the desk; nothing for any day means that it is always open.

    Attributes:
        week: For each day, from when to when; a day that is missing is closed.
        holidays: Days on which it is closed.
    """

    week: dict[str, tuple[tuple[Clock, Clock], ...]] = Field(default_factory=dict, max_length=7)
    holidays: tuple[Day, ...] = Field(default=(), max_length=400)
    on_call: OnCall = OnCall()

    def is_open(self, now: int) -> bool:
        """Say whether counselors are here at a time in milliseconds."""
        if not self.week:
            return True
        at = datetime.fromtimestamp(now / 1000, UTC).astimezone(SEOUL)
        return any(begin <= at < end for begin, end in self._spans(at))

    def opens(self, now: int) -> dict[str, str] | None:
        """Return in words when counselors come next; None while they are here."""
        if self.is_open(now):
            return None
        at = datetime.fromtimestamp(now / 1000, UTC).astimezone(SEOUL)
        for days in range(LOOK_AHEAD_DAYS):
            for begin, _ in self._spans(at + timedelta(days=days)):
                if begin > at:
                    return _worded(begin)
        return {"ko": "정해지지 않음", "en": "not set"}

    def _spans(self, at: datetime) -> list[tuple[datetime, datetime]]:
        day = at.date()
        if day.isoformat() in self.holidays:
            return []
        midnight = datetime.combine(day, time(), SEOUL)
        spans = self.week.get(DAYS[day.weekday()], ())
        return [(midnight + _since(begin), midnight + _since(end)) for begin, end in spans]


def _since(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _worded(at: datetime) -> dict[str, str]:
    day, clock = at.weekday(), at.strftime("%H:%M")
    return {
        "ko": f"{at.month}월 {at.day}일({DAY_NAMES['ko'][day]}) {clock}",
        "en": f"{DAY_NAMES['en'][day]} {at.date().isoformat()} {clock}",
    }


def hours_of(kept: dict[str, Any] | None) -> Hours:
    """Return the hours that were decided; always open when none were."""
    return Hours.model_validate(kept or {})

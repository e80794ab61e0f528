"""What can be counted: conversations and applications today, cases and surveys beside them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from statistics import median
from typing import Protocol

from flows.compiled import CompiledFlow
from flows.numbers.cells import UNKNOWN, Dimension, Layout, Record
from flows.script import Text
from storage.database import Database
from storage.numbers.records import Story, stories

SEOUL = timezone(timedelta(hours=9))
CASES = "cases"
SERVICE = "service_"
YES: Text = {"ko": "예", "en": "Yes"}
NO: Text = {"ko": "아니요", "en": "No"}
NOT_KNOWN: Text = {"ko": "모름·무응답", "en": "Not known"}
CHANNELS: dict[str, Text] = {
    "web": {"ko": "웹 채팅", "en": "Web chat"},
    "kakao": {"ko": "카카오톡", "en": "KakaoTalk"},
    "telegram": {"ko": "텔레그램", "en": "Telegram"},
}
URGENCIES: dict[str, Text] = {
    "0": {"ko": "지금 위험", "en": "Danger now"},
    "1": {"ko": "오늘 안에", "en": "Today"},
    "2": {"ko": "곧", "en": "Soon"},
    "3": {"ko": "지원", "en": "Support"},
}
APPLICANTS: dict[str, Text] = {
    "adult": {"ko": "본인, 19세 이상", "en": "For oneself, 19 or older"},
    "teen": {"ko": "본인, 14~18세", "en": "For oneself, 14 to 18"},
    "other": {"ko": "다른 사람의 일로", "en": "About somebody else"},
}
"""The script words them as she says it; nobody under 14 leaves an application."""
ENOUGH = 30
"""An average or a median of fewer is not told."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure about many: None when too few stand behind it."""

    name: str
    label: Text
    value: float | None


class Counting(Protocol):
    """What can be counted. The tables of cases, referrals and follow-ups join here."""

    @property
    def source(self) -> str:
        """The name under which its releases are kept and compared."""

    def layout(self) -> Layout:
        """Return its tables."""

    async def count(self, first: date, until: date) -> tuple[list[Record], list[Indicator]]:
        """Return its records and indicators of `first <= day < until`, days in Seoul."""


@dataclass(frozen=True, slots=True)
class Conversations:
    """Conversations and what was applied for in them."""

    database: Database
    flow: CompiledFlow
    source: str = CASES

    def layout(self) -> Layout:
        """Return its tables."""
        services = [f"{SERVICE}{name}" for name in self._options("services")]
        dimensions = {
            "applied": Dimension(
                "applied", {"ko": "신청", "en": "Applied"}, {"yes": YES, "no": NO}
            ),
            "channel": dimension("channel", {"ko": "창구", "en": "Channel"}, CHANNELS),
            "urgency": dimension("urgency", {"ko": "긴급도", "en": "Urgency"}, URGENCIES),
            "applicant": dimension(
                "applicant", {"ko": "신청한 사람", "en": "Who applied"}, APPLICANTS
            ),
        }
        for name, label in self._options("services").items():
            dimensions[f"{SERVICE}{name}"] = Dimension(
                f"{SERVICE}{name}", label, {"yes": YES, "no": NO}
            )
        pairs = [("applied", "channel"), ("applied", "urgency"), ("applicant",)]
        return Layout(dimensions, (*pairs, *((one,) for one in services)))

    async def count(self, first: date, until: date) -> tuple[list[Record], list[Indicator]]:
        """Return records and indicators of the conversations that began within a time."""
        found = await stories(self.database, midnight(first), midnight(until))
        names = self._options("services")
        return [_record(story, names) for story in found], _indicators(found)

    def _options(self, name: str) -> dict[str, Text]:
        place = self.flow.asked_at.get(name)
        options = place.options if place else ()
        return {one.id: one.label for one in options if one.id != "skip"}


def midnight(day: date) -> datetime:
    """Return when a day begins in Seoul."""
    return datetime.combine(day, time(), SEOUL).astimezone(UTC)


def dimension(name: str, label: Text, values: dict[str, Text]) -> Dimension:
    """Return one side of a table, with a place for what is not known."""
    return Dimension(name, label, {**values, UNKNOWN: NOT_KNOWN})


def _record(story: Story, services: dict[str, Text]) -> Record:
    fields = story.fields or {}
    wanted = fields.get("services", ())
    return {
        "applied": "no" if story.fields is None else "yes",
        "channel": story.channel,
        "urgency": str(story.urgency),
        "applicant": str(fields.get("applicant", UNKNOWN)),
        **{f"{SERVICE}{name}": "yes" if name in wanted else "no" for name in services},
    }


def _indicators(found: list[Story]) -> list[Indicator]:
    applied = [s.applied - s.began for s in found if s.applied is not None]
    met = [s.met - s.began for s in found if s.met is not None]
    wanted = [len(s.fields.get("services", ())) for s in found if s.fields is not None]
    each = sum(wanted) / len(wanted) if len(wanted) >= ENOUGH else None
    return [
        Indicator(
            "to_application",
            {
                "ko": "첫인사에서 신청까지 (분, 중앙값)",
                "en": "Hello to application (minutes, median)",
            },
            _minutes(applied),
        ),
        Indicator(
            "to_counselor",
            {
                "ko": "첫인사에서 상담사까지 (분, 중앙값)",
                "en": "Hello to counselor (minutes, median)",
            },
            _minutes(met),
        ),
        Indicator(
            "services_each",
            {"ko": "신청 한 건의 지원 수 (평균)", "en": "Services per application (mean)"},
            None if each is None else round(each, 1),
        ),
    ]


def _minutes(spans: list[int]) -> float | None:
    return float(round(median(spans) / 60_000)) if len(spans) >= ENOUGH else None

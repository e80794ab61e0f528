"""Cases as something that can be counted: services, check-ins, breaches, time to the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from bot.numbers.satisfied import satisfied
from bot.numbers.sources import (
    APPLICANTS,
    ENOUGH,
    NO,
    URGENCIES,
    YES,
    Indicator,
    dimension,
    midnight,
)
from flows.cases import CASE
from flows.numbers.cells import LEAST, UNKNOWN, Dimension, Layout, Record
from flows.script import Text
from storage.casework.counting import Story, stories
from storage.database import Database

FOLLOWED = "followed"
SERVICE = "given_"
GIVEN = frozenset({"delivered", "closed"})
STARTED = GIVEN | {"consented", "sent", "accepted", "declined", "appointed"}
HOUR_MS = 60 * 60 * 1000
DOORS: dict[str, Text] = {
    "chat": {"ko": "채팅", "en": "Chat"},
    "line": {"ko": "1366", "en": "1366"},
    "police": {"ko": "경찰", "en": "Police"},
}
STATUSES: dict[str, Text] = {
    "opened": {"ko": "열림", "en": "Opened"},
    "active": {"ko": "지원 중", "en": "Active"},
    "followed": {"ko": "살펴보는 중", "en": "Followed"},
    "closed": {"ko": "마침", "en": "Closed"},
}


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases that were opened within a time, as they stand now."""

    database: Database
    services: dict[str, Text]
    source: str = FOLLOWED

    def layout(self) -> Layout:
        """Return its tables."""
        named = [
            dimension("door", {"ko": "들어온 길", "en": "Door"}, DOORS),
            dimension("urgency", {"ko": "긴급도", "en": "Urgency"}, URGENCIES),
            dimension(
                "status",
                {"ko": "어디까지", "en": "How far"},
                {name: STATUSES.get(name, {"ko": name, "en": name}) for name in CASE.statuses},
            ),
            dimension("applicant", {"ko": "신청한 사람", "en": "Who applied"}, APPLICANTS),
            Dimension("breach", {"ko": "조치 위반", "en": "A breach"}, {"yes": YES, "no": NO}),
        ]
        flags = [
            Dimension(f"{SERVICE}{name}", label, {"yes": YES, "no": NO})
            for name, label in self.services.items()
        ]
        tables = [
            ("door", "urgency"),
            ("door", "status"),
            ("applicant", "urgency"),
            ("breach", "urgency"),
            *((flag.name,) for flag in flags),
        ]
        return Layout({one.name: one for one in (*named, *flags)}, tuple(tables))

    async def count(self, first: date, until: date) -> tuple[list[Record], list[Indicator]]:
        """Return records and indicators of the cases that were opened within a time."""
        found = await stories(self.database, midnight(first), midnight(until))
        figures = [*indicators(found), await satisfied(self.database, first, until)]
        return [self._record(one) for one in found], figures

    def _record(self, story: Story) -> Record:
        given = {service for service, status in story.referrals if status in GIVEN}
        return {
            "door": story.door,
            "urgency": str(story.urgency),
            "status": story.status,
            "applicant": str(story.fields.get("applicant", UNKNOWN)),
            "breach": "yes" if story.breaches else "no",
            **{f"{SERVICE}{name}": "yes" if name in given else "no" for name in self.services},
        }


def indicators(found: Sequence[Story]) -> list[Indicator]:
    """Return the figures about all cases together; too few stand behind none of them."""
    served = [(one.served - one.began) / HOUR_MS for one in found if one.served is not None]
    started = [sum(s in STARTED for _, s in one.referrals) for one in found]
    asked = [one for one in found if one.asked]
    kept = sum(one.answered for one in asked) / max(1, sum(one.asked for one in asked))
    breached = [one for one in found if one.breaches]
    return [
        Indicator(
            "to_first_service",
            {
                "ko": "첫인사에서 첫 지원까지 (시간, 중앙값)",
                "en": "Hello to first service (hours, median)",
            },
            round(median(served), 1) if len(served) >= ENOUGH else None,
        ),
        Indicator(
            "services_started",
            {
                "ko": "사례 한 건에서 이어진 지원 수 (평균)",
                "en": "Services started per case (mean)",
            },
            round(sum(started) / len(started), 1) if len(started) >= ENOUGH else None,
        ),
        Indicator(
            "follow_ups_kept",
            {"ko": "답이 온 안부 (%)", "en": "Check-ins answered (%)"},
            float(round(100 * kept)) if _tells_of_none(asked) else None,
        ),
        Indicator(
            "breaches",
            {"ko": "조치 위반이 있던 사례 (%)", "en": "Cases with a breach (%)"},
            float(round(100 * len(breached) / len(found)))
            if len(found) >= ENOUGH and LEAST <= len(breached) <= len(found) - LEAST
            else None,
        ),
    ]


def _tells_of_none(asked: Sequence[Story]) -> bool:
    """Say whether enough were asked, and enough of them did and did not answer."""
    silent = [one for one in asked if one.answered < one.asked]
    heard = [one for one in asked if one.answered]
    return len(asked) >= ENOUGH and all(len(part) >= LEAST for part in (silent, heard))

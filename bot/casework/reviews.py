"""The monthly review of the access log: who did what, when it was odd, why something was taken."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.casework.times import SEOUL, in_ms
from bot.console.shapes import handle
from bot.console.stamps import iso
from flows.record_kinds import RecordError
from storage.audit import Line

MOST_LINES = 200_000
MONTH = re.compile(r"^(20\d\d)-(0[1-9]|1[0-2])$")
DOWNLOAD = "case: download list"
REVIEWED = "case: access log reviewed"
WORKING = range(6, 23)
"""Hours in which staff read; what was read in others is shown apart."""

Json = dict[str, Any]


def month(text: str) -> tuple[int, int]:
    """Return when a month such as `2026-11` begins and ends; raises `RecordError`."""
    found = MONTH.match(text)
    if found is None:
        raise RecordError("month", "달을 2026-11처럼 적어 주세요. Write a month such as 2026-11.")
    year, number = int(found[1]), int(found[2])
    following = date(year + number // 12, number % 12 + 1, 1)
    start = datetime(year, number, 1, tzinfo=SEOUL)
    end = datetime(following.year, following.month, 1, tzinfo=SEOUL)
    return in_ms(start), in_ms(end)


def review(lines: Iterable[Line], names: Mapping[int, str], of: str) -> Json:
    """Return what a reviewer must look at; no content stands in the log, so none stands here."""
    found = [*lines]
    done = Counter((line.staff_id or 0, line.action) for line in found)
    whose: dict[int, set[int]] = {}
    for line in found:
        if line.conversation_id is not None:
            whose.setdefault(line.staff_id or 0, set()).add(line.conversation_id)
    reviews = [one for one in found if one.action == REVIEWED and one.detail.startswith(of)]
    return {
        "month": of,
        "staff": [
            {
                "who": names.get(staff_id, "?"),
                "files": len(whose.get(staff_id, ())),
                "acts": {
                    action: n for (who, action), n in sorted(done.items()) if who == staff_id
                },
            }
            for staff_id in sorted({who for who, _ in done})
        ],
        "at_night": [_told(line, names) for line in found if _at_night(line)],
        "downloads": [_told(line, names) for line in found if line.action == DOWNLOAD],
        "reviews": [_told(line, names) for line in reviews],
    }


def _at_night(line: Line) -> bool:
    return datetime.fromtimestamp(line.at / 1000, SEOUL).hour not in WORKING


def _told(line: Line, names: Mapping[int, str]) -> Json:
    return {
        "at": iso(line.at),
        "who": names.get(line.staff_id or 0, "?"),
        "action": line.action,
        "case": handle(line.conversation_id) if line.conversation_id is not None else None,
        "detail": line.detail if line.action in {DOWNLOAD, REVIEWED} else "",
    }

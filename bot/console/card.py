"""The takeover card: who was there before, which numbers she was told, what may be proposed."""

from typing import Any

from bot.console.stamps import iso
from flows.compiled import Asks, CompiledFlow
from flows.proposals import NEVER
from flows.texts import said
from storage.transcripts import Written

LINE = "line:"
APPLICATION = "application"
MOST_EARLIER = 20


def earlier(written: list[Written], live: int | None) -> list[dict[str, Any]]:
    """Return the talks that counselors had with her before the live one, the newest first."""
    talks: dict[int, dict[str, Any]] = {}
    for one in written:
        if one.author != "counselor" or one.epoch == live:
            continue
        talk = talks.setdefault(
            one.epoch, {"by": one.entry.sender, "from": iso(one.at), "count": 0}
        )
        talk["to"] = iso(one.at)
        talk["count"] += 1
    return list(reversed(list(talks.values())))[:MOST_EARLIER]


def told(written: list[Written], flow: CompiledFlow) -> list[dict[str, Any]]:
    """Return which numbers she was told, and when last."""
    lines = {name.removeprefix(LINE): words for name, words in flow.facts.items() if LINE in name}
    last: dict[str, int] = {}
    for one in written:
        if one.author in {"bot", "counselor"}:
            for number, words in lines.items():
                if words in one.entry.text:
                    last[number] = one.at
    newest = sorted(last.items(), key=lambda pair: -pair[1])
    return [{"what": lines[number], "at": iso(at)} for number, at in newest]


def proposable(flow: CompiledFlow) -> list[dict[str, Any]]:
    """Return the answers of an application that a counselor may propose."""
    return [
        {
            "name": name,
            "title": said(place.title, "ko"),
            "title_en": said(place.title, "en"),
            "several": place.asks is Asks.SEVERAL,
            "options": [
                {
                    "id": option.id,
                    "label": said(option.label, "ko"),
                    "label_en": said(option.label, "en"),
                }
                for option in place.options
            ],
        }
        for name, place in flow.asked_at.items()
        if place.flow == APPLICATION
        and not name.startswith("consent")
        and place.asks in {Asks.ONE, Asks.SEVERAL, Asks.TEXT}
        and not (place.text and place.text.kind == NEVER)
    ]

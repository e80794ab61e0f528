"""What a person holds in her hand: Telegram, KakaoTalk or our page, each over real HTTP."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

import aiohttp

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bubble:
    """Something we said, as it stands on her screen.

    Attributes:
        number: Which message of its platform it is.
        buttons: What can be tapped now: the label, and what a tap sends.
    """

    number: int
    text: str
    buttons: dict[str, Any]


class Phone(Protocol):
    """One person's screen on one platform."""

    async def bubbles(self) -> list[Bubble]:
        """Return everything we said that is on the screen now, oldest first."""

    async def write(self, text: str) -> None:
        """Write and send."""

    async def tap(self, bubble: Bubble, label: str) -> None:
        """Tap a button of a bubble."""


@dataclass(slots=True)
class Telegram:
    """A phone at the Telegram stand-in."""

    client: aiohttp.ClientSession
    place: str

    async def bubbles(self) -> list[Bubble]:
        async with self.client.get(f"{self.place}/messages") as answer:
            shown = await answer.json()
        return [
            Bubble(one["message_id"], one["text"], dict(_inline(one["rows"])))
            for one in shown["messages"]
            if one["from"] == "bot"
        ]

    async def write(self, text: str) -> None:
        await _post(self.client, f"{self.place}/text", {"text": text})

    async def tap(self, bubble: Bubble, label: str) -> None:
        data = bubble.buttons[label]
        await _post(
            self.client, f"{self.place}/press", {"message_id": bubble.number, "data": data}
        )


def _inline(rows: list[list[Json]]) -> Iterator[tuple[str, str]]:
    for button in (button for row in rows for button in row):
        yield button["text"], button.get("data") or button["url"]


@dataclass(slots=True)
class Kakao:
    """A phone at the Kakao stand-in."""

    client: aiohttp.ClientSession
    place: str

    async def bubbles(self) -> list[Bubble]:
        async with self.client.get(f"{self.place}/messages") as answer:
            shown = await answer.json()
        return [
            Bubble(one["message_id"], "\n".join(_words(one["outputs"])), _taps(one))
            for one in shown["messages"]
            if one["from"] == "bot"
        ]

    async def write(self, text: str) -> None:
        await _post(self.client, f"{self.place}/text", {"text": text})

    async def tap(self, bubble: Bubble, label: str) -> None:
        index = bubble.buttons[label]
        await _post(
            self.client, f"{self.place}/press", {"message_id": bubble.number, "index": index}
        )


def _taps(message: Json) -> dict[str, int]:
    both = [*message["buttons"], *message["quick_replies"]]
    return {tap["label"]: tap["index"] for tap in both}


def _words(part: object) -> Iterator[str]:
    """Yield every text that stands anywhere in Kakao's output objects."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, (list, dict)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _words(inner)


@dataclass(slots=True)
class Web:
    """Our own page, at the other end of its socket."""

    socket: aiohttp.ClientWebSocketResponse
    shown: dict[int, Json] = field(default_factory=dict)

    async def open(self, link: str | None = None, language: str = "ko") -> None:
        opening = {"t": "open", "token": None, "link": link, "seen": 0, "language": language}
        await self.socket.send_json(opening)

    async def bubbles(self) -> list[Bubble]:
        while await self._heard():
            pass
        return [
            Bubble(seq, entry["text"], {one["label"]: one["data"] for one in _buttons(entry)})
            for seq, entry in sorted(self.shown.items())
            if entry["from"] in {"bot", "counselor"}
        ]

    async def write(self, text: str) -> None:
        await self.socket.send_json({"t": "say", "id": str(uuid4()), "text": text})

    async def tap(self, bubble: Bubble, label: str) -> None:
        press = {"t": "press", "id": str(uuid4()), "data": bubble.buttons[label], "label": label}
        await self.socket.send_json(press)

    async def _heard(self) -> bool:
        try:
            frame = await asyncio.wait_for(self.socket.receive_json(), 0.05)
        except TimeoutError:
            return False
        if frame["t"] == "entry":
            self.shown[frame["seq"]] = frame
        return True


def _buttons(entry: Json) -> list[Json]:
    return [*(entry["choices"] or []), *(entry["fixed"] or [])]


async def _post(client: aiohttp.ClientSession, address: str, body: Json) -> None:
    async with client.post(address, json=body) as answer:
        told = await answer.json()
        assert answer.ok and told.get("ok"), told  # noqa: PT018  # both say the same

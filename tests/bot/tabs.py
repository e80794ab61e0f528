"""A tab of the web chat, as a program: it sends frames and keeps what it is shown."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

WAIT_S = 15.0
Json = dict[str, Any]


@dataclass
class Tab:
    """One open socket.

    Attributes:
        opened: The frame that answered the opening.
        entries: What was shown so far.
        acks: What was acknowledged so far.
        others: Every other frame.
    """

    socket: aiohttp.ClientWebSocketResponse
    opened: Json = field(default_factory=dict)
    entries: list[Json] = field(default_factory=list)
    acks: list[Json] = field(default_factory=list)
    others: list[Json] = field(default_factory=list)

    @property
    def token(self) -> str:
        """What the tab holds to come back."""
        return str(self.opened["token"])

    async def send(self, frame: Any) -> None:  # noqa: ANN401  # any JSON
        """Send one frame."""
        raw = frame if isinstance(frame, str) else orjson.dumps(frame).decode()
        await self.socket.send_str(raw)

    async def say(self, text: str, client_id: str = "") -> Json:
        """Write something and wait for the acknowledgement."""
        own = client_id or uuid.uuid4().hex
        await self.send({"t": "say", "id": own, "text": text})
        return await self.next("ack", id=own)

    async def press(self, label: str) -> Json:
        """Press a button of what was shown last."""
        button = self._button(label)
        own = uuid.uuid4().hex
        frame = {"t": "press", "id": own, "data": button["data"], "label": button["label"]}
        await self.send(frame)
        return await self.next("ack", id=own)

    async def next(self, kind: str, **wanted: Any) -> Json:  # noqa: ANN401  # JSON
        """Read on until such a frame comes."""
        async with asyncio.timeout(WAIT_S):
            while True:
                frame = await self._read()
                if frame["t"] == kind and all(frame[key] == wanted[key] for key in wanted):
                    return frame

    async def shown(self, words: str) -> Json:
        """Read on until an entry with these words is shown."""
        while True:
            for entry in self.entries:
                if words in entry["text"]:
                    return entry
            await self.next("entry")

    async def quiet(self, seconds: float = 0.3) -> None:
        """Read whatever still comes."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self._read()
        except TimeoutError:
            return

    async def _read(self) -> Json:
        message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise ConnectionError(f"the socket closed: {message.data}")
        frame: Json = orjson.loads(message.data)
        {"entry": self.entries, "ack": self.acks}.get(frame["t"], self.others).append(frame)
        return frame

    def _button(self, label: str) -> Json:
        for entry in reversed(self.entries):
            for button in (*entry["choices"], *entry["fixed"]):
                if button["label"] == label:
                    found: Json = button
                    return found
        raise AssertionError(f"no button {label!r}")

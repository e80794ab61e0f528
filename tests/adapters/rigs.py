"""One way to try every channel: what a person does on her phone, and what she sees there."""

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import orjson
from aiohttp import web

from adapters.base import Channel
from adapters.bodies import parse
from adapters.kakao.channel import Kakao
from adapters.kakao.standin.server import add_routes
from adapters.telegram.channel import Telegram
from adapters.telegram.standin.server import standin
from adapters.webchat.channel import Stamp, WebChat, entry_frame, read_frame
from flows.messages import Attachment, Inbound, Kind, Outbound
from tests.adapters.servers import Server, running

SITE = "https://gyeot.example"
TOKEN = "123456:AAH-invented-for-the-tests-000000000"
SECRET = "a-secret-of-the-tests"
BOT = "65ab00000000000000000bff"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person sees of us: texts in order, the live buttons, the addresses of links."""

    texts: list[str]
    buttons: list[str]
    links: list[str]


class Rig(Protocol):
    """A channel with a phone at its other end."""

    @property
    def channel(self) -> Channel:
        """The channel under test."""

    def read(self, body: object) -> list[Inbound]:
        """Read a raw body of the platform."""

    def body(self, text: str) -> dict[str, Any]:
        """Return the raw body of a person's text."""

    async def says(self, text: str) -> Inbound:
        """Let her write."""

    async def presses(self, label: str) -> Inbound:
        """Let her press a button that she sees."""

    async def sends_photo(self, content: bytes) -> Inbound:
        """Let her send a photo."""

    async def tells(self, *messages: Outbound) -> None:
        """Bring messages to her."""

    async def sees(self) -> Seen:
        """Return what she sees of us."""


@dataclass
class TelegramRig:
    """Telegram and its stand-in."""

    channel: Telegram
    server: Server
    offset: int = 0

    def read(self, body: object) -> list[Inbound]:
        return [one for one in self.channel.read(body) if isinstance(one, Inbound)]

    def body(self, text: str) -> dict[str, Any]:
        chat = {"id": 7, "type": "private", "first_name": "A"}
        message = {"message_id": 5, "date": 1, "chat": chat, "from": chat, "text": text}
        return {"update_id": 9, "message": message}

    async def says(self, text: str) -> Inbound:
        return await self._does("text", text=text)

    async def presses(self, label: str) -> Inbound:
        for message in reversed((await self._screen())["messages"]):
            for button in [button for row in message["rows"] for button in row]:
                if button["text"].endswith(label):
                    number = message["message_id"]
                    return await self._does("press", message_id=number, data=button["data"])
        raise AssertionError("there is no such button")

    async def sends_photo(self, content: bytes) -> Inbound:
        return await self._does("photo", data_b64=base64.b64encode(content).decode())

    async def tells(self, *messages: Outbound) -> None:
        if not (await self._screen())["messages"]:
            await self.says("/start")
        for message in messages:
            await self.channel.send("7", message)

    async def sees(self) -> Seen:
        messages = [one for one in (await self._screen())["messages"] if one["from"] == "bot"]
        buttons = [button for one in messages for row in one["rows"] for button in row]
        return Seen(
            [one["text"] for one in messages],
            [button["text"] for button in buttons],
            [button["url"] for button in buttons if "url" in button],
        )

    async def _does(self, act: str, **body: Any) -> Inbound:  # noqa: ANN401 - JSON
        assert (await self.server.post(f"/standin/bot{TOKEN}/person/7/{act}", **body))["ok"]
        (update,) = await self.channel.get_updates(self.offset, 5)
        self.offset = update["update_id"] + 1
        (inbound,) = self.read(update)
        return inbound

    async def _screen(self) -> dict[str, Any]:
        return await self.server.get(f"/standin/bot{TOKEN}/person/7/messages")


@dataclass
class KakaoRig:
    """Kakao, its stand-in, and a webhook that collects what waits."""

    channel: Kakao
    server: Server
    waiting: list[Outbound]
    came: list[Inbound]

    def read(self, body: object) -> list[Inbound]:
        return [self.channel.read(body, "chp-1")]

    def body(self, text: str) -> dict[str, Any]:
        request = {"user": {"id": "k1", "type": "botUserKey"}, "utterance": text, "lang": "ko"}
        return {"bot": {"id": BOT}, "userRequest": request, "action": {"clientExtra": None}}

    async def says(self, text: str) -> Inbound:
        return await self._does("text", text=text)

    async def presses(self, label: str) -> Inbound:
        message = (await self._screen())["messages"][-1]
        shown = message["quick_replies"]
        index = next(one["index"] for one in shown if one["label"].endswith(label))
        return await self._does("press", message_id=message["message_id"], index=index)

    async def sends_photo(self, content: bytes) -> Inbound:
        return await self._does("photo", data_b64=base64.b64encode(content).decode())

    async def tells(self, *messages: Outbound) -> None:
        self.waiting[:] = messages
        await self.says("?")

    async def sees(self) -> Seen:
        messages = [one for one in (await self._screen())["messages"] if one["from"] == "bot"]
        outputs = [output for one in messages for output in one["outputs"]]
        cards = [output.get("textCard", {}) for output in outputs]
        return Seen(
            [_text(output) for output in outputs],
            [reply["label"] for reply in messages[-1]["quick_replies"]],
            [button["webLinkUrl"] for card in cards for button in card.get("buttons", [])],
        )

    async def _does(self, act: str, **body: Any) -> Inbound:  # noqa: ANN401 - JSON
        told = await self.server.post(f"/standin/kakao/person/p/{act}", **body)
        assert told["ok"], told
        assert told["error"] is None
        return self.came.pop()

    async def _screen(self) -> dict[str, Any]:
        return await self.server.get("/standin/kakao/person/p/messages")


def _text(output: dict[str, Any]) -> str:
    (content,) = output.values()
    return str(content.get("text") or content["description"])


@dataclass
class WebRig:
    """The web chat: frames as JSON, without the WebSocket that `bot` holds."""

    channel: WebChat
    folder: Path
    shown: list[dict[str, Any]] = field(default_factory=list)
    _number: int = 0

    def read(self, body: object) -> list[Inbound]:
        return [read_frame(body, "tab-1")]

    def body(self, text: str) -> dict[str, Any]:
        self._number += 1
        return {"t": "say", "id": f"0b0b-{self._number:08}", "text": text}

    async def says(self, text: str) -> Inbound:
        return self._frame(self.body(text))

    async def presses(self, label: str) -> Inbound:
        buttons = [*self.shown[-1]["choices"], *self.shown[-1]["fixed"]]
        data = next(button["data"] for button in buttons if button["label"] == label)
        return self._frame({**self.body(""), "t": "press", "data": data, "label": label})

    async def sends_photo(self, content: bytes) -> Inbound:
        (self.folder / "upload1").write_bytes(content)
        files = (Attachment("photo", "upload1"),)
        return Inbound("web", "tab-1", "0b0b-photo", Kind.FILES, attachments=files)

    async def tells(self, *messages: Outbound) -> None:
        for message in messages:
            stamp = Stamp(len(self.shown) + 1, "bot", "2026-11-24T06:00:00Z")
            self.shown.append(orjson.loads(orjson.dumps(entry_frame(message, stamp))))

    async def sees(self) -> Seen:
        buttons = [*self.shown[-1]["choices"], *self.shown[-1]["fixed"]]
        return Seen(
            [f"{entry['sender'] or ''}{entry['text']}" for entry in self.shown],
            [("✓ " if button["on"] else "") + button["label"] for button in buttons],
            [SITE + button["path"] for button in buttons if button["path"]],
        )

    def _frame(self, frame: dict[str, Any]) -> Inbound:
        (inbound,) = self.read(parse(orjson.dumps(frame)))
        return inbound


@asynccontextmanager
async def telegram_rig() -> AsyncIterator[TelegramRig]:
    """Open Telegram against its stand-in."""
    async with (
        running(standin(TOKEN, flood_control=False)) as server,
        Telegram(TOKEN, SITE, api=server.url, paced=False) as channel,
    ):
        yield TelegramRig(channel, server)


@asynccontextmanager
async def kakao_rig() -> AsyncIterator[KakaoRig]:
    """Open Kakao against its stand-in: both on one server, as in a demo."""
    waiting: list[Outbound] = []
    came: list[Inbound] = []
    app = web.Application()
    add_routes(app, skill_url="/hooks/kakao", secret=SECRET, bot_id=BOT)
    channels: list[Kakao] = []

    async def hook(request: web.Request) -> web.Response:
        assert request.headers["X-Gyeot-Secret"] == SECRET
        body = parse(await request.read())
        came.append(channels[0].read(body, request.headers["X-Request-Id"]))
        told = [*waiting]
        waiting.clear()
        return web.json_response(channels[0].render(told))

    app.router.add_post("/hooks/kakao", hook)
    async with running(app) as server:
        hosts: Sequence[str] = (server.url.removeprefix("http://"),)
        async with Kakao(BOT, SITE, callback_base=server.url, image_hosts=hosts) as channel:
            channels.append(channel)
            yield KakaoRig(channel, server, waiting, came)


@asynccontextmanager
async def web_rig(folder: Path) -> AsyncIterator[WebRig]:
    """Open the web chat with a folder for uploads."""
    yield WebRig(WebChat(folder), folder)

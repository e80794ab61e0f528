"""Driving a stand-in over HTTP, as a bot and as the people who talk to it."""

import asyncio
import base64
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from adapters.telegram.standin.server import runner_of, standin

TOKEN = "123456:AA-standin-test"
OTHER = "654321:BB-standin-test"
ANNA = 1001
BORA = 1002

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Json
    headers: dict[str, str]

    @property
    def result(self) -> Any:  # noqa: ANN401 - any JSON
        assert self.body.get("ok") is True, self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        assert self.body["ok"] is False, self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


class Driver:
    """One bot's side and its people's side of a stand-in."""

    def __init__(self, url: str, http: aiohttp.ClientSession, token: str = TOKEN) -> None:
        self.url = url
        self.http = http
        self.token = token

    async def call(self, method: str, **parameters: object) -> Answer:
        """Call a method as a JSON body."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return await self.request("POST", f"/bot{self.token}/{method}", json=given)

    async def request(self, verb: str, path: str, **options: Any) -> Answer:  # noqa: ANN401
        async with self.http.request(verb, self.url + path, **options) as answer:
            return Answer(answer.status, await answer.json(), dict(answer.headers))

    async def control(self, path: str, body: Json | None = None) -> Json:
        """Use the control API, which must agree."""
        answer = await self.try_control(path, body)
        assert answer.status == 200, answer.body
        return answer.body

    async def try_control(self, path: str, body: Json | None = None) -> Answer:
        verb = (
            "GET"
            if path.split("?", maxsplit=1)[0].rpartition("/")[2] in {"messages", "log"}
            else "POST"
        )
        options: Json = {"json": body} if verb == "POST" else {}
        return await self.request(verb, f"/standin/bot{self.token}/{path}", **options)

    async def says(self, text: str, person: int = ANNA) -> int:
        """Let a person write; returns the message id."""
        return int((await self.control(f"person/{person}/text", {"text": text}))["message_id"])

    async def presses(self, message_id: int, data: str, person: int = ANNA) -> str:
        """Let a person press a button; returns the id of the callback query."""
        body = {"message_id": message_id, "data": data}
        return str((await self.control(f"person/{person}/press", body))["callback_query_id"])

    async def sees(self, person: int = ANNA) -> list[Json]:
        """Return what a person sees."""
        shown: list[Json] = (await self.control(f"person/{person}/messages"))["messages"]
        return shown

    async def updates(self, **parameters: object) -> list[Json]:
        """Return pending updates, without waiting."""
        found: list[Json] = (await self.call("getUpdates", **parameters)).result
        return found

    async def shown(self, text: str, person: int = ANNA) -> Json:
        """Wait until a person sees a message with this text; returns it."""
        revision = -1
        async with asyncio.timeout(15):
            while True:
                seen = await self.control(f"person/{person}/messages?after={revision}&wait=5")
                found: list[Json] = [each for each in seen["messages"] if each["text"] == text]
                if found:
                    return found[-1]
                revision = seen["revision"]

    async def settled(self) -> None:
        """Wait until nothing is pending."""
        for _ in range(1000):
            if not (await self.call("getWebhookInfo")).result["pending_update_count"]:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError("updates are still pending")


async def started(
    *tokens: str, flood_control: bool = False, bot_name: str = "Stand-in bot"
) -> tuple[web.AppRunner, str]:
    """Start a stand-in on a free port; returns its runner and its address."""
    app = standin(*(tokens or (TOKEN,)), flood_control=flood_control, bot_name=bot_name)
    runner = runner_of(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def png(width: int, height: int) -> bytes:
    """Return a small grey picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)

"""A closed-loop load of workload W over real HTTP: 32 people at once, every reply checked."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import uvloop

WORKLOAD = Path(__file__).with_name("workload.json")
AT_ONCE = 32


@dataclass(slots=True)
class Target:
    """Where the load goes.

    Attributes:
        kind: `kakao`, `telegram` or `echo`.
    """

    port: int
    kind: str
    secret: str = ""
    path: str = "/hooks/kakao"


@dataclass(slots=True)
class Result:
    """What a load measured."""

    messages: int = 0
    wrong: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    first_wrong: str = ""

    def shown(self) -> dict[str, Any]:
        """Return the figures: messages a second, milliseconds."""
        ordered = sorted(self.latencies)
        return {
            "messages": self.messages,
            "wrong": self.wrong,
            "rate": round(self.messages / self.seconds) if self.seconds else 0,
            "p50_ms": round(ordered[len(ordered) // 2] * 1000, 2) if ordered else 0,
            "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 2) if ordered else 0,
            "first_wrong": self.first_wrong,
        }


class Line(asyncio.Protocol):
    """One kept-alive connection, driven by hand."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = transport  # type: ignore[assignment]  # uvloop has its own class

    def connection_lost(self, error: Exception | None) -> None:
        """Fail the call that waits."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError())

    def data_received(self, chunk: bytes) -> None:
        """Collect one answer."""
        self._buffer += chunk
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or self._answer is None:
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 : lower.find(b"\r", at) if b"\r" in lower[at:] else None])
        if len(body) >= length and not self._answer.done():
            self._buffer = b""
            self._answer.set_result((int(head[9:12]), body))

    async def call(self, request: bytes) -> tuple[int, bytes]:
        """Send one request and return status and body of its answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Close the connection."""
        if self._transport:
            self._transport.close()


def kakao_body(person: str, text: str) -> bytes:
    """Return a skill payload as Kakao sends it."""
    block = {"id": "65f0c0ffee65f0c0ffee00bb", "name": "폴백 블록"}
    return orjson.dumps(
        {
            "bot": {"id": "65f0c0ffee65f0c0ffee0001", "name": "곁"},
            "intent": block | {"extra": {"reason": {"code": 1, "message": "OK"}}},
            "action": {
                "id": "65f0c0ffee65f0c0ffee00aa",
                "name": "곁",
                "params": {},
                "detailParams": {},
                "clientExtra": {},
            },
            "userRequest": {
                "block": block,
                "user": {
                    "id": person,
                    "type": "botUserKey",
                    "properties": {"botUserKey": person, "plusfriendUserKey": "T8x9DhjAiBrv"},
                },
                "utterance": text,
                "params": {"surface": "Kakaotalk.plusfriend"},
                "lang": "ko",
                "timezone": "Asia/Seoul",
            },
            "flow": {"trigger": {"type": "TEXT_INPUT"}},
            "contexts": [],
        }
    )


def telegram_body(person: int, number: int, text: str) -> bytes:
    """Return an update as Telegram sends it."""
    who = {"id": person, "first_name": "A", "is_bot": False, "language_code": "ko"}
    return orjson.dumps(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "from": who,
                "chat": {"id": person, "type": "private", "first_name": "A"},
                "date": int(time.time()),
                "text": text,
            },
        }
    )


async def run(target: Target, people: int, prefix: str) -> Result:
    """Let so many people go through W, 32 at once."""
    steps = json.loads(WORKLOAD.read_text("utf-8"))
    result = Result()
    queue = iter(range(people))
    begun = time.perf_counter()
    await asyncio.gather(
        *(_people(target, steps, queue, (prefix, result)) for _ in range(AT_ONCE))
    )
    result.seconds = time.perf_counter() - begun
    return result


async def _people(
    target: Target, steps: list[dict[str, Any]], queue: Iterator[int], into: tuple[str, Result]
) -> None:
    loop = asyncio.get_running_loop()
    _, line = await loop.create_connection(Line, "127.0.0.1", target.port)
    prefix, result = into
    for number in queue:
        for at, step in enumerate(steps):
            request = _request(target, prefix, number * len(steps) + at, step["input"], number)
            sent = time.perf_counter()
            status, body = await line.call(request)
            result.latencies.append(time.perf_counter() - sent)
            result.messages += 1
            _check(target, step, status, body, result)
    line.close()


def _request(target: Target, prefix: str, serial: int, text: str, number: int) -> bytes:
    if target.kind == "telegram":
        salt = sum(prefix.encode()) * 10_000_000
        body = telegram_body(salt + number + 1, salt + serial + 1, text)
        header = f"X-Telegram-Bot-Api-Secret-Token: {target.secret}"
    else:
        person = f"{prefix}{number:08d}".encode().hex().ljust(66, "0")
        body = kakao_body(person, text)
        header = f"X-Gyeot-Secret: {target.secret}\r\nX-Request-Id: chp-{prefix}{serial:010d}"
    return (
        f"POST {target.path} HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\n{header}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _check(target: Target, step: dict[str, Any], status: int, body: bytes, result: Result) -> None:
    if status != 200:
        result.wrong += 1
        result.first_wrong = result.first_wrong or f"{step['id']}: {status}"
    elif target.kind == "kakao":
        texts = [
            next(iter(o.values())).get("text", "")
            for o in orjson.loads(body)["template"]["outputs"]
        ]
        if not any(step["reply"] in text for text in texts):
            result.wrong += 1
            result.first_wrong = result.first_wrong or f"{step['id']}: {texts}"


def main() -> None:
    """Run from the command line: port, kind, secret, path, people, prefix."""
    port, kind, secret, path, people, prefix = sys.argv[1:7]
    target = Target(int(port), kind, secret, path)
    result = uvloop.run(run(target, int(people), prefix))
    sys.stdout.write(json.dumps(result.shown(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

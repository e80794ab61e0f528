"""The webhooks: authenticated before anything is read, acknowledged after the commit."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from adapters.base import ReadError, SendError
from adapters.bodies import parse
from adapters.kakao.channel import Kakao
from bot.bodies import limited
from bot.intake import Intake
from bot.logs import log
from bot.secret import same
from bot.service import Service
from bot.turns import Answer
from bot.watch import Watch
from flows.messages import Inbound

KAKAO_BYTES = 256 * 1024
"""The longest text that we keep fits in, even written in escapes."""
TELEGRAM_BYTES = 1024 * 1024
CALLBACK_S = 50.0
NOT_RECEIVED = (
    "방금 보내신 글을 받지 못했어요. 잠시 뒤 다시 보내 주세요.\n"
    "What you just sent was not received. Please send it again in a moment."
)
"""Said in a covered talk: the truth, and nothing of what this is."""
ONE_MOMENT = "잠시만요. One moment."
MOST_COVERED = 10_000
"""So many covered talks are remembered, the last ones."""
KAKAO_DEADLINE_S = 2.6
"""Kakao shows nothing after 5 s; ours is never later than 3."""
JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class TelegramHook:
    """`POST /hooks/telegram`."""

    intake: Intake
    secret: str

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Take in one update."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not same(given, self.secret):
            return _refuse(401, "the secret token is wrong")
        body = await _json(request, TELEGRAM_BYTES)
        if isinstance(body, web.Response):
            return body
        try:
            await self.intake.take(body)
        except Exception as error:  # noqa: BLE001  # whatever it was: it comes again
            log().error("not kept", channel="telegram", error=type(error).__name__)
            return _refuse(503, "try again")  # Telegram does
        return web.Response()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said on Kakao when the store did not answer in time, and to whom neutrally.

    A stalled store cannot be asked whether a talk is covered, so the last answers are
    remembered here; after a restart nothing is known, and help is told.
    """

    texts: tuple[bytes, str]
    neutral: tuple[bytes, str]
    covered: dict[str, None] = field(default_factory=dict, repr=False)

    def note(self, address: str, *, covered: bool) -> None:
        """Remember how a talk stands after a turn."""
        self.covered.pop(address, None)
        if covered:
            self.covered[address] = None
            while len(self.covered) > MOST_COVERED:
                del self.covered[next(iter(self.covered))]

    def safe(self, address: str) -> bytes:
        """Return the answer for when nothing could be kept."""
        return (self.neutral if address in self.covered else self.texts)[0]

    def wait(self, address: str) -> str:
        """Return what stands there until the callback."""
        return (self.neutral if address in self.covered else self.texts)[1]


@dataclass(frozen=True, slots=True)
class KakaoHook:
    """`POST /hooks/kakao`: the answer to the call is the bot's turn.

    Attributes:
        one_bot: Calls for another bot than ours are refused.
        spoken: What is answered when nothing could be kept, and what stands there until a late
            answer comes by callback: both tell of 112, unless the talk is covered.
    """

    service: Service
    kakao: Kakao
    secret: str
    one_bot: bool
    spoken: Spoken
    watch: Watch

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Take in one call."""
        given = request.headers.get("X-Gyeot-Secret", "")
        if not same(given, self.secret):
            return _refuse(401, "the header X-Gyeot-Secret is wrong")
        body = await _json(request, KAKAO_BYTES)
        if isinstance(body, web.Response):
            return body
        try:
            inbound = self.kakao.read(body, request.headers.get("X-Request-Id"))
        except ReadError as error:
            return _refuse(400, str(error))
        if self.one_bot and not self.kakao.owns(body):
            return _refuse(403, "this is not our bot")
        callback = self.kakao.callback_address(body)
        answer = await self._answer(inbound, callback)
        return web.Response(body=answer, headers=JSON)

    async def _answer(self, inbound: Inbound, callback: str | None) -> bytes:
        turn = self.service.received(inbound, self.kakao.fits)
        await asyncio.wait((turn,), timeout=KAKAO_DEADLINE_S)
        if not turn.done():
            self.watch.over(self._late(inbound.address, turn, callback))
            if callback is None:
                return self.spoken.safe(inbound.address)
            return orjson.dumps(self.kakao.waiting(self.spoken.wait(inbound.address)))
        answer = _kept(turn)
        if answer is None:
            return self.spoken.safe(inbound.address)
        self.spoken.note(inbound.address, covered=answer.covered)
        return orjson.dumps(self.kakao.render(answer.messages))

    async def _late(
        self, address: str, turn: "asyncio.Future[Answer]", callback: str | None
    ) -> None:
        """Bring the answer of a turn that was committed after we had to speak, or keep it.

        The address of a callback serves once and for a minute: with it she is told in any case.
        """
        if callback is not None:
            await asyncio.wait({turn}, timeout=CALLBACK_S)
            answer = _kept(turn) if turn.done() else None
            said = (
                orjson.loads(self.spoken.safe(address))
                if answer is None
                else self.kakao.render(answer.messages)
            )
            if await self._called_back(callback, said) and turn.done():
                return
        await asyncio.wait({turn})
        late = _kept(turn)
        if late is not None:
            self.spoken.note(address, covered=late.covered)
            await self.service.put_back(late)

    async def _called_back(self, address: str, body: dict[str, Any]) -> bool:
        try:
            await self.kakao.callback(address, body)
        except SendError as error:
            log().warning("callback failed", channel="kakao", reason=error.reason)
            return False
        return True


def _kept(turn: "asyncio.Future[Answer]") -> Answer | None:
    """Return what a finished turn said; None when nothing was kept, as she is told then."""
    error = turn.exception()
    if error is None:
        return turn.result()
    log().error("not kept", channel="kakao", error=type(error).__name__)
    return None


async def _json(request: web.Request, limit: int) -> Any:  # noqa: ANN401  # any JSON
    """Return the body, or the answer that refuses it."""
    raw = await limited(request, limit)
    if raw is None:
        return _refuse(413, f"the body is larger than {limit} bytes")
    try:
        return parse(raw)
    except ReadError as error:
        return _refuse(400, str(error))


def _refuse(status: int, text: str) -> web.Response:
    return web.json_response({"error": "refused", "text": text}, status=status)

"""The desk: the queue, one conversation, take, say, release, close."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.console import shapes
from bot.console.gate import Caller, Gate, refuse
from bot.people import Doors
from bot.service import NotYours, Service, Taken
from bot.versions import Versions
from flows.events import EventNotAllowed, Replied
from flows.messages import clean
from storage import applications, attachments, audit, conversations, saved, staff, transcripts
from storage.conversation import Conversation
from storage.database import Database
from storage.errors import GoneError

WORDS_CHARS = 4000
NUMBER_DIGITS = 19
LOOK_BACK = 200
"""Older entries whose delivery may still change."""
SAFE_PREVIEWS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
Act = Callable[[web.Request, Caller, int], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The counselors' routes under `/desk/api`."""

    database: Database
    service: Service
    versions: Versions
    doors: Doors
    gate: Gate

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        serves = frozenset({"counselor", "supervisor"})
        one = "/desk/api/conversations/{id}"
        route, gate = app.router.add_route, self.gate
        route("GET", "/desk/api/queue", gate.only(serves, self.queue))
        route("GET", "/desk/api/canned", gate.only(serves, self.canned))
        route("GET", one, gate.only(serves, _with_id(self.show)))
        route("GET", f"{one}/entries", gate.only(serves, _with_id(self.newer)))
        route("GET", f"{one}/files/{{seq}}/{{n}}", gate.only(serves, _with_id(self.file)))
        for name, act in (
            ("take", self.take),
            ("say", self.say),
            ("release", self.release),
            ("close", self.close),
            ("admit", self.admit),
            ("erase", self.erase),
        ):
            route("POST", f"{one}/{name}", gate.only(serves, _with_id(act)))

    # -- reading --------------------------------------------------------------------------

    async def queue(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer who waits, who is live and who talks with the bot."""
        names = await self._names()
        called = await conversations.queue(self.database)
        others = await conversations.recent(self.database)
        rows = [self._row(one, names) for one in (*called, *others)]
        return answer({"now": shapes.iso(self.database.clock()), "rows": rows})

    async def show(self, _request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer one conversation whole; the reading is recorded."""
        await audit.record(self.database, number, caller.staff_id, "read", caller.place)
        await self.service.read_to(number, caller.staff_id)
        conversation = await self._one(number)
        reading = await transcripts.read(self.database, number)
        seen = shapes.Seen(
            conversation,
            reading.entries,
            await attachments.of(self.database, number),
            await applications.of(self.database, number),
        )
        line = self._row(conversation, await self._names())
        return answer(shapes.whole(seen, self.versions.of(conversation.version), line))

    async def newer(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer what came after a number, and older entries whose delivery changed."""
        after = _number(request.query.get("after", "0"))
        await self.service.read_to(number, caller.staff_id)
        reading = await transcripts.read(self.database, number, max(0, after - LOOK_BACK))
        files = await attachments.of(self.database, number)
        folded = shapes.entries(reading.entries, files, number)
        old = [entry for entry in folded if entry["seq"] <= after]
        return answer(
            {
                "row": self._row(await self._one(number), await self._names()),
                "entries": [entry for entry in folded if entry["seq"] > after],
                "changed": [e for e in old if e["delivery"] or e["versions"] or e["files"]],
            }
        )

    async def file(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer a file, closed in: never run, never shown beside our own pages."""
        seq, n = _number(request.match_info["seq"]), _number(request.match_info["n"])
        await audit.record(self.database, number, caller.staff_id, "read file", caller.place)
        try:
            kept, content = await attachments.read(self.database, number, seq, n)
        except GoneError:
            return refuse(404, "gone", "파일이 아직 없거나 받지 못했어요. The file is not here.")
        mime = kept.attachment.mime
        shown = mime in SAFE_PREVIEWS and "download" not in request.query
        return web.Response(
            body=content,
            content_type=mime if shown else "application/octet-stream",
            headers={
                "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self' data:",
                "Content-Disposition": "inline"
                if shown
                else f'attachment; filename="file-{seq}-{n}"',
            },
        )

    async def canned(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the ready-made replies."""
        kept = await saved.value(self.database, "canned")
        return answer(orjson.loads(kept) if kept else list(CANNED))

    # -- acting ---------------------------------------------------------------------------

    async def take(self, _request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Take a conversation over; the loser learns the winner's name."""
        try:
            await self.service.take(number, caller.staff_id, caller.pseudonym)
        except Taken as taken:
            winner = (await self._names()).get(taken.staff_id or 0, "?")
            return web.json_response({"error": "taken", "by": winner, "text": winner}, status=409)
        return await self._answer_row(number)

    async def say(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Bring words to the person, once for each client id."""
        body = await self.gate.body(request)
        text, client_id = clean(str(body.get("text", ""))).strip(), str(body.get("id", ""))[:80]
        if not text or not client_id or len(text) > WORDS_CHARS:
            return refuse(
                400,
                "text",
                f"1~{WORDS_CHARS}자를 적어 주세요. Write 1 to {WORDS_CHARS} characters.",
            )
        seq = await self.service.say(
            number, caller.staff_id, client_id, Replied(text, caller.pseudonym)
        )
        return answer({"seq": seq})

    async def release(
        self, request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Give a conversation back to the script."""
        step = (await self.gate.body(request)).get("step")
        await self.service.release(number, caller.staff_id, str(step) if step else None)
        return await self._answer_row(number)

    async def close(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """End a conversation; the reason is kept for staff."""
        reason = clean(str((await self.gate.body(request)).get("reason", "")))[:500]
        await self.service.close(number, caller.staff_id, reason)
        return await self._answer_row(number)

    async def admit(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Let in the device that knocked with the right code and word."""
        if not await self.doors.admit(number, caller.staff_id):
            return refuse(409, "nobody", "기다리는 기기가 없어요. No device is waiting.")
        return await self._answer_row(number)

    async def erase(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Carry out her wish to be forgotten, after making sure that it is hers."""
        await self.service.erase(number, caller.staff_id)
        return answer({"erased": True})

    # -- helpers --------------------------------------------------------------------------

    async def _one(self, number: int) -> Conversation:
        conversation = await conversations.find(self.database, number)
        if conversation is None or conversation.parted:
            raise NotYours
        return conversation

    def _row(self, conversation: Conversation, names: dict[int, str]) -> dict[str, Any]:
        return shapes.row(conversation, self.versions.of(conversation.version), names)

    async def _names(self) -> dict[int, str]:
        return {one.id: one.pseudonym for one in await staff.everyone(self.database)}

    async def _answer_row(self, number: int) -> web.StreamResponse:
        return answer({"row": self._row(await self._one(number), await self._names())})


def _with_id(act: Act) -> Callable[[web.Request, Caller], Awaitable[web.StreamResponse]]:
    """Read the conversation's number, and answer what a desk act may raise."""

    async def handle(request: web.Request, caller: Caller) -> web.StreamResponse:
        try:
            return await act(request, caller, _number(request.match_info["id"]))
        except (NotYours, GoneError):
            return refuse(
                409, "not yours", "맡고 있는 대화가 아니에요. You do not hold this conversation."
            )
        except EventNotAllowed as error:
            return refuse(409, "not now", str(error))

    return handle


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > NUMBER_DIGITS:
        raise NotYours
    return int(text)


def answer(body: Any) -> web.Response:  # noqa: ANN401  # any JSON
    """Return a JSON answer."""
    return web.Response(body=orjson.dumps(body), content_type="application/json")


CANNED = (
    {
        "title": "인사",
        "text": "안녕하세요. 지금부터 제가 함께 이야기할게요. 천천히 말씀하셔도 괜찮아요.",
    },
    {
        "title": "안전 확인",
        "text": "지금 계신 곳은 안전한가요? 말하기 어려우면 '어려워요'라고만 적어 주셔도 돼요.",
    },
    {
        "title": "112",
        "text": "지금 위험하면 112가 먼저예요. 전화가 어려우면 112로 문자를 보내거나, "
        "전화를 건 뒤 숫자를 두 번 눌러 주세요.",
    },
    {"title": "기다려 주세요", "text": "확인하고 바로 알려 드릴게요. 잠시만 기다려 주세요."},
    {
        "title": "마무리",
        "text": "오늘 이야기해 주셔서 고맙습니다. 다음에 언제 연락하면 안전할까요?",
    },
)

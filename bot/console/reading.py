"""What a counselor reads: the queue, one conversation, what is new in it, its files."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console import shapes
from bot.console.bare import bared
from bot.console.gate import Caller, refuse
from bot.console.opening import barred_to, may_open
from bot.console.stamps import iso
from bot.console.tools import ONE, SERVES, Tools, answer, number_of
from storage import applied, attachments, audit, transcripts, unsent
from storage.conversation import Conversation
from storage.errors import GoneError
from storage.transcripts import Reading as News

TIME_DIGITS = 15
SLACK_MS = 10_000
"""A change is stamped before it is committed, and servers' clocks differ: look so far back."""
LOOK_BACK = 200
"""Older entries whose delivery may still change."""
SAFE_PREVIEWS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
SAFE_SOUNDS = frozenset({"audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav", "audio/webm"})
SANDBOX = "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'"


@dataclass(frozen=True, slots=True)
class Reading:
    """The routes that change nothing."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("GET", "/desk/api/queue", only(SERVES, self.queue))
        route("GET", ONE, only(SERVES, act(self.show)))
        route("GET", f"{ONE}/entries", only(SERVES, act(self.newer)))
        route("GET", f"{ONE}/files/{{seq}}/{{n}}", only(SERVES, act(self.file)))

    async def queue(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Answer who waits, who is live and who talks with the bot."""
        board = self.tools.board
        await board.caught_up()
        now = iso(self.tools.database.clock())
        barred = await barred_to(self.tools, caller)
        rows = [row for row in board.snapshot() if int(row["id"]) not in barred]
        return answer({"now": now, "rows": rows})

    async def _allowed(self, caller: Caller, number: int) -> Conversation | None:
        conversation = await self.tools.one(number)
        return conversation if await may_open(self.tools, caller, conversation) else None

    async def _looked(self, caller: Caller, conversation: Conversation) -> None:
        """Note that who holds it has looked."""
        if conversation.staff_id == caller.staff_id and conversation.unread:
            await self.tools.talking.read_to(conversation.id, caller.staff_id)
            self.tools.board.read(conversation.id)

    async def show(self, _request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer one conversation whole; the reading is recorded."""
        database = self.tools.database
        conversation = await self._allowed(caller, number)
        if conversation is None:
            return _closed_to_you()
        await audit.record(database, number, caller.staff_id, "read", caller.place)
        await self._looked(caller, conversation)
        reading = await transcripts.read(database, number)
        seen = shapes.Seen(
            conversation,
            reading.entries,
            await attachments.of(database, number),
            await applied.of(database, number),
        )
        line = await self.tools.board.shown(conversation)
        whole = shapes.whole(seen, self.tools.versions.of(conversation.version), line)
        draft, at = await unsent.read(database, number, caller.staff_id)
        kept = {"text": draft, "at": iso(at)}
        return answer({**whole, "draft": kept, "at": str(reading.at)})

    async def newer(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer what came after a number, and older entries whose delivery changed."""
        after = number_of(request.query.get("after", "0"))
        database = self.tools.database
        conversation = await self._allowed(caller, number)
        if conversation is None:
            return _closed_to_you()
        await self._looked(caller, conversation)
        reading = await self._news(number, after, request.query.get("since", ""))
        written = [*reading.changed, *reading.entries]
        some = any(one.entry.attachments for one in written)
        files = await attachments.of(database, number) if some else []
        folded = shapes.entries(written, files, number)
        old = [entry for entry in folded if entry["seq"] <= after]
        return answer(
            {
                "row": await self.tools.board.shown(conversation),
                "entries": [entry for entry in folded if entry["seq"] > after],
                "changed": [e for e in old if _may_change(e)],
                "at": str(reading.at),
            }
        )

    async def _news(self, number: int, after: int, since: str) -> News:
        """Read what is new, and of the older what changed since; without a time, all of it.

        An edit is folded into what it replaces, so then the older entries are read too.
        """
        database = self.tools.database
        if since.isascii() and since.isdigit() and len(since) <= TIME_DIGITS:
            news = await transcripts.read(database, number, after, max(0, int(since) - SLACK_MS))
            if all(one.entry.edits is None for one in news.entries):
                return news
        return await transcripts.read(database, number, max(0, after - LOOK_BACK))

    async def file(self, request: web.Request, caller: Caller, number: int) -> web.StreamResponse:
        """Answer a file, closed in: never run, never shown beside our own pages.

        Where it was taken does not leave with a picture; her original stays as it is.
        """
        seq, n = number_of(request.match_info["seq"]), number_of(request.match_info["n"])
        database = self.tools.database
        if await self._allowed(caller, number) is None:
            return _closed_to_you()
        await audit.record(database, number, caller.staff_id, "read file", caller.place)
        try:
            kept, content = await attachments.read(database, number, seq, n)
        except GoneError:
            return refuse(404, "gone", "파일이 아직 없거나 받지 못했어요. The file is not here.")
        mime = kept.attachment.mime
        safe = mime in SAFE_PREVIEWS or mime in SAFE_SOUNDS
        shown = safe and "download" not in request.query
        name = f'attachment; filename="file-{seq}-{n}"'
        return web.Response(
            body=bared(content, mime),
            content_type=mime if shown else "application/octet-stream",
            headers={
                "Content-Security-Policy": SANDBOX,
                "Content-Disposition": "inline" if shown else name,
            },
        )


def _closed_to_you() -> web.Response:
    return refuse(
        409,
        "break glass",
        "맡은 적이 없는 지난 대화예요. 까닭을 적으면 한 시간 열려요. 책임상담사가 알게 돼요. "
        "This past talk was never yours. A reason opens it for an hour; supervisors are told.",
    )


def _may_change(entry: dict[str, Any]) -> bool:
    return bool(entry["delivery"] or entry["versions"] or entry["files"])

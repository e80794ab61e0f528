"""The web chat: one socket a tab; what is shown comes from the transcript, by number."""

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from adapters.bodies import parse
from adapters.webchat.channel import Stamp, entry_frame, read_frame
from bot.changes import listening
from bot.logs import log
from bot.origin import is_ours
from bot.people import Doors
from bot.safety.contact import is_held
from bot.service import Service
from flows.messages import Inbound, Kind
from storage import transcripts
from storage.database import Database
from storage.transcripts import Written

FRAME_BYTES = 64 * 1024
FRAMES_A_SECOND = 20
OPEN_S = 15.0
TOKEN_CHARS = 32
LOOK_S = 2.0
MOST_ENTRIES = 1_000_000
UNREADABLE = "이 페이지가 보낸 것을 읽지 못했어요. 새로 고쳐 주세요. Please reload this page."
HIDDEN = frozenset({"note", "edit", transcripts.UNREADABLE})
NOT_SAID = frozenset({"ping", "seen", "resume", "typing", "left"})


@dataclass(slots=True)
class Tab:
    """One open tab.

    Attributes:
        address: Her address on the web channel: the hash of the token that her tab holds.
        conversation: The id of her conversation, once there is one.
        shown: The number of the last entry that was sent to the tab.
        taking: Held from her message to its acknowledgement: the tab is not closed between.
    """

    socket: web.WebSocketResponse
    token: str = ""
    address: str = ""
    conversation: int = 0
    since: int = 0
    shown: int = 0
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    taking: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Chat:
    """`GET /chat/socket`."""

    database: Database
    service: Service
    doors: Doors
    typing: Callable[[int], None]
    """Tells the desk that she is writing."""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Hold the socket until she leaves."""
        if not is_ours(request):
            return web.json_response({"error": "origin", "text": "foreign page"}, status=403)
        socket = web.WebSocketResponse(heartbeat=20.0, max_msg_size=FRAME_BYTES, compress=False)
        await socket.prepare(request)
        tab = Tab(socket)
        try:
            async with asyncio.timeout(OPEN_S):
                opening = parse((await socket.receive_str()).encode())
            await self._open(tab, opening)
        except (TimeoutError, TypeError, ValueError):
            await socket.close(code=4400, message=b"the first frame must be `open`")
            return socket
        showing = asyncio.ensure_future(self._show(tab))
        try:
            await self._listen(tab)
        finally:
            showing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await showing
        return socket

    async def _open(self, tab: Tab, frame: object) -> None:
        if not isinstance(frame, dict) or frame.get("t") != "open":
            raise ValueError("not open")
        link, token = frame.get("link"), frame.get("token")
        tab.token = (
            token
            if isinstance(token, str) and len(token) >= TOKEN_CHARS
            else secrets.token_urlsafe(TOKEN_CHARS)
        )
        tab.address = hashlib.sha256(tab.token.encode()).hexdigest()
        if isinstance(link, str):
            await self.doors.enter(link[:100], tab.address)
        place = await self.service.place("web", tab.address)
        if place is None or not await self._has_words(place):
            language = str(frame.get("language") or "ko")[:2]
            hello = f"open:{tab.address}:{place[0] if place else 0}"
            await self.service.receive(
                Inbound("web", tab.address, hello, Kind.OPEN, language=language)
            )
            place = await self.service.place("web", tab.address)
        if place is None:
            raise ValueError("no conversation")
        tab.conversation, tab.since, language = place
        tab.shown = max(tab.since, _number(frame.get("seen")) if token else 0)
        voice = f"{tab.address}:{tab.conversation}:{tab.since}"
        talk = hashlib.sha256(voice.encode()).hexdigest()[:16]
        opened = {"t": "opened", "token": tab.token, "seq": tab.shown, "language": language}
        opened["talk"] = talk  # another one: the page shows the talk from its beginning
        await tab.socket.send_str(orjson.dumps(opened).decode())

    async def _has_words(self, place: tuple[int, int, str]) -> bool:
        """Say whether she sees anything; who was let in sees none of what was before."""
        reading = await transcripts.read(self.database, place[0], place[1])
        return any(map(is_shown, reading.entries))

    # -- from her -------------------------------------------------------------------------

    async def _listen(self, tab: Tab) -> None:
        loop = asyncio.get_running_loop()
        window, count = loop.time(), 0
        async for message in tab.socket:
            if message.type is not WSMsgType.TEXT:
                break
            now = loop.time()
            window, count = (now, 0) if now - window > 1 else (window, count + 1)
            if count > FRAMES_A_SECOND:
                await asyncio.sleep(1.0)
            await self._take(tab, message.data)

    async def _take(self, tab: Tab, raw: str) -> None:
        try:
            frame: Any = parse(raw.encode())
            kind = frame.get("t")
            if kind in NOT_SAID:
                return await self._other(tab, kind, frame)
            inbound = read_frame(frame, tab.address)
            client_id = inbound.message_id
            inbound = replace(inbound, message_id=own_id(tab.address, client_id))
        except (ValueError, AttributeError, KeyError, TypeError):
            return await self._tell(tab, {"t": "refused", "id": None, "text": UNREADABLE})
        async with tab.taking:
            return await self._keep(tab, client_id, inbound)

    async def _keep(self, tab: Tab, client_id: str, inbound: Inbound) -> None:
        try:
            answer = await self.service.receive(inbound)
        except Exception as error:  # noqa: BLE001  # whatever it was: she is told, and keeps it
            log().error("not kept", channel="web", error=type(error).__name__)
            text = "지금은 저장하지 못했어요. 다시 보내 볼게요. 위험하면 112."
            return await self._tell(tab, {"t": "refused", "id": client_id, "text": text})
        await self._tell(tab, {"t": "ack", "id": client_id, "seq": answer.seq})
        tab.fresh.set()
        return None

    async def _other(self, tab: Tab, kind: str, frame: dict[str, Any]) -> None:
        """Take a frame that says nothing to us: she writes, has seen, left in a hurry."""
        match kind:
            case "ping":  # the page cannot see the protocol's own pings
                await self._tell(tab, {"t": "pong"})
            case "seen":
                await self._seen(tab, int(frame["seq"]))
            case "resume":
                await self._resume(tab, frame)
            case "typing":
                self.typing(tab.conversation)
            case _:
                await self.service.left(tab.conversation)

    async def _seen(self, tab: Tab, seq: int) -> None:
        await self.service.seen(tab.conversation, min(seq, tab.shown))

    async def _resume(self, tab: Tab, frame: dict[str, Any]) -> None:
        receipt, word = str(frame.get("receipt", ""))[:40], str(frame.get("word", ""))[:200]
        await self.doors.knock(tab.address, receipt, word)
        client_id = str(frame.get("id", ""))[:64]
        await self._tell(tab, {"t": "ack", "id": client_id, "seq": tab.shown})
        tab.fresh.set()

    # -- to her ---------------------------------------------------------------------------

    async def _show(self, tab: Tab) -> None:
        """Send what is new, for ever; wakes when her conversation changes."""
        with listening(self.database) as changes:
            while not tab.socket.closed:
                place = await self.service.place("web", tab.address)
                if place is None or place[:2] != (tab.conversation, tab.since):
                    await self._close(tab, gone=place is None)
                    return
                reading = await transcripts.read(self.database, tab.conversation, tab.shown)
                for written in reading.entries:
                    tab.shown = written.seq
                    if is_shown(written):
                        await self._tell(tab, shown_entry(written))
                await changes.wait(LOOK_S)

    async def _close(self, tab: Tab, *, gone: bool) -> None:
        """Let a tab begin anew: she was erased, or another talk or a cover stands there now."""
        async with tab.taking:
            if gone:
                await self._tell(tab, {"t": "cleared"})
                await tab.socket.close()
            else:
                await tab.socket.close(code=4001, message=b"open again")

    async def _tell(self, tab: Tab, frame: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionError):
            await tab.socket.send_str(orjson.dumps(frame).decode())


def _number(seen: object) -> int:
    """Return the number up to which a tab says it has seen; what is none is nothing."""
    return seen if type(seen) is int and 0 <= seen <= MOST_ENTRIES else 0


def own_id(address: str, client_id: str) -> str:
    """Return the id under which her message is known: nobody else's id can be the same."""
    return f"{address[:16]}:{client_id}"


def is_shown(written: Written) -> bool:
    """Say whether she sees an entry on her page."""
    if is_held(written) or written.author == "system":
        return False
    return written.entry.kind not in HIDDEN


def shown_entry(written: Written) -> dict[str, Any]:
    """Return the frame of one entry as she may see it."""
    at = datetime.fromtimestamp(written.at / 1000, UTC).isoformat(timespec="milliseconds")
    stamp = Stamp(written.seq, written.author, at, written.entry.client_id)
    return entry_frame(written.entry.outbound(), stamp, written.entry.attachments)

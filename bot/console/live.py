"""The desk's sockets: ids and rows of the queue, never what was said; that is fetched."""

import asyncio
import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from adapters.bodies import parse
from bot.console.board import Board, News
from bot.console.gate import Caller, Gate
from bot.origin import is_ours
from storage import conflicts, presence, staff
from storage.database import Database
from storage.signals import LOOK_AGAIN

LOOK_S = 2.0
"""How soon somebody who may no longer be here is out, sockets included."""
SERVES = frozenset({"counselor", "supervisor"})
FRAME_BYTES = 16_384
FRAMES_A_SECOND = 20
MOST_OPEN = 50
MOST_WAITING = 200
"""Frames that a slow browser may lag behind before it is told to look again."""
HEARTBEAT_S = 8.0
LOOK_FRAME = b'{"t":"look"}'
SIGN_IN = 4401


@dataclass(slots=True, eq=False)
class Seat:
    """One open desk.

    Attributes:
        watched: The conversations that are open on it; None while it has not said.
        out: Set when whoever sits there must leave.
    """

    socket: web.WebSocketResponse
    caller: Caller
    watched: set[int] | None = None
    out: asyncio.Event = field(default_factory=asyncio.Event)
    frames: "asyncio.Queue[bytes]" = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    def tell(self, frame: bytes) -> None:
        """Put a frame on its way; who lags too far behind looks at everything again."""
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            while not self.frames.empty():
                self.frames.get_nowait()
            self.frames.put_nowait(LOOK_FRAME)


class Live:
    """`GET /desk/socket`, and all who sit at it in this process."""

    def __init__(self, database: Database, gate: Gate, board: Board) -> None:
        """Let the desks of a board hear what changes."""
        self._database = database
        self._gate = gate
        self._seats: set[Seat] = set()
        self._barred: dict[int, set[int]] = {}
        self._knows = False
        board.watcher = self

    @property
    def looks(self) -> bool:
        """Whether a desk is open in this process."""
        return bool(self._seats)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Tell an open desk what changed, until its sign-in ends."""
        caller = await self._gate.caller(request) if is_ours(request) else None
        if caller is None or caller.role not in SERVES:
            return web.json_response({"error": "sign in"}, status=403)
        await presence.touch(self._database, [caller.staff_id])
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_S, max_msg_size=FRAME_BYTES, compress=False
        )
        await socket.prepare(request)
        seat = Seat(socket, caller)
        self._seats.add(seat)
        work = [
            asyncio.ensure_future(one) for one in (_tell(seat), _listen(seat), seat.out.wait())
        ]
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._seats.discard(seat)
            for one in work:
                one.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        if seat.out.is_set():
            await socket.close(code=SIGN_IN, message=b"sign in")
        return socket

    async def watch_over(self) -> None:
        """Note who is here, and put out whoever must not be any more, for ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Put out whose sign-in is over; note that the others are here."""
        seats = list(self._seats)
        good = await staff.good(self._database, {seat.caller.token for seat in seats})
        out = [seat for seat in seats if seat.caller.token not in good]
        here = {seat.caller.staff_id for seat in seats if seat.caller.token in good}
        if here:
            await presence.touch(self._database, here)
        for seat in out:
            seat.out.set()
        self._barred = await conflicts.everyones(self._database)
        self._knows = True

    async def barred(self, staff_id: int) -> set[int]:
        """Return what is closed to somebody; elsewhere declared, it is known within seconds."""
        if not self._knows:
            self._barred, self._knows = await conflicts.everyones(self._database), True
        return self._barred.get(staff_id, set())

    def bar(self, staff_id: int, conversation: int) -> None:
        """Take a conversation from the desks of somebody who must not know it."""
        self._barred.setdefault(staff_id, set()).add(conversation)
        gone = _frame("rows", rows=[], quiet=[], gone=[str(conversation)])
        for seat in self._seats:
            if seat.caller.staff_id == staff_id:
                seat.tell(gone)

    # -- what changed ---------------------------------------------------------------------

    def changed(self, ids: Iterable[int]) -> None:
        """Tell those who have these conversations open."""
        told = set(ids)
        if LOOK_AGAIN in told:
            return self._all(LOOK_FRAME)
        frames = {one: _frame("changed", conversation=str(one)) for one in told}
        for seat in self._seats:
            for one in told if seat.watched is None else seat.watched & told:
                seat.tell(frames[one])
        return None

    def rows(self, news: News) -> None:
        """Tell all desks how rows read now."""
        whole = _rows(news, frozenset())
        for seat in self._seats:
            barred = self._barred.get(seat.caller.staff_id)
            mine = barred and not barred.isdisjoint(news.rows.keys() | news.quiet.keys())
            seat.tell(_rows(news, barred) if barred and mine else whole)

    def typing(self, conversation: int) -> None:
        """Tell those who have a conversation open that she is writing."""
        frame = _frame("typing", conversation=str(conversation))
        for seat in self._seats:
            if seat.watched and conversation in seat.watched:
                seat.tell(frame)

    def tasks(self) -> None:
        """Tell all desks that there is something new to look after."""
        self._all(_frame("tasks"))

    def count(self) -> int:
        """Return how many desks are open in this process."""
        return len(self._seats)

    def _all(self, frame: bytes) -> None:
        for seat in self._seats:
            seat.tell(frame)


async def _tell(seat: Seat) -> None:
    with contextlib.suppress(ConnectionError):
        while not seat.socket.closed:
            await seat.socket.send_str((await seat.frames.get()).decode())


async def _listen(seat: Seat) -> None:
    """Hear which conversations are open; a flood of frames is slowed down."""
    loop = asyncio.get_running_loop()
    window, count = loop.time(), 0
    async for message in seat.socket:
        if message.type is not WSMsgType.TEXT:
            return
        now = loop.time()
        window, count = (now, 0) if now - window > 1 else (window, count + 1)
        if count > FRAMES_A_SECOND:
            await asyncio.sleep(1.0)
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            _take(seat, parse(message.data.encode()))


def _take(seat: Seat, frame: Any) -> None:  # noqa: ANN401  # any JSON
    if frame.get("t") == "watch":
        seat.watched = {int(one) for one in list(frame["open"])[:MOST_OPEN]}


def _rows(news: News, barred: Collection[int]) -> bytes:
    """Return the frame of what changed, without what is closed to a desk."""
    rows = [row for number, row in news.rows.items() if number not in barred]
    quiet = [one for number, one in news.quiet.items() if number not in barred]
    return _frame("rows", rows=rows, quiet=quiet, gone=[str(one) for one in news.gone])


def _frame(kind: str, **what: Any) -> bytes:  # noqa: ANN401  # any JSON
    return orjson.dumps({"t": kind, **what})

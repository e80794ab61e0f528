"""The queue of updates of one bot, and the poll that waits for it."""

import asyncio
import heapq
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from adapters.clock import Clock
from adapters.telegram.standin import tables
from adapters.telegram.standin.errors import ApiError, conflict
from adapters.telegram.standin.results import array
from adapters.telegram.standin.values import Value

MESSAGE_LIFE = 24 * 3600
PRESS_LIFE = 150
LONGEST_POLL = 50
_BATCH_BYTES = 4 << 20
_GATHER_S = 0.001
_CONFLICT_PAUSE_S = 3.0
_FUTURE = 10
_SPARE = 1000
_OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = frozenset(tables.update_kinds()) - _OPT_IN


@dataclass(frozen=True, slots=True)
class Update:
    """One update, written once when it is made.

    Attributes:
        json: The whole object.
        lane: Webhook deliveries of one lane keep their order.
    """

    id: int
    json: bytes
    expires_at: float
    lane: int


class Updates:
    """What a bot has not yet confirmed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._expiries: list[tuple[float, int]] = []
        self._next_id = 100_000_000 + secrets.randbelow(500_000_000)
        self._poll: asyncio.Future[None] | None = None
        self._last_offset = -1
        self._last_poll_at = -1e9
        self._next_conflict_at = 0.0
        self.kinds = DEFAULT_KINDS
        self.on_new: Callable[[], None] | None = None

    def add(self, kind: str, body: bytes, life: float, lane: int) -> int | None:
        """Queue an update; returns its id, or None where the bot wants no such kind."""
        if kind not in self.kinds or life <= 0:
            return None
        number = self._next_id
        self._next_id += 1
        written = b'{"update_id":%d,"%s":%s}' % (number, kind.encode(), body)
        update = Update(number, written, self._clock.now() + life, lane)
        self._waiting[number] = update
        self._watch_expiry(update)
        if self.on_new:
            self.on_new()
        elif self._poll and not self._poll.done():
            asyncio.get_running_loop().call_later(_GATHER_S, _wake, self._poll)
        return number

    def allow(self, wanted: Value) -> None:
        """Remember which kinds the bot wants; what makes no sense changes nothing."""
        if not isinstance(wanted, list) or not all(isinstance(kind, str) for kind in wanted):
            return
        known = frozenset(kind.lower() for kind in wanted) & frozenset(tables.update_kinds())
        self.kinds = known or DEFAULT_KINDS

    def waiting(self) -> list[Update]:
        """Return what is not confirmed and not expired, oldest first."""
        self._expire()
        return list(self._waiting.values())

    def after(self, number: int) -> list[Update]:
        """Return what came after an update."""
        self._expire()
        newer: list[Update] = []
        for update in reversed(self._waiting.values()):
            if update.id <= number:
                break
            newer.append(update)
        return newer[::-1]

    def __len__(self) -> int:
        """Return how many updates are pending."""
        self._expire()
        return len(self._waiting)

    def drop(self, number: int) -> None:
        """Forget one update: it was delivered, or given up."""
        self._waiting.pop(number, None)

    def clear(self) -> None:
        """Forget all updates."""
        self._waiting.clear()

    def _watch_expiry(self, update: Update) -> None:
        heapq.heappush(self._expiries, (update.expires_at, update.id))
        if len(self._expiries) > _SPARE + 2 * len(self._waiting):
            self._expiries = [(each.expires_at, each.id) for each in self._waiting.values()]
            heapq.heapify(self._expiries)

    def _expire(self) -> None:
        now = self._clock.now()
        while self._expiries and self._expiries[0][0] <= now:
            self._waiting.pop(heapq.heappop(self._expiries)[1], None)

    async def poll(self, offset: int, limit: int, timeout_s: float) -> bytes:
        """Answer `getUpdates` with a JSON array.

        Raises:
            ApiError: 409, when another poll or a webhook ends this one.
        """
        now = asyncio.get_running_loop().time()
        if offset == self._last_offset:
            timeout_s = max(timeout_s, 3.0) if now < self._last_poll_at + 3 else timeout_s
            limit = 1 if now < self._last_poll_at + 0.5 else limit
        self._last_offset, self._last_poll_at = offset, now
        start = self._forget(offset)
        found = self._batch(start, limit)
        if found or timeout_s <= 0:
            return _array(found)
        self.end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        await self._wait(timeout_s)
        return _array(self._batch(start, limit))

    async def _wait(self, timeout_s: float) -> None:
        loop = asyncio.get_running_loop()
        poll = self._poll = loop.create_future()
        timer = loop.call_later(timeout_s, _wake, poll)
        try:
            await poll
        except ApiError:
            await self.pause_conflict()
            raise
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None

    def end_poll(self, reason: str = "") -> None:
        """End a waiting poll: with a 409 for a reason, else with what there is."""
        poll, self._poll = self._poll, None
        if poll and not poll.done():
            if reason:
                poll.set_exception(conflict(reason))
            else:
                poll.set_result(None)

    async def pause_conflict(self) -> None:
        """Hold back all 409 but one in three seconds."""
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict_at:
            await asyncio.sleep(_CONFLICT_PAUSE_S)
        else:
            self._next_conflict_at = now + _CONFLICT_PAUSE_S

    def _forget(self, offset: int) -> int:
        """Drop what the offset confirms; return where to read from."""
        self._expire()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popitem(last=False)
        if offset <= 0 or offset > self._next_id + _FUTURE:
            return 0
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)
        return offset

    def _batch(self, start: int, limit: int) -> list[Update]:
        self._expire()
        batch: list[Update] = []
        room = _BATCH_BYTES
        for update in self._waiting.values():
            if update.id < start:
                continue
            room -= len(update.json)
            batch.append(update)
            if len(batch) >= limit or room <= 0:
                break
        return batch


def _wake(poll: asyncio.Future[None]) -> None:
    if not poll.done():
        poll.set_result(None)


def _array(batch: list[Update]) -> bytes:
    return array([update.json for update in batch])

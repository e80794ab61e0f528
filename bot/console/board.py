"""The queue of one process: rows made once for all desks, kept fresh by the bell."""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.console import shapes
from bot.console.order import Key, ahead, key
from bot.console.stamps import iso, ms
from bot.logs import log
from bot.service import Service
from bot.versions import Versions
from flows.events import Outlook
from storage import conversations, staff
from storage.conversation import Conversation
from storage.database import Database
from storage.errors import GoneError, SealError
from storage.signals import LOOK_AGAIN, Subscription

Row = dict[str, Any]
LOOK_S = 1.0
LOOK_AGAIN_S = 2.0
GATHER_S, GATHER_UNSEEN_S = 0.03, 1.0
"""Changes that come so soon after each other are taken in together; nobody looks: later."""
CALLED = ("waiting", "live")
RECENT_MS = 2 * 60 * 60 * 1000
MOST_OTHERS = 100
MOST_ROWS = 1000
"""So many rows are remembered; beyond, only those that are shown."""
HOUR_MS = 60 * 60 * 1000
QUIET = frozenset({"unread", "last_at"})
"""What may change in a row without anybody having to hurry."""


class Watcher(Protocol):
    """Who wants to know what changed: the sockets of this process."""

    @property
    def looks(self) -> bool:
        """Whether anybody is looking now."""

    def changed(self, ids: Iterable[int]) -> None:
        """Conversations changed; 0 stands for all."""

    def rows(self, news: "News") -> None:
        """These rows read differently now."""


@dataclass(slots=True)
class News:
    """What changed on the board since it was told last.

    Attributes:
        rows: Rows that read differently, whole.
        quiet: Of rows in which nobody has to hurry: number, unread, time of the last change.
        gone: Rows that are not shown any more.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    quiet: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def put(self, number: int, row: Row, *, whole: bool) -> None:
        """Note how a row reads now."""
        self.gone.discard(number)
        if whole or number in self.rows:
            self.rows[number] = row
            self.quiet.pop(number, None)
        else:
            self.quiet[number] = (row["id"], row["unread"], row["last_at"])

    def drop(self, number: int) -> None:
        """Note that a row is gone."""
        self.rows.pop(number, None)
        self.quiet.pop(number, None)
        self.gone.add(number)

    def __bool__(self) -> bool:
        return bool(self.rows or self.quiet or self.gone)


@dataclass(slots=True)
class Times:
    """When talks began, and how long each had waited: what the expected wait is made of."""

    taken: "deque[tuple[int, int]]" = field(default_factory=lambda: deque(maxlen=2000))

    def note(self, at: int, waited: int) -> None:
        """Note that somebody was taken who had waited so long."""
        self.taken.append((at, waited))

    def waits(self, now: int) -> list[int]:
        """Return how long those waited who were taken in the last hour, the shortest first."""
        return sorted(waited for at, waited in self.taken if now - at <= HOUR_MS)

    def minutes(self, now: int) -> float:
        """Return how long one place in the queue lasts; 0 when too few were taken to say."""
        count = len(self.waits(now))
        return 60 / count if count >= 3 else 0.0  # noqa: PLR2004  # fewer say nothing


class Board:
    """Every row that a desk shows, and who is told when one changes."""

    def __init__(self, database: Database, versions: Versions, service: Service) -> None:
        """Know nothing until `run` or `caught_up`."""
        self._database = database
        self._versions = versions
        self._service = service
        self._rows: dict[int, Row] = {}
        self._keys: dict[int, Key] = {}
        self._stamps: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self._unread: set[int] = set()
        self._pending: set[int] = {LOOK_AGAIN}
        self._read: set[int] = set()
        self._bell: Subscription = database.signals.subscribe()
        self._lock = asyncio.Lock()
        self._news = News()
        self._flushed = 0.0
        self.times = Times()
        self.watcher: Watcher | None = None
        self.opens: dict[str, str] | None = None

    async def run(self) -> None:
        """Keep the rows fresh and tell the watcher, for ever."""
        loop, looked = asyncio.get_running_loop(), 0.0
        while True:
            if loop.time() - looked >= LOOK_AGAIN_S:
                looked = loop.time()
                await self._compare()
            await self.caught_up()
            try:
                async with asyncio.timeout(LOOK_S):
                    self._pending |= await anext(self._bell)
            except TimeoutError:
                self._flush(loop.time())
                continue
            looked_at = self.watcher is not None and self.watcher.looks
            await asyncio.sleep(GATHER_S if looked_at else GATHER_UNSEEN_S)

    async def _compare(self) -> None:
        """Find what changed without a sound: the bell may lose a word."""
        if not self._database.shared:
            return
        now = await conversations.stamps(self._database)
        changed = {number for number, at in now.items() if self._stamps.get(number) != at}
        self._pending |= changed | {number for number in self._keys if number not in now}

    async def caught_up(self) -> None:
        """Take in all that was committed before this call."""
        async with self._lock:
            rung, read = self._pending | self._bell.take(), self._read
            self._pending, self._read = set(), set()
            if not rung | read:
                return
            try:
                await self._refresh(rung | read, read - rung)
            except BaseException:
                self._pending |= rung | read
                raise

    def read(self, number: int) -> None:
        """Take in that who holds a conversation has looked: nobody has anything to fetch."""
        self._read.add(number)
        self._bell.tell(())

    def snapshot(self) -> list[Row]:
        """Return the rows in the order in which people are to be seen to."""
        now = self._database.clock()
        called = [n for n, row in self._rows.items() if row["status"] in CALLED]
        late = (2, 0)
        called.sort(key=lambda n: (self._keys.get(n, late), n))
        others = sorted(
            (row for row in self._rows.values() if row["status"] not in CALLED),
            key=lambda row: str(row["last_at"]),
            reverse=True,
        )
        oldest = iso(now - RECENT_MS) or ""
        recent = [row for row in others if str(row["last_at"]) >= oldest]
        return [*(self._rows[number] for number in called), *recent[:MOST_OTHERS]]

    def row(self, number: int) -> Row | None:
        """Return the row of one conversation that is on the desk now."""
        return self._rows.get(number)

    def waiting(self) -> list[Row]:
        """Return who waits, in order."""
        return [row for row in self.snapshot() if row["status"] == "waiting"]

    async def shown(self, conversation: Conversation) -> Row:
        """Return the row of any conversation, also of one that cannot be read."""
        if conversation.staff_id not in (None, *self._names):
            await self._learn_names()
        flow = self._versions.of(conversation.version)
        try:
            return shapes.row(conversation, flow, self._names)
        except (SealError, GoneError) as error:  # one that cannot be read hides no other
            if conversation.id not in self._unread:
                self._unread.add(conversation.id)
                number, kind = str(conversation.id), type(error).__name__
                log().error("cannot be read", conversation=number, error=kind)
            return shapes.unreadable(conversation, self._names)

    async def names(self) -> dict[int, str]:
        """Return the pseudonyms of all who work here now."""
        await self._learn_names()
        return self._names

    async def _learn_names(self) -> None:
        everyone = await staff.everyone(self._database)
        self._names = {one.id: one.pseudonym for one in everyone}

    async def _refresh(self, ids: set[int], only_read: set[int]) -> None:
        if LOOK_AGAIN in ids:
            found = [
                *await conversations.queue(self._database),
                *await conversations.recent(self._database),
            ]
            ids = {one.id for one in found} | self._rows.keys()
            ids.add(LOOK_AGAIN)
        else:
            found = await conversations.some(self._database, sorted(ids))
        left = ids - {one.id for one in found} - {LOOK_AGAIN}
        for conversation in found:
            if conversation.parted or conversation.sealer is None:
                left.add(conversation.id)
            else:
                await self._learn(conversation)
        self._forget_old()
        for number in left & self._rows.keys():
            self._drop(number)
        now = self._database.clock()
        keys = list(self._keys.values())
        places = Outlook(ahead(keys, now), self.times.minutes(now), self.opens)
        self._service.outlook = places
        if self.watcher:
            self.watcher.changed(ids - only_read)
        self._flush(asyncio.get_running_loop().time())

    async def _learn(self, conversation: Conversation) -> None:
        number, row = conversation.id, await self.shown(conversation)
        self._stamps[number] = conversation.changed_at
        before = self._rows.get(number)
        if before == row:
            return
        self._rows[number] = row
        if before and before["status"] == "waiting" and row["status"] == "live":
            self._note_taken(before)
        if row["status"] == "waiting":
            since = conversation.waiting_since or conversation.changed_at
            self._keys[number] = key(conversation.urgency, since)
        else:
            self._keys.pop(number, None)
        matters = before is None or _matters(before, row)
        self._news.put(number, row, whole=matters)
        if matters:
            self._flushed = 0.0

    def _forget_old(self) -> None:
        """Remember no more than is shown of those who neither wait nor talk."""
        if len(self._rows) <= MOST_ROWS:
            return
        shown = {int(row["id"]) for row in self.snapshot()}
        for number in self._rows.keys() - shown:
            del self._rows[number]
            self._stamps.pop(number, None)

    def _note_taken(self, before: Row) -> None:
        now = self._database.clock()
        since = ms(before["waiting_since"])
        self.times.note(now, max(0, now - since) if since else 0)

    def _drop(self, number: int) -> None:
        del self._rows[number]
        self._stamps.pop(number, None)
        self._keys.pop(number, None)
        self._news.drop(number)
        self._flushed = 0.0

    def _flush(self, now: float) -> None:
        """Tell what changed: at once what matters, the rest once a second."""
        if now - self._flushed < LOOK_S or not self._news:
            return
        news, self._news = self._news, News()
        self._flushed = now
        if self.watcher:
            self.watcher.rows(news)


def _matters(before: Row, row: Row) -> bool:
    return any(before[name] != row[name] for name in row if name not in QUIET)

"""Nobody waits unseen: talks whose counselor is gone go back, and a silence becomes a task."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.counsel.holding import NotYours, Stale
from bot.counsel.judging import SETTLED
from bot.counsel.passing import Lapse, Passing
from bot.logs import log
from flows.events import EventNotAllowed
from storage import conversations, holdings, presence, tasks
from storage.database import Database
from storage.errors import SealError
from storage.holdings import Holding
from storage.tasks import Task

LOOK_S = 3.0
MINUTE_MS = 60_000
UNANSWERED_MINUTES = {0: 3, 1: 5}
UNANSWERED_OTHERS = 10
"""How long a counselor may leave her without a word before she waits for another one."""
SILENT_MINUTES = 10
"""How long after an urgent word of ours her silence is a signal."""
SILENT_LOOK_BACK = 6 * 60
URGENT = 1
TASK_MINUTES = 15


@dataclass(slots=True)
class Keeper:
    """Looks every few seconds; two processes that look both do no harm."""

    database: Database
    passing: Passing
    told: Callable[[], None]
    looked_for_silence: int = 0
    known: dict[int, int] = field(default_factory=dict)

    async def keep(self) -> None:
        """Look for ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> int:
        """Put back what nobody looks after; returns how many went back."""
        now = self.database.clock()
        here = await presence.everyone(self.database)
        back = 0
        for talk in await holdings.live(self.database):
            at = here.get(talk.staff_id)
            if at is None or not at.here(now):
                since = at.seen if at and at.seen else now
                back += await self._back(talk, "gone", since)
            elif _is_late(talk, now) and not await self._is_settled(talk):
                back += await self._back(talk, "unanswered", talk.unanswered_since or now)
        if now - self.looked_for_silence >= MINUTE_MS // 4:
            self.looked_for_silence = now
            await self._look_for_silence(now)
        return back

    async def _back(self, talk: Holding, because: str, since: int) -> bool:
        raised = because == "unanswered"
        lapse = Lapse(talk.conversation_id, talk.epoch, talk.staff_id, because, since, raised)
        try:
            await self.passing.requeue(lapse)
        except (Stale, NotYours, EventNotAllowed):
            return False  # it changed hands in this very moment
        except SealError:  # the others must not wait for it
            await self._task(talk.conversation_id, "unreadable", "supervisor", {"why": because})
            return False
        log().warning("back to the queue", conversation=str(talk.conversation_id), reason=because)
        body = {"why": because, "staff": talk.staff_id}
        await self._task(talk.conversation_id, "returned", "supervisor", body)
        return True

    async def _is_settled(self, talk: Holding) -> bool:
        """Say whether the counselor said that her last words need no answer."""
        conversation = await conversations.find(self.database, talk.conversation_id)
        if conversation is None or conversation.sealer is None:
            return True
        try:
            settled = conversation.state.memory.get(SETTLED, "-1")
        except SealError:
            return False
        return int(settled) >= conversation.seq

    async def _look_for_silence(self, now: int) -> None:
        before = now - SILENT_MINUTES * MINUTE_MS
        after = now - SILENT_LOOK_BACK * MINUTE_MS
        for one in await holdings.silent(self.database, URGENT, before, after):
            if self.known.get(one.conversation_id) == one.since:
                continue
            self.known[one.conversation_id] = one.since
            kind = "exit" if one.status == "closed" else "silent"
            body = {"since": one.since, "urgency": one.urgency}
            await self._task(one.conversation_id, kind, "counselor", body)

    async def _task(self, number: int, kind: str, role: str, body: dict[str, Any]) -> None:
        now = self.database.clock()
        task = Task(number, kind, role, now, now + TASK_MINUTES * MINUTE_MS, body=body)
        if await tasks.add(self.database, task):
            self.told()


def _is_late(talk: Holding, now: int) -> bool:
    if talk.unanswered_since is None:
        return False
    allowed = UNANSWERED_MINUTES.get(talk.urgency, UNANSWERED_OTHERS)
    return now - talk.unanswered_since > allowed * MINUTE_MS

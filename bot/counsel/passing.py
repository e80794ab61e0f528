"""From hand to hand: to another counselor, to a team, or back to the queue."""

from dataclasses import dataclass, replace

from bot.counsel.holding import (
    Hold,
    Holding,
    NotYours,
    Stale,
    Taken,
    existing,
    held,
    note,
)
from bot.counsel.talking import FOR
from flows.events import Passed, Requeued
from storage.conversation import Conversation
from storage.page import Page

LEAST_URGENT = 3


@dataclass(frozen=True, slots=True)
class Lapse:
    """Why a conversation goes back to the queue without its counselor's doing.

    Attributes:
        epoch: The epoch in which it was seen to lapse: a later one is somebody else's.
        because: `gone` (her browser is) or `unanswered`.
        since: From when on nobody answered, in milliseconds.
        raised: One level more urgent from now on.
    """

    number: int
    epoch: int
    staff_id: int
    because: str
    since: int
    raised: bool


class Passing:
    """The acts that change who holds a conversation."""

    def __init__(self, holding: Holding) -> None:
        """Act on the conversations of a house."""
        self._holding = holding
        self._turn = holding.database.turn

    async def to_person(self, number: int, hold: Hold, to: Hold, words: str) -> Conversation:
        """Hand a talk over to a counselor who is there; she holds it from this moment on.

        Raises:
            NotYours: the giver does not hold it.
        """

        def job(page: Page) -> Conversation:
            conversation = held(page, hold)
            return self._passed(page, conversation, to, (hold, words))

        return await self._turn(number, job)

    async def to_team(self, number: int, hold: Hold, team: str, words: str) -> Conversation:
        """Give a talk back to the queue for a team, or for `supervisor`, with a note.

        Raises:
            NotYours: the giver does not hold it.
        """

        def job(page: Page) -> Conversation:
            conversation = held(page, hold)
            _noted(page, hold, words)
            page.audit(hold.staff_id, "hand over", team)
            mark(conversation, FOR, team)
            return self._requeued(page, conversation, f"for:{team}", conversation.urgency)

        return await self._turn(number, job)

    async def take_from(self, number: int, hold: Hold) -> Conversation:
        """Take a talk out of another counselor's hands: supervisors only.

        Raises:
            Taken: it went to yet another one meanwhile.
            NotYours: nobody holds it.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            if conversation.status != "live":
                raise NotYours
            if hold.epoch is not None and hold.epoch != conversation.epoch:
                raise Taken(conversation.staff_id)
            if conversation.staff_id == hold.staff_id:
                return conversation
            return self._passed(page, conversation, hold, (hold, ""))

        return await self._turn(number, job)

    async def step_aside(self, number: int, hold: Hold, kind: str) -> None:
        """Note a conflict of interest; what she holds goes back to the queue, raised.

        Raises:
            NotYours: there is no such conversation.
        """

        def job(page: Page) -> None:
            conversation = existing(page)
            page.audit(hold.staff_id, "conflict", kind)
            if conversation.status == "live" and conversation.staff_id == hold.staff_id:
                raised = max(0, min(conversation.urgency, LEAST_URGENT) - 1)
                self._requeued(page, conversation, "back:conflict", raised)

        await self._turn(number, job)

    async def requeue(self, lapse: Lapse) -> Conversation:
        """Put a conversation back into the queue that nobody looks after any more.

        Raises:
            Stale: it changed hands meanwhile.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            same = conversation.status == "live" and conversation.epoch == lapse.epoch
            if not same or conversation.staff_id != lapse.staff_id:
                raise Stale
            page.audit(None, f"back to queue: {lapse.because}", "")
            urgency = min(conversation.urgency, LEAST_URGENT)
            raised = max(0, urgency - 1) if lapse.raised else urgency
            self._requeued(page, conversation, f"back:{lapse.because}", raised)
            conversation.waiting_since = min(lapse.since, page.now)
            page.save()
            return conversation

        return await self._turn(lapse.number, job)

    def _passed(
        self, page: Page, conversation: Conversation, to: Hold, given: tuple[Hold, str]
    ) -> Conversation:
        giver, words = given
        _noted(page, giver, words)
        conversation.epoch += 1
        page.drop_older()
        conversation.staff_id = to.staff_id
        conversation.unread = max(1, conversation.unread)
        page.audit(giver.staff_id, "hand over", f"to {to.staff_id}")
        return self._holding.event(page, conversation, Passed(conversation.channel, to.pseudonym))

    def _requeued(
        self, page: Page, conversation: Conversation, because: str, urgency: int
    ) -> Conversation:
        conversation.epoch += 1
        page.drop_older()
        conversation.staff_id = None
        event = Requeued(conversation.channel, because, urgency)
        return self._holding.event(page, conversation, event)


def _noted(page: Page, by: Hold, words: str) -> None:
    if words:
        note(page, words, kind="internal", by=by)


def mark(conversation: Conversation, name: str, value: str) -> None:
    """Keep a mark in the memory of a conversation's state."""
    memory = {**conversation.state.memory, name: value}
    conversation.state = replace(conversation.state, memory=memory)

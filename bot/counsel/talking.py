"""Taking, talking, giving back and ending."""

from collections.abc import Mapping
from dataclasses import replace

from bot.counsel.holding import Hold, Holding, Stale, Taken, existing, held, note
from bot.safety.hands import CHANGED
from flows.events import Closed, Released, Replied, Took
from storage.conversation import Conversation
from storage.page import Page

FOR = "for"
"""The mark in the memory of a state: for whom a handed-on conversation waits."""


class Talking:
    """The acts of one talk."""

    def __init__(self, holding: Holding) -> None:
        """Act on the conversations of a house."""
        self._holding = holding
        self._turn = holding.database.turn

    async def take(self, number: int, hold: Hold) -> Conversation:
        """Take a conversation over: a compare-and-set that names the winner.

        Raises:
            Taken: another counselor holds it.
            Stale: it was taken and given back since the page was drawn.
            NotYours: there is no such conversation.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            if conversation.status == "live":
                if conversation.staff_id == hold.staff_id:
                    return conversation
                raise Taken(conversation.staff_id)
            if hold.epoch is not None and hold.epoch != conversation.epoch:
                raise Stale
            conversation.epoch += 1
            unmark(conversation, FOR)
            in_flight = page.drop_older()
            conversation.staff_id = hold.staff_id
            page.audit(hold.staff_id, "take", "")
            if in_flight:
                note(page, f"in flight: {in_flight}")
            return self._holding.event(
                page, conversation, Took(conversation.channel, hold.pseudonym)
            )

        return await self._turn(number, job)

    async def say(self, number: int, hold: Hold, client_id: str, text: str) -> int:
        """Bring a counselor's words to the person once; returns the number of their entry.

        A word that was kept already is answered as before, whoever holds the talk by now: the
        answer may have been lost on its way.

        Raises:
            NotYours: she does not hold the conversation.
        """

        def job(page: Page) -> int:
            existing(page)
            if seen := page.seen("desk", f"{number}:{hold.staff_id}:{client_id}"):
                return seen.seq
            conversation = held(page, hold)
            unmark(conversation, CHANGED)
            self._holding.event(page, conversation, Replied(text, hold.pseudonym))
            return conversation.seq

        return await self._turn(number, job)

    async def release(
        self, number: int, hold: Hold, step: str | None, fields: Mapping[str, str]
    ) -> Conversation:
        """Give a conversation back to the script, with what she may confirm.

        Args:
            number: Which conversation.
            hold: Whose act it is.
            step: Where the script goes on; None where it says itself.
            fields: Answers the counselor proposes; the person confirms or refuses them.

        Raises:
            NotYours: she does not hold the conversation.
            EventNotAllowed: the version has no such step, or a field cannot be proposed.
        """

        def job(page: Page) -> Conversation:
            conversation = held(page, hold)
            conversation.epoch += 1
            conversation.staff_id = None
            page.audit(hold.staff_id, "release", "")
            released = Released(conversation.channel, step, dict(fields))
            return self._holding.event(page, conversation, released)

        return await self._turn(number, job)

    async def close(self, number: int, hold: Hold, reason: str = "") -> Conversation:
        """End a conversation; her next message opens it again. Raises `NotYours`."""

        def job(page: Page) -> Conversation:
            conversation = held(page, hold)
            conversation.epoch += 1
            conversation.staff_id = None
            page.audit(hold.staff_id, "close", "")
            note(page, f"closed: {reason}")
            return self._holding.event(page, conversation, Closed(conversation.channel))

        return await self._turn(number, job)

    async def read_to(self, number: int, staff_id: int) -> None:
        """Note that the counselor who holds a conversation has looked at it.

        There is nothing in it to fetch: the caller tells the board alone.
        """

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation and conversation.staff_id == staff_id and conversation.unread:
                conversation.unread = 0
                page.save()

        await self._turn(number, job, aloud=False)

    async def erase(self, number: int, staff_id: int) -> None:
        """Carry out a wish to be forgotten after a counselor has made sure that it is hers."""

        def job(page: Page) -> None:
            existing(page)
            page.audit(staff_id, "erase", "")
            page.erase("all")

        await self._turn(number, job)


def unmark(conversation: Conversation, *names: str) -> None:
    """Take marks out of the memory of a conversation's state."""
    state = conversation.state
    if any(name in state.memory for name in names):
        memory = {key: value for key, value in state.memory.items() if key not in names}
        conversation.state = replace(state, memory=memory)

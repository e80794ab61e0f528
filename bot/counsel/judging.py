"""How urgent a conversation is: raised by anyone, lowered by two; and who is kept quiet."""

from dataclasses import dataclass, replace

import orjson

from bot.counsel.holding import Hold, Holding, existing, held, note
from bot.counsel.passing import mark
from bot.counsel.talking import unmark
from flows.events import Closed
from flows.risk import LOWERED, QUIET
from storage.conversation import Conversation
from storage.page import Page

LOWER = "lower"
"""The mark of a wish to lower the urgency, until a second person decides."""
SETTLED = "settled"
"""The mark of the last entry to which there is nothing to answer."""


class NotNow(Exception):  # it is an answer to the desk, not a fault
    """The act does not fit how the conversation stands; the message is a code."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to lower the urgency."""

    to: int
    staff_id: int
    pseudonym: str
    reason: str


class Judging:
    """The acts that change how urgent a conversation is."""

    def __init__(self, holding: Holding) -> None:
        """Act on the conversations of a house."""
        self._holding = holding
        self._turn = holding.database.turn

    async def raise_to(self, number: int, hold: Hold, urgency: int, reason: str) -> Conversation:
        """Make a conversation more urgent; whoever is with the bot comes into the queue.

        Raises:
            NotNow: it is as urgent already.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            if urgency >= conversation.urgency:
                raise NotNow("as urgent already")
            state = conversation.state
            because = (*state.because, f"raised: {reason}")
            conversation.state = replace(state, risk=min(state.risk, urgency), because=because)
            unmark(conversation, LOWER)
            conversation.urgency = urgency
            if conversation.status in {"bot", "closed"}:
                conversation.status = "waiting"
                conversation.waiting_since = page.now
            page.audit(hold.staff_id, "raise urgency", f"R{urgency}")
            note(page, f"raised: R{urgency} · {reason}", by=hold)
            return page.save()

        return await self._turn(number, job)

    async def ask_lower(self, number: int, hold: Hold, urgency: int, reason: str) -> Conversation:
        """Ask a second person to make a conversation less urgent.

        Raises:
            NotNow: it is no more urgent than that.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            if urgency <= conversation.urgency:
                raise NotNow("no more urgent than that")
            wish = {"to": urgency, "by": hold.staff_id, "name": hold.pseudonym, "why": reason}
            mark(conversation, LOWER, orjson.dumps(wish).decode())
            page.audit(hold.staff_id, "ask to lower urgency", f"R{urgency}")
            note(page, f"lower asked: R{urgency} · {reason}", by=hold)
            return page.save()

        return await self._turn(number, job)

    async def decide_lower(self, number: int, hold: Hold, *, agrees: bool) -> Conversation:
        """Agree to a wish to lower the urgency, or refuse it, as the second person.

        Raises:
            NotNow: nobody asked, or the one who decides is the one who asked.
        """

        def job(page: Page) -> Conversation:
            conversation = existing(page)
            asked = wish(conversation)
            if asked is None:
                raise NotNow("nobody asked")
            if asked.staff_id == hold.staff_id:
                raise NotNow("a second person decides")
            unmark(conversation, LOWER)
            if agrees:
                state = conversation.state
                memory = {**state.memory, LOWERED: ",".join(state.because)}
                because = (*state.because, f"lowered: {asked.reason}")
                lowered = replace(state, risk=asked.to, because=because, memory=memory)
                conversation.state, conversation.urgency = lowered, asked.to
            how = "lower" if agrees else "refuse to lower"
            page.audit(hold.staff_id, f"{how} urgency", f"R{asked.to}")
            note(page, f"{'lowered' if agrees else 'not lowered'}: R{asked.to}", by=hold)
            return page.save()

        return await self._turn(number, job)

    async def quiet(self, number: int, hold: Hold, until: int) -> Conversation:
        """End a talk with an abusive sender, who reaches no counselor for a while but in danger.

        Raises:
            NotYours: she does not hold the conversation.
        """

        def job(page: Page) -> Conversation:
            conversation = held(page, hold)
            conversation.epoch += 1
            conversation.staff_id = None
            mark(conversation, QUIET, str(until // 1000))
            page.audit(hold.staff_id, "quiet", "")
            note(page, "quiet", by=hold)
            return self._holding.event(page, conversation, Closed(conversation.channel))

        return await self._turn(number, job)

    async def settle(self, number: int, hold: Hold) -> None:
        """Say that what she wrote last needs no answer. Raises `NotYours`."""

        def job(page: Page) -> None:
            conversation = held(page, hold)
            mark(conversation, SETTLED, str(conversation.seq))
            conversation.unread = 0
            page.save()

        await self._turn(number, job)

    async def write_note(self, number: int, hold: Hold, words: str, *, whisper: bool) -> int:
        """Write what only staff read: a note, or a whisper to the counselor who talks."""

        def job(page: Page) -> int:
            existing(page)
            return note(page, words, kind="whisper" if whisper else "internal", by=hold)

        return await self._turn(number, job)


def wish(conversation: Conversation) -> Wish | None:
    """Return the open wish to lower a conversation's urgency."""
    kept = conversation.state.memory.get(LOWER)
    if not kept:
        return None
    asked = orjson.loads(kept)
    return Wish(asked["to"], asked["by"], asked["name"], asked["why"])

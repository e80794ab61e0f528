"""The one way through the house: an event, one transaction, the engine, then the bells."""

from dataclasses import dataclass, replace

from bot.parting import FORGET, forget
from bot.turns import Fits, apply, kept, play
from bot.versions import Versions
from flows.engine import begin
from flows.events import Closed, Event, Moved, Released, Replied, Said, Ticked, Took
from flows.messages import Inbound, Outbound, clean
from storage import transcripts, voices
from storage.conversation import Conversation
from storage.database import Database
from storage.entries import Entry, Person
from storage.page import Page
from storage.timers import Timer

MOST_SEEN = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message led to.

    Attributes:
        conversation: Its id.
        seq: The number of the person's own entry.
        messages: What a pull channel must carry back in this very answer.
        carried: The numbers of their entries, to put them back when they never arrived.
        repeated: The message was known already; nothing happened again.
    """

    conversation: int
    seq: int
    messages: tuple[Outbound, ...] = ()
    carried: tuple[int, ...] = ()
    repeated: bool = False


class Taken(Exception):  # it is an answer to the desk, not a fault
    """Another counselor was faster; `staff_id` names the winner."""

    def __init__(self, staff_id: int | None) -> None:
        """Keep the winner."""
        super().__init__("taken")
        self.staff_id = staff_id


class NotYours(Exception):  # likewise
    """The conversation is not held by this counselor, or is gone."""


class Service:
    """Every change of a conversation goes through here."""

    def __init__(self, database: Database, versions: Versions) -> None:
        """Serve conversations of a database with the published versions."""
        self._database = database
        self._versions = versions

    # -- the person -----------------------------------------------------------------------

    async def receive(self, inbound: Inbound, fits: Fits | None = None) -> Answer:
        """Take in one thing a person did; returns after the commit.

        Args:
            inbound: In our words; the same `message_id` again changes nothing.
            fits: For a pull channel: how many bubbles its answer can carry.
        """
        target = Person(inbound.channel, inbound.address, inbound.message_id)
        answer = await self._database.turn(target, lambda page: self._receive(page, inbound, fits))
        return await self._said_before(answer) if answer.repeated and fits else answer

    async def _said_before(self, answer: Answer) -> Answer:
        """Answer a repeated call of a pull channel with what it was answered before."""
        reading = await transcripts.read(self._database, answer.conversation, answer.seq)
        said = tuple(
            written.entry.outbound()
            for written in reading.entries
            if written.seq in answer.carried and written.author in {"bot", "counselor"}
        )
        return replace(answer, messages=said or answer.messages, carried=())

    def _receive(self, page: Page, inbound: Inbound, fits: Fits | None) -> Answer:
        if seen := page.seen(inbound.channel, inbound.message_id):
            return self._again(page, seen.seq, seen.last_seq)
        conversation = page.conversation()
        if conversation is None:
            state = begin(self._versions.of(self._versions.newest), inbound.language)
            conversation = page.begin(self._versions.newest, state, state.language)
        event = Said(
            channel=inbound.channel,
            kind=inbound.kind,
            text=clean(inbound.text),
            press=inbound.press,
            language=inbound.language,
        )
        flow = self._versions.lead(conversation)
        turn = play(page, flow, conversation, event)
        replaced = page.find(inbound.edits) if inbound.edits else None
        seq = page.add(_entry(inbound, event.text, replaced, secret=turn.secret))
        for number, attachment in enumerate(inbound.attachments):
            source = f"{inbound.channel}:{attachment.source}"
            page.attach(seq, number, replace(attachment, source=source))
        carried = apply(page, conversation, turn, fits)
        if not conversation.parted:
            page.save()
        quiet = fits is not None and not carried.messages
        messages = (kept(flow, turn.state),) if quiet else carried.messages
        return Answer(conversation.id, seq, messages, carried.seqs)

    def _again(self, page: Page, seq: int, last_seq: int) -> Answer:
        """Answer a repeated call as it was answered before."""
        conversation = page.conversation()
        if conversation is None:
            return Answer(0, seq, repeated=True)
        quiet = kept(self._versions.of(conversation.version), conversation.state)
        carried = tuple(range(seq, last_seq + 1))
        return Answer(conversation.id, seq, (quiet,), carried, repeated=True)

    async def put_back(self, answer: Answer) -> None:
        """Keep what a late answer carried: it never arrived and is collected next time."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation is None or conversation.parted or not answer.carried:
                return
            page.mark(answer.carried, "ready")
            memory = {**conversation.state.memory, "unseen": "1"}
            conversation.state = replace(conversation.state, memory=memory)
            page.save()

        await self._database.turn(answer.conversation, job)

    async def seen(self, conversation_id: int, seq: int) -> None:
        """Note that everything up to a number is on the person's screen."""

        def job(page: Page) -> None:
            shown = [number for number, _ in page.waiting(MOST_SEEN) if number <= seq]
            if shown:
                page.mark(shown, "sent")

        await self._database.turn(conversation_id, job)

    async def place(self, channel: str, address: str) -> tuple[int, int, str] | None:
        """Return the conversation of an address, what its voice may see, and the language."""
        return await voices.place(self._database, channel, address)

    # -- the counselor --------------------------------------------------------------------

    async def take(self, conversation_id: int, staff_id: int, sender: str) -> Conversation:
        """Take a conversation over: a compare-and-set that names the winner.

        Raises:
            Taken: another counselor holds it.
            NotYours: there is no such conversation.
        """

        def job(page: Page) -> Conversation:
            conversation = _existing(page)
            if conversation.status == "live":
                if conversation.staff_id == staff_id:
                    return conversation
                raise Taken(conversation.staff_id)
            conversation.epoch += 1
            page.drop_older()
            conversation.staff_id = staff_id
            page.audit(staff_id, "take", "")
            return self._event(page, conversation, Took(conversation.channel, sender))

        return await self._database.turn(conversation_id, job)

    async def say(
        self, conversation_id: int, staff_id: int, client_id: str, event: Replied
    ) -> int:
        """Bring a counselor's words to the person once; returns the number of their entry.

        Raises:
            NotYours: she does not hold the conversation.
        """

        def job(page: Page) -> int:
            conversation = _held(page, staff_id)
            if seen := page.seen("desk", f"{conversation_id}:{client_id}"):
                return seen.seq
            self._event(page, conversation, event)
            return conversation.seq

        return await self._database.turn(conversation_id, job)

    async def release(self, conversation_id: int, staff_id: int, step: str | None) -> Conversation:
        """Give a conversation back to the script.

        Raises:
            NotYours: she does not hold the conversation.
            EventNotAllowed: the version has no such step.
        """

        def job(page: Page) -> Conversation:
            conversation = _held(page, staff_id)
            conversation.epoch += 1
            conversation.staff_id = None
            page.audit(staff_id, "release", "")
            return self._event(page, conversation, Released(conversation.channel, step))

        return await self._database.turn(conversation_id, job)

    async def close(self, conversation_id: int, staff_id: int, reason: str = "") -> Conversation:
        """End a conversation; her next message opens it again. Raises `NotYours`."""

        def job(page: Page) -> Conversation:
            conversation = _held(page, staff_id)
            conversation.epoch += 1
            conversation.staff_id = None
            page.audit(staff_id, "close", "")
            page.add(Entry(author="system", kind="note", text=f"closed: {reason}"))
            return self._event(page, conversation, Closed(conversation.channel))

        return await self._database.turn(conversation_id, job)

    async def read_to(self, conversation_id: int, staff_id: int) -> None:
        """Note that the counselor who holds a conversation has looked at it."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation and conversation.staff_id == staff_id and conversation.unread:
                conversation.unread = 0
                page.save()

        await self._database.turn(conversation_id, job)

    # -- the clock and the admins ---------------------------------------------------------

    async def tick(self, timer: Timer) -> None:
        """Let a timer of a conversation go off, once."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation is None or conversation.parted or not page.take_timer(timer.id):
                return
            if timer.kind == FORGET:
                forget(page, conversation, timer)
            else:
                self._event(page, conversation, Ticked(conversation.channel, timer.kind))

        await self._database.turn(timer.conversation_id, job)

    async def move(self, conversation_id: int, version: int) -> None:
        """Let a conversation go on under another version."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation and conversation.version != version:
                conversation.version = version
                self._event(page, conversation, Moved(conversation.channel))

        await self._database.turn(conversation_id, job)

    async def erase(self, conversation_id: int, staff_id: int) -> None:
        """Carry out a wish to be forgotten after a counselor has made sure that it is hers."""

        def job(page: Page) -> None:
            page.audit(staff_id, "erase", "")
            page.erase("all")

        await self._database.turn(conversation_id, job)

    def _event(self, page: Page, conversation: Conversation, event: Event) -> Conversation:
        flow = self._versions.lead(conversation)
        apply(page, conversation, play(page, flow, conversation, event))
        if not conversation.parted:
            page.save()
        return conversation


def _existing(page: Page) -> Conversation:
    conversation = page.conversation()
    if conversation is None or conversation.parted:
        raise NotYours
    return conversation


def _held(page: Page, staff_id: int) -> Conversation:
    conversation = _existing(page)
    if conversation.status != "live" or conversation.staff_id != staff_id:
        raise NotYours
    return conversation


def _entry(inbound: Inbound, text: str, replaced: int | None, *, secret: bool) -> Entry:
    return Entry(
        author="person",
        kind=inbound.kind.value,
        text="•••" if secret else text,
        press=inbound.press,
        platform_id=inbound.platform_id,
        edits=replaced,
        client_id=inbound.message_id.rpartition(":")[2] if inbound.channel == "web" else None,
        attachments=inbound.attachments,
    )

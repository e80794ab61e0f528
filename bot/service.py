"""The one way through the house: an event, one transaction, the engine, then the bells."""

import asyncio
from dataclasses import replace

from bot.casework.tapping import unread
from bot.parting import FORGET, forget
from bot.safety.hands import note_change
from bot.safety.words import word_of
from bot.turns import Answer, Fits, apply, kept, play
from bot.versions import Versions
from flows.cover import COVERED
from flows.engine import begin
from flows.events import Event, Moved, Outlook, Said, Ticked
from flows.messages import Inbound, clean
from storage import tasks, voices, waiting
from storage.conversation import Conversation
from storage.database import Database
from storage.entries import Entry, Person, Seen
from storage.page import Page
from storage.tasks import Task
from storage.timers import Timer

MOST_SEEN = 200
MOST_AGAIN = 20
"""Bubbles of one turn that are said again at most."""
SIGNALS = frozenset({"blocked", "exit"})
"""Timers that only tell the desk."""
URGENT = 1
TASK_MS = 15 * 60 * 1000


class Service:
    """Every change of a conversation goes through here, but for the acts of counselors.

    Attributes:
        outlook: What waiting for a counselor means now, kept up to date by the desk.
    """

    def __init__(self, database: Database, versions: Versions) -> None:
        """Serve conversations of a database with the published versions."""
        self._database = database
        self._versions = versions
        self.outlook: Outlook | None = None

    # -- the person -----------------------------------------------------------------------

    async def receive(self, inbound: Inbound, fits: Fits | None = None) -> Answer:
        """Take in one thing a person did; returns after the commit.

        Args:
            inbound: In our words; the same `message_id` again changes nothing.
            fits: For a pull channel: how many bubbles its answer can carry.
        """
        return await self.received(inbound, fits)

    def received(self, inbound: Inbound, fits: Fits | None = None) -> "asyncio.Future[Answer]":
        """Have it taken in, for one who must not wait for ever; see `receive`."""
        target = Person(inbound.channel, inbound.address, inbound.message_id)
        return self._database.begin(target, lambda page: self._receive(page, inbound, fits))

    def _receive(self, page: Page, inbound: Inbound, fits: Fits | None) -> Answer:
        if seen := page.seen(inbound.channel, inbound.message_id):
            return self._again(page, seen, fits)
        conversation = page.conversation()
        if conversation is None:
            state = begin(self._versions.of(self._versions.newest), inbound.language)
            conversation = page.begin(self._versions.newest, state, state.language)
        unread(page, conversation)
        text, word = clean(inbound.text), word_of(page, conversation, inbound)
        head = inbound.channel, inbound.kind, text, inbound.press, inbound.language
        event = Said(*head, word=word)
        flow = self._versions.lead(conversation)
        turn = play(page, flow, conversation, event, self.outlook)
        replaced = page.find(inbound.edits) if inbound.edits else None
        seq = page.add(_entry(inbound, event.text, replaced, secret=turn.secret))
        for number, attachment in enumerate(inbound.attachments):
            source = f"{inbound.channel}:{attachment.source}"
            page.attach(seq, number, replace(attachment, source=source))
        carried = apply(page, conversation, turn, fits, hers=True)
        if not conversation.parted:
            note_change(page, conversation, inbound)
            page.save()
        quiet = fits is not None and not carried.messages
        messages = (kept(flow, turn.state),) if quiet else carried.messages
        covered = COVERED in turn.state.memory
        return Answer(conversation.id, seq, messages, carried.seqs, covered=covered)

    def _again(self, page: Page, seen: Seen, fits: Fits | None) -> Answer:
        """Answer a repeated call, of a pull channel with what was said before."""
        conversation = page.conversation()
        if conversation is None or fits is None:
            return Answer(conversation.id if conversation else 0, seen.seq)
        covered = COVERED in conversation.state.memory
        quiet = kept(self._versions.of(conversation.version), conversation.state)
        said = () if covered else waiting.said(page.batch, conversation, seen.seq, seen.last_seq)
        messages = tuple(said[: fits(said[:MOST_AGAIN])]) or (quiet,)
        return Answer(conversation.id, seen.seq, messages, covered=covered)

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

    # -- the clock and the admins ---------------------------------------------------------

    async def tick(self, timer: Timer) -> None:
        """Let a timer of a conversation go off, once; some only tell the desk."""
        if timer.kind in SIGNALS:
            await self._to_look_after(timer)

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation is None or conversation.parted or not page.take_timer(timer.id):
                return
            if timer.kind in SIGNALS:
                return
            if timer.kind == FORGET:
                forget(page, conversation, timer)
            else:
                self.event(page, conversation, Ticked(conversation.channel, timer.kind))

        await self._database.turn(timer.conversation_id, job)

    async def _to_look_after(self, timer: Timer) -> None:
        """Her silence is a signal: somebody must look after it."""
        now = self._database.clock()
        task = Task(timer.conversation_id, timer.kind, "counselor", now, now + TASK_MS)
        await tasks.add(self._database, task)

    async def left(self, conversation_id: int) -> None:
        """Note that she left her page in a hurry."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation and not conversation.parted and conversation.urgency <= URGENT:
                page.add(Entry(author="system", kind="note", text="left"))
                page.timer("exit", page.now, {})

        await self._database.turn(conversation_id, job)

    async def move(self, conversation_id: int, version: int) -> None:
        """Let a conversation go on under another version."""

        def job(page: Page) -> None:
            conversation = page.conversation()
            if conversation and conversation.version != version:
                conversation.version = version
                self.event(page, conversation, Moved(conversation.channel))

        await self._database.turn(conversation_id, job)

    def event(self, page: Page, conversation: Conversation, event: Event) -> Conversation:
        """Let the engine take an event that is not hers, within a turn."""
        flow = self._versions.lead(conversation)
        apply(page, conversation, play(page, flow, conversation, event))
        if not conversation.parted:
            page.save()
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

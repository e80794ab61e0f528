"""What one turn may read and write: its conversation, as if nobody else were there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flows.engine import State
from flows.messages import Attachment, Outbound
from storage import announcing, applications, erasing, links, preferences, timers, waiting, words
from storage.applications import Application
from storage.batch import Audit, Batch, Draft, Voice
from storage.conversation import Conversation, begun, remembered, restore
from storage.entries import Entry, Person, Seen, Target, pack, place
from storage.errors import GoneError
from storage.speaking import speak_in
from storage.timers import Timer


class Page:
    """One turn in the making; what it collects is written after the job, or not at all.

    Attributes:
        now: Milliseconds since 1970.
        batch: The transaction, for what concerns many conversations.
    """

    def __init__(self, batch: Batch, target: Target) -> None:
        self.now = batch.now
        self.batch = batch
        self._draft = Draft()
        self._number = target if isinstance(target, int) else None
        self._person = target if isinstance(target, Person) else None
        self._hash = batch.hashed(self._person) if self._person else b""
        self._conversation: Conversation | None = None
        self._before: list[tuple[Conversation, tuple[object, ...]]] = []
        self._opened = False
        self._message: tuple[str, str] | None = None
        self._first = 0
        self._voice: Voice | None = None

    def conversation(self) -> Conversation | None:
        """Return the conversation of this turn's target, if there is one."""
        if not self._opened:
            self._opened = True
            self._conversation = self._found()
        return self._conversation

    def seen(self, channel: str, message_id: str) -> Seen | None:
        """Return where an earlier copy of this message went.

        None says that it is new: it is noted with this turn, for ever.
        """
        found = self.batch.seen(channel, message_id)
        if found is None:
            self._message = channel, message_id
        return found

    def begin(self, version: int, state: State, language: str | None = None) -> Conversation:
        """Begin a conversation with the person whose turn it is; her address speaks for it.

        Raises:
            ValueError: the turn has no person.
        """
        if self._person is None:
            raise ValueError("only a person begins a conversation")
        number, sealer = self.batch.keys.spare()
        conversation = begun(number, version, self.now, sealer)
        conversation.urgency = state.risk
        conversation.state = replace(state, language=language) if language else state
        self._draft.begun.append(conversation)
        self._speak_for(conversation, 0)
        return conversation

    def join(self, conversation_id: int, since_seq: int = 0) -> Conversation | None:
        """Let the person's address speak for another conversation, if it still is.

        Args:
            conversation_id: Which one; the caller made sure that it is hers.
            since_seq: She sees only entries after this number there.

        Raises:
            ValueError: the turn has no person.
        """
        if self._person is None:
            raise ValueError("only a person joins a conversation")
        conversation = self.batch.conversation(conversation_id)
        if conversation is None or conversation.parted:
            return None
        self._remember(conversation)
        self._speak_for(conversation, since_seq)
        self.save()
        return conversation

    def add(self, entry: Entry, deliver: str | None = None, due: int | None = None) -> int:
        """Add an entry to the conversation and return its number.

        Args:
            entry: What was said or done.
            deliver: `ready` to be sent or collected later, `sent` when it goes out with the
                answer to this very turn, None when it does not go out.
            due: When it may go out, in milliseconds; None is now.
        """
        conversation = self.save()
        conversation.seq = seq = conversation.seq + 1
        self._first = self._first or seq
        number = conversation.id
        body = conversation.key().seal(place(number, seq), pack(entry))
        platform = self._platform(entry.platform_id)
        said = entry.author
        self._draft.transcript.append(
            (number, seq, self.now, said, conversation.epoch, body, platform)
        )
        if said == "person":
            conversation.unread += 1
        if deliver is not None:
            conversation.held += deliver == "ready"
            way = number, seq, conversation.channel, said, conversation.epoch, deliver
            self._draft.outbox.append((*way, due or self.now, 0, 0, None, None, self.now))
        return seq

    def save(self) -> Conversation:
        """Write the conversation as it stands at the end of the job.

        Raises:
            GoneError: there is none, or it was erased.
        """
        conversation = self.conversation()
        if conversation is None or conversation.parted:
            raise GoneError("there is no such conversation, or no longer")
        self._draft.dirty[conversation.id] = conversation
        return conversation

    def find(self, platform_id: str) -> int | None:
        """Return the number of the entry that has this id on its platform."""
        conversation = self.conversation()
        if conversation is None:
            return None
        return waiting.find(self.batch, conversation, self._platform(platform_id))

    def waiting(self, limit: int) -> list[tuple[int, Outbound]]:
        """Return what waits to be collected, oldest first, with its number."""
        conversation = self.conversation()
        if conversation is None or not conversation.held:
            return []
        return waiting.collect(self.batch, conversation, limit)

    def mark(self, seqs: Sequence[int], status: str, reason: str | None = None) -> None:
        """Say how entries fared: `ready`, `sent` or `dead` (with the reason)."""
        conversation = self.save()
        waiting.mark(self.batch, self._draft, (conversation, seqs, status, reason))

    def drop_older(self) -> int:
        """Let nothing go out that the bot said in an older epoch.

        Returns how many such entries were in flight already.
        """
        return waiting.drop_older(self.batch, self._draft, self.save())

    def attach(self, seq: int, n: int, attachment: Attachment) -> None:
        """Note a file of an entry, to be fetched after the commit; see `attachments`."""
        announcing.want_in(self.batch, self._draft, self.save(), (seq, n, attachment))

    def application(self) -> Application | None:
        """Return the newest application of this conversation."""
        conversation = self.conversation()
        if conversation is None:
            return None
        return applications.newest_in(self.batch, conversation.id)

    def submit(self, fields: Mapping[str, Any], receipt: str, version: int, status: str) -> None:
        """Write the application with this receipt code; an earlier draft of it is replaced."""
        number = self.save().id
        new = Application(0, number, status, version, receipt, dict(fields), self.now)
        applications.submit_in(self.batch, self._draft, new)

    def find_receipt(self, code: str) -> Application | None:
        """Return the application that has this receipt code, whosever it is."""
        return applications.find_in(self.batch, code)

    def keep_word(self, kind: str, word: str) -> None:
        """Keep a verifier of a word that only she knows, such as `code_word`."""
        words.keep_in(self.batch, self._draft, self.save().id, kind, word)

    def check_word(self, kind: str, word: str, conversation_id: int | None) -> bool:
        """Say whether this is that conversation's word; None costs the same and is False."""
        return words.check_in(self.batch, conversation_id, kind, word)

    def remember(self, name: str, value: str) -> None:
        """Keep what she prefers."""
        preferences.keep_in(self.batch, self._draft, self.save(), name, value)

    def preferences(self) -> dict[str, str]:
        """Return what she prefers, by name."""
        conversation = self.conversation()
        return preferences.read_in(self.batch, conversation) if conversation else {}

    def timer(self, kind: str, due: int, body: Mapping[str, Any]) -> None:
        """Have something happen to this conversation at a time."""
        timer = Timer(0, 0, kind, dict(body))
        timers.set_in(self.batch, self._draft, self.save(), timer, due)

    def cancel_timers(self, kind: str | None = None) -> None:
        """Cancel this conversation's timers, of one kind or all."""
        timers.cancel_in(self.batch, self._draft, self.save().id, kind)

    def take_timer(self, number: int) -> bool:
        """Let a claimed timer happen in this turn; False when it must not any more."""
        conversation = self.conversation()
        return conversation is not None and timers.take_in(
            self.batch, self._draft, conversation.id, number
        )

    def make_link(self, kind: str, token: str, ttl_ms: int) -> None:
        """Make a link to this conversation that works once; `token` is fresh and secret."""
        links.make_in(self.batch, self._draft, self.save().id, (kind, token, ttl_ms))

    def use_link(self, kind: str, token: str) -> int | None:
        """Use a link: the conversation it opens, or None when it does not (any more)."""
        return links.use_in(self.batch, self._draft, kind, token)

    def position(self, channel: str) -> int:
        """Return up to where we have read what a platform keeps for us; 0 at first."""
        rows = self.batch.query(self.batch.sql.records.position, (channel,))
        return rows[0][0] if rows else 0

    def move_position(self, channel: str, position: int) -> None:
        """Note with this turn up to where we have read; it never goes back."""
        self._draft.positions[channel] = position

    def audit(self, staff_id: int | None, action: str, detail: str = "") -> None:
        """Add a line to the access log: never content."""
        whose = self._conversation.id if self._conversation else self._number
        self._draft.audits.append(Audit(staff_id, action, whose, detail))

    def erase(self, scope: str) -> None:
        """Erase this conversation (`chat`), or her applications too (`all`)."""
        erasing.erase_in(self.batch, self._draft, self.save(), scope)

    def ring(self, conversation_id: int) -> None:
        """Tell those who look at a conversation that something about it changed."""
        self._draft.rung.add(conversation_id)

    def finish(self) -> Draft:
        """Close what the job left open, and return what it wants written."""
        conversation, batch = self._conversation, self.batch
        for each in self._draft.dirty.values():
            each.stamp(self.now)
            each.close_up()
        if self._voice and conversation and not conversation.parted:
            speak_in(batch, self._draft, conversation, self._voice)
        if self._message:
            last = conversation.seq if conversation else 0
            number = conversation.id if conversation else None
            seen = Seen(number, self._first or last, last)
            channel, message_id = self._message
            self._draft.inbox.append((message_id, channel, *seen, self.now))
            batch.note(channel, message_id, seen)
        for each in self._draft.begun:
            batch.learn(each)
        for parting in self._draft.partings:
            batch.part(parting.conversation_id)
        return self._draft

    def undo(self) -> None:
        """Leave the conversation as the job found it."""
        for conversation, before in reversed(self._before):
            restore(conversation, before)

    def _found(self) -> Conversation | None:
        if self._number is not None:
            conversation = self.batch.conversation(self._number)
            return conversation and self._remember(conversation)
        voice = self.batch.voice(self._hash) if self._person else None
        conversation = self.batch.conversation(voice.conversation_id) if voice else None
        if conversation is None or voice is None or self._person is None:
            return None
        self._remember(conversation)
        conversation.since_seq = voice.since_seq
        conversation.speak(self._person.channel, self._hash, self._person.address)
        return conversation

    def _remember(self, conversation: Conversation) -> Conversation:
        self._before.append((conversation, remembered(conversation)))
        return conversation

    def _speak_for(self, conversation: Conversation, since_seq: int) -> None:
        """From this turn on the person's address speaks for this conversation."""
        if self._person:
            conversation.speak(self._person.channel, self._hash, self._person.address)
        conversation.since_seq = since_seq
        self._voice = Voice(conversation.id, since_seq)
        self._conversation = conversation
        self._opened = True
        self._draft.dirty[conversation.id] = conversation

    def _platform(self, platform_id: str | None) -> bytes | None:
        conversation = self._conversation
        if platform_id is None or conversation is None:
            return None
        return self.batch.keys.hash("platform", conversation.channel, platform_id)

"""One transaction of several turns: fetched at once, run one by one, written at once."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson

from storage.connection import Connection, Row
from storage.conversation import Conversation
from storage.entries import Person, Seen, Target
from storage.keys import KeyStore
from storage.statements import Change
from storage.turn_statements import TurnStatements


class Voice(NamedTuple):
    """Which conversation an address speaks for, and from which entry on it may see it."""

    conversation_id: int
    since_seq: int


class Parting(NamedTuple):
    """What is to be destroyed once an erasure is committed."""

    conversation_id: int
    keys: list[int]
    files: list[str]


class Audit(NamedTuple):
    """One line for the access log."""

    staff_id: int | None
    action: str
    conversation_id: int | None
    detail: str


class Draft:
    """What one turn wants written; dropped whole when the turn fails.

    `late` statements are run in order when the turn is done; the rows of the five lists go
    together with those of other turns, before them.
    """

    __slots__ = (
        "audits",
        "begun",
        "dirty",
        "inbox",
        "late",
        "outbox",
        "partings",
        "positions",
        "rung",
        "transcript",
        "voices",
    )

    def __init__(self) -> None:
        self.voices: list[Row] = []
        self.begun: list[Conversation] = []
        self.inbox: list[Row] = []
        self.transcript: list[Row] = []
        self.outbox: list[Row] = []
        self.dirty: dict[int, Conversation] = {}
        self.late: list[tuple[Change, Sequence[Row]]] = []
        self.audits: list[Audit] = []
        self.partings: list[Parting] = []
        self.positions: dict[str, int] = {}
        self.rung: set[int] = set()

    def write(self, change: Change, *rows: Row) -> None:
        """Run this change for these rows when the turn is done."""
        if rows:
            self.late.append((change, rows))


class Batch:
    """The transaction that gathered turns share.

    Attributes:
        now: Milliseconds since 1970.
        partings: What is to be destroyed once it is committed.
        rung: The conversations that changed.
        errors: What the database raises; it concerns all turns.
    """

    def __init__(
        self, connection: Connection, sql: TurnStatements, keys: KeyStore, now: int
    ) -> None:
        self.sql = sql
        self.keys = keys
        self.now = now
        self.partings: list[Parting] = []
        self.rung: set[int] = set()
        self.errors = connection.errors
        self._connection = connection
        self._draft = Draft()
        self._conversations: dict[int, Conversation | None] = {}
        self._hashes: dict[Person, bytes] = {}
        self._voices: dict[bytes, Voice | None] = {}
        self._messages: dict[tuple[str, str], Seen | None] = {}
        self._chain: tuple[int, bytes] | None = None

    def fetch(self, targets: Iterable[Target]) -> None:
        """Read and lock what the turns will ask for, each kind in one query."""
        ids: set[int] = set()
        hashes = set()
        messages: dict[str, set[str]] = {}
        for target in targets:
            if isinstance(target, int):
                ids.add(target)
            elif target is not None:
                hashes.add(self.hashed(target))
                if target.message_id is not None:
                    messages.setdefault(target.channel, set()).add(target.message_id)
        if hashes:
            ids.update(self._fetch_voices(sorted(hashes)))
        if ids:
            self._fetch_conversations(sorted(ids))
        for channel, wanted in messages.items():
            self._fetch_messages(channel, sorted(wanted))

    def hashed(self, person: Person) -> bytes:
        """Return the keyed hash by which an address is found."""
        if person not in self._hashes:
            self._hashes[person] = self.keys.hash(person.channel, person.address)
        return self._hashes[person]

    def voice(self, number: bytes) -> Voice | None:
        """Return for whom this hashed address speaks."""
        if number not in self._voices:
            self._fetch_voices([number])
        return self._voices[number]

    def conversation(self, number: int) -> Conversation | None:
        """Return a conversation, locked until the commit."""
        if number not in self._conversations:
            self._fetch_conversations([number])
        return self._conversations[number]

    def seen(self, channel: str, message_id: str) -> Seen | None:
        """Return where an earlier copy of a message went."""
        if (channel, message_id) not in self._messages:
            self._fetch_messages(channel, [message_id])
        return self._messages[channel, message_id]

    def query(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Ask the database; the answer knows all turns that are done, not this one's writes."""
        self.flush()
        return self._connection.rows(statement, values)

    def change(self, change: Change, rows: Sequence[Row]) -> None:
        """Write at once, whatever the job does next: only for jobs that cannot fail then."""
        self.flush()
        self._many(change, rows)

    def absorb(self, draft: Draft, *, aloud: bool = True) -> None:
        """Take over what a turn wants written; unless `aloud`, nobody is told that it changed."""
        mine = self._draft
        mine.voices += draft.voices
        mine.inbox += draft.inbox
        mine.transcript += draft.transcript
        mine.outbox += draft.outbox
        mine.dirty.update(draft.dirty)
        mine.positions.update(draft.positions)
        self.partings += draft.partings
        if aloud:
            self.rung.update(draft.rung, draft.dirty)
        if draft.audits:
            draft.write(self.sql.records.insert_audit, *self._chained(draft.audits))
        if draft.late:
            self.flush()
            for change, rows in draft.late:
                self._connection.many(change, rows)

    def learn(self, conversation: Conversation) -> None:
        """Know a conversation that was begun in this batch."""
        self._conversations[conversation.id] = conversation

    def point(self, number: bytes, voice: Voice | None) -> None:
        """Know for whom an address speaks from now on."""
        self._voices[number] = voice

    def part(self, conversation_id: int) -> None:
        """Know that no address speaks for this conversation any more."""
        for number, voice in self._voices.items():
            if voice and voice.conversation_id == conversation_id:
                self._voices[number] = None

    def note(self, channel: str, message_id: str, seen: Seen) -> None:
        """Know a message that was taken in in this batch."""
        self._messages[channel, message_id] = seen

    def flush(self) -> None:
        """Write what was absorbed; the database may still refuse it all."""
        mine, sql = self._draft, self.sql
        self._many(sql.insert_voice, mine.voices)
        self._many(sql.put_conversation, [each.whole() for each in mine.dirty.values()])
        self._many(sql.insert_inbox, mine.inbox)
        self._many(sql.insert_transcript, mine.transcript)
        self._many(sql.insert_outbox, mine.outbox)
        self._many(sql.records.move_position, [*mine.positions.items()])
        self._draft = Draft()

    def _chained(self, audits: Sequence[Audit]) -> list[Row]:
        """Give lines of the access log their numbers and links."""
        if self._chain is None:
            self._chain = last_link(self._connection, self.sql)
        rows = []
        number, digest = self._chain
        for audit in audits:
            number += 1
            row = number, self.now, *audit
            digest = self.keys.link(digest, orjson.dumps(row))
            rows.append((*row, digest))
        self._chain = number, digest
        return rows

    def _many(self, change: Change, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.many(change, rows)

    def _fetch_voices(self, hashes: list[bytes]) -> set[int]:
        self._voices.update(dict.fromkeys(hashes))
        for text, values in self.sql.voices.parts(hashes):
            for number, conversation_id, since_seq in self._connection.rows(text, values):
                self._voices[bytes(number)] = Voice(conversation_id, since_seq)
        return {voice.conversation_id for one in hashes if (voice := self._voices[one])}

    def _fetch_conversations(self, ids: list[int]) -> None:
        self._conversations.update(dict.fromkeys(ids))
        rows: list[Row] = []
        for text, values in self.sql.conversations.parts(ids):
            rows += self._connection.rows(text, values)
        sealers = self.keys.sealers([row[0] for row in rows])
        for row in rows:
            conversation = Conversation(*row)
            conversation.sealer = sealers.get(row[0])
            self._conversations[row[0]] = conversation

    def _fetch_messages(self, channel: str, wanted: list[str]) -> None:
        self._messages.update(dict.fromkeys((channel, each) for each in wanted))
        for text, values in self.sql.messages.parts(wanted, channel):
            for message_id, *seen in self._connection.rows(text, values):
                self._messages[channel, message_id] = Seen(*seen)


def last_link(connection: Connection, sql: TurnStatements) -> tuple[int, bytes]:
    """Return number and digest of the access log's last line; nobody else adds meanwhile."""
    if sql.records.lock_chain:
        connection.rows(sql.records.lock_chain)
    for number, digest in connection.rows(sql.records.last_audit):
        return number, digest
    return 0, b""

"""Every statement on the path of a message, compiled once for one database."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select

from storage.connection import Connection
from storage.record_statements import RecordStatements
from storage.statements import Compiler, table
from storage.tables import ConversationRow, InboxRow, OutboxRow, TranscriptRow, VoiceRow

VOICE = table(VoiceRow)
CONVERSATION = table(ConversationRow)
INBOX = table(InboxRow)
TRANSCRIPT = table(TranscriptRow)
OUTBOX = table(OutboxRow)

OPEN_STATUS: list[ColumnElement[str]] = [literal_column("'ready'"), literal_column("'sending'")]
CHANGING = ", ".join(
    f"{column.name} = excluded.{column.name}"
    for column in CONVERSATION.columns
    if column.name not in {"id", "created_at"}
)


class TurnStatements:
    """The text of each statement, its values in the order of its table."""

    def __init__(self, connection: Connection) -> None:
        compiler = Compiler(sqlite=connection.sqlite)
        self.records = RecordStatements(compiler, sqlite=connection.sqlite)
        self.voices = compiler.among(
            VOICE.c.hash, [VOICE.c.hash, VOICE.c.conversation_id, VOICE.c.since_seq], lock=True
        )
        self.conversations = compiler.among(CONVERSATION.c.id, [*CONVERSATION.c], lock=True)
        self.messages = compiler.among(
            INBOX.c.message_id,
            [INBOX.c.message_id, INBOX.c.conversation_id, INBOX.c.seq, INBOX.c.last_seq],
            keys=["channel"],
        )
        self.insert_voice = compiler.insert(VOICE)
        self.put_conversation = compiler.insert(CONVERSATION).ending(
            f"ON CONFLICT (id) DO UPDATE SET {CHANGING}"
        )
        self.insert_inbox = compiler.insert(INBOX)
        self.insert_transcript = compiler.insert(TRANSCRIPT)
        self.insert_outbox = compiler.insert(OUTBOX)
        self.move_voice = compiler.update(
            VOICE, ["hash"], ["conversation_id", "address", "since_seq", "at"]
        )
        self.find_platform = compiler.find(TRANSCRIPT, ["conversation_id", "platform"], ["seq"])
        self.mark = compiler.update(
            OUTBOX, ["conversation_id", "seq"], ["status", "reason", "changed_at"]
        )
        self.claimable = compiler.text(_claimable(), "channel", "now", "now_", "most")
        self.claim = compiler.update(
            OUTBOX,
            ["conversation_id", "seq"],
            ["status", "due", "attempts", "ambiguous", "changed_at"],
        )
        settled = ["status", "due", "ambiguous", "reason", "platform_ids", "changed_at"]
        self.settle_sent = compiler.update(OUTBOX, ["conversation_id", "seq"], settled)
        self.settle = compiler.update(
            OUTBOX, ["conversation_id", "seq", "status", "attempts"], settled
        )
        self.held = compiler.text(_held(), "conversation")
        self.said = compiler.text(_said(), "conversation", "first", "last")
        self.older = compiler.text(_older(), "conversation", "epoch")


def _claimable() -> Select[Any]:
    """Select what is due and the lowest open entry of its conversation."""
    earlier = OUTBOX.alias("earlier")
    before = select(earlier.c.seq).where(
        earlier.c.conversation_id == OUTBOX.c.conversation_id,
        earlier.c.seq < OUTBOX.c.seq,
        earlier.c.status.in_(OPEN_STATUS),
        # what was planned for later and never tried holds up nothing
        (earlier.c.attempts > literal_column("0")) | (earlier.c.due <= bindparam("now_")),
    )
    wanted = [
        *(OUTBOX.c[name] for name in ("conversation_id", "seq", "author", "epoch", "status")),
        *(OUTBOX.c[name] for name in ("attempts", "ambiguous")),
        CONVERSATION.c.epoch,
        TRANSCRIPT.c.at,
        CONVERSATION.c.address,
        TRANSCRIPT.c.body,
    ]
    rows = select(*wanted).where(
        OUTBOX.c.channel == bindparam("channel"),
        OUTBOX.c.status.in_(OPEN_STATUS),
        OUTBOX.c.due <= bindparam("now"),
        ~before.exists(),
        CONVERSATION.c.id == OUTBOX.c.conversation_id,
        TRANSCRIPT.c.conversation_id == OUTBOX.c.conversation_id,
        TRANSCRIPT.c.seq == OUTBOX.c.seq,
    )
    rows = rows.order_by(OUTBOX.c.due).limit(bindparam("most")).offset(literal_column("0"))
    return rows.with_for_update(of=OUTBOX, skip_locked=True)


def _held() -> Select[Any]:
    entry = (TRANSCRIPT.c.conversation_id == OUTBOX.c.conversation_id) & (
        TRANSCRIPT.c.seq == OUTBOX.c.seq
    )
    wanted = OUTBOX.c.seq, OUTBOX.c.due, OUTBOX.c.epoch, TRANSCRIPT.c.author, TRANSCRIPT.c.body
    rows = select(*wanted).join_from(OUTBOX, TRANSCRIPT, entry)
    return rows.where(
        OUTBOX.c.conversation_id == bindparam("conversation"),
        OUTBOX.c.status == literal_column("'ready'"),
    ).order_by(OUTBOX.c.seq)


def _said() -> Select[Any]:
    """Select what was said to her between two numbers."""
    rows = select(TRANSCRIPT.c.seq, TRANSCRIPT.c.author, TRANSCRIPT.c.body).where(
        TRANSCRIPT.c.conversation_id == bindparam("conversation"),
        TRANSCRIPT.c.seq >= bindparam("first"),
        TRANSCRIPT.c.seq <= bindparam("last"),
        TRANSCRIPT.c.author.in_([literal_column("'bot'"), literal_column("'counselor'")]),
    )
    return rows.order_by(TRANSCRIPT.c.seq)


def _older() -> Select[Any]:
    rows = select(OUTBOX.c.seq, OUTBOX.c.status).where(
        OUTBOX.c.conversation_id == bindparam("conversation"),
        OUTBOX.c.status.in_(OPEN_STATUS),
        OUTBOX.c.author != literal_column("'counselor'"),
        OUTBOX.c.epoch < bindparam("epoch"),
    )
    return rows.with_for_update()

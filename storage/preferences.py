"""What she prefers, kept with her conversation and sealed."""

from storage.batch import Batch, Draft
from storage.conversation import Conversation


def keep_in(batch: Batch, draft: Draft, conversation: Conversation, name: str, value: str) -> None:
    """Keep one preference, in place of an earlier one of this name."""
    number = conversation.id
    sealed = conversation.key().seal(place(number, name), value.encode())
    draft.write(batch.sql.records.delete_preference, (number, name))
    draft.write(batch.sql.records.insert_preference, (number, name, sealed))


def read_in(batch: Batch, conversation: Conversation) -> dict[str, str]:
    """Return what she prefers, by name."""
    key, number = conversation.key(), conversation.id
    rows = batch.query(batch.sql.records.preferences, (number,))
    return {name: key.open(place(number, name), body).decode() for name, body in rows}


def place(number: int, name: str) -> str:
    """Return where a preference stands."""
    return f"preference|body|{number}|{name}"

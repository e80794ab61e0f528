"""Files as a turn announces them: what is known of each, to be fetched after the commit."""

from dataclasses import dataclass

import orjson

from flows.messages import Attachment
from storage.batch import Batch, Draft
from storage.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a file: as it was declared, and once it is here as it truly is.

    Attributes:
        status: `wanted`, `kept` or `refused` (with the reason).
        sha256: Of its bytes as they came, in hexadecimal.
    """

    seq: int
    n: int
    status: str
    attachment: Attachment
    sha256: str | None = None
    reason: str | None = None


def want_in(
    batch: Batch, draft: Draft, conversation: Conversation, wanted: tuple[int, int, Attachment]
) -> None:
    """Note within a turn that a file is to be fetched."""
    seq, n, attachment = wanted
    number = conversation.id
    kept = Kept(seq, n, "wanted", attachment)
    body = conversation.key().seal(place(number, seq, n), packed(kept))
    row = number, seq, n, "wanted", body, None, 0, batch.now
    draft.write(batch.sql.records.insert_attachment, row)


def place(conversation_id: int, seq: int, n: int) -> str:
    """Return where what is known of a file stands."""
    return f"attachment|body|{conversation_id}|{seq}|{n}"


def packed(kept: Kept) -> bytes:
    """Return what is sealed of a file."""
    file = kept.attachment
    named = (file.kind, file.source, file.name, file.mime, file.size)
    return orjson.dumps([*named, kept.sha256, kept.reason])

"""Erasing: the key is destroyed, what it closed is emptied, who spoke is forgotten.

What stays are numbers and times: the access log is kept by law, without content.
"""

from storage.batch import Batch, Draft, Parting
from storage.conversation import Conversation

CHAT = "chat"
"""What was said; an application and the code words stay."""

ALL = "all"
"""Everything, her applications too."""

ERASED = "erased"


def erase_in(batch: Batch, draft: Draft, conversation: Conversation, scope: str) -> None:
    """Erase within a turn; keys and files go when it is committed.

    Raises:
        ValueError: there is no such scope.
    """
    if scope not in {CHAT, ALL}:
        raise ValueError(f"no such scope: {scope}: use {CHAT} or {ALL}")
    sql, number = batch.sql.records, conversation.id
    keys = [number]
    files = [name for (name,) in batch.query(sql.files_of, (number,)) if name]
    draft.write(sql.blank_transcript, (b"", None, number))
    draft.write(sql.blank_outbox, (None, number))
    for status in ("ready", "sending"):
        draft.write(sql.kill_outbox, ("dead", ERASED, batch.now, number, status))
    for change in sql.delete_all_of:
        draft.write(change, (number,))
    if scope == ALL:
        keys += [each for (each,) in batch.query(sql.applications_of, (number,))]
        for change in sql.delete_for_ever_of:
            draft.write(change, (number,))
    _empty(conversation)
    draft.partings.append(Parting(number, keys, files))


def _empty(conversation: Conversation) -> None:
    conversation.parted = 1
    conversation.status = "closed"
    conversation.sealed_state = conversation.sealed_address = conversation.voice = b""
    conversation.opened_state = conversation.opened_address = conversation.sealer = None
    conversation.staff_id = conversation.waiting_since = None
    conversation.urgency = 4
    conversation.unread = conversation.held = 0

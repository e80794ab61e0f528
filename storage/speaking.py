"""Whose address speaks for a conversation, noted with a turn."""

from storage.batch import Batch, Draft, Voice
from storage.conversation import Conversation


def speak_in(batch: Batch, draft: Draft, conversation: Conversation, voice: Voice) -> None:
    """Let the address that speaks now speak for this conversation from this turn on."""
    number, hashed = conversation.id, conversation.voice
    sealed = conversation.key().seal(place(number, hashed), conversation.address.encode())
    if batch.voice(hashed):
        moved = number, sealed, voice.since_seq, batch.now, hashed
        draft.write(batch.sql.move_voice, moved)
    else:
        head = hashed, number, conversation.channel
        draft.voices.append((*head, sealed, voice.since_seq, batch.now))
    batch.point(hashed, voice)


def place(number: int, voice: bytes) -> str:
    """Return where the address of a voice stands."""
    return f"voice|address|{number}|{voice.hex()}"

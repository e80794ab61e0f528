"""Whether it may be somebody else now: a changed name or language of the account is noted."""

from dataclasses import replace
from hashlib import sha256

from flows.messages import Inbound
from storage.conversation import Conversation
from storage.entries import Entry
from storage.page import Page

_MARKS = ("profile", "phone_language")
_DIGITS = 16
CHANGED = "changed"
"""The mark of a change to which no counselor has spoken yet: the desk shows it."""


def note_change(page: Page, conversation: Conversation, inbound: Inbound) -> None:
    """Compare what the platform tells of the account with last time; the counselor reads it.

    The name itself is not kept, only a digest within her sealed state.
    """
    memory = conversation.state.memory
    told = dict(zip(_MARKS, (_digest(inbound.profile), inbound.language or ""), strict=True))
    new = {name: mark for name, mark in told.items() if mark and memory.get(name) != mark}
    if not new:
        return
    changed = [name for name in new if name in memory]
    mark = {CHANGED: ",".join(changed)} if changed else {}
    conversation.state = replace(conversation.state, memory={**memory, **new, **mark})
    if changed:
        page.add(Entry(author="system", kind="note", text=f"changed: {', '.join(changed)}"))


def _digest(profile: str | None) -> str:
    return sha256(profile.encode()).hexdigest()[:_DIGITS] if profile else ""

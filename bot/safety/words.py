"""Which of her secret words a text is; compared with verifiers only, and only when she has any."""

from flows.cover import COVERED, GUARDS, REENTRY
from flows.erasing import ERASING
from flows.messages import Inbound, Kind
from storage.conversation import Conversation
from storage.page import Page

MOST_CHARS = 60
_KINDS = ("duress_word", "cover_word", "code_word")


def word_of(page: Page, conversation: Conversation, inbound: Inbound) -> str:
    """Return `duress`, `cover`, `code`, or nothing; all kinds that she has are compared."""
    memory = conversation.state.memory
    guards = memory.get(GUARDS, "")
    if not guards or inbound.kind is not Kind.TEXT or len(inbound.text) > MOST_CHARS:
        return ""
    found = [
        kind
        for kind in _KINDS
        if kind in guards and page.check_word(kind, inbound.text, conversation.id)
    ]
    if not found or (found == ["code_word"] and not {COVERED, REENTRY, ERASING} & memory.keys()):
        return ""
    return found[0].partition("_")[0]

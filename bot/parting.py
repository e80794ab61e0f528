"""How a conversation is let go: the last words reach her, then its key is destroyed."""

from flows.effects import Erase, Turn
from flows.erasing import RECEIPT
from flows.hand import COLLECTING
from flows.state import CLOSED, LIVE, WAITING
from storage.conversation import Conversation
from storage.page import Page
from storage.timers import Timer

FORGET = "forget"
"""The timer of a contact that must not be kept, and its mark in the memory of a state."""
SILENCE_MS = 30 * 60 * 1000
"""When such a contact counts as ended although nobody ended it."""
LAST_WORDS_MS = 5000
"""How long the last words may take to her; they are closed with the key that goes."""
URGENT_MS = 60 * 60 * 1000
"""How long an urgent message that nobody has read yet puts off an erasing each time."""
MOST_MS = 24 * 60 * 60 * 1000
"""After so long it is erased whatever was not read."""
LEAST_KEPT_RISK = 1
"""Up to this risk a life may be in danger: what was said stays for those who must help."""


def part(page: Page, conversation: Conversation, turn: Turn, *, told: bool) -> None:
    """Let a conversation go when a turn says so, or ends a contact that must not be kept.

    Args:
        page: The open transaction.
        conversation: As it stands after the turn.
        turn: What happened.
        told: The last words go out with the answer to this very turn.
    """
    asked = any(isinstance(effect, Erase) for effect in turn.effects)
    if not asked and not _is_over(conversation):
        return
    if asked:
        page.audit(None, "erase", f"receipt {turn.state.memory.get(RECEIPT, '')}")
        if _unread(conversation):
            page.timer(FORGET, page.now + URGENT_MS, {"last": True, "since": page.now})
            return
    if told:
        page.erase("all")
        return
    wait_ms = SILENCE_MS if conversation.channel in COLLECTING else LAST_WORDS_MS
    page.timer(FORGET, page.now + wait_ms, {"last": True})


def forget(page: Page, conversation: Conversation, timer: Timer) -> None:
    """Let go what must not be kept; while somebody waits or talks, look again later."""
    state = conversation.state
    if not timer.body.get("last"):
        if state.risk <= LEAST_KEPT_RISK:
            return
        silent = page.now - conversation.changed_at >= SILENCE_MS
        if state.step != CLOSED and (state.step in {WAITING, LIVE} or not silent):
            page.timer(FORGET, page.now + SILENCE_MS, {})
            return
    since = timer.body.get("since")
    if since is not None and _unread(conversation) and page.now - since < MOST_MS:
        page.timer(FORGET, page.now + URGENT_MS, timer.body)
        return
    page.erase("all")


def _unread(conversation: Conversation) -> bool:
    """Say whether a cry for help waits that no counselor has read."""
    return conversation.urgency == 0 and conversation.unread > 0


def _is_over(conversation: Conversation) -> bool:
    state = conversation.state
    ended = state.step == CLOSED and FORGET in state.memory
    return ended and state.risk > LEAST_KEPT_RISK

"""Her answer to the question of a referral, on its way to the referral."""

from dataclasses import replace

from flows.consenting import NOW
from flows.effects import Consent
from storage.conversation import Conversation
from storage.page import Page

CONSENT = "consent"
"""The timer that carries it: due at once, and again until it arrived."""


def carry(page: Page, conversation: Conversation, tap: Consent) -> None:
    """Commit a tap with the turn that it was made in."""
    told = {"referral": tap.referral, "answer": tap.answer}
    page.timer(CONSENT, page.now, {**told, "at": page.now, "channel": conversation.channel})


def unread(page: Page, conversation: Conversation) -> None:
    """Let no typed word answer a consent while anything of ours has not reached her yet."""
    if NOW not in conversation.state.memory:
        return
    page.waiting(1)  # counts anew what waits
    if conversation.held:
        memory = {name: kept for name, kept in conversation.state.memory.items() if name != NOW}
        conversation.state = replace(conversation.state, memory=memory)

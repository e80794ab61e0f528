"""Her tap on the question of a referral, on its way to the referral."""

from flows.effects import Consent
from storage.conversation import Conversation
from storage.page import Page

CONSENT = "consent"
"""The timer that carries it: due at once, and again until it arrived."""


def carry(page: Page, conversation: Conversation, tap: Consent) -> None:
    """Commit a tap with the turn that it was made in."""
    told = {"referral": tap.referral, "answer": tap.answer}
    page.timer(CONSENT, page.now, {**told, "at": page.now, "channel": conversation.channel})

"""The addresses for a late answer: each serves once, within a minute."""

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapters.kakao.standin.people import Person

VALID_S = 60.0
_TESTING = "Invalid callback token for testing purposes."
_WRONG = "Invalid callback token. Check your callback token."
_NOT_PROMISED = "The skill server settings are incorrect. Use callback true setting required."
_WRONG_BOT = "Invalid bot ID. Check your Bot ID."
NOT_JSON = "Invalid json response from bot-skill."
NOT_SHOWN = "Invalid skill-json format. This talk bubble is not suitable for advertising."


@dataclass(slots=True)
class Ticket:
    """One address.

    Attributes:
        person: Whose chat the answer goes to; None for the console's test.
        is_promised: The first answer said `useCallback`.
    """

    token: str
    person: Person | None
    expires: float
    is_promised: bool = False
    is_used: bool = False


class Callbacks:
    """All addresses that were handed out."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._tickets: dict[str, Ticket] = {}

    def issue(self, person: Person | None) -> Ticket:
        """Make a new one."""
        ticket = Ticket(secrets.token_hex(16), person, self._now() + VALID_S)
        self._tickets[ticket.token] = ticket
        return ticket

    def redeem(self, token: str, *, is_our_bot: bool) -> tuple[Ticket | None, str]:
        """Return the ticket of a call, used up by it, or why it is refused."""
        ticket = self._tickets.get(token)
        if not is_our_bot:
            return None, _WRONG_BOT
        if ticket is None or ticket.is_used or ticket.expires < self._now():
            return None, _WRONG
        if ticket.person is None:
            return None, _TESTING
        if not ticket.is_promised:
            return None, _NOT_PROMISED
        ticket.is_used = True
        return ticket, ""


def told(status: str, message: str = "") -> dict[str, Any]:
    """Return the body that Kakao answers such calls with."""
    return {
        "taskId": str(uuid.uuid4()),
        "status": status,
        "message": message,
        "timestamp": int(time.time() * 1000),
    }

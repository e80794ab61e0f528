"""How fast we send: Telegram asks for at most 30 messages a second, 1 a second to a person."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from adapters.base import SendError

_ALL_INTERVAL_S = 1 / 30
_ALL_BURST = 30
_CHAT_INTERVAL_S = 1.0
_CHAT_BURST = 3
_PATIENCE_S = 5.0
_PRUNE_ABOVE = 10_000


@dataclass(slots=True)
class Pace:
    """Who may send when; bursts of 3 to a person pass at once.

    Each time kept here is the one at which everything granted so far has been paid off
    (the "theoretical arrival time" of a leaky bucket).
    """

    now: Callable[[], float] = monotonic
    _all: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)

    async def wait(self, chat_id: int) -> None:
        """Wait for the next free place.

        Raises:
            SendError: that would take too long; nothing is reserved then.
        """
        now = self.now()
        paid_all = max(self._all, now)
        paid_chat = max(self._chats.get(chat_id, 0.0), now)
        wait = max(
            paid_all - now - (_ALL_BURST - 1) * _ALL_INTERVAL_S,
            paid_chat - now - (_CHAT_BURST - 1) * _CHAT_INTERVAL_S,
        )
        if wait > _PATIENCE_S:
            raise SendError("too much is waiting to be sent to Telegram", wait)
        self._all = paid_all + _ALL_INTERVAL_S
        self._chats[chat_id] = paid_chat + _CHAT_INTERVAL_S
        self._prune(now)
        if wait > 0:
            await asyncio.sleep(wait)

    def _prune(self, now: float) -> None:
        if len(self._chats) > _PRUNE_ABOVE:
            self._chats = {chat: paid for chat, paid in self._chats.items() if paid > now}

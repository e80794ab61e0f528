"""The one seam: what every channel can do, and how a delivery fails."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flows.messages import Attachment, Inbound, Limits, Outbound

Address = str
"""A platform's id of a person; never logged."""

Take = Callable[[Inbound], Awaitable[None]]
"""What a channel calls for each thing a person did; it returns after the commit."""


@dataclass(eq=False)
class SendError(Exception):
    """A message could not be delivered.

    Attributes:
        reason: For the operator's log and the desk; never holds the text, the address or a token.
        retry_after: Seconds until it is worth trying again, or None for never.
        ambiguous: The platform may have accepted the message all the same.
        gone: The person has blocked us or left.
    """

    reason: str
    retry_after: float | None = None
    ambiguous: bool = False
    gone: bool = False


class Channel(Protocol):
    """A platform on which people write to us."""

    @property
    def name(self) -> str:
        """Its name in `Inbound.channel`."""

    @property
    def limits(self) -> Limits:
        """What it can carry."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file that a person sent.

        Raises:
            SendError: it is gone, too big, or the platform cannot be reached.
        """


class PushChannel(Channel, Protocol):
    """A channel that we can write to at any time: Telegram."""

    async def send(self, to: Address, message: Outbound) -> Sequence[str]:
        """Deliver one bubble and return the platform's ids of it: several when it was split.

        Raises:
            SendError: see its attributes; anything else is a bug.
        """


class PullChannel(Channel, Protocol):
    """A channel that collects its messages when the person writes: Kakao."""

    def read(self, body: object) -> Inbound:
        """Read one call of the platform; raises `ReadError` when it makes no sense."""

    def render(self, messages: Sequence[Outbound]) -> dict[str, Any]:
        """Build the body that answers the call; an empty list is a valid answer."""


class ReadError(ValueError):
    """A platform's body that cannot be read; the message says what is missing, no content."""

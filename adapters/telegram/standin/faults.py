"""Faults on demand: what a test wants to go wrong with the next calls."""

import asyncio
from dataclasses import dataclass, field

from adapters.telegram.standin.errors import ApiError, too_many

ANY = "*"
_TEXTS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """What goes wrong with some calls.

    Attributes:
        method: A method's name in small letters, `file` for downloads, or `*` for every method.
        status: The answer's status; 0 ends the connection without an answer; None answers well.
        times: Calls left that it happens to.
        retry_after: Seconds, for status 429.
        hang_s: Seconds before the answer.
        after_accepting: The call is carried out first: the caller cannot know that it was.
        description: Instead of the documented text.
    """

    method: str = ANY
    status: int | None = None
    times: int = 1
    retry_after: int = 1
    hang_s: float = 0.0
    after_accepting: bool = False
    description: str = ""

    async def hang(self) -> None:
        """Wait as long as the fault says."""
        if self.hang_s:
            await asyncio.sleep(self.hang_s)

    def strike(self) -> None:
        """Fail as the fault says.

        Raises:
            ApiError: the answer; its code is 0 where the connection is to end instead.
        """
        if self.status is None:
            return
        if self.status == 429:  # noqa: PLR2004 - the one status that carries a waiting time
            raise too_many(self.retry_after)
        raise ApiError(self.status, self.description or _TEXTS.get(self.status, "Error"))


@dataclass(slots=True)
class Faults:
    """The faults that are still to happen, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Let it happen to the next matching calls."""
        self.waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets, if any, and count it."""
        for fault in self.waiting:
            if fault.method == method or (fault.method == ANY and method != "file"):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

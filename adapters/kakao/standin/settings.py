"""How the stand-in is set up, and what a test wants to go wrong."""

from dataclasses import dataclass, field

FAULTS = ("lost", "repeated", "cut", "image", "callback")
"""lost: the answer does not arrive; repeated: it does not, and the same call comes again; cut: the
call ends after `seconds`; image: a photo cannot be fetched; callback: Kakao answers ERROR."""


@dataclass(slots=True)
class Settings:
    """What would be set in Kakao's console.

    Attributes:
        skill_url: Where the skill is; a path alone is on the server that the stand-in is on.
        secret: The value of the fixed header `X-Gyeot-Secret`.
        bot_id: The bot's id.
        base: The stand-in's own address, or nothing to take it from the connection.
        event_key: The REST key for the Event API.
        offers_callback: The option "callback" of the block is on.
        language: What calls say of her language.
        is_development: Calls come from the development channel.
    """

    skill_url: str
    secret: str
    bot_id: str
    base: str = ""
    event_key: str = "standin-rest-key"
    offers_callback: bool = True
    language: str | None = "ko"
    is_development: bool = False


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` chances for it."""

    kind: str
    times: int = 1
    seconds: float = 0.0


@dataclass(slots=True)
class Faults:
    """The faults that are still to happen, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, kind: str) -> Fault | None:
        """Return the fault of that kind that happens now, if any, and count it."""
        for fault in self.waiting:
            if fault.kind == kind:
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

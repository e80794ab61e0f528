"""What a turn asks to be done, as plain values that are committed with the state."""

from dataclasses import dataclass
from enum import StrEnum

from flows.messages import Outbound
from flows.state import State


@dataclass(frozen=True, slots=True)
class Say:
    """A bubble for the person: a transcript row and an outbox row."""

    message: Outbound


@dataclass(frozen=True, slots=True)
class Note:
    """A line in the transcript that only staff see.

    Attributes:
        code: What happened, such as `called`, `blocked`, `signal`; the desk words it.
        detail: Names of rules or words that decided.
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Summon:
    """A place in the counselors' queue; an earlier, more urgent place is kept."""

    urgency: int
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submit:
    """Write the application from these answers."""

    kind: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueReceipt:
    """Keep this receipt code for the conversation."""

    code: str


@dataclass(frozen=True, slots=True)
class KeepWord:
    """Keep a verifier of a secret word; the word itself goes nowhere else."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """Compare a receipt code and a code word in one act; answered by `events.Found`."""

    code: str
    word: str


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep a preference with the person."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Make the one-time token of a link in this turn good for the web page."""

    token: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Set a timer."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Destroy the key of this contact when it ends."""


@dataclass(frozen=True, slots=True)
class Clear:
    """Take back what was said up to now where the platform lets us; hold what waits to go out."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Look again when she has said nothing for so long."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Erase:
    """Carry out her wish to be forgotten now."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Her tap on the question of one referral.

    Attributes:
        referral: Its id, in digits.
        answer: `yes`, `all` (the sensitive items too), `no`, `back`.
    """

    referral: str
    answer: str


class Status(StrEnum):
    """The coarse status of a conversation: all that stands in clear."""

    BOT = "bot"
    WAITING = "waiting"
    LIVE = "live"
    CLOSED = "closed"


Effect = (
    Say | Note | Summon | Submit | IssueReceipt | KeepWord | LookUp | Remember | OpenLink
    | CheckIn | Forget | Clear | Watch | Erase | Consent
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event led to.

    Attributes:
        state: The new state.
        effects: What must be done, in this order.
        secret: What she wrote is a secret word: the transcript keeps dots in its place.
    """

    state: State
    effects: tuple[Effect, ...]
    secret: bool = False

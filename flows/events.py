"""What can happen to a conversation: the only things that change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flows.messages import Kind


@dataclass(frozen=True, slots=True)
class Outlook:
    """What waiting for a counselor means now.

    Attributes:
        ahead: How many wait, by the urgency up to which they come first.
        minutes: How long one place in the queue lasts, roughly; 0 when it cannot be said.
        opens: When counselors come again, in words by language; empty while they are here.
    """

    ahead: tuple[int, ...] = ()
    minutes: float = 0.0
    opens: Mapping[str, str] | None = None


class Moment(NamedTuple):
    """What the engine may not find out by itself, because it is pure.

    Attributes:
        at: Now, aware.
        receipt: A fresh receipt code, used when one is needed.
        link: A fresh one-time token for the web page, used when one is needed.
        outlook: What waiting for a counselor means now; None when nobody knows.
    """

    at: datetime
    receipt: str = ""
    link: str = ""
    outlook: Outlook | None = None


class Said(NamedTuple):
    """The person did something.

    Attributes:
        text: Free text, at most 16,000 characters, unescaped; or the label that was pressed.
        press: The data of the button, or None.
        language: What the platform says of her language; used for a new conversation only.
        word: Which of her secret words the text is: `code`, `cover`, `duress`, or none.
    """

    channel: str
    kind: Kind = Kind.TEXT
    text: str = ""
    press: str | None = None
    language: str | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a `LookUp`.

    Attributes:
        found: Code and word belong together.
        status: Of the application.
        own: The application is of this very conversation.
        services: How far each service is, in words for her.
    """

    channel: str
    found: bool
    status: str = ""
    own: bool = False
    services: str = ""


@dataclass(frozen=True, slots=True)
class Took:
    """A counselor takes over; `sender` is the pseudonym the person will read."""

    channel: str
    sender: str


@dataclass(frozen=True, slots=True)
class Replied:
    """A counselor's words to the person."""

    text: str
    sender: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Another counselor goes on with the talk; `sender` is the pseudonym the person will read."""

    channel: str
    sender: str


@dataclass(frozen=True, slots=True)
class Requeued:
    """The counselor is gone or does not answer: she waits for another one.

    Attributes:
        because: Why, for staff.
        urgency: How urgent it is from now on; never less than before.
    """

    channel: str
    because: str
    urgency: int


@dataclass(frozen=True, slots=True)
class Released:
    """The counselor gives the conversation back to the script, at a step or where it says.

    Attributes:
        proposed: Answers by name that the counselor proposes; she confirms or refuses them.
    """

    channel: str
    step: str | None = None
    proposed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The counselor ends the conversation."""

    channel: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """A timer went off: `check_in`, `silence`."""

    channel: str
    timer: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The conversation goes on under another version of the scripts."""

    channel: str


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """Staff ask whether one support may be passed on to an agency.

    Attributes:
        referral: Its id, in digits.
        service: What it is called, by language.
        words: By language what is read to her, and apart from it the sensitive items if any.
        masked: The same for a messenger: the recipient's name does not stand there.
    """

    channel: str
    referral: str
    service: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    masked: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class AskedOpinion:
    """After services she is asked once how it was; `path` leads to a page of ours."""

    channel: str
    path: str


Event = (
    Said | Found | Took | Replied | Passed | Requeued | Released | Closed | Ticked | Moved
    | AskedConsent | AskedOpinion
)  # fmt: skip


class EventNotAllowed(Exception):
    """The state does not know this event: a reply before the takeover, say."""


class FlowError(Exception):
    """The script cannot go on: a loop without waiting, a step that is gone."""

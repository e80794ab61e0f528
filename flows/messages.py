"""The words that all packages share: what comes in, what goes out, what a channel can carry."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

TEXT_CHARS = 16_000
"""Longest text that is taken in from a person; what is longer is cut and marked."""


class Kind(StrEnum):
    """What a person did."""

    TEXT = "text"
    PRESS = "press"
    FILES = "files"
    EDIT = "edit"
    OPEN = "open"
    """She opened the channel without saying anything: `/start`, the web page, a welcome."""
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    OTHER = "other"
    """Something we cannot read: a sticker, a place, an update kind we do not know."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message.

    Attributes:
        kind: `photo`, `document` or `voice`.
        source: Where its channel fetches it: a platform's file id, an address, or our own
            key of bytes that are already here.
        name: As the person's device named it; shown to staff only.
        mime: As declared; the true type is read from the content.
        size: Bytes as declared, or None.
    """

    kind: str
    source: str
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did on one channel, in our words.

    Attributes:
        channel: The name of the channel: `telegram`, `kakao`, `web`.
        address: The platform's id of the person; never stored in clear, never logged.
        message_id: Unique on its channel for ever; the same id again is the same message again.
        text: Free text, or the label that was pressed; NUL and lone surrogates replaced.
        press: `Button.data` of the button that was pressed.
        platform_id: The platform's id of the message itself, for edits and deletion.
        edits: `platform_id` of the message that this one replaces.
        language: What the platform says of the person's language, such as `ko`.
        profile: The name the platform shows, to notice a change of hands.
    """

    channel: str
    address: str
    message_id: str
    kind: Kind = Kind.TEXT
    text: str = ""
    press: str | None = None
    attachments: tuple[Attachment, ...] = ()
    platform_id: str | None = None
    edits: str | None = None
    language: str | None = None
    profile: str | None = None


class Button(NamedTuple):
    """Something a person may tap.

    Attributes:
        label: What she reads.
        data: What comes back as `Inbound.press`: at most 60 bytes of ASCII.
        path: For a link: the path on our own web site, with its leading slash; then no data.
        on: A several-choice button that is chosen now.
    """

    label: str
    data: str = ""
    path: str = ""
    on: bool = False


class Outbound(NamedTuple):
    """One bubble on its way to a person.

    Attributes:
        text: Plain text, never markup.
        choices: At most 6, and `more` when there are further ones.
        fixed: The ways out that stand beside every question: 112, counselor, back.
        sender: The pseudonym of a counselor, or None for the bot.
        card: It is part of the emergency card: nothing holds it back.
    """

    text: str
    choices: tuple[Button, ...] = ()
    fixed: tuple[Button, ...] = ()
    sender: str | None = None
    card: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can carry; texts that are longer are split by the channel itself.

    Attributes:
        text_chars: Longest text of one bubble.
        label_chars: Longest label that is shown whole.
        buttons: Most buttons of one bubble.
        bubbles: Most bubbles of one answer, or None where there is no such limit.
        data_bytes: Longest data of a button.
    """

    text_chars: int
    label_chars: int
    buttons: int
    bubbles: int | None = None
    data_bytes: int = 60


def clean(text: str) -> str:
    """Return the text as we keep it: NUL and lone surrogates replaced, cut at `TEXT_CHARS`."""
    if len(text) > TEXT_CHARS:
        text = text[: TEXT_CHARS - 1] + "…"
    if not _BROKEN.search(text):
        return text
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_BROKEN = re.compile("[\0\ud800-\udfff]")

"""What a conversation consists of: its entries, and how one is closed and opened."""

from typing import Any, NamedTuple

import orjson

from flows.messages import Attachment, Button, Outbound


class Person(NamedTuple):
    """Who speaks: a conversation is found by the keyed hash of the address.

    With the id of her message at hand the whole batch is asked at once what was seen.
    """

    channel: str
    address: str
    message_id: str | None = None


Target = Person | int | None
"""Whose turn it is: a person's, that of the conversation with this id, or nobody's."""


class Seen(NamedTuple):
    """Where an earlier copy of a message went; its turn made the entries `seq` to `last_seq`."""

    conversation_id: int | None
    seq: int
    last_seq: int


class Entry(NamedTuple):
    """One thing said or done in a conversation.

    Attributes:
        author: `person`, `bot`, `counselor` or `system`.
        kind: `text`, `press`, `files`, `edit`, `note`, or another word of the caller's.
        sender: A counselor's pseudonym, as the person sees it.
        platform_id: The platform's id of her message, to find what an edit replaces.
        edits: The number of the entry that this one replaces.
        client_id: The id that the person's or the counselor's page gave it.
        press: The data of the button that was pressed.
    """

    author: str
    kind: str = "text"
    text: str = ""
    choices: tuple[Button, ...] = ()
    fixed: tuple[Button, ...] = ()
    sender: str | None = None
    staff_id: int | None = None
    platform_id: str | None = None
    edits: int | None = None
    client_id: str | None = None
    press: str | None = None
    attachments: tuple[Attachment, ...] = ()

    def outbound(self) -> Outbound:
        """Return what goes out to the person."""
        return Outbound(self.text, self.choices, self.fixed, self.sender)


def place(conversation_id: int, seq: int) -> str:
    """Return where the body of an entry stands."""
    return f"transcript|body|{conversation_id}|{seq}"


def pack(entry: Entry) -> bytes:
    """Return an entry as bytes, without what is empty; its author has a column."""
    body: dict[str, Any] = {"k": entry.kind, "t": entry.text}
    if entry.choices:
        body["c"] = [*map(tuple, entry.choices)]
    if entry.fixed:
        body["f"] = [*map(tuple, entry.fixed)]
    if entry.attachments:
        body["a"] = [_packed_attachment(attachment) for attachment in entry.attachments]
    fields = {
        "n": entry.sender,
        "s": entry.staff_id,
        "m": entry.platform_id,
        "e": entry.edits,
        "i": entry.client_id,
        "p": entry.press,
    }
    body.update({key: value for key, value in fields.items() if value is not None})
    return orjson.dumps(body)


def unpack(author: str, packed: bytes) -> Entry:
    """Return the entry that `pack` closed."""
    body = orjson.loads(packed)
    return Entry(
        author=author,
        kind=body["k"],
        text=body["t"],
        choices=tuple(Button(*fields) for fields in body.get("c", ())),
        fixed=tuple(Button(*fields) for fields in body.get("f", ())),
        sender=body.get("n"),
        staff_id=body.get("s"),
        platform_id=body.get("m"),
        edits=body.get("e"),
        client_id=body.get("i"),
        press=body.get("p"),
        attachments=tuple(Attachment(*fields) for fields in body.get("a", ())),
    )


def _packed_attachment(attachment: Attachment) -> tuple[str, str, str, str, int | None]:
    kind, source = attachment.kind, attachment.source
    return kind, source, attachment.name, attachment.mime, attachment.size

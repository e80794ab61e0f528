"""One conversation, opened: what a turn reads and changes."""

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import orjson

from flows.engine import State
from storage.connection import Row
from storage.errors import GoneError
from storage.sealing import Sealer

HOUR_MS = 3_600_000

UNKNOWN_RISK = 4
"""Nothing is known of her danger yet."""


@dataclass(slots=True)
class Conversation:
    """Where one conversation stands; a job may change it and then calls `Page.save`.

    Attributes:
        voice: The hash of the address that speaks now; answers go there.
        status: `bot`, `waiting`, `live` or `closed`.
        urgency: 0 danger now to 3 support; 4 nothing known.
        epoch: Who has the word: raised with every claim, transfer and release.
        version: The number of the flow version it runs on.
        seq: The number of its last entry.
        waiting_since: Milliseconds since 1970, or None.
        unread: Her entries since the counselor last looked.
        held: At least as many entries as wait to be collected.
        parted: Not 0 once it was erased.
        since_seq: What the voice of this turn may see comes after this number.
    """

    id: int
    channel: str
    voice: bytes
    sealed_address: bytes | None
    status: str
    urgency: int
    epoch: int
    version: int
    staff_id: int | None
    seq: int
    sealed_state: bytes | None
    waiting_since: int | None
    changed_at: int
    hour: int
    unread: int
    held: int
    parted: int
    created_at: int
    sealer: Sealer | None = None
    since_seq: int = 0
    opened_state: State | None = field(default=None, repr=False)
    opened_address: str | None = field(default=None, repr=False)

    @property
    def state(self) -> State:
        """Where it stands in its script; opened when it is first asked for.

        Raises:
            GoneError: it was erased.
        """
        if self.opened_state is None:
            sealed, known = self.key().memo
            if sealed == self.sealed_state and isinstance(known, State):
                self.opened_state = known  # nobody changes a state: each turn makes a new one
            else:
                body = self._opened("state", self.sealed_state)
                self.opened_state = State.unpack(orjson.loads(body))
        return self.opened_state

    @state.setter
    def state(self, state: State) -> None:
        self.opened_state = state
        self.sealed_state = None

    @property
    def language(self) -> str:
        """The language we speak with her."""
        return self.state.language

    @property
    def address(self) -> str:
        """Where answers go, in clear; never to be logged."""
        if self.opened_address is None:
            self.opened_address = self._opened("address", self.sealed_address).decode()
        return self.opened_address

    def speak(self, channel: str, voice: bytes, address: str) -> None:
        """Answer there from now on."""
        self.opened_address = address
        if voice != self.voice:
            self.channel = channel
            self.voice = voice
            self.sealed_address = None

    def key(self) -> Sealer:
        """Return its key.

        Raises:
            GoneError: it was erased.
        """
        if self.sealer is None:
            raise GoneError("the key was destroyed: this conversation was erased")
        return self.sealer

    def close_up(self) -> None:
        """Seal what was replaced."""
        if self.sealed_state is None and self.opened_state is not None:
            body = orjson.dumps(self.opened_state.pack())
            self.sealed_state = self.key().seal(place(self.id, "state"), body)
            self.key().memo = self.sealed_state, self.opened_state
        if self.sealed_address is None and self.opened_address is not None:
            body = self.opened_address.encode()
            self.sealed_address = self.key().seal(place(self.id, "address"), body)

    def stamp(self, now: int) -> None:
        """Note when it last changed."""
        self.changed_at = now
        self.hour = now // HOUR_MS

    def whole(self) -> Row:
        """Return the row, in the order of the table."""
        return _whole(self)

    def _opened(self, column: str, sealed: bytes | None) -> bytes:
        return self.key().open(place(self.id, column), sealed or b"")


def begun(number: int, version: int, now: int, sealer: Sealer) -> Conversation:
    """Return a new conversation, without a voice or a state yet."""
    return Conversation(
        id=number,
        channel="",
        voice=b"",
        sealed_address=None,
        status="bot",
        urgency=UNKNOWN_RISK,
        epoch=0,
        version=version,
        staff_id=None,
        seq=0,
        sealed_state=None,
        waiting_since=None,
        changed_at=now,
        hour=now // HOUR_MS,
        unread=0,
        held=0,
        parted=0,
        created_at=now,
        sealer=sealer,
    )


def place(number: int, column: str) -> str:
    """Return where a sealed column of a conversation stands."""
    return f"conversation|{column}|{number}|0"


_NAMES = tuple(each.name for each in fields(Conversation))
COLUMNS = _NAMES[: _NAMES.index("sealer")]
"""The attributes that are columns, in the order of the table."""

_whole = attrgetter(*COLUMNS)
_everything = attrgetter(*_NAMES)


def remembered(conversation: Conversation) -> tuple[Any, ...]:
    """Return all that a conversation holds now, to be able to go back."""
    everything: tuple[Any, ...] = _everything(conversation)
    return everything


def restore(conversation: Conversation, before: tuple[Any, ...]) -> None:
    """Go back to what was remembered."""
    for name, value in zip(_NAMES, before, strict=True):
        setattr(conversation, name, value)

"""One bot's whole world: the people and chats it knows, its files, updates and settings."""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import orjson

from adapters.clock import Clock
from adapters.telegram.standin.errors import ApiError, bad_request, forbidden
from adapters.telegram.standin.faults import Faults
from adapters.telegram.standin.files import Files, StoredFile
from adapters.telegram.standin.limits import Limits
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.updates import Updates
from adapters.telegram.standin.values import Json, Value
from adapters.telegram.standin.webhooks import Delivery

LARGEST_ID = 1 << 52
"""Ids of persons are smaller."""

_CALLS_KEPT = 100_000


@dataclass(slots=True)
class Person:
    """Someone with a phone.

    Attributes:
        started: She has written to the bot; before that it cannot write to her.
        blocked: She has blocked the bot.
    """

    id: int
    first_name: str = "Person"
    last_name: str = ""
    username: str = ""
    language_code: str = "ko"
    started: bool = False
    blocked: bool = False

    @property
    def user(self) -> Json:
        """The User object."""
        return {
            "id": self.id,
            "is_bot": False,
            **self._names(),
            **_some(language_code=self.language_code),
        }

    @property
    def chat(self) -> Json:
        """The Chat object of her private chat."""
        return {"id": self.id, **self._names(), "type": "private"}

    def _names(self) -> Json:
        return {
            "first_name": self.first_name,
            **_some(last_name=self.last_name, username=self.username),
        }


def _some(**values: str) -> Json:
    return {name: value for name, value in values.items() if value}


@dataclass(slots=True)
class Message:
    """One message of a chat.

    Attributes:
        json: The Message object as the bot sees it; written once, since most are never read again.
        from_bot: Else from a person.
        reply_keyboard: What only the phone shows: a reply keyboard, its removal, a forced reply.
        files: What it carries.
        edited: Its text was changed.
    """

    id: int
    date: int
    json: bytes
    from_bot: bool
    reply_keyboard: Json | None = None
    files: tuple[StoredFile, ...] = ()
    edited: bool = False

    @property
    def body(self) -> Json:
        """The Message object, to read or to change a copy."""
        read: Json = orjson.loads(self.json)
        return read


@dataclass(slots=True)
class Notice:
    """What a press brought up on the phone."""

    text: str
    alert: bool
    url: str
    at: float


@dataclass(slots=True)
class Chat:
    """A private chat, or a group that has the bot in it.

    Attributes:
        revision: Grows with every change that a phone would show.
        keyboard: The reply keyboard that stands under the text field now.
        typing_until: The bot shows that it is busy.
        left: The bot is no longer in the group.
    """

    id: int
    person: Person | None
    title: str = ""
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    revision: int = 0
    typing_until: float = 0.0
    notices: list[Notice] = field(default_factory=list)
    left: bool = False
    watchers: set[asyncio.Future[None]] = field(default_factory=set)

    @property
    def body(self) -> Json:
        """The Chat object."""
        if self.person:
            return self.person.chat
        return {"id": self.id, "title": self.title, "type": "group"}

    def touch(self) -> None:
        """Note a change and wake the phones that follow."""
        self.revision += 1
        for watcher in self.watchers:
            if not watcher.done():
                watcher.set_result(None)
        self.watchers.clear()


@dataclass(frozen=True, slots=True)
class Press:
    """A press on an inline button that the bot may answer."""

    chat_id: int
    at: float


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, for the log: never its content."""

    method: str
    at: float
    ok: bool
    status: int


@dataclass(slots=True)
class Profile:
    """What a bot says of itself, by language; its commands by scope and language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """One bot and everything it knows.

    Attributes:
        run: Carries out a call that came in a webhook's answer.
        next_message_id: One counter for both directions of all chats.
    """

    token: str
    name: str
    clock: Clock
    limits: Limits
    updates: Updates
    run: Callable[[Query], Awaitable[Value]]
    files: Files = field(default_factory=Files)
    faults: Faults = field(default_factory=Faults)
    profile: Profile = field(default_factory=Profile)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=_CALLS_KEPT))
    delivery: Delivery | None = None
    logged_out: bool = False
    hook_set_at: float = -1.0
    next_message_id: int = 1
    next_press_id: int = field(default_factory=lambda: 10**17 + secrets.randbelow(10**17))

    @property
    def id(self) -> int:
        """The bot's own id: the first part of its token."""
        return int(self.token.partition(":")[0])

    @property
    def user(self) -> Json:
        """The bot's User object, as messages carry it."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": f"standin{self.id}_bot",
        }

    def now(self) -> int:
        """Return the date for a message: whole seconds."""
        return int(self.clock.now())

    def new_message_id(self) -> int:
        """Return the next message id."""
        number = self.next_message_id
        self.next_message_id += 1
        return number

    def private(self, person_id: int) -> tuple[Chat, Person]:
        """Return a person and her chat; she springs into being at first use."""
        chat = self.chats.get(person_id)
        if chat is None:
            chat = self.chats[person_id] = Chat(person_id, Person(person_id))
        if chat.person is None:
            raise LookupError("that id belongs to a group")
        return chat, chat.person

    def person(self, person_id: int) -> Person | None:
        """Return someone who is known already."""
        chat = self.chats.get(person_id)
        return chat.person if chat else None

    def known_chat(self, chat_id: str) -> Chat:
        """Return a chat that the bot may know.

        Raises:
            ApiError: 400 `chat_id is empty`, `chat not found`; 403 where it has left.
        """
        if not chat_id:
            raise bad_request("chat_id is empty")
        chat = self._by_name(chat_id) if chat_id.startswith("@") else self._by_number(chat_id)
        if chat is None or (chat.person and not chat.person.started):
            raise bad_request("chat not found")
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        return chat

    def open_chat(self, chat_id: str) -> Chat:
        """Return a chat that the bot can write to now.

        Raises:
            ApiError: as `known_chat`, and 403 `bot was blocked by the user`.
        """
        chat = self.known_chat(chat_id)
        if chat.person and chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def _by_number(self, chat_id: str) -> Chat | None:
        try:
            return self.chats.get(int(chat_id))
        except ValueError:
            return None

    def _by_name(self, chat_id: str) -> Chat | None:
        name = chat_id.removeprefix("@").lower()
        for chat in self.chats.values():
            if chat.person and chat.person.username.lower() == name:
                return chat
        return None


def message_of(chat: Chat, message_id: int, what: str) -> Message:
    """Return a message, or say that `what` is not found."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def unauthorized() -> ApiError:
    """Return the 401 of a token that no bot has."""
    return ApiError(401, "Unauthorized")

"""The people of the stand-in and what each of them sees on the phone."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Shown:
    """One entry of a chat.

    Attributes:
        source: `person`, `bot` or `operator`.
        text: What a person wrote or pressed.
        outputs: Kakao's output objects of the bot's answer.
        replies: The quick replies below it; they vanish when anything follows.
        error: Why nothing is shown, or None.
        photos: Addresses of the photos that a person sent.
    """

    message_id: int
    source: str
    at: float
    text: str = ""
    outputs: list[Json] = field(default_factory=list)
    replies: list[Json] = field(default_factory=list)
    error: str | None = None
    photos: list[str] = field(default_factory=list)

    def buttons(self) -> list[Json]:
        """Return all buttons of its cards, in the order in which they stand."""
        return [button for output in self.outputs for button in _buttons(output)]


def _buttons(output: Json) -> list[Json]:
    (content,) = output.values()
    cards = content["items"] if "type" in content else [content]
    listed = [item for card in cards for item in card.get("items", []) if "action" in item]
    return [*listed, *(button for card in cards for button in card.get("buttons", []))]


@dataclass(slots=True)
class Person:
    """Somebody with KakaoTalk on her phone.

    Attributes:
        key: Her botUserKey.
        is_friend: She added the channel: only then it may send events to her.
        has_blocked: She blocked the channel; the bot is not told.
        with_operator: A human of Kakao's own chat console has the chat: the skill is not called.
    """

    name: str
    key: str
    is_friend: bool = False
    has_blocked: bool = False
    with_operator: bool = False
    revision: int = 0
    chat: list[Shown] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def touch(self) -> None:
        """Tell everyone who waits that something changed."""
        self.revision += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed_since(self, revision: int, wait_s: float) -> None:
        """Return when there is something newer, at the latest after `wait_s`."""
        if self.revision <= revision and wait_s > 0:
            try:
                async with asyncio.timeout(wait_s):
                    await self._changed.wait()
            except TimeoutError:
                return

    def view(self) -> list[Json]:
        """Return the chat as the phone shows it now."""
        newest = self.chat[-1].message_id if self.chat else 0
        return [_view(shown, is_newest=shown.message_id == newest) for shown in self.chat]


class People:
    """Everybody, found by the name that the phone or a test gives."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._people: dict[str, Person] = {}

    def person(self, name: str) -> Person:
        """Return a person; whoever is new is made."""
        if name not in self._people:
            key = hashlib.sha256(f"standin:{name}".encode()).hexdigest() + "0a"
            self._people[name] = Person(name, key)
        return self._people[name]

    def with_key(self, key: str) -> Person | None:
        """Return the person with a botUserKey."""
        return next((one for one in self._people.values() if one.key == key), None)

    def show(self, person: Person, source: str, text: str = "") -> Shown:
        """Add an entry to her chat."""
        shown = Shown(len(person.chat) + 1, source, self._now(), text)
        person.chat.append(shown)
        person.touch()
        return shown


def _view(shown: Shown, *, is_newest: bool) -> Json:
    replies = shown.replies if is_newest else []
    view: Json = {
        "message_id": shown.message_id,
        "from": shown.source,
        "quick_replies": [
            {"label": reply["label"], "index": index} for index, reply in enumerate(replies)
        ],
        "buttons": [
            _button_view(button, len(shown.replies) + index)
            for index, button in enumerate(shown.buttons())
        ],
        "error": shown.error,
        "at": datetime.fromtimestamp(shown.at, UTC).isoformat().replace("+00:00", "Z"),
    }
    if shown.source == "bot":
        view["outputs"] = shown.outputs
    else:
        view["text"] = shown.text
        view["photos"] = shown.photos
    return view


def _button_view(button: Json, index: int) -> Json:
    view = {"label": button.get("label", button.get("title", "")), "index": index}
    if "webLinkUrl" in button:
        view["url"] = button["webLinkUrl"]
    return view

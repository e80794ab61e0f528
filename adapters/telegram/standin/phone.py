"""What a person does on her phone, and the updates it makes."""

import secrets
from dataclasses import dataclass

import orjson

from adapters.telegram.standin import entities, media
from adapters.telegram.standin.account import (
    LARGEST_ID,
    Account,
    Chat,
    Message,
    Person,
    Press,
)
from adapters.telegram.standin.files import StoredFile
from adapters.telegram.standin.messages import TEXT_CHARS, as_caption
from adapters.telegram.standin.requests import Upload
from adapters.telegram.standin.units import units
from adapters.telegram.standin.updates import MESSAGE_LIFE, PRESS_LIFE
from adapters.telegram.standin.values import Json

_PRESS_LANE = 1 << 53
_PRESSES_KEPT = 100_000
_WORDS = frozenset({"text", "entities", "caption", "caption_entities"})


@dataclass(eq=False)
class PhoneError(Exception):
    """Something that a phone does not let a person do.

    Attributes:
        status: 400 for what makes no sense, 404 for what is not there, 409 for what cannot be now.
    """

    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What an act became.

    Attributes:
        message_id: The message, where there is one.
        update_id: The update, or None where the bot wants no such kind.
    """

    update_id: int | None
    message_id: int | None = None
    press_id: str | None = None


def write(account: Account, person_id: int, text: str) -> Done:
    """Send a text to the bot; long ones are refused, as a phone would cut them."""
    chat, person = _ready(account, person_id)
    return _said(account, chat, person, _shown(text))


def send_file(account: Account, person_id: int, kind: str, upload: Upload, more: Json) -> Done:
    """Send a photo, document or voice message.

    Args:
        account: The bot that gets it.
        person_id: Who sends it.
        kind: `photo`, `document` or `voice`.
        upload: Its content.
        more: `caption`, `duration`.
    """
    chat, person = _ready(account, person_id)
    caption = as_caption(entities.formatted(str(more.get("caption") or ""), "", None))
    stored = media.kept(account, kind, upload)
    content = {**media.content_of(account, stored, more, kind), **caption}
    return _said(account, chat, person, content, (stored,))


def edit(account: Account, person_id: int, message_id: int, text: str) -> Done:
    """Change one of her own messages: a text, or the caption of a file."""
    chat, _ = _ready(account, person_id)
    message = chat.messages.get(message_id)
    if message is None or message.from_bot:
        raise PhoneError(404, "she has no such message")
    shown = _shown(text)
    if message.files:
        shown = as_caption((shown["text"], shown.get("entities", [])))
    kept = {name: value for name, value in message.body.items() if name not in _WORDS}
    message.json = orjson.dumps({**kept, **shown, "edit_date": account.now()})
    message.edited = True
    chat.touch()
    number = account.updates.add("edited_message", message.json, MESSAGE_LIFE, chat.id)
    return Done(number, message_id)


def press(
    account: Account, person_id: int, message_id: int, data: str, *, force: bool = False
) -> Done:
    """Press an inline button.

    Args:
        account: The bot that gets it.
        person_id: Who presses.
        message_id: The message under which the button hangs.
        data: The button's callback data.
        force: Also where the button is gone meanwhile: she saw an older picture.
    """
    chat, person = _ready(account, person_id, starts=False)
    message = chat.messages.get(message_id)
    if not force and (message is None or data not in _buttons(message)):
        raise PhoneError(404, "there is no such button under that message")
    number = str(account.next_press_id)
    account.next_press_id += 1 + secrets.randbelow(1000)
    account.presses[number] = Press(chat.id, account.clock.now())
    if len(account.presses) > _PRESSES_KEPT:
        del account.presses[next(iter(account.presses))]
    gone = {"message_id": message_id, "chat": chat.body, "date": 0}
    body: Json = {
        "id": number,
        "from": person.user,
        "message": message.body if message else gone,
        "chat_instance": str(7_000_000_000_000 + chat.id),
        "data": data,
    }
    lane = _PRESS_LANE + person.id
    update = account.updates.add("callback_query", orjson.dumps(body), PRESS_LIFE, lane)
    return Done(update, message_id, number)


def block(account: Account, person_id: int) -> Done:
    """Block the bot; it hears of it."""
    return _set_blocked(account, person_id, blocked=True)


def unblock(account: Account, person_id: int) -> Done:
    """Let the bot write again; it hears of it."""
    return _set_blocked(account, person_id, blocked=False)


def set_profile(account: Account, person_id: int, wanted: dict[str, str]) -> None:
    """Change her names and her phone's language."""
    chat, person = _person(account, person_id)
    if "first_name" in wanted and not wanted["first_name"]:
        raise PhoneError(400, "first_name must not be empty")
    for name, value in wanted.items():
        setattr(person, name, value)
    chat.touch()


def _person(account: Account, person_id: int) -> tuple[Chat, Person]:
    if not 0 < person_id < LARGEST_ID:
        raise PhoneError(400, "a person's id is a whole number from 1 to 2^52")
    try:
        return account.private(person_id)
    except LookupError as error:
        raise PhoneError(400, str(error)) from None


def _ready(account: Account, person_id: int, *, starts: bool = True) -> tuple[Chat, Person]:
    chat, person = _person(account, person_id)
    if person.blocked:
        raise PhoneError(409, "she has blocked the bot; unblock it first")
    person.started = person.started or starts
    return chat, person


def _shown(text: str) -> Json:
    if units(text) > TEXT_CHARS:
        raise PhoneError(400, f"a text has at most {TEXT_CHARS} signs")
    shown, found = entities.formatted(text, "", None)
    if not shown:
        raise PhoneError(400, "the text is empty")
    return {"text": shown, "entities": found} if found else {"text": shown}


def _said(
    account: Account, chat: Chat, person: Person, content: Json, files: tuple[StoredFile, ...] = ()
) -> Done:
    number, date = account.new_message_id(), account.now()
    body: Json = {"message_id": number, "from": person.user, "chat": chat.body, "date": date}
    message = Message(number, date, orjson.dumps({**body, **content}), from_bot=False, files=files)
    chat.messages[number] = message
    chat.touch()
    return Done(account.updates.add("message", message.json, MESSAGE_LIFE, chat.id), number)


def _buttons(message: Message) -> set[str]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _set_blocked(account: Account, person_id: int, *, blocked: bool) -> Done:
    chat, person = _person(account, person_id)
    if person.blocked == blocked:
        raise PhoneError(409, f"she has {'blocked' if blocked else 'not blocked'} the bot already")
    person.blocked = blocked
    chat.touch()
    member: Json = {"user": account.user, "status": "member"}
    kicked: Json = {"user": account.user, "status": "kicked", "until_date": 0}
    old, new = (member, kicked) if blocked else (kicked, member)
    return Done(_membership(account, chat, person, old, new))


def _membership(account: Account, chat: Chat, person: Person, old: Json, new: Json) -> int | None:
    body: Json = {
        "chat": chat.body,
        "from": person.user,
        "date": account.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return account.updates.add("my_chat_member", orjson.dumps(body), MESSAGE_LIFE, chat.id)


def add_to_group(account: Account, group_id: int, person_id: int, title: str) -> Done:
    """Let a person add the bot to a group."""
    _, person = _person(account, person_id)
    if group_id >= 0:
        raise PhoneError(400, "a group's id is negative")
    chat = account.chats.setdefault(group_id, Chat(group_id, None, title or "Group"))
    chat.left = False
    chat.touch()
    left: Json = {"user": account.user, "status": "left"}
    member: Json = {"user": account.user, "status": "member"}
    return Done(_membership(account, chat, person, left, member))


def write_in_group(account: Account, group_id: int, person_id: int, text: str) -> Done:
    """Let a person write in a group that has the bot in it."""
    _, person = _person(account, person_id)
    chat = account.chats.get(group_id)
    if chat is None or chat.person or chat.left:
        raise PhoneError(404, "the bot is in no such group")
    return _said(account, chat, person, _shown(text))

"""What a person sees on her phone now."""

import asyncio
import contextlib
import itertools

from adapters.telegram.standin.account import Account, Chat, Message, Person
from adapters.telegram.standin.files import StoredFile
from adapters.telegram.standin.values import Json

_SHOWN_NOTICES = 20
_DATA_KEYS = {"callback_data": "data", "url": "url"}


def seen(account: Account, chat: Chat, person: Person, last: int) -> Json:
    """Return the whole screen; of its messages only the last ones when `last` is given."""
    newest_first = reversed(chat.messages.values())
    messages = list(itertools.islice(newest_first, last or None))[::-1]
    return {
        "ok": True,
        "revision": chat.revision,
        "bot": {"id": account.id, "name": account.name, "commands": _commands(account)},
        "person": {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
        },
        "blocked": person.blocked,
        "typing": chat.typing_until > account.clock.now(),
        "keyboard": chat.keyboard,
        "notices": [
            {"text": notice.text, "alert": notice.alert, "url": notice.url, "date": int(notice.at)}
            for notice in chat.notices[-_SHOWN_NOTICES:]
        ],
        "messages": [_message(account, message) for message in messages],
    }


async def changed(chat: Chat, after: int, wait_s: float) -> None:
    """Wait until the screen is newer than a revision, or the time is over."""
    if chat.revision > after or wait_s <= 0:
        return
    watcher = asyncio.get_running_loop().create_future()
    chat.watchers.add(watcher)
    try:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(watcher, wait_s)
    finally:
        chat.watchers.discard(watcher)


def _message(account: Account, message: Message) -> Json:
    body = message.body
    shown: Json = {
        "message_id": message.id,
        "from": "bot" if message.from_bot else "person",
        "text": body.get("text", body.get("caption", "")),
        "rows": _rows(body),
        "files": [_file(account, body, stored) for stored in message.files],
        "date": body["date"],
        "edited": message.edited,
    }
    found = body.get("entities", body.get("caption_entities"))
    if found:
        shown["entities"] = found
    if message.reply_keyboard is not None:
        shown["reply_keyboard"] = message.reply_keyboard
    if "reply_to_message" in body:
        shown["reply_to"] = body["reply_to_message"]["message_id"]
    return shown


def _rows(body: Json) -> list[list[Json]]:
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json) -> Json:
    shown = {"text": button["text"]}
    shown.update({key: button[name] for name, key in _DATA_KEYS.items() if name in button})
    return shown


def _file(account: Account, body: Json, stored: StoredFile) -> Json:
    kind = next((name for name in ("photo", "voice", "animation") if name in body), stored.kind)
    return {
        "kind": kind,
        "name": stored.name,
        "mime": stored.mime,
        "size": len(stored.content),
        "url": f"/standin/bot{account.token}/files/{stored.unique_id}",
    }


def _commands(account: Account) -> list[Json]:
    kept = account.profile.commands
    wanted = ("all_private_chats", "default")
    return next((kept[scope, ""] for scope in wanted if (scope, "") in kept), [])

"""Editing: messages of the bot that are changed in place."""

import orjson

from adapters.telegram.standin import keyboards, media, messages
from adapters.telegram.standin.account import Account, Chat, Message, message_of
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.keyboards import Markup
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.results import Written
from adapters.telegram.standin.values import Json

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def edit_text(account: Account, query: Query) -> Written:
    """Change the text, and take the keyboard off unless a new one comes along."""
    body = messages.text_body(account, query)
    markup = keyboards.markup(query, inline_only=True)
    chat, message = _target(account, query)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _change(account, chat, message, _replaced(message, _TEXT, body, markup))


def edit_caption(account: Account, query: Query) -> Written:
    """Change the caption of a file."""
    markup = keyboards.markup(query, inline_only=True)
    body = messages.caption_body(account, query)
    chat, message = _target(account, query)
    if not message.files:
        raise bad_request("there is no caption in the message to edit")
    if body and query.flag("show_caption_above_media"):
        body["show_caption_above_media"] = True
    return _change(account, chat, message, _replaced(message, _CAPTION, body, markup))


def edit_markup(account: Account, query: Query) -> Written:
    """Change nothing but the keyboard."""
    markup = keyboards.markup(query, inline_only=True)
    chat, message = _target(account, query)
    body = _replaced(message, (), {}, markup)
    return _change(account, chat, message, body, shows=False)


def edit_media(account: Account, query: Query) -> Written:
    """Put another file into a message."""
    markup = keyboards.markup(query, inline_only=True)
    given = query.json("media", "input media")
    if not isinstance(given, dict):
        raise bad_request('parameter "media" is required')
    content, files = media.from_description(account, query, given)
    chat, message = _target(account, query)
    if not message.files:
        raise bad_request("message can't be edited")
    old = (*media.KINDS, *_CAPTION, "media_group_id")
    body = _replaced(message, old, content, markup)
    message.files = files
    return _change(account, chat, message, body)


def _target(account: Account, query: Query) -> tuple[Chat, Message]:
    chat_id, message_id = query.text("chat_id"), query.number("message_id")
    if not chat_id and not message_id:
        if not query.text("inline_message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")
    chat = account.known_chat(chat_id)
    message = message_of(chat, message_id, "message to edit")
    if not message.from_bot or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return chat, message


def _replaced(message: Message, names: tuple[str, ...], new: Json, markup: Markup) -> Json:
    """Return a copy of the message with some of its fields and its keyboard exchanged."""
    body = {
        name: value
        for name, value in message.body.items()
        if name not in names and name != "reply_markup"
    }
    body.update(new)
    if markup.body:
        body["reply_markup"] = markup.body
    return body


def _change(
    account: Account, chat: Chat, message: Message, body: Json, *, shows: bool = True
) -> Written:
    if body == message.body:
        raise bad_request(_NOT_MODIFIED)
    account.limits.charge(chat.id, edit=True)
    body["edit_date"] = account.now()
    message.json = orjson.dumps(body)
    message.edited = message.edited or shows
    chat.touch()
    return Written(message.json)

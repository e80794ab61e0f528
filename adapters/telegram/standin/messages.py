"""Sending: what a bot's call becomes in a chat."""

import orjson

from adapters.telegram.standin import entities, keyboards
from adapters.telegram.standin.account import Account, Chat, Message, message_of
from adapters.telegram.standin.entities import Formatted
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.files import StoredFile
from adapters.telegram.standin.keyboards import Markup
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.results import Written
from adapters.telegram.standin.units import units
from adapters.telegram.standin.values import Json, Value

TEXT_CHARS = 4096
CAPTION_CHARS = 1024


def send_message(account: Account, query: Query) -> Written:
    """Send a text."""
    body = text_body(account, query)
    markup = keyboards.markup(query)
    return Written(post(account, query, [Outgoing(body, markup)])[0].json)


class Outgoing:
    """One message on its way: its content, keyboard and files."""

    __slots__ = ("content", "files", "markup")

    def __init__(
        self, content: Json, markup: Markup = keyboards.NOTHING, files: tuple[StoredFile, ...] = ()
    ) -> None:
        self.content = content
        self.markup = markup
        self.files = files


def text_body(account: Account, query: Query) -> Json:
    """Return `text`, `entities` and the link preview of a message.

    Raises:
        ApiError: 400 for an empty or too long text, or entities that make no sense.
    """
    given = query.text("text")
    if not given:
        raise bad_request("message text is empty")
    text, found = formatted(account, query, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > TEXT_CHARS:
        raise bad_request("message is too long")
    body: Json = {"text": text}
    if found:
        body["entities"] = found
    preview = _preview(query)
    if preview:
        body["link_preview_options"] = preview
    return body


def caption_body(account: Account, query: Query) -> Json:
    """Return `caption` and `caption_entities`, nothing when there is none."""
    return as_caption(formatted(account, query, "caption", "caption_entities"))


def as_caption(shown: Formatted) -> Json:
    """Return the fields of a caption; 400 when it is too long."""
    text, found = shown
    if units(text) > CAPTION_CHARS:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": found} if found else {"caption": text}


def formatted(account: Account, query: Query, text: str, given: str) -> Formatted:
    """Return a text parameter with its entities; persons that are mentioned are filled in."""
    asked, mode = query.lenient_json(given), query.text("parse_mode")
    return with_persons(account, entities.formatted(query.text(text), mode, asked))


def with_persons(account: Account, shown: Formatted) -> Formatted:
    """Fill in mentioned persons; a mention of someone unknown is no mention."""
    text, found = shown
    if not any(entity["type"] == "text_mention" for entity in found):
        return shown
    kept = []
    for entity in found:
        if entity["type"] == "text_mention":
            person = account.person(int(entity["user"].get("id", 0)))
            if person is None:
                continue
            entity["user"] = person.user
        kept.append(entity)
    return text, kept


def _preview(query: Query) -> Json:
    if query.flag("disable_web_page_preview"):
        return {"is_disabled": True}
    options = query.json("link_preview_options", "link preview options")
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return {name: value for name, value in (options or {}).items() if value}


def post(account: Account, query: Query, outgoing: list[Outgoing]) -> list[Message]:
    """Put messages into the chat that the call names, and return them.

    Raises:
        ApiError: 400 where the chat or the message to reply to is unknown, 403, 429.
    """
    chat = account.open_chat(query.text("chat_id"))
    common = _reply(chat, query)
    if query.flag("protect_content"):
        common["has_protected_content"] = True
    account.limits.charge(chat.id, len(outgoing))
    return [_place(account, chat, common, each) for each in outgoing]


def _place(account: Account, chat: Chat, common: Json, each: Outgoing) -> Message:
    number, date = account.new_message_id(), account.now()
    body: Json = {
        "message_id": number,
        "from": account.user,
        "chat": chat.body,
        "date": date,
        **common,
        **each.content,
    }
    if each.markup.inline:
        body["reply_markup"] = each.markup.body
    message = Message(number, date, orjson.dumps(body), from_bot=True)
    message.reply_keyboard, message.files = each.markup.reply, each.files
    chat.messages[number] = message
    if message.reply_keyboard is not None:
        chat.keyboard = message.reply_keyboard if "keyboard" in message.reply_keyboard else None
    chat.typing_until = 0.0
    chat.touch()
    return message


def _reply(chat: Chat, query: Query) -> Json:
    wanted, lenient = _reply_to(query)
    if wanted <= 0:
        return {}
    found = chat.messages.get(wanted)
    if found is None:
        if lenient:
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": without_reply(found.body)}


def _reply_to(query: Query) -> tuple[int, bool]:
    if "reply_parameters" not in query.args:
        return query.number("reply_to_message_id"), query.flag("allow_sending_without_reply")
    given = query.json("reply_parameters", "reply parameters")
    if not given:
        return 0, False
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    try:
        wanted = int(given["message_id"])
    except (KeyError, TypeError, ValueError):
        raise bad_request('can\'t find field "message_id"') from None
    return wanted, str(given.get("allow_sending_without_reply")).lower() == "true"


def without_reply(body: Json) -> Json:
    """Return a message as a reply to it carries it: one level only."""
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def delete_message(account: Account, query: Query) -> bool:
    """Delete a message of either side that is not too old."""
    if not query.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    wanted = query.number("message_id")
    if not wanted:
        raise bad_request("message identifier is not specified")
    chat = account.known_chat(query.text("chat_id"))
    message = message_of(chat, wanted, "message to delete")
    if _too_old(account, message):
        raise bad_request("message can't be deleted")
    del chat.messages[wanted]
    chat.touch()
    return True


def delete_messages(account: Account, query: Query) -> bool:
    """Delete many messages; those that are gone are passed over."""
    wanted = query.json("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > 100:  # noqa: PLR2004 - the documented limit
        raise bad_request("too many message identifiers specified")
    chat = account.known_chat(query.text("chat_id"))
    found = [chat.messages.get(_number(each)) for each in wanted]
    for message in found:
        if message and not _too_old(account, message):
            chat.messages.pop(message.id, None)
    chat.touch()
    return True


def _number(value: Value) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request("can't parse message identifier as a Number") from None


def _too_old(account: Account, message: Message) -> bool:
    two_days = 48 * 3600
    return account.now() - message.date >= two_days

"""Forwarding and copying messages."""

from adapters.telegram.standin import keyboards, messages
from adapters.telegram.standin.account import Account, Message, message_of
from adapters.telegram.standin.errors import ApiError, bad_request
from adapters.telegram.standin.messages import Outgoing
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.results import Written
from adapters.telegram.standin.values import Json

_OWN = frozenset(
    {"message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup"}
)
_FORWARD = frozenset({"forward_origin", "forward_from", "forward_date", "media_group_id"})


def forward_message(account: Account, query: Query) -> Written:
    """Send a message on, with its origin."""
    message = _source(account, query, "message to forward")
    outgoing = Outgoing(_forwarded(message), files=message.files)
    return Written(messages.post(account, query, [outgoing])[0].json)


def copy_message(account: Account, query: Query) -> Json:
    """Send a message again as the bot's own; returns only its id."""
    message = _source(account, query, "message to copy")
    content = _content(message)
    if message.files and "caption" in query.args:
        content = {
            name: value
            for name, value in content.items()
            if name not in {"caption", "caption_entities"}
        }
        content.update(messages.caption_body(account, query))
    outgoing = Outgoing(content, keyboards.markup(query), message.files)
    return {"message_id": messages.post(account, query, [outgoing])[0].id}


def forward_messages(account: Account, query: Query) -> list[Json]:
    """Send many messages on; those that are gone are passed over."""
    outgoing = [Outgoing(_forwarded(each), files=each.files) for each in _sources(account, query)]
    return _ids(messages.post(account, query, outgoing))


def copy_messages(account: Account, query: Query) -> list[Json]:
    """Send many messages again; those that are gone are passed over."""
    outgoing = [Outgoing(_content(each), files=each.files) for each in _sources(account, query)]
    return _ids(messages.post(account, query, outgoing))


def _ids(posted: list[Message]) -> list[Json]:
    return [{"message_id": message.id} for message in posted]


def _source(account: Account, query: Query, what: str) -> Message:
    chat = account.known_chat(query.required("from_chat_id"))
    return message_of(chat, query.number("message_id"), what)


def _sources(account: Account, query: Query) -> list[Message]:
    chat = account.known_chat(query.required("from_chat_id"))
    wanted = query.json("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("message identifiers are not specified")
    found = [chat.messages.get(each) for each in wanted if isinstance(each, int)]
    there = [message for message in found if message]
    if not there:
        raise _none_there()
    return there


def _none_there() -> ApiError:
    return bad_request("there are no messages to forward")


def _content(message: Message) -> Json:
    return {
        name: value
        for name, value in message.body.items()
        if name not in _OWN and name not in _FORWARD
    }


def _forwarded(message: Message) -> Json:
    body = message.body
    origin = body.get("forward_origin") or {
        "type": "user",
        "sender_user": body["from"],
        "date": body["date"],
    }
    return {"forward_origin": origin, **_content(message)}

"""What a bot may ask and do about chats, and how it answers a press."""

from adapters.telegram.standin.account import Account, Notice
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.units import units
from adapters.telegram.standin.updates import PRESS_LIFE
from adapters.telegram.standin.values import Json

_NOTICE_CHARS = 200
_BUSY_S = 5.0
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "pick_up_location",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    }
)
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def send_chat_action(account: Account, query: Query) -> bool:
    """Show that the bot is busy, for five seconds or until its next message."""
    action = query.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = account.open_chat(query.text("chat_id"))
    chat.typing_until = 0.0 if action == "cancel" else account.clock.now() + _BUSY_S
    chat.touch()
    return True


def answer_press(account: Account, query: Query) -> bool:
    """Answer a press on a button; the text comes up on the phone."""
    text = query.text("text")
    if units(text) > _NOTICE_CHARS:
        raise bad_request("MESSAGE_TOO_LONG")
    press = account.presses.get(query.text("callback_query_id"))
    if press is None or account.clock.now() > press.at + PRESS_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    url = query.text("url")
    if text or url:
        chat = account.chats[press.chat_id]
        chat.notices.append(Notice(text, query.flag("show_alert"), url, account.clock.now()))
        chat.touch()
    return True


def get_chat(account: Account, query: Query) -> Json:
    """Say what is known of a chat."""
    chat = account.known_chat(query.text("chat_id"))
    person = chat.person
    more: Json = {}
    if person and person.username:
        more["active_usernames"] = [person.username]
    if not person:
        more["permissions"] = {"can_send_messages": True}
    gifts = dict.fromkeys(_GIFTS, person is not None)
    level = {"max_reaction_count": 11, "accent_color_id": chat.id % 7 if person else 0}
    return {**chat.body, **more, "accepted_gift_types": gifts, **level}


def leave_chat(account: Account, query: Query) -> bool:
    """Leave a group."""
    chat = account.known_chat(query.text("chat_id"))
    if chat.person:
        raise bad_request("chat member status can't be changed in private chats")
    chat.left = True
    chat.touch()
    return True


def get_member(account: Account, query: Query) -> Json:
    """Say what a person, or the bot, is in a chat."""
    chat = account.known_chat(query.text("chat_id"))
    wanted = query.number("user_id")
    if wanted == account.id:
        return {"status": "member", "user": account.user}
    person = account.person(wanted)
    if person is None or (chat.person and chat.person.id != wanted):
        raise bad_request("member not found")
    return {"status": "member", "user": person.user}


def get_me(account: Account, _query: Query) -> Json:
    """Say who the bot is."""
    return {
        **account.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def get_file(account: Account, query: Query) -> Json:
    """Make a file ready for download."""
    stored = account.files.opened(query.text("file_id"))
    return {**stored.ids, "file_size": len(stored.content), "file_path": stored.path}

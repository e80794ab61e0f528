"""The methods that the stand-in speaks, and how a call is carried out."""

import inspect
import logging
from collections.abc import Callable, Mapping

from adapters.telegram.standin import (
    chats,
    copies,
    edits,
    intake,
    media,
    messages,
    profile,
    tables,
)
from adapters.telegram.standin.account import Account, Call
from adapters.telegram.standin.errors import ApiError, bad_request
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.values import Value

log = logging.getLogger(__name__)

Method = Callable[[Account, Query], Value]
"""Returns the result, a coroutine of it, `Described` or `Written`."""

SPOKEN: Mapping[str, Method] = {
    "getme": chats.get_me,
    "logout": intake.log_out,
    "close": intake.close,
    "getupdates": intake.get_updates,
    "setwebhook": intake.set_webhook,
    "deletewebhook": intake.delete_webhook,
    "getwebhookinfo": intake.webhook_info,
    "sendmessage": messages.send_message,
    "sendphoto": media.send_photo,
    "senddocument": media.send_document,
    "sendvoice": media.send_voice,
    "sendaudio": media.send_audio,
    "sendvideo": media.send_video,
    "sendanimation": media.send_animation,
    "sendmediagroup": media.send_album,
    "forwardmessage": copies.forward_message,
    "forwardmessages": copies.forward_messages,
    "copymessage": copies.copy_message,
    "copymessages": copies.copy_messages,
    "editmessagetext": edits.edit_text,
    "editmessagecaption": edits.edit_caption,
    "editmessagemedia": edits.edit_media,
    "editmessagereplymarkup": edits.edit_markup,
    "deletemessage": messages.delete_message,
    "deletemessages": messages.delete_messages,
    "sendchataction": chats.send_chat_action,
    "answercallbackquery": chats.answer_press,
    "getfile": chats.get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_member,
    "leavechat": chats.leave_chat,
    "setmycommands": profile.set_commands,
    "getmycommands": profile.get_commands,
    "deletemycommands": profile.delete_commands,
    "setmyname": profile.set_name,
    "getmyname": profile.get_name,
    "setmydescription": profile.set_description,
    "getmydescription": profile.get_description,
    "setmyshortdescription": profile.set_short_description,
    "getmyshortdescription": profile.get_short_description,
    "setchatmenubutton": profile.set_menu_button,
    "getchatmenubutton": profile.get_menu_button,
}


async def perform(account: Account, query: Query) -> Value:
    """Carry out one call, with the faults that a test has asked for.

    Raises:
        ApiError: what the bot is told instead of a result.
    """
    fault = account.faults.take(query.method)
    if fault is None:
        return await _noted(account, query)
    if not fault.after_accepting:
        await fault.hang()
        try:
            fault.strike()
        except ApiError as error:
            _note(account, query, error.code)
            raise
        return await _noted(account, query)
    result = await _noted(account, query)
    await fault.hang()
    fault.strike()
    return result


async def _noted(account: Account, query: Query) -> Value:
    """Carry out a call and write it into the log, without its content."""
    try:
        result = _method(account, query)(account, query)
        if inspect.iscoroutine(result):
            result = await result
    except ApiError as error:
        _note(account, query, error.code)
        raise
    _note(account, query, 200)
    return result


def _method(account: Account, query: Query) -> Method:
    method = SPOKEN.get(query.method)
    if method is None:
        known = tables.spelling().get(query.method)
        if known:
            raise bad_request(f"the stand-in does not speak {known}")
        raise ApiError(404, "Not Found: method not found")
    if account.logged_out:
        raise ApiError(400, "Logged out")
    return method


def _note(account: Account, query: Query, status: int) -> None:
    name = tables.spelling().get(query.method, query.method[:64])
    ok = status == 200  # noqa: PLR2004 - the one status that is a yes
    account.calls.append(Call(name, account.clock.now(), ok, status))

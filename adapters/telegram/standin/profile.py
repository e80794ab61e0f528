"""What a bot says of itself: its commands, name and descriptions; simple stores."""

import re

from adapters.telegram.standin.account import Account
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.values import Json, Value

_MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}", re.IGNORECASE)
_DESCRIPTION_CHARS = 256
_LANGUAGE = re.compile(r"[a-z]{2}|")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_CHARS = {"name": 64, "description": 512, "short_description": 120}


def set_commands(account: Account, query: Query) -> bool:
    """Keep the commands of one scope and language; an empty list removes them."""
    given = query.json("commands", "commands")
    if given is not None and not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    commands = [_command(each) for each in given or []]
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    place = _place(query)
    if commands:
        account.profile.commands[place] = commands
    else:
        account.profile.commands.pop(place, None)
    return True


def get_commands(account: Account, query: Query) -> list[Json]:
    """Return the commands of one scope and language."""
    return account.profile.commands.get(_place(query), [])


def delete_commands(account: Account, query: Query) -> bool:
    """Forget the commands of one scope and language."""
    account.profile.commands.pop(_place(query), None)
    return True


def _command(given: Value) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if given.get(name) is None:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = str(given["command"]), str(given["description"]).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _DESCRIPTION_CHARS:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.removeprefix("/").lower(), "description": description}


def _place(query: Query) -> tuple[str, str]:
    scope = query.json("scope", "BotCommandScope")
    if scope is not None and not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str((scope or {}).get("type", "default"))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    parts = [str((scope or {}).get(name, "")) for name in _SCOPES[kind]]
    return ":".join([kind, *parts]), _language(query)


def _language(query: Query) -> str:
    language = query.text("language_code").lower()
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return language


def set_name(account: Account, query: Query) -> bool:
    """Keep the bot's name."""
    return _set(account, query, "name")


def get_name(account: Account, query: Query) -> Json:
    """Return the bot's name; its own one where none was set."""
    return {"name": _get(account, query, "name") or account.name}


def set_description(account: Account, query: Query) -> bool:
    """Keep what is shown in an empty chat."""
    return _set(account, query, "description")


def get_description(account: Account, query: Query) -> Json:
    """Return what is shown in an empty chat."""
    return {"description": _get(account, query, "description")}


def set_short_description(account: Account, query: Query) -> bool:
    """Keep what is shown on the bot's profile."""
    return _set(account, query, "short_description")


def get_short_description(account: Account, query: Query) -> Json:
    """Return what is shown on the bot's profile."""
    return {"short_description": _get(account, query, "short_description")}


def set_menu_button(account: Account, query: Query) -> bool:
    """Keep the button beside the text field, for one chat or for all."""
    button = query.json("menu_button", "menu button")
    if button is not None and (not isinstance(button, dict) or "type" not in button):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    account.profile.menu_buttons[query.number("chat_id")] = button or {"type": "default"}
    return True


def get_menu_button(account: Account, query: Query) -> Json:
    """Return the button beside the text field."""
    buttons = account.profile.menu_buttons
    chosen = buttons.get(query.number("chat_id")) or buttons.get(0) or {"type": "commands"}
    return {"type": "commands"} if chosen["type"] == "default" else chosen


def _set(account: Account, query: Query, what: str) -> bool:
    text = query.text(what)
    if len(text) > _CHARS[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    account.profile.texts[what, _language(query)] = text
    return True


def _get(account: Account, query: Query, what: str) -> str:
    texts = account.profile.texts
    return texts.get((what, _language(query))) or texts.get((what, ""), "")

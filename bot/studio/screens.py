"""What a channel makes of the bot's words: the very bubbles and buttons that it will show."""

from collections.abc import Callable, Sequence
from typing import Any

from adapters.kakao.answers import answer as kakao_answer
from adapters.telegram.writing import write as telegram_letter
from flows.messages import Button, Outbound

SITE = "https://gyeot.example"
"""In place of our own address: links are shown and not followed."""
Json = dict[str, Any]


def screen(channel: str, messages: Sequence[Outbound]) -> Json:
    """Return the entries of one answer as a channel shows them.

    `left` counts the messages that have no room in it and wait for her next word.
    """
    drawing = _DRAWING.get(channel, _web)
    return drawing(messages) if messages else {"entries": [], "left": 0}


def _telegram(messages: Sequence[Outbound]) -> Json:
    entries = []
    for message in messages:
        letter = telegram_letter(message, SITE)
        rows = [
            [_tap(key["text"], key.get("callback_data", ""), message) for key in row]
            for row in (letter.keyboard or {}).get("inline_keyboard", [])
        ]
        entries += [_entry(part) for part in letter.parts]
        entries[-1]["rows"] = rows
    return {"entries": entries, "left": 0}


def _kakao(messages: Sequence[Outbound]) -> Json:
    answer = kakao_answer(messages, SITE)
    template = answer.body["template"]
    entries = []
    for output in template["outputs"]:
        ((_, card),) = output.items()
        entry = _entry(str(card.get("text") or card.get("description") or ""))
        entry["rows"] = [[_link(key["label"])] for key in card.get("buttons", ())]
        entries.append(entry)
    replies = template.get("quickReplies", ())
    entries[-1]["fixed"] = [
        _tap(one["label"], str(one["extra"]["data"]), *messages) for one in replies
    ]
    return {"entries": entries, "left": len(messages) - answer.taken}


def _web(messages: Sequence[Outbound]) -> Json:
    entries = []
    for message in messages:
        entry = _entry(message.text, message.sender)
        entry["rows"] = [[_button(button)] for button in message.choices]
        entry["fixed"] = [_button(button) for button in message.fixed]
        entries.append(entry)
    return {"entries": entries, "left": 0}


def _entry(text: str, sender: str | None = None) -> Json:
    return {"text": text, "sender": sender, "rows": [], "fixed": []}


def _tap(shown: str, press: str, *messages: Outbound) -> Json:
    """Return a button as it is shown, with the whole label that a press of it says."""
    buttons = [one for message in messages for one in (*message.choices, *message.fixed)]
    whole = next((one for one in buttons if one.data == press and press), None)
    if whole is None:
        return _link(shown)
    return {"shown": shown, "label": whole.label, "data": press, "on": whole.on}


def _link(shown: str) -> Json:
    return {"shown": shown, "label": shown, "data": "", "on": False}


def _button(button: Button) -> Json:
    return {"shown": button.label, "label": button.label, "data": button.data, "on": button.on}


_DRAWING: dict[str, Callable[[Sequence[Outbound]], Json]] = {
    "telegram": _telegram,
    "kakao": _kakao,
    "web": _web,
}

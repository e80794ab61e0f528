"""Build what Kakao shows: skill response 2.0, within every limit that the guide names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from adapters.kakao.bubbles import CARD_UNITS, OUTPUTS, REPLIES, TEXT_UNITS, Bubble, pack, write
from adapters.splitting import shorten
from flows.messages import Button, Limits, Outbound

LIMITS = Limits(
    text_chars=TEXT_UNITS, label_chars=14, buttons=REPLIES, bubbles=OUTPUTS, data_bytes=60
)
_SAID_UNITS = 100
Buttons = tuple[Button, ...]
_ON = "✓ "
_NOTHING = "…"
_CONTINUES = " …"


class Answer(NamedTuple):
    """What one call is answered with.

    Attributes:
        body: The skill response.
        taken: How many of the messages it holds, from the first one on; the others must wait.
    """

    body: dict[str, Any]
    taken: int


def answer(messages: Sequence[Outbound], public_url: str) -> Answer:
    """Put as many messages as possible, in order, into one answer of at most three bubbles.

    The ways out (`fixed`) of the newest message always stand below the answer, also when the
    message itself has to wait.
    """
    taken, bubbles = _fill(messages)
    outputs = [_output(bubble, public_url) for bubble in bubbles]
    template: dict[str, Any] = {"outputs": outputs or [_simple(_NOTHING)]}
    replies = [*_replies(*_shown(messages, taken))]
    if replies:
        template["quickReplies"] = replies
    return Answer({"version": "2.0", "template": template}, taken)


def fits(messages: Sequence[Outbound]) -> int:
    """Return how many of the messages one answer can hold; at least one of any."""
    return _fill(messages)[0] if len(messages) > 1 else len(messages)


def waiting(text: str) -> dict[str, Any]:
    """Return the answer that promises a callback; `text` is shown meanwhile."""
    return {"version": "2.0", "useCallback": True, "data": {"text": text}}


def _fill(messages: Sequence[Outbound]) -> tuple[int, list[Bubble]]:
    written = [write(message) for message in messages]
    for taken in range(len(messages), 0, -1):
        bubbles = pack([bubble for bubbles in written[:taken] for bubble in bubbles])
        if len(bubbles) <= OUTPUTS:
            return taken, bubbles
    return (1, _cut(written[0])) if written else (0, [])


def _cut(bubbles: list[Bubble]) -> list[Bubble]:
    """Mark the end of a message that is longer than any answer; `pieces` avoids that."""
    last = bubbles[OUTPUTS - 1]
    most = CARD_UNITS if last.links else TEXT_UNITS
    marked = last._replace(text=shorten(last.text + _CONTINUES, most))
    return [*bubbles[: OUTPUTS - 1], marked]


def _shown(messages: Sequence[Outbound], taken: int) -> tuple[Buttons, Buttons]:
    """Return the choices of the newest message taken in that has buttons, and the ways out."""
    choices = next((m.choices for m in reversed(messages[:taken]) if m.choices or m.fixed), ())
    fixed = next((message.fixed for message in reversed(messages) if message.fixed), ())
    return choices, fixed


@lru_cache(maxsize=512)
def _replies(choices: Buttons, fixed: Buttons) -> tuple[dict[str, Any], ...]:
    """Build the quick replies; the same few stand below the answers of many people.

    The first way out, to the emergency card, stands where no swipe is needed.
    """
    ways_out = [button for button in fixed if not button.path]
    room = max(0, REPLIES - len(ways_out))
    chosen = [button for button in choices if not button.path][:room]
    shown = ways_out[:1] + chosen + ways_out[1:REPLIES]
    return tuple(_reply(button) for button in shown)


def _output(bubble: Bubble, public_url: str) -> dict[str, Any]:
    if not bubble.links:
        return _simple(bubble.text)
    return {
        "textCard": {
            "description": bubble.text,
            "buttons": [
                {
                    "label": shorten(button.label, LIMITS.label_chars),
                    "action": "webLink",
                    "webLinkUrl": public_url + button.path,
                }
                for button in bubble.links
            ],
        }
    }


def _simple(text: str) -> dict[str, Any]:
    return {"simpleText": {"text": text}}


def _reply(button: Button) -> dict[str, Any]:
    label = f"{_ON}{button.label}" if button.on else button.label
    return {
        "label": shorten(label, LIMITS.label_chars),
        "action": "message",
        "messageText": shorten(button.label, _SAID_UNITS),
        "extra": {"data": button.data},
    }

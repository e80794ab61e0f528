"""Turn messages into as few bubbles as Kakao allows, without losing a word."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from adapters.splitting import split, units
from flows.messages import Button, Outbound, clean

OUTPUTS = 3
REPLIES = 10
TEXT_UNITS = 1000
CARD_UNITS = 400
CARD_BUTTONS = 3
_BETWEEN = "\n\n"
_FEW = 8


class Bubble(NamedTuple):
    """One output: a text, or with links a card."""

    text: str
    links: tuple[Button, ...] = ()
    sender: str | None = None


def write(message: Outbound) -> list[Bubble]:
    """Return one message as bubbles: as many as it needs."""
    text = clean(message.text).strip()
    if message.sender is not None:
        text = f"{message.sender}:\n{text}"
    text = "\n".join([text, *_left_over(message)]) if text else ""
    links = [button for button in (*message.choices, *message.fixed) if button.path]
    if not links:
        return [Bubble(part, (), message.sender) for part in split(text, TEXT_UNITS) if part]
    return _with_links(text, links, message.sender)


def pieces(message: Outbound) -> list[Outbound]:
    """Return a message as several that each fit into one bubble; the last keeps the buttons."""
    parts = split(clean(message.text), TEXT_UNITS - _sender_units(message))
    first = [Outbound(part, sender=message.sender) for part in parts[:-1]]
    return [*first, message._replace(text=parts[-1])]


def pack(bubbles: Sequence[Bubble]) -> list[Bubble]:
    """Join neighbours with a blank line between, where there are more than one answer may have."""
    if len(bubbles) <= OUTPUTS:
        return list(bubbles)
    if len(bubbles) <= _FEW:
        joined = _join_pairs(list(bubbles))
        if len(joined) <= OUTPUTS:
            return joined
    return _join_densely(bubbles)


def _join_pairs(bubbles: list[Bubble]) -> list[Bubble]:
    """Join no more than needed, and those first that belong together."""
    while len(bubbles) > OUTPUTS:
        place = _best_pair(bubbles)
        if place is None:
            break
        bubbles = [
            *bubbles[:place],
            _joined(bubbles[place], bubbles[place + 1]),
            *bubbles[place + 2 :],
        ]
    return bubbles


def _join_densely(bubbles: Sequence[Bubble]) -> list[Bubble]:
    """Fill each bubble before the next one begins: in order there are no fewer."""
    dense = [bubbles[0]]
    for bubble in bubbles[1:]:
        if _may_join(dense[-1], bubble):
            dense[-1] = _joined(dense[-1], bubble)
        else:
            dense.append(bubble)
    return dense


def _best_pair(bubbles: Sequence[Bubble]) -> int | None:
    """Return where two neighbours join best: of the same voice, then the shortest."""
    pairs = [
        (left.sender != right.sender, units(left.text) + units(right.text), place)
        for place, (left, right) in enumerate(pairwise(bubbles))
        if _may_join(left, right)
    ]
    return min(pairs)[2] if pairs else None


def _joined(left: Bubble, right: Bubble) -> Bubble:
    return Bubble(left.text + _BETWEEN + right.text, right.links, right.sender)


def _may_join(left: Bubble, right: Bubble) -> bool:
    room = CARD_UNITS if right.links else TEXT_UNITS
    return not left.links and units(left.text) + len(_BETWEEN) + units(right.text) <= room


def _with_links(text: str, links: Sequence[Button], sender: str | None) -> list[Bubble]:
    """Put the end of the text on a card with the links, and what is before into bubbles."""
    tail = split(text, CARD_UNITS)[-1] or links[0].label
    head = text[: len(text) - len(tail)].rstrip()
    bubbles = [Bubble(part, (), sender) for part in split(head, TEXT_UNITS) if part]
    for start in range(0, len(links), CARD_BUTTONS):
        group = tuple(links[start : start + CARD_BUTTONS])
        bubbles.append(Bubble(tail if start == 0 else group[0].label, group, sender))
    return bubbles


def _left_over(message: Outbound) -> list[str]:
    """Return lines for the choices beyond the buttons that Kakao shows: typed words count too."""
    if len(message.choices) + len(message.fixed) <= REPLIES:
        return []
    choices = [button for button in message.choices if not button.path]
    fixed = sum(not button.path for button in message.fixed)
    return [f"- {button.label}" for button in choices[max(0, REPLIES - fixed) :]]


def _sender_units(message: Outbound) -> int:
    return 0 if message.sender is None else units(message.sender) + len(":\n")

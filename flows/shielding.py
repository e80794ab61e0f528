"""What comes before all else: secret words, a covered talk, a question of who it is."""

from flows.commands import command_of, repeat
from flows.cover import (
    REENTRY,
    ask_who,
    cover,
    forced,
    is_covered,
    is_long_silent,
    knows,
    show_openly,
    uncover,
    under_cover,
)
from flows.erasing import ERASING, answered
from flows.events import Said
from flows.hand import Hand
from flows.messages import Kind
from flows.opening import opened, start
from flows.state import CLOSED
from flows.texts import fold
from flows.triage import Label, Signal, triage

_URGENT = frozenset({Label.IMMINENT, Label.SELFHARM})


def shielded(hand: Hand, event: Said) -> bool:
    """Take what a secret word, a covered talk or a long silence changes; False when nothing."""
    if event.kind in {Kind.BLOCKED, Kind.UNBLOCKED, Kind.EDIT}:
        return False
    if event.word == "duress" or (event.word == "cover" and not is_covered(hand)):
        cover(hand, event.word)
        return True
    if is_covered(hand):
        return _covered(hand, event)
    if _gives_word(hand, event):
        return True
    if is_long_silent(hand) and not _cries(event):
        ask_who(hand)
        return True
    return False


def _gives_word(hand: Hand, event: Said) -> bool:
    """Take the answer to a question for her code word, when one is open."""
    if REENTRY in hand.memory:
        return _reentered(hand, event)
    if hand.memory.get(ERASING) != "word" or event.kind is not Kind.TEXT or _cries(event):
        return False
    answered(hand, event.word)
    return True


def _covered(hand: Hand, event: Said) -> bool:
    # the button stands under older messages too: neither a tap nor its label brings her back
    labels = {fold(label) for label in hand.flow.phrases.labels["cover"].values()}
    asked = command_of(hand, event.text) == "cover" and fold(event.text) not in labels
    if uncover(hand, event.word, asked=asked):
        opened(hand)
        return True
    if event.press == "!emergency" and not forced(hand):
        show_openly(hand)
        return False
    signal = triage(event.text) if event.kind is Kind.TEXT else Signal(Label.OTHER)
    return not under_cover(hand, signal)


def _reentered(hand: Hand, event: Said) -> bool:
    """Go on where she was when it is she; else at the beginning, as for anybody."""
    if _cries(event):
        return False
    known = knows(hand, event.word)
    if known and hand.step != CLOSED:
        repeat(hand, hand.phrase("resumed"))
        return True
    if hand.step != CLOSED:
        hand.fire("close")
    start(hand)
    return True


def _cries(event: Said) -> bool:
    """Say whether help comes before any question of who it is."""
    pressed_card = event.press == "!emergency"
    return pressed_card or (event.kind is Kind.TEXT and triage(event.text).label in _URGENT)

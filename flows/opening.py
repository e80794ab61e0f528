"""Opening a conversation, and coming back to one."""

from flows.commands import repeat
from flows.hand import Hand
from flows.messages import Button
from flows.state import CLOSED, LIVE, WAITING
from flows.walk import walk


def opened(hand: Hand) -> None:
    """She opened the channel without a word: begin, or show where she stands."""
    if hand.step == CLOSED:
        start(hand)
    elif hand.step == WAITING:
        repeat(hand, hand.phrase("waiting_ack"))
    elif hand.step == LIVE:
        repeat(hand, hand.phrase("live_started"))
    else:
        repeat(hand)


def start(hand: Hand) -> None:
    """Open the conversation at its beginning."""
    returning = bool(hand.asked)
    hand.fire("open")
    hand.stack, hand.redo = [], None
    if returning:
        hand.flag("returning")
        hand.say(hand.phrase("welcome_back"), _continue_button(hand))
    walk(hand)


def _continue_button(hand: Hand) -> list[Button]:
    return [hand.command_button("continue")] if hand.resume else []

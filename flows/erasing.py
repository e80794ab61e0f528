"""Her wish to be forgotten: at once before anything was sent in, later only when it is hers."""

from flows.consenting import ways_back
from flows.cover import GUARDS
from flows.effects import Clear, Erase
from flows.hand import Hand
from flows.messages import Button
from flows.state import CLOSED

ERASING = "erasing"
"""In the memory: `1` while she is asked whether, `word` while she is asked for her code word."""
KEEPS = "keeps"
"""In the memory: she keeps a log or a plan."""
RECEIPT = "erase_receipt"
URGENCY = 2


def ask_whether(hand: Hand) -> None:
    """Ask once before anything is erased."""
    hand.memory[ERASING] = "1"
    buttons = [
        Button(hand.phrase("erase_yes"), "!erase:yes"),
        Button(hand.phrase("erase_no"), "!erase:no"),
        *ways_back(hand),
    ]
    hand.say(hand.phrase("erase_ask"), buttons, [hand.command_button("emergency")])


def confirmed(hand: Hand) -> None:
    """Take her yes: at once, or after her code word where there is something to destroy."""
    hand.memory.pop(ERASING, None)
    if "submitted" not in hand.flags and KEEPS not in hand.memory:
        erase(hand)
    elif "code_word" in hand.memory.get(GUARDS, ""):
        hand.memory[ERASING] = "word"
        skip = [Button(hand.phrase("skip"), "!erase:unknown")]
        hand.say(hand.phrase("erase_word"), skip, [hand.command_button("emergency")])
    else:
        unverified(hand)


def answered(hand: Hand, word: str) -> None:
    """Take the answer to that question."""
    hand.memory.pop(ERASING, None)
    if word == "code":
        erase(hand)
    else:
        unverified(hand)


def unverified(hand: Hand) -> None:
    """Clear the chat only, and let a counselor make sure: she may not be the one who holds it."""
    hand.summon(URGENCY, "erase")
    if hand.channel != "web":
        hand.effects.append(Clear())
    hand.say(hand.phrase("erase_kept"), (), hand.ways_out())


def erase(hand: Hand) -> None:
    """Acknowledge it, say what stays and why, and give a number that proves it."""
    hand.memory[RECEIPT] = hand.moment.receipt
    words = hand.phrase("erase_done")
    hand.say(f"{words} [{hand.moment.receipt}]" if hand.moment.receipt else words)
    hand.effects.append(Erase())
    if hand.step != CLOSED:
        hand.fire("close")

"""Urgency: rules that anyone can read; a rule may only raise."""

from flows.effects import Note
from flows.hand import Hand
from flows.state import UNKNOWN_RISK

LOWERED = "lowered"
"""The mark of the rules that two people weighed and found too urgent."""
QUIET = "quiet_until"
"""The mark of an abusive sender: until when, in seconds, no counselor is called but in danger."""


def assess(hand: Hand, name: str) -> None:
    """Look again at the rules that depend on a value which has just changed.

    An answer that is unknown, skipped or taken back never lowers what was reached.
    """
    rules = hand.flow.rules_of.get(name)
    if not rules:
        return
    for rule in rules:
        if rule.id in hand.because or not rule.when.holds(hand.values):
            continue
        hand.because.append(rule.id)
        hand.effects.append(Note("risk", rule.id))
    _set_risk(hand)


def raise_to(hand: Hand, urgency: int) -> None:
    """Raise the urgency for a reason that is no rule, such as a signal in a free text."""
    hand.risk = min(hand.risk, urgency)
    hand.values["risk"] = hand.risk


def _set_risk(hand: Hand) -> None:
    weighed = hand.memory.get(LOWERED, "").split(",")
    counted = [reason for reason in hand.because if reason not in weighed]
    held = [rule for rule in hand.flow.rules if rule.id in counted]
    reached = min(
        (rule.urgency for rule in held if rule.urgency is not None), default=UNKNOWN_RISK
    )
    if any(rule.urgency is None for rule in held):
        reached = max(0, reached - 1)
    hand.risk = min(hand.risk, reached)
    hand.values["risk"] = hand.risk

"""Going back and correcting: one question again, and only what depends on it after it."""

from flows.hand import Hand
from flows.questions import ask
from flows.walk import SEPARATOR


def back(hand: Hand) -> bool:
    """Return to the question before this one; False when there is none."""
    while hand.trail:
        step, *stack = hand.trail.pop().split(SEPARATOR)
        place = hand.flow.places.get(step)
        if place is None:
            continue
        hand.stack = list(stack)
        hand.jump(step)
        hand.drop(place.save)
        hand.redo, hand.undone = None, []
        ask(hand, place)
        return True
    return False


def correct(hand: Hand, name: str) -> None:
    """Ask one earlier question again; what was answered after it is kept where it still holds."""
    place = hand.flow.asked_at[name]
    here = hand.redo or hand.step
    at = next(
        (i for i, entry in enumerate(hand.trail) if entry.split(SEPARATOR)[0] == place.name), None
    )
    if at is None:
        return
    hand.undone += hand.trail[at + 1 :]
    stack = hand.trail[at].split(SEPARATOR)[1:]
    hand.trail = hand.trail[:at]
    if here in hand.flow.places:
        hand.redo = here
    hand.stack = list(stack)
    hand.jump(place.name)
    ask(hand, place)


def correctable(hand: Hand) -> list[str]:
    """Return the names of the answers that can be corrected, in the order they were given."""
    steps = [entry.split(SEPARATOR)[0] for entry in hand.trail]
    names = [hand.flow.places[step].save for step in steps if step in hand.flow.places]
    return [name for name in dict.fromkeys(names) if name in hand.answers]

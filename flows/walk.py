"""Walking: entering steps one after the other until one waits for an answer."""

from flows.compiled import Asks, Place
from flows.effects import (
    CheckIn,
    Forget,
    IssueReceipt,
    Remember,
    Say,
    Submit,
)
from flows.hand import Hand
from flows.questions import ask, card
from flows.risk import assess
from flows.script import Do
from flows.texts import spoken

SEPARATOR = "|"


def walk(hand: Hand) -> None:
    """Enter the step where the hand is, and go on until something is waited for."""
    passed: set[str] = set()
    while place := hand.place:
        if hand.redo and place.name in passed:
            _return(hand)
            continue
        passed.add(place.name)
        _enter(hand, place)
        if place.asks is not Asks.NOTHING:
            if not _answered_before(hand, place):
                ask(hand, place)
                return
            hand.fire("on", _choice(hand, place))
            continue
        if not _leave(hand, place):
            return


def go_on(hand: Hand, choice: str | None) -> None:
    """Leave an answered question by its way on and walk."""
    if (place := hand.place) and place.end:
        _end(hand, place.end)
    else:
        hand.fire("on", choice)
    walk(hand)


def _enter(hand: Hand, place: Place) -> None:
    for name, expression in place.set:
        hand.keep(name, expression.of(hand.values))
        assess(hand, name)
    if place.text is None or place.text.kind != "word":
        carry_out(hand, place)
    for line in place.say[: None if place.asks is Asks.NOTHING else -1]:
        if line.when is None or line.when.holds(hand.values):
            hand.say(spoken(line.texts, hand.language).fill(hand.told))


def carry_out(hand: Hand, place: Place) -> None:
    """Do the effects of a step, in their order."""
    for do in place.do:
        _carry_out(hand, place, do)


def _carry_out(hand: Hand, place: Place, do: Do) -> None:
    if do.card:
        card(hand)
    if do.flag:
        hand.flag(do.flag)
    if do.receipt and "receipt_set" not in hand.flags:
        hand.memory["receipt"] = hand.moment.receipt
        hand.flag("receipt_set")
        hand.effects.append(IssueReceipt(hand.moment.receipt))
    if do.submit:
        asked = hand.flow.asked_at.items()
        own = (name for name, at in asked if at.flow == place.flow and name in hand.answers)
        hand.effects.append(Submit(do.submit, tuple(own)))
        hand.flag("submitted")
    if do.summon:
        least = 3 if do.summon.urgency == "risk" else int(do.summon.urgency[1])
        reasons = [plain(do.summon.because)] if do.summon.because else []
        hand.summon(min(least, hand.risk), *reasons)
    if do.remember:
        for name, answer in do.remember.items():
            value = hand.values.get(answer, "")
            kept = ",".join(value) if isinstance(value, tuple) else str(value)
            hand.effects.append(Remember(name, kept))
    _carry_out_later(hand, do)


def _carry_out_later(hand: Hand, do: Do) -> None:
    if do.check_in:
        hand.effects.append(CheckIn(do.check_in.seconds))
    if do.forget and hand.risk > 0:
        hand.memory["forget"] = "1"
        hand.effects.append(Forget())


def plain(text: dict[str, str]) -> str:
    """Return a text for staff, who read Korean."""
    return text.get("ko") or next(iter(text.values()))


def _leave(hand: Hand, place: Place) -> bool:
    """Leave a step that does not ask; False when the walk ends here."""
    if any(do.wait for do in place.do):
        hand.resume = None
        hand.memory.pop("acked", None)
        if place.leads_on:
            hand.memory["after_wait"] = place.name
        hand.fire("call")
        return False
    if place.call:
        hand.stack.append(place.name)
        hand.fire("on", "@call")
        return True
    if place.end:
        return _end(hand, place.end)
    hand.fire("on")
    return True


def _end(hand: Hand, how: str) -> bool:
    if how == "return" and hand.stack:
        back = hand.stack.pop()
        place = hand.flow.places.get(back)
        hand.jump(back)
        if place is not None and place.call is not None and place.asks is Asks.NOTHING:
            return _after_call(hand, place)
        return True
    hand.fire("close")
    return False


def _after_call(hand: Hand, place: Place) -> bool:
    if place.end:
        return _end(hand, place.end)
    hand.fire("on")
    return True


def _answered_before(hand: Hand, place: Place) -> bool:
    """While an answer is corrected: say whether this question need not be asked again."""
    if hand.redo is None:
        return False
    if place.name == hand.redo:
        _settle(hand)
        return False
    if not place.save or place.save not in hand.answers:
        return False
    offered = {option.id for option in hand.open_options(place)}
    value = hand.answers[place.save]
    kept = value if isinstance(value, tuple) else (value,)
    if place.options and not all(one in offered for one in kept):
        hand.drop(place.save)
        return False
    hand.trail.append(mark(hand, place.name))
    hand.effects = [effect for effect in hand.effects if not isinstance(effect, Say)]
    return True


def _return(hand: Hand) -> None:
    """Go back to where she was: the corrected way turns in a circle, and nothing is lost by it."""
    goal = hand.redo or hand.step
    stack = hand.undone[-1].split(SEPARATOR)[1:] if hand.undone else []
    hand.trail += hand.undone
    hand.redo, hand.undone, hand.stack = None, [], stack
    hand.jump(goal)


def _settle(hand: Hand) -> None:
    """Drop the answers of questions that the corrected way no longer passes."""
    passed = {entry.partition(SEPARATOR)[0] for entry in hand.trail}
    for entry in hand.undone:
        step = entry.partition(SEPARATOR)[0]
        place = hand.flow.places.get(step)
        if place and place.save and step not in passed and step != hand.redo:
            hand.drop(place.save)
    hand.redo = None
    hand.undone = []


def _choice(hand: Hand, place: Place) -> str | None:
    value = hand.answers.get(place.save)
    return value if place.asks is Asks.ONE and isinstance(value, str) else None


def mark(hand: Hand, step: str) -> str:
    """Return a step with the flows that were called to get there: an entry of the trail."""
    return SEPARATOR.join((step, *hand.stack))

"""The pure engine: one event applied to one conversation."""

from flows.commands import fell_silent, repeat
from flows.compiled import Asks, CompiledFlow
from flows.consenting import NOW, ask_consent
from flows.cover import greeted
from flows.effects import Note, Say, Turn
from flows.events import (
    AskedConsent,
    AskedOpinion,
    Closed,
    Event,
    EventNotAllowed,
    Found,
    Moment,
    Moved,
    Passed,
    Released,
    Replied,
    Requeued,
    Said,
    Ticked,
    Took,
)
from flows.hand import Hand
from flows.hearing import hear
from flows.messages import Outbound
from flows.opening import start
from flows.opinion import ask_opinion
from flows.proposals import offer
from flows.state import CLOSED, LIVE, WAITING, State
from flows.walk import carry_out, go_on, walk

LATE = "late"
"""The timer that goes off when she has waited long for a counselor."""

__all__ = ["CLOSED", "LATE", "LIVE", "WAITING", "State", "advance", "begin"]


def begin(flow: CompiledFlow, language: str | None = None) -> State:
    """Return the state of a conversation in which nothing was said yet."""
    known = (language or "")[:2].lower()
    return State(step=CLOSED, language=known if known in flow.phrases.languages else "ko")


def advance(  # noqa: C901, PLR0912  # one line a kind of event
    flow: CompiledFlow, state: State, event: Event, moment: Moment
) -> Turn:
    """Apply one event to one conversation.

    Args:
        flow: The version this conversation runs on.
        state: Unchanged by the call; `state.step` is a step of `flow` or `@waiting`, `@live`,
            `@closed`.
        event: What happened; texts are at most 16,000 characters and unescaped.
        moment: The time and the fresh codes that a pure engine cannot make.

    Returns:
        The new state and the effects in the order in which they must happen.

    Raises:
        EventNotAllowed: the state does not know the event.
        FlowError: more than 100 steps without waiting (a loop), or a step that is gone.
    """
    hand = Hand(flow, state, moment, getattr(event, "channel", ""))
    if not isinstance(event, Said):
        hand.memory.pop(NOW, None)  # something else is said last
    match event:
        case Said():
            hear(hand, event)
        case Found():
            _found(hand, event)
        case Took():
            _took(hand, event)
        case Replied():
            _replied(hand, event)
        case Passed():
            _passed(hand, event)
        case Requeued():
            _requeued(hand, event)
        case Released():
            _released(hand, event)
        case Closed():
            _closed(hand)
        case Ticked():
            _ticked(hand, event)
        case Moved():
            _moved(hand)
        case AskedConsent():
            ask_consent(hand, event)
        case AskedOpinion():
            ask_opinion(hand, event)
    return hand.turn()


# -- the service and the clock ------------------------------------------------------------


def _found(hand: Hand, event: Found) -> None:
    place = hand.place
    if place is None or not any(do.look_up for do in place.do):
        raise EventNotAllowed("nothing was looked up")
    found = "yes" if event.found else "no"
    told = {"found": found, "found_status": event.status, "found_services": event.services}
    hand.memory |= told
    hand.values |= told
    if event.found and event.own and hand.channel == "web":
        hand.flag("verified")
    carry_out(hand, place)
    go_on(hand, None)


def _ticked(hand: Hand, event: Ticked) -> None:
    if event.timer == LATE:
        _late(hand)
        return
    hand.effects.append(Note("timer", event.timer))
    greeted(hand)
    if event.timer == "silence":
        fell_silent(hand)
        return
    start = hand.flow.starts.get(event.timer)
    if start is None or hand.step in {LIVE, WAITING}:
        return
    if hand.step == CLOSED:
        hand.fire("open")
    hand.stack.append(hand.step)
    hand.jump(start)
    walk(hand)


def _late(hand: Hand) -> None:
    """Nobody has come for a while: say so, and offer to be contacted instead."""
    if hand.step == WAITING:
        hand.effects.append(Note("late"))
        hand.say(hand.phrase("queue_late"), (), hand.ways_out())


def _moved(hand: Hand) -> None:
    """Go on under another version; a step that is gone leads back to the beginning."""
    known = hand.flow.places
    hand.stack = [step for step in hand.stack if step in known]
    hand.resume = hand.resume if hand.resume in known else None
    if hand.step in known or hand.step.startswith("@"):
        return
    hand.step = CLOSED
    start(hand)


# -- the counselor ------------------------------------------------------------------------


def _took(hand: Hand, event: Took) -> None:
    if hand.step == LIVE:
        raise EventNotAllowed("a counselor is there already")
    if hand.place:
        hand.resume = hand.step
    hand.memory["counselor"] = event.sender
    hand.memory.pop("acked", None)
    hand.fire("take")
    hand.say(hand.phrase("live_started"), (), hand.ways_out())


def _replied(hand: Hand, event: Replied) -> None:
    if hand.step != LIVE:
        raise EventNotAllowed("take the conversation over before you write")
    hand.fire("reply")
    message = Outbound(event.text, fixed=tuple(hand.ways_out()), sender=event.sender)
    hand.effects.append(Say(message))


def _passed(hand: Hand, event: Passed) -> None:
    if hand.step != LIVE:
        raise EventNotAllowed("only a talk that is going on can be passed on")
    hand.memory["counselor"] = event.sender
    hand.say(hand.phrase("live_passed"), (), hand.ways_out())


def _requeued(hand: Hand, event: Requeued) -> None:
    if hand.step != LIVE:
        raise EventNotAllowed("only a talk that is going on can go back to the queue")
    hand.fire("requeue")
    hand.memory["acked"] = "1"
    hand.summon(event.urgency, event.because)
    hand.say(hand.phrase("requeued"), (), hand.ways_out())


def _released(hand: Hand, event: Released) -> None:
    if hand.step != LIVE:
        raise EventNotAllowed("only a conversation that was taken over can be released")
    told = hand.flow.starts.get("counsel_end")
    goal = event.step or told or hand.resume or hand.flow.start
    if goal not in hand.flow.places:
        raise EventNotAllowed("this version has no such step")
    if goal != told:  # that flow says so itself
        hand.say(hand.phrase("live_ended"))
    hand.stack, hand.redo = [], None
    hand.jump(goal)
    place = hand.place
    if place and place.asks is not Asks.NOTHING and goal == hand.resume and hand.asked:
        hand.resume = None
        repeat(hand)
    else:
        hand.resume = hand.resume if event.step is None else None
        walk(hand)
    offer(hand, event.proposed or {})


def _closed(hand: Hand) -> None:
    if hand.step == CLOSED:
        raise EventNotAllowed("the conversation is closed already")
    hand.fire("close")
    hand.resume = None
    hand.say(hand.phrase("closed_text"))

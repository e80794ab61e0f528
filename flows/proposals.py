"""What a counselor learned, proposed for the application: masked, and kept only if she says so."""

import json
from collections.abc import Mapping
from datetime import date

from flows.answers import NotUnderstood, read_answer
from flows.compiled import Asks, CompiledFlow
from flows.effects import Note, Submit
from flows.events import EventNotAllowed
from flows.hand import Hand
from flows.messages import Button
from flows.questions import ask_again
from flows.state import Value
from flows.texts import mask, said

KEPT = "proposed"
FRESH = "proposed_now"
"""While nothing was said since: a typed yes or no answers the proposal."""
MOST = 12
NEVER = "word"
"""The kind of answer that nobody but she may set: a secret word."""


def readable(flow: CompiledFlow, name: str, text: str, today: date) -> Value:
    """Return a proposed answer as a value.

    Raises:
        EventNotAllowed: there is no such question, or the text is no answer to it.
    """
    place = flow.asked_at.get(name)
    if place is None or (place.text and place.text.kind == NEVER):
        raise EventNotAllowed("this version asks no such question")
    if place.asks is Asks.ONE and flow.option(name, text) is not None:
        return text
    if place.asks is Asks.SEVERAL:
        chosen = tuple(filter(None, text.split(",")))
        if chosen and all(flow.option(name, one) for one in chosen):
            return chosen
    if place.text is not None:
        try:
            return read_answer(place.text, text, today)
        except NotUnderstood:
            raise EventNotAllowed("this is no answer to the question") from None
    raise EventNotAllowed("this is no answer to the question")


def offer(hand: Hand, proposed: Mapping[str, str]) -> None:
    """Show her what the counselor proposes, masked, and ask."""
    if not proposed:
        return
    today = hand.moment.at.date()
    for name, text in list(proposed.items())[:MOST]:
        readable(hand.flow, name, text, today)
    hand.memory |= {KEPT: json.dumps(dict(proposed), ensure_ascii=False), FRESH: "1"}
    lines = [hand.phrase("proposed_ask"), *(_line(hand, *one) for one in proposed.items())]
    buttons = [
        Button(hand.phrase("proposed_yes"), "!propose:yes"),
        Button(hand.phrase("proposed_no"), "!propose:no"),
    ]
    hand.say("\n".join(lines), buttons, hand.ways_out())


def _line(hand: Hand, name: str, text: str) -> str:
    place = hand.flow.asked_at[name]
    value = readable(hand.flow, name, text, hand.moment.at.date())
    parts = value if isinstance(value, tuple) else (value,)
    labels = []
    for part in parts:
        option = hand.flow.option(name, str(part))
        labels.append(said(option.label, hand.language) if option else str(part))
    shown = ", ".join(labels)
    covered = mask(shown) if place.private and not hand.may_read else shown
    return f"· {said(place.title, hand.language)}: {covered}"


def decide(hand: Hand, answer: str) -> None:
    """Take her yes or no; a proposal that was answered before changes nothing."""
    kept = hand.memory.pop(KEPT, "")
    hand.memory.pop(FRESH, None)
    proposed: dict[str, str] = json.loads(kept) if kept else {}
    agreed = answer == "yes"
    if agreed and proposed:
        for name, text in proposed.items():
            hand.keep(name, readable(hand.flow, name, text, hand.moment.at.date()))
        _resubmit(hand, proposed)
    if proposed:
        hand.effects.append(Note("proposed", answer))
    before = hand.phrase("proposed_kept" if agreed and proposed else "proposed_dropped")
    if hand.place and hand.asked and hand.place.asks is not Asks.NOTHING:
        ask_again(hand, hand.place, before)
    else:
        hand.say(before, (), hand.ways_out())


def _resubmit(hand: Hand, proposed: Mapping[str, str]) -> None:
    """An application that was sent already is written anew with what she confirmed."""
    if "submitted" not in hand.flags:
        return
    flows = {hand.flow.asked_at[name].flow for name in proposed}
    for place in hand.flow.places.values():
        kind = next((do.submit for do in place.do if do.submit), None)
        if kind and place.flow in flows:
            asked = hand.flow.asked_at.items()
            own = tuple(n for n, at in asked if at.flow == place.flow and n in hand.answers)
            hand.effects.append(Submit(kind, own))
            return

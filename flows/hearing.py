"""What the person does: an open, a press, a text, a file."""

from flows.commands import (
    WATCHED,
    call_counselor,
    command_of,
    danger,
    repeat,
    run,
    selfharm,
    speak,
)
from flows.compiled import Asks, Place
from flows.consenting import NOW, ask_openly, doubtful_consent, late_consent, typed_consent
from flows.effects import Note
from flows.erasing import ERASING
from flows.events import Said
from flows.hand import Hand
from flows.messages import Button, Kind
from flows.opening import opened, start
from flows.proposals import FRESH
from flows.replies import Press, is_well_formed, pressed, typed, typed_choice, weigh
from flows.shielding import shielded
from flows.split import earlier_texts
from flows.state import CLOSED, LIVE, WAITING
from flows.texts import fold
from flows.triage import Label, Signal, cry, triage

GREETING = "hello"
NUMBERED = {"1": "yes", "2": "no"}
"""The two buttons of a question of the engine, by number."""
URGENT = frozenset({Label.IMMINENT, Label.SELFHARM})


def hear(hand: Hand, event: Said) -> None:
    """Take what the person did."""
    hand.memory.pop(WATCHED, None)
    hand.secret = bool(event.word)
    asked_last = hand.memory.pop(NOW, "")
    if not shielded(hand, event):
        _take(hand, event, asked_last)


def _take(hand: Hand, event: Said, asked_last: str) -> None:
    match event.kind:
        case Kind.TEXT:
            _text(hand, event, asked_last)
        case Kind.PRESS:
            _press(hand, event)
        case Kind.OPEN:
            opened(hand)
            ask_openly(hand)
        case Kind.FILES:
            _files(hand, event)
        case Kind.OTHER:
            if hand.step not in {LIVE, WAITING}:
                repeat(hand, hand.phrase("cannot_read"))
        case Kind.BLOCKED | Kind.UNBLOCKED | Kind.EDIT:
            hand.effects.append(Note(event.kind.value))


def _press(hand: Hand, event: Said) -> None:
    data = event.press or ""
    if hand.memory.get(ERASING) == "1" and not data.startswith("!erase"):
        hand.memory.pop(ERASING)
    if data.startswith("!"):
        run(hand, data[1:])
        _take_held(hand, event)
        return
    kind, what = weigh(hand, data)
    if kind is Press.OPEN and hand.place:
        pressed(hand, hand.place, what)
    elif kind is Press.OLD:
        if hand.step == CLOSED:
            start(hand)
        else:
            repeat(hand, hand.phrase("stale"))


def _text(hand: Hand, event: Said, asked_last: str) -> None:
    if hand.step == CLOSED and hand.flow.first_answers and not hand.asked:
        hand.fire("open")
        hand.asked = 1
    unseen = bool(hand.memory.pop("unseen", ""))
    if unseen:
        hand.memory.pop(ERASING, None)  # she never saw that question
        asked_last = ""  # nor that one
    if _plainly(hand, event, asked_last, seen=not unseen):
        return
    signal = _signal(hand, event)
    if not _presses(signal) and doubtful_consent(hand, event.text, asked_last):
        return
    if _signalled(hand, signal, event.text):
        return
    if unseen and hand.place:
        repeat(hand)  # she has not read the question that is open now: nothing answers it yet
    elif not late_consent(hand, event.text):
        _ordinary(hand, event.text)


def _plainly(hand: Hand, event: Said, asked_last: str, *, seen: bool) -> bool:
    """Take a text that is just an answer to what is open, or a command."""
    if asked_last and typed_consent(hand, event.text, asked_last):
        return True
    place = hand.place
    if _answers_engine(hand, event):
        return True
    if place and hand.asked and seen and typed_choice(hand, place, event.text):
        return True
    if command := command_of(hand, event.text):
        _commanded(hand, command, event.text)
        return True
    return False


def _presses(signal: Signal) -> bool:
    """Say whether a text asks for something now; the model's doubt alone does not."""
    if signal.label is Label.OTHER:
        return signal.ask and not all(why.startswith("model") for why in signal.why)
    return signal.label is not Label.DELETE


def _answers_engine(hand: Hand, event: Said) -> bool:
    """Take a bare answer to what the engine asked last: it is none to the question below it."""
    if hand.memory.pop(FRESH, "") and (answer := _yes_or_no(hand, "proposed", event.text)):
        run(hand, f"propose:{answer}")
        return True
    if hand.memory.get(ERASING) == "1" and _answered(hand, "erase", event.text, ERASING):
        return True
    if "held" in hand.memory and _answered(hand, "danger", event.text, "held"):
        _take_held(hand, event)
        return True
    return False


def _commanded(hand: Hand, command: str, text: str) -> None:
    if command != GREETING:
        run(hand, command)
    elif hand.step in {LIVE, WAITING}:
        _ordinary(hand, text)  # she greets the counselor
    else:
        opened(hand)


def _signal(hand: Hand, event: Said) -> Signal:
    place = hand.place
    if place and hand.asked and place.text and place.text.kind == "word":
        hand.secret = True
        return cry(event.text)
    signal = triage(event.text, earlier_texts(hand, event.text))
    if signal.ask and place and hand.asked and _is_an_answer(hand, place, event.text, signal):
        hand.effects.append(Note("signal", "not asked: " + ", ".join(signal.why)))
        return Signal(signal.label, ask=False, why=signal.why)
    return signal


def _is_an_answer(hand: Hand, place: Place, text: str, signal: Signal) -> bool:
    """Say whether a doubtful text is what was asked for: then it is kept, not questioned.

    Where a story is asked for, only the rules may ask; the model's doubt is noted for staff.
    """
    if place.asks is Asks.TEXT and all(why.startswith("model") for why in signal.why):
        return True
    return is_well_formed(hand, place, text)


def _ordinary(hand: Hand, text: str) -> None:
    """Take a text that is neither a choice nor a command nor a signal."""
    if hand.step == CLOSED:
        start(hand)
    elif hand.step == WAITING:
        if "acked" not in hand.memory:
            hand.memory["acked"] = "1"
            hand.say(hand.phrase("waiting_ack"), (), hand.ways_out())
    elif (place := hand.place) and hand.asked:
        typed(hand, place, text)
    elif hand.place:
        repeat(hand)


def _answered(hand: Hand, question: str, text: str, mark: str) -> bool:
    """Take a typed yes or no to a question of the engine; anything else lets it go."""
    if answer := NUMBERED.get(fold(text)) or _yes_or_no(hand, question, text):
        run(hand, f"{question}:{answer}")
        return True
    hand.memory.pop(mark)
    return False


def _yes_or_no(hand: Hand, question: str, text: str) -> str:
    """Return `yes` or `no` when a typed text is just that, to the buttons of one question."""
    for answer in ("yes", "no"):
        words = {fold(hand.phrase(f"{question}_{answer}"))}
        for choice in hand.flow.phrases.presets.get("yes_no", ()):
            if choice.id == answer:
                words |= {fold(word) for word in (*choice.label.values(), *choice.accepts)}
        if fold(text) in words:
            return answer
    return ""


def _take_held(hand: Hand, event: Said) -> None:
    """Take the text that waited for the gentle question as the answer it was meant to be."""
    if (held := hand.memory.pop("taken", None)) and hand.place:
        typed(hand, hand.place, held)
    elif "held" in hand.memory and event.press and not event.press.startswith("!danger"):
        hand.memory.pop("held")


def _signalled(hand: Hand, signal: Signal, text: str) -> bool:
    """Act on what a free text signals; False when it is an ordinary text."""
    match signal.label:
        case Label.IMMINENT:
            danger(hand, signal.why, text)
        case Label.SELFHARM:
            selfharm(hand, signal.why, text)
        case Label.HUMAN:
            call_counselor(hand, "asked")
        case Label.EXIT:
            run(hand, "exit:understood")
        case Label.DELETE:
            run(hand, "erase")
        case Label.OTHER:
            return signal.ask and _ask_gently(hand, signal, text)
    return True


def _ask_gently(hand: Hand, signal: Signal, text: str) -> bool:
    """Between "clearly" and "clearly not": one question, one tap, her place is kept."""
    hand.effects.append(Note("signal", "ask: " + ", ".join(signal.why)))
    if hand.step == LIVE or hand.risk == 0:  # a person is there, or on the way already
        return False
    if hand.step == CLOSED:
        hand.fire("open")
    hand.memory["held"] = text
    speak(hand, text)
    buttons = [
        Button(hand.phrase("danger_yes"), "!danger:yes"),
        Button(hand.phrase("danger_no"), "!danger:no"),
    ]
    hand.say(hand.phrase("ask_danger"), buttons, hand.ways_out())
    return True


def _files(hand: Hand, event: Said) -> None:
    if event.text and _signalled(hand, triage(event.text), event.text):
        return
    if hand.step in {LIVE, WAITING}:
        return
    if hand.step == CLOSED:
        hand.say(hand.phrase("files_kept"))
        start(hand)
    else:
        repeat(hand, hand.phrase("files_kept"))

"""Replies: what a press or a typed text means for the open question."""

from enum import Enum

from flows.answers import NotUnderstood, read_answer
from flows.compiled import Asks, Option, Place
from flows.cover import guard
from flows.effects import KeepWord, LookUp
from flows.hand import Hand
from flows.questions import (
    CHANGE,
    CONFIRM,
    DONE,
    MORE,
    SKIP,
    ask_again,
    ask_simpler,
    show_picked,
)
from flows.redo import correct
from flows.risk import assess
from flows.state import Value
from flows.texts import fold, said
from flows.walk import carry_out, go_on, mark

TRAIL = 200
"""Most questions that `back` remembers."""
FORMED = frozenset({"number", "date", "phone", "code"})
MANY = 20
"""Most choices that are read from one typed list."""


class Press(Enum):
    """What a pressed button of a question is to us now."""

    OPEN = "open"
    AGAIN = "again"
    OLD = "old"


def weigh(hand: Hand, data: str) -> tuple[Press, str]:
    """Say whether a button belongs to the open question, and what it stands for."""
    number, _, what = data.partition(":")
    if number == str(hand.asked) and hand.place is not None:
        return Press.OPEN, what
    return (Press.AGAIN if data == hand.last else Press.OLD), what


def pressed(hand: Hand, place: Place, what: str) -> None:
    """Take a button of the open question."""
    if what == MORE:
        hand.page += 1
        ask_again(hand, place)
    elif what == SKIP and place.optional:
        _keep(hand, place, "", what)
    elif place.asks is Asks.REVIEW:
        _reviewed(hand, place, what)
    elif place.asks is Asks.SEVERAL and what == DONE:
        _done(hand, place)
    elif option := _offered(hand, place, what):
        _chosen(hand, place, option)
    else:
        ask_again(hand, place, hand.phrase("stale"))


def match(hand: Hand, place: Place, text: str) -> list[Option]:
    """Return the offered choices that a typed text names: its label, a word for it, its number."""
    folded = fold(text)
    options = hand.open_options(place)
    if not folded or not options:
        return []
    for option in options:
        if folded in option.words:
            return [option]
    if folded.isdecimal() and 1 <= int(folded[:4]) <= len(options):
        return [options[int(folded[:4]) - 1]]
    if place.asks is not Asks.SEVERAL:
        return []
    named = [fold(part) for part in _split(text)][:MANY]
    found = [next((o for o in options if name in o.words), None) for name in named]
    return [option for option in found if option] if all(found) else []


def _split(text: str) -> list[str]:
    for sign in ("，", "、", "/", ";", "\n", "·"):
        text = text.replace(sign, ",")
    return [part for part in text.split(",") if fold(part)]


def typed_choice(hand: Hand, place: Place, text: str) -> bool:
    """Take a typed text that names offered choices or buttons; False when it does not."""
    if found := match(hand, place, text):
        if place.asks is Asks.ONE:
            _chosen(hand, place, found[0])
        else:
            hand.picked = list(dict.fromkeys(option.id for option in found))
            _keep(hand, place, tuple(hand.picked), "")
        return True
    for phrase, what in (("done", DONE), ("more", MORE), ("skip", SKIP), ("confirm", CONFIRM)):
        if fold(text) == fold(hand.phrase(phrase)) and _has_button(place, what):
            pressed(hand, place, what)
            return True
    return place.asks is Asks.REVIEW and _typed_change(hand, place, text)


def _has_button(place: Place, what: str) -> bool:
    match what:
        case "=":
            return place.asks is Asks.SEVERAL
        case "~":
            return place.optional and place.asks is Asks.TEXT
        case "confirm":
            return place.asks is Asks.REVIEW
        case _:
            return True


def _typed_change(hand: Hand, place: Place, text: str) -> bool:
    folded = fold(text).removeprefix(fold(hand.phrase("change")))
    for name in place.review:
        if name in hand.answers and folded == fold(
            said(hand.flow.asked_at[name].title, hand.language)
        ):
            correct(hand, name)
            return True
    return False


def is_well_formed(hand: Hand, place: Place, text: str) -> bool:
    """Say whether a text is the number, date, phone number or code that is asked for."""
    if place.text is None or place.text.kind not in FORMED:
        return False
    try:
        read_answer(place.text, text, hand.moment.at.date())
    except NotUnderstood:
        return False
    return True


def typed(hand: Hand, place: Place, text: str) -> None:
    """Take a free text as the answer of the open question, or ask in simpler words."""
    if place.asks is not Asks.TEXT or place.text is None:
        hand.tries += 1
        ask_simpler(hand, place)
        return
    try:
        answer = read_answer(place.text, text, hand.moment.at.date())
    except NotUnderstood as reason:
        hand.tries += 1
        ask_again(hand, place, hand.phrase(str(reason)))
        return
    if place.text.kind == "word":
        _keep_word(hand, place, str(answer))
    else:
        _keep(hand, place, answer, "")


def _keep_word(hand: Hand, place: Place, word: str) -> None:
    hand.secret = True
    keep = next((do.keep for do in place.do if do.keep), None)
    look_up = next((do.look_up for do in place.do if do.look_up), None)
    if look_up:
        hand.effects.append(LookUp(str(hand.answers.get(look_up, "")), word))
        return
    if keep:
        hand.effects.append(KeepWord(keep, word))
        guard(hand, keep)
        if keep == "code_word":
            hand.flag("word_set")
            if hand.channel == "web":
                hand.flag("verified")  # whoever has just set the word knows it
    carry_out(hand, place)
    _pass(hand, place, None)


def _offered(hand: Hand, place: Place, what: str) -> Option | None:
    return next((option for option in hand.open_options(place) if option.id == what), None)


def _chosen(hand: Hand, place: Place, option: Option) -> None:
    if place.asks is Asks.ONE:
        _keep(hand, place, option.id, option.id)
        return
    if option.alone:
        hand.picked = [option.id]
        _keep(hand, place, (option.id,), option.id)
        return
    if option.id in hand.picked:
        hand.picked.remove(option.id)
    else:
        hand.picked.append(option.id)
    show_picked(hand, place)


def _done(hand: Hand, place: Place) -> None:
    if hand.picked:
        _keep(hand, place, tuple(hand.picked), DONE)
    else:
        ask_again(hand, place, hand.phrase("choose_one"))


def _keep(hand: Hand, place: Place, value: Value, what: str) -> None:
    changed = hand.answers.get(place.save) != value
    hand.keep(place.save, value)
    if changed:
        _ask_dependents_again(hand, place.save)
    assess(hand, place.save)
    hand.last = f"{hand.asked}:{what}"
    _pass(hand, place, value if place.asks is Asks.ONE and isinstance(value, str) else None)


def _ask_dependents_again(hand: Hand, name: str) -> None:
    for other in hand.flow.dependents.get(name, ()):
        if other in hand.answers:
            hand.drop(other)
            _ask_dependents_again(hand, other)


def _pass(hand: Hand, place: Place, choice: str | None) -> None:
    hand.trail = [*hand.trail[-TRAIL:], mark(hand, place.name)]
    hand.tries = 0
    hand.picked = []
    go_on(hand, choice)


def _reviewed(hand: Hand, place: Place, what: str) -> None:
    if what == CONFIRM:
        hand.last = f"{hand.asked}:{what}"
        _pass(hand, place, None)
    elif what.startswith(CHANGE) and what[1:] in place.review and what[1:] in hand.answers:
        correct(hand, what[1:])
    else:
        ask_again(hand, place, hand.phrase("stale"))

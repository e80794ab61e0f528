"""Her consent to one referral, asked in her channel and given, refused or taken back by a tap."""

import json
from collections.abc import Callable
from typing import Any

from flows.compiled import Asks
from flows.consent_words import Meant, meant, speaks_of_it
from flows.consents import ANSWERS, BUTTONS
from flows.effects import Consent, OpenLink
from flows.events import AskedConsent
from flows.hand import Hand
from flows.messages import Button
from flows.questions import say_beside
from flows.state import LIVE
from flows.texts import fold, said

KEPT = "consents"
"""In the memory: by the id of a referral what is asked, and how far she is."""
NOW = "consent_now"
"""In the memory: the referral whose question was said last, and when; nothing was said since."""
READING_S = 3
"""A text that comes sooner was written before she could read the question."""
MOST = 12
LABEL_CHARS = 40
DANGER_ASKED = "held"
CONSENTING = frozenset(fold(label) for name in ("yes", "no") for label in BUTTONS[name].values())
"""What a flow's own consent is answered by too."""
ENGINE_ASKS = frozenset({"proposed_now", "erasing"})
"""Marks of the engine's other questions that a bare yes or no would answer."""
ASKED, APART, GIVEN, OVER = "asked", "apart", "given", "over"
Question = dict[str, Any]


def ask_consent(hand: Hand, event: AskedConsent) -> None:
    """Ask whether one support may be passed on: to whom, what for, which items, how long."""
    kept = _kept(hand)
    kept.pop(event.referral, None)
    if len(kept) >= MOST:
        kept.pop(next(iter(kept)))
    language = hand.language if hand.language in event.words else "en"
    words, masked = event.words[language], event.masked[language]
    kept[event.referral] = {
        "stage": ASKED,
        "service": said(event.service, hand.language),
        "words": words[0],
        "masked": masked[0],
        "apart": words[1] if len(words) > 1 else "",
    }
    _keep(hand, kept)
    _ask(hand, event.referral, kept[event.referral])


def ask_openly(hand: Hand) -> None:
    """On the web page, ask anew what a messenger could only ask in masked words."""
    if hand.channel != "web":
        return
    for number, question in _kept(hand).items():
        if question["stage"] != GIVEN:
            _ask(hand, number, question)


def decide(hand: Hand, argument: str) -> None:
    """Take one tap: `7:yes`, `7:no`, `7:back`, `7:web`; what was not asked changes nothing."""
    number, _, answer = argument.partition(":")
    kept = _kept(hand)
    question = kept.get(number)
    act = _ACTS.get((question["stage"], answer)) if question else None
    if question is None or act is None:
        say_beside(hand, hand.phrase("stale"))
        return
    act(hand, number, question)
    if question["stage"] == OVER:
        del kept[number]
    _keep(hand, kept)


def typed_consent(hand: Hand, text: str, fresh: str) -> bool:
    """Take a typed answer that is plain and can mean nothing else; False when it is none.

    Args:
        hand: Where the conversation stands.
        text: What she wrote.
        fresh: The mark of the question that was said last, or nothing.
    """
    said_of_it = meant(text)
    number, _, at = fresh.partition("@")
    question = _kept(hand).get(number)
    if question is None or question["stage"] not in {ASKED, APART} or said_of_it == "":
        return False
    if said_of_it == "unclear" or DANGER_ASKED in hand.memory:
        return False  # whatever else it may be is looked at first
    soon = int(hand.moment.at.timestamp()) - int(at) < READING_S
    if soon or len(_open(hand)) > 1 or _answers_more(hand, said_of_it):
        ask_by_tap(hand, number)
        return True
    decide(hand, f"{number}:{'yes' if said_of_it in {'yes', 'agree'} else 'no'}")
    return True


def doubtful_consent(hand: Hand, text: str, fresh: str) -> bool:
    """Ask again by a tap when she answers, but not plainly; False when it is about something else.

    What is written to a counselor, or for a question that asks for words, is theirs to read.
    """
    number = fresh.partition("@")[0]
    if number not in _open(hand) or _is_read(hand) or not meant(text):
        return False
    ask_by_tap(hand, number)
    return True


def late_consent(hand: Hand, text: str) -> bool:
    """Ask once more when she comes back to a consent that was asked before and is open yet."""
    newest = next(reversed(_open(hand)), "")
    if not newest or _is_read(hand) or not speaks_of_it(text):
        return False
    ask_by_tap(hand, newest)
    return True


def _is_read(hand: Hand) -> bool:
    place = hand.place
    writes = place is not None and bool(hand.asked) and place.asks is Asks.TEXT
    return hand.step == LIVE or writes


def ask_by_tap(hand: Hand, number: str) -> None:
    """Say gently that only a clear answer counts, and ask once more."""
    _ask(hand, number, _kept(hand)[number], _word(hand, "unclear"))


def _open(hand: Hand) -> dict[str, Question]:
    kept = _kept(hand)
    return {number: one for number, one in kept.items() if one["stage"] in {ASKED, APART}}


def _answers_more(hand: Hand, said_of_it: Meant) -> bool:
    """Say whether something else is open that the same words could answer."""
    if said_of_it in {"yes", "no"} and (hand.step == LIVE or ENGINE_ASKS & hand.memory.keys()):
        return True
    place = hand.place
    if place is None or not hand.asked or place.asks is Asks.NOTHING:
        return False
    if said_of_it in {"yes", "no"}:
        return True
    consents = any(one.words & CONSENTING for one in place.options)
    return place.asks is Asks.TEXT or consents


def ways_back(hand: Hand) -> list[Button]:
    """Return one button for each consent that she gave here: it takes that one back."""
    return [
        _back(hand, number, question)
        for number, question in _kept(hand).items()
        if question["stage"] == GIVEN
    ]


def _agreed(hand: Hand, number: str, question: Question) -> None:
    """What is sensitive is asked apart, after the rest."""
    if not question["apart"]:
        _given(hand, number, question)
        return
    question["stage"] = APART
    _ask(hand, number, question)


def _given(hand: Hand, number: str, question: Question, answer: str = "yes") -> None:
    question["stage"] = GIVEN
    hand.effects.append(Consent(number, answer))
    say_beside(hand, _word(hand, "yes"), _back(hand, number, question))


def _whole(hand: Hand, number: str, question: Question) -> None:
    _given(hand, number, question, "all")


def _again(hand: Hand, number: str, question: Question) -> None:
    """A second tap on what was answered: the same words, and nothing more."""
    say_beside(hand, _word(hand, "yes"), _back(hand, number, question))


def _refused(hand: Hand, number: str, question: Question) -> None:
    _over(hand, number, question, "no")


def _taken_back(hand: Hand, number: str, question: Question) -> None:
    _over(hand, number, question, "back")


def _over(hand: Hand, number: str, question: Question, answer: str) -> None:
    question["stage"] = OVER
    hand.effects.append(Consent(number, answer))
    say_beside(hand, _word(hand, answer))


def _ask(hand: Hand, number: str, question: Question, before: str = "") -> None:
    asked = question["stage"] == ASKED
    buttons = [_button(hand, number, "yes"), _button(hand, number, "no")]
    words = question["words"] if asked else question["apart"]
    if asked and hand.channel != "web":
        words = f"{question['masked']}\n{_word(hand, 'masked')}"
        buttons.append(_button(hand, number, "web"))
    hand.say(f"{before}\n{words}" if before else words, buttons, hand.ways_out())
    hand.memory[NOW] = f"{number}@{int(hand.moment.at.timestamp())}"


def _lead_to_web(hand: Hand, _number: str, _question: Question) -> None:
    token = hand.moment.link
    hand.effects.append(OpenLink(token))
    link = Button(said(BUTTONS["web"], hand.language), path=f"/chat#link={token}")
    hand.say(_word(hand, "web"), [link], hand.ways_out())


def _button(hand: Hand, number: str, answer: str) -> Button:
    return Button(said(BUTTONS[answer], hand.language), f"!consent:{number}:{answer}")


def _back(hand: Hand, number: str, question: Question) -> Button:
    label = said(BUTTONS["back"], hand.language).format(service=question["service"])
    return Button(label[:LABEL_CHARS], f"!consent:{number}:back")


def _word(hand: Hand, name: str) -> str:
    return said(ANSWERS[name], hand.language)


def _kept(hand: Hand) -> dict[str, Question]:
    kept: dict[str, Question] = json.loads(hand.memory.get(KEPT) or "{}")
    return kept


def _keep(hand: Hand, kept: dict[str, Question]) -> None:
    hand.memory.pop(KEPT, None)
    if kept:
        hand.memory[KEPT] = json.dumps(kept, ensure_ascii=False)


_ACTS: dict[tuple[str, str], Callable[[Hand, str, Question], None]] = {
    (ASKED, "yes"): _agreed,
    (ASKED, "no"): _refused,
    (ASKED, "web"): _lead_to_web,
    (APART, "yes"): _whole,
    (APART, "no"): _given,
    (GIVEN, "yes"): _again,
    (GIVEN, "no"): _again,
    (GIVEN, "back"): _taken_back,
}

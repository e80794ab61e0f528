"""Her consent to one referral, asked in her channel and given, refused or taken back by a tap."""

import json
from collections.abc import Callable
from typing import Any

from flows.compiled import Asks
from flows.consents import ANSWERS, BUTTONS
from flows.effects import Consent, OpenLink, Say
from flows.events import AskedConsent
from flows.hand import Hand
from flows.messages import Button
from flows.questions import ask_again
from flows.texts import said

KEPT = "consents"
"""In the memory: by the id of a referral what is asked, and how far she is."""
MOST = 12
LABEL_CHARS = 40
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
        _go_on(hand, hand.phrase("stale"))
        return
    act(hand, number, question)
    if question["stage"] == OVER:
        del kept[number]
    _keep(hand, kept)


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
    _go_on(hand, _word(hand, "yes"), _back(hand, number, question))


def _whole(hand: Hand, number: str, question: Question) -> None:
    _given(hand, number, question, "all")


def _again(hand: Hand, number: str, question: Question) -> None:
    """A second tap on what was answered: the same words, and nothing more."""
    _go_on(hand, _word(hand, "yes"), _back(hand, number, question))


def _refused(hand: Hand, number: str, question: Question) -> None:
    _over(hand, number, question, "no")


def _taken_back(hand: Hand, number: str, question: Question) -> None:
    _over(hand, number, question, "back")


def _over(hand: Hand, number: str, question: Question, answer: str) -> None:
    question["stage"] = OVER
    hand.effects.append(Consent(number, answer))
    _go_on(hand, _word(hand, answer))


def _go_on(hand: Hand, words: str, *buttons: Button) -> None:
    """Answer her, and ask again what was open: on a page only the newest buttons are good."""
    place = hand.place
    if place is None or not hand.asked or place.asks is Asks.NOTHING:
        hand.say(words, buttons, hand.ways_out())
        return
    ask_again(hand, place, words)
    said_last = hand.effects[-1]
    if isinstance(said_last, Say) and buttons:
        choices = (*said_last.message.choices, *buttons)
        hand.effects[-1] = Say(said_last.message._replace(choices=choices))


def _ask(hand: Hand, number: str, question: Question) -> None:
    asked = question["stage"] == ASKED
    buttons = [_button(hand, number, "yes"), _button(hand, number, "no")]
    words = question["words"] if asked else question["apart"]
    if asked and hand.channel != "web":
        words = f"{question['masked']}\n{_word(hand, 'masked')}"
        buttons.append(_button(hand, number, "web"))
    hand.say(words, buttons, hand.ways_out())


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

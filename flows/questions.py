"""Asking: the bubble of a question with its buttons."""

from flows.compiled import Asks, Option, Place
from flows.cover import tell
from flows.effects import OpenLink, Say
from flows.hand import Hand
from flows.messages import Button, Outbound
from flows.texts import said, spoken

PAGE = 6
"""Choices shown at once, so that ten quick replies hold them, `more`, `done` and the ways out."""
MORE, DONE, SKIP, CONFIRM, CHANGE = "+", "=", "~", "confirm", "@"
LABEL_CHARS = 40
TRIES = 2
"""After so many answers that were not understood a person is offered."""


def ask(hand: Hand, place: Place) -> None:
    """Ask a question for the first time: it gets a new number, so that older buttons are known."""
    hand.asked += 1
    hand.tries = 0
    hand.page = 0
    hand.picked = []
    tell(hand)
    _say(hand, place, _wording(hand, place))


def ask_again(hand: Hand, place: Place, before: str = "") -> None:
    """Ask the open question once more; its buttons stay good.

    Args:
        hand: Where the conversation stands.
        place: The step of the question.
        before: Said in the same bubble, above the question.
    """
    wording = _wording(hand, place)
    _say(hand, place, f"{before}\n\n{wording}" if before else wording)


def say_beside(hand: Hand, words: str, *buttons: Button) -> None:
    """Say something, and ask again what was open: on a page only the newest buttons are good."""
    place = hand.place
    if place is None or not hand.asked or place.asks is Asks.NOTHING:
        hand.say(words, buttons, hand.ways_out())
        return
    ask_again(hand, place, words)
    said_last = hand.effects[-1]
    if isinstance(said_last, Say) and buttons:
        choices = (*said_last.message.choices, *buttons)
        hand.effects[-1] = Say(said_last.message._replace(choices=choices))


def ask_simpler(hand: Hand, place: Place) -> None:
    """Repeat a question that was not understood, in simpler words; then offer a person."""
    if place.simpler is not None:
        wording = spoken(place.simpler, hand.language).fill(hand.told)
    else:
        wording = _wording(hand, place)
    phrase = "offer_person" if hand.tries >= TRIES else "not_understood"
    _say(hand, place, f"{hand.phrase(phrase)}\n\n{wording}")


def show_picked(hand: Hand, place: Place) -> None:
    """Show a several-choice question again with what is chosen so far."""
    chosen = [said(o.label, hand.language) for o in place.options if o.id in hand.picked]
    lines = [", ".join(chosen)] if chosen else []
    _say(hand, place, "\n".join([*lines, hand.phrase("choose_several")]))


def card(hand: Hand) -> None:
    """Say the emergency card in her language."""
    for bubble in hand.flow.phrases.card:
        words = spoken(bubble, hand.language).fill(hand.told)
        message = Outbound(words, fixed=tuple(hand.ways_out()), card=True)
        hand.effects.append(Say(message))


def _wording(hand: Hand, place: Place) -> str:
    line = place.say[-1]
    if line.when is not None and not line.when.holds(hand.values):
        return said(place.title, hand.language)
    wording = spoken(line.texts, hand.language).fill(hand.told)
    if place.asks is Asks.SEVERAL:
        return f"{wording}\n{hand.phrase('choose_several')}"
    if place.asks is Asks.REVIEW:
        return "\n".join([wording, *_reviewed(hand, place)])
    return wording


def _say(hand: Hand, place: Place, text: str) -> None:
    hand.say(text, _buttons(hand, place), hand.ways_out())


def _buttons(hand: Hand, place: Place) -> list[Button]:
    choices = _link(hand, place) + _choices(hand, place)
    if len(choices) > PAGE:
        size = PAGE - (place.asks is Asks.SEVERAL)  # `done` needs a place too
        pages = -(-len(choices) // size)
        first = hand.page % pages * size
        choices = choices[first : first + size]
        choices.append(Button(hand.phrase("more"), _data(hand, MORE)))
    if place.asks is Asks.SEVERAL:
        choices.append(Button(hand.phrase("done"), _data(hand, DONE)))
    if place.asks is Asks.TEXT and place.optional:
        choices.append(Button(hand.phrase("skip"), _data(hand, SKIP)))
    return choices


def _choices(hand: Hand, place: Place) -> list[Button]:
    if place.asks is Asks.REVIEW:
        confirm = Button(hand.phrase("confirm"), _data(hand, CONFIRM))
        return [confirm, *(_change(hand, name) for name in place.review if given(hand, name))]
    return [_button(hand, option) for option in hand.open_options(place)]


def _button(hand: Hand, option: Option) -> Button:
    label = said(option.label, hand.language)
    return Button(label, _data(hand, option.id), on=option.id in hand.picked)


def _change(hand: Hand, name: str) -> Button:
    title = said(hand.flow.asked_at[name].title, hand.language)
    label = f"{hand.phrase('change')}: {title}"
    return Button(label[:LABEL_CHARS], _data(hand, CHANGE + name))


def _link(hand: Hand, place: Place) -> list[Button]:
    if place.link is None or hand.channel == "web":
        return []
    token = hand.moment.link
    hand.effects.append(OpenLink(token))
    return [Button(said(place.link, hand.language), path=f"/chat#link={token}")]


def _reviewed(hand: Hand, place: Place) -> list[str]:
    """Return a line for each given answer: its title and what may be told of it."""
    lines = []
    for name in place.review:
        if given(hand, name):
            title = said(hand.flow.asked_at[name].title, hand.language)
            lines.append(f"· {title}: {hand.told(name)}")
    return lines


def given(hand: Hand, name: str) -> bool:
    """Say whether an answer was given that is not empty."""
    return name in hand.flow.asked_at and hand.answers.get(name, "") not in ("", ())


def _data(hand: Hand, what: str) -> str:
    return f"{hand.asked}:{what}"

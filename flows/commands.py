"""Global commands: they work in every step and in every mode."""

from collections.abc import Callable

from flows.compiled import Asks
from flows.consenting import decide as decide_consent
from flows.cover import COVERED, cover
from flows.effects import Note, Watch
from flows.erasing import ERASING, answered, ask_whether, confirmed
from flows.hand import Hand
from flows.languages import LANGUAGE_OF, LANGUAGES, cried_in
from flows.messages import Button
from flows.outlook import told_to_wait
from flows.proposals import decide
from flows.questions import ask_again, card
from flows.redo import back, correct, correctable
from flows.risk import QUIET, raise_to
from flows.state import CLOSED, LIVE, WAITING
from flows.texts import fold, said
from flows.walk import walk

MENU = "menu"
"""The step of the opening flow to which `menu` leads."""
SILENCE_S = 10 * 60
"""When a counselor is told that she fell silent after the emergency card."""
WATCHED = "watched"
"""In the memory: the card was shown and she has said nothing since."""
LEAST_URGENCY = 2
"""Whoever asks for a person is at least this urgent: a human looks in the same shift."""


def command_of(hand: Hand, text: str) -> str | None:
    """Return the command that a typed text is, with its argument, or None."""
    folded = fold(text)
    if language := LANGUAGE_OF.get(folded):
        return f"language:{language}"
    return hand.flow.phrases.words.get(folded)


def run(hand: Hand, command: str) -> None:
    """Carry out one command such as `back`, `language:en` or `erase:yes`."""
    name, _, argument = command.partition(":")
    _COMMANDS.get(name, _stale)(hand, argument)


def repeat(hand: Hand, before: str = "") -> None:
    """Ask the open question again, or enter the step where nothing was asked yet."""
    place = hand.place
    if place is None:
        if before:
            hand.say(before, (), hand.ways_out())
    elif place.asks is Asks.NOTHING or not hand.asked:
        if before:
            hand.say(before)
        walk(hand)
    else:
        ask_again(hand, place, before)


def call_counselor(hand: Hand, because: str) -> None:
    """Put her into the queue; the script stops where it is and can be continued."""
    if hand.step == LIVE:
        return
    if hand.moment.at.timestamp() < float(hand.memory.get(QUIET, "0")):
        repeat(hand, hand.phrase("quiet_now"))
        return
    urgency = min(hand.risk, LEAST_URGENCY)
    hand.summon(urgency, because)
    if hand.step == WAITING:
        hand.say(told_to_wait(hand, "waiting_ack", urgency), (), hand.ways_out())
        return
    hand.resume = hand.step if hand.place else None
    hand.fire("open" if hand.step == CLOSED else "call")
    if hand.step != WAITING:
        hand.fire("call")
    hand.memory["acked"] = "1"
    hand.say(told_to_wait(hand, "counselor_coming", urgency), (), hand.ways_out())


def _emergency(hand: Hand, _: str) -> None:
    card(hand)
    if hand.place and hand.asked:
        repeat(hand)


def _counselor(hand: Hand, _: str) -> None:
    call_counselor(hand, "asked")


def _back(hand: Hand, _: str) -> None:
    if hand.place is None or not back(hand):
        repeat(hand, hand.phrase("back_none"))


def _correct(hand: Hand, name: str) -> None:
    names = correctable(hand) if hand.place else []
    if name in names:
        correct(hand, name)
        return
    if not names:
        repeat(hand, hand.phrase("back_none"))
        return
    titles = hand.flow.asked_at
    buttons = [
        Button(said(titles[one].title, hand.language)[:40], f"!correct:{one}")
        for one in names[-8:]
    ]
    hand.say(hand.phrase("correct_ask"), buttons, [hand.command_button("emergency")])


def _menu(hand: Hand, _: str) -> None:
    menu = f"{hand.flow.start.partition('/')[0]}/{MENU}"
    if menu not in hand.flow.places or hand.step == LIVE:
        repeat(hand)
        return
    if hand.step == CLOSED:
        hand.fire("open")
    hand.stack, hand.redo, hand.undone = [], None, []
    hand.jump(menu)
    walk(hand)


def _check(hand: Hand, _: str) -> None:
    """Collect what waits: the press itself brings it; only the script has something to repeat."""
    if hand.place:
        repeat(hand)


def _help(hand: Hand, _: str) -> None:
    repeat(hand, hand.phrase("help_text"))


def _language(hand: Hand, code: str) -> None:
    if code not in LANGUAGES:
        buttons = [Button(name, f"!language:{key}") for key, name in LANGUAGES.items()]
        hand.say(hand.phrase("language_ask"), buttons, [hand.command_button("emergency")])
        return
    hand.language = code
    hand.values["language"] = code
    if code not in hand.flow.phrases.languages:
        card(hand)
    repeat(hand, hand.phrase("waiting_ack") if hand.step == WAITING else "")


def _pause(hand: Hand, _: str) -> None:
    buttons = [hand.command_button("continue")] if hand.place else []
    hand.say(hand.phrase("paused"), buttons, [hand.command_button("emergency")])


def _exit(hand: Hand, how: str) -> None:
    """Stop; when we only understood that she wants to, one tap brings her back."""
    if hand.place:
        hand.resume = hand.step
    if hand.step != CLOSED:
        hand.fire("close")
    back_in = [hand.command_button("continue")] if how and hand.resume else []
    hand.say(hand.phrase("exit_text"), back_in)


def _cover(hand: Hand, _: str) -> None:
    """Cover the talk; on the web page leaving does it."""
    if hand.channel == "web":
        _exit(hand, "understood")
    elif COVERED not in hand.memory:
        cover(hand)


def _continue(hand: Hand, _: str) -> None:
    if hand.step == LIVE:
        return
    goal = hand.resume
    waited_at = hand.memory.pop("after_wait", "")
    if hand.place is None and goal is not None and goal in hand.flow.places:
        hand.resume = None
        hand.jump(goal)
        repeat(hand, hand.phrase("resumed"))
    elif hand.step == WAITING and waited_at in hand.flow.places:
        hand.jump(waited_at)
        hand.fire("on")
        walk(hand)
    elif hand.step == CLOSED:
        hand.fire("open")
        walk(hand)
    else:
        repeat(hand)


def _erase(hand: Hand, argument: str) -> None:
    asked = hand.memory.get(ERASING, "")
    if argument == "yes" and asked:
        confirmed(hand)
    elif argument == "unknown" and asked == "word":
        answered(hand, "")
    elif argument == "no":
        hand.memory.pop(ERASING, "")
        repeat(hand, hand.phrase("erase_cancelled"))
    else:
        ask_whether(hand)


def _danger(hand: Hand, argument: str) -> None:
    """Take the answer to the gentle question."""
    held = hand.memory.pop("held", "")
    if argument == "yes":
        danger(hand, ("said yes",))
    elif held and hand.place and hand.place.asks is Asks.TEXT:
        hand.memory["taken"] = held
    else:
        repeat(hand)


def danger(hand: Hand, why: tuple[str, ...], text: str = "") -> None:
    """Someone is in danger now: the card first, a counselor at the top of the queue.

    The card comes in the language she cried in, whatever language the talk is in.
    """
    speak(hand, text)
    raise_to(hand, 0)
    hand.effects.append(Note("signal", "imminent: " + ", ".join(why)))
    hand.summon(0, "signal:imminent")
    talk, hand.language = hand.language, cried_in(text, hand.language)
    card(hand)
    hand.language = talk
    hand.memory[WATCHED] = "1"
    hand.effects.append(Watch(SILENCE_S))
    _call_over(hand, hand.flow.phrases.signals.imminent)


def speak(hand: Hand, text: str) -> None:
    """Go on in the language of a foreign cry for help; the desk shows it, she may change it."""
    hers = cried_in(text, hand.language)
    if hers in LANGUAGES and hers not in {hand.language, *hand.flow.phrases.languages}:
        hand.effects.append(Note("language", hers))
        hand.language = hand.values["language"] = hers


def fell_silent(hand: Hand) -> None:
    """She said nothing since the emergency card: a counselor is told, she is asked for a sign."""
    if hand.memory.pop(WATCHED, "") == "":
        return
    hand.summon(0, "silence")
    if hand.step != LIVE and COVERED not in hand.memory:
        hand.say(hand.phrase("silence_ask"), (), hand.ways_out())


def selfharm(hand: Hand, why: tuple[str, ...], text: str = "") -> None:
    """She thinks of ending her life: asked directly and warmly, 109, a counselor."""
    speak(hand, text)
    raise_to(hand, 1)
    hand.effects.append(Note("signal", "selfharm: " + ", ".join(why)))
    hand.summon(min(hand.risk, 1), "signal:selfharm")
    hand.say(hand.phrase("selfharm_card"), (), hand.ways_out())
    _call_over(hand, hand.flow.phrases.signals.selfharm)


def _call_over(hand: Hand, step: str | None) -> None:
    """Call a step over the open question, once; a counselor who is there goes on alone."""
    if hand.step in {LIVE, WAITING}:
        return
    if hand.step == CLOSED:
        hand.fire("open")
    places = hand.flow.places
    over = any(places[below].asks is not Asks.NOTHING for below in hand.stack if below in places)
    if step is None or step not in places or over:
        repeat(hand)
        return
    hand.stack.append(hand.step)
    hand.jump(step)
    walk(hand)


def _stale(hand: Hand, _: str) -> None:
    repeat(hand, hand.phrase("stale"))


_COMMANDS: dict[str, Callable[[Hand, str], None]] = {
    "emergency": _emergency,
    "counselor": _counselor,
    "back": _back,
    "correct": _correct,
    "help": _help,
    "menu": _menu,
    "check": _check,
    "language": _language,
    "pause": _pause,
    "exit": _exit,
    "erase": _erase,
    "continue": _continue,
    "cover": _cover,
    "danger": _danger,
    "propose": decide,
    "consent": decide_consent,
}

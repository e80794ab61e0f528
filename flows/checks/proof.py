"""The proof on the machine itself: from every step a counselor is near, and 112 nearer."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flows.bundle import Bundle
from flows.compiled import Asks, CompiledFlow, Place
from flows.effects import Say, Summon, Turn
from flows.engine import advance
from flows.events import EventNotAllowed, FlowError, Moment, Said
from flows.messages import Button, Kind
from flows.questions import DONE
from flows.reading import Path, Problem
from flows.state import CLOSED, LIVE, State
from flows.trying import enter

COUNSELOR_TAPS = 2
CARD_TAPS = 1
EMERGENCY = "112"
CHANNELS = ("telegram", "kakao", "web")
_MOMENT = Moment(datetime(2026, 11, 24, 12, tzinfo=UTC), "TEST0001", "link1")


def cut_off(bundle: Bundle, flow: CompiledFlow) -> Iterator[Problem]:
    """Yield the steps from which help is too far, each with the way that shows it."""
    languages = bundle.phrases.languages if bundle.phrases else ("ko",)
    for place in flow.places.values():
        step = place.name.partition("/")[2]
        document = bundle.documents[place.flow]
        for path, reason, remedy in _wrong(flow, place, languages):
            yield document.problem(("steps", step, *path), reason, remedy)


def _wrong(
    flow: CompiledFlow, place: Place, languages: Iterable[str]
) -> Iterator[tuple[Path, str, str]]:
    for number, language in enumerate(languages):
        for channel in CHANNELS if number == 0 else CHANNELS[-1:]:
            first = number == 0 and channel == CHANNELS[0]
            try:
                turn = enter(flow, place.name, channel, language).turn()
                reason = _too_far(flow, turn, channel)
                urgent = list(_unheard(flow, place, turn, channel)) if first else []
            except (FlowError, EventNotAllowed) as error:
                yield (), f"cannot be played: {error}", "correct where it leads"
                return
            if reason:
                yield (), f"{reason} ({channel}, {language})", "end the steps that lead nowhere"
                return
            if urgent:
                yield from urgent
                return


def _too_far(flow: CompiledFlow, turn: Turn, channel: str) -> str:
    if turn.state.step == LIVE:
        return ""
    if not _within(flow, turn, channel, CARD_TAPS, _shows_card):
        return f"the {EMERGENCY} card is more than {CARD_TAPS} tap away: {_path(turn)}"
    if not _within(flow, turn, channel, COUNSELOR_TAPS, _summons):
        return f"a counselor is more than {COUNSELOR_TAPS} taps away: {_path(turn)}"
    return ""


def _within(flow: CompiledFlow, turn: Turn, channel: str, taps: int, reached: "_Reached") -> bool:
    if reached(turn):
        return True
    if taps == 0:
        return False
    return any(
        _within(flow, _tap(flow, turn.state, button, channel), channel, taps - 1, reached)
        for button in _buttons(turn)
        if not button.path
    )


class _Reached:
    """Says of a turn whether help is there."""

    def __init__(self, *, card: bool) -> None:
        self._card = card

    def __call__(self, turn: Turn) -> bool:
        if self._card:
            return any(EMERGENCY in say.message.text for say in _says(turn))
        return any(isinstance(effect, Summon) for effect in turn.effects)


_shows_card = _Reached(card=True)
_summons = _Reached(card=False)


def _says(turn: Turn) -> list[Say]:
    return [effect for effect in turn.effects if isinstance(effect, Say)]


def _buttons(turn: Turn) -> list[Button]:
    """Return the buttons of a turn, the ways out first; closed, she has those of before."""
    if turn.state.step == CLOSED:
        return [Button("", "!emergency"), Button("", "!counselor")]
    rows = [say.message for say in _says(turn) if say.message.fixed or say.message.choices]
    return [*rows[-1].fixed, *rows[-1].choices] if rows else []


def _tap(flow: CompiledFlow, state: State, button: Button, channel: str) -> Turn:
    return advance(flow, state, Said(channel, Kind.PRESS, button.label, button.data), _MOMENT)


def _path(turn: Turn) -> str:
    labels = ", ".join(button.label for button in _buttons(turn)) or "no button"
    return f"it leads to {turn.state.step}, which offers {labels}"


def _unheard(
    flow: CompiledFlow, place: Place, turn: Turn, channel: str
) -> Iterator[tuple[Path, str, str]]:
    """Yield answers that reach R0 and are not answered with 112 and a counselor at once."""
    urgent = {rule.id for rule in flow.rules_of.get(place.save, ()) if rule.urgency == 0}
    if turn.state.step != place.name or not place.options or not urgent:
        return
    for number, option in enumerate(place.options):
        after = _answer(flow, turn.state, option.id, channel, place)
        if not urgent.intersection(after.state.because) - set(turn.state.because):
            continue
        remedy = "lead it to a step with `do: [{card: true}, {summon: {urgency: R0}}]`"
        if not any(isinstance(e, Summon) and e.urgency == 0 for e in after.effects):
            yield (
                ("choices", number),
                "this answer means R0 and calls no counselor at once",
                remedy,
            )
        elif not _shows_card(after):
            yield ("choices", number), f"this answer means R0 and {EMERGENCY} is not said", remedy


def _answer(flow: CompiledFlow, state: State, choice: str, channel: str, place: Place) -> Turn:
    turn = _tap(flow, state, Button("", f"{state.asked}:{choice}"), channel)
    if place.asks is Asks.SEVERAL and turn.state.step == place.name:
        turn = _tap(flow, turn.state, Button("", f"{turn.state.asked}:{DONE}"), channel)
    return turn

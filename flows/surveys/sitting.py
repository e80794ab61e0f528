"""One sitting: the answers so far are played again through the engine, so nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from flows.bundle import PHRASES, Sources, compile_sources, shipped
from flows.compiled import Asks, CompiledFlow, Place
from flows.engine import advance, begin
from flows.events import EventNotAllowed, Moment, Said
from flows.hand import Hand
from flows.messages import Kind
from flows.questions import DONE
from flows.state import CLOSED, State, Value

CHANNEL = "web"
CONSENT = "consent_survey"
STORED = {"consent_survey": "yes", "safe_now": "yes"}
"""Only a sitting with these answers may be kept; and never one of somebody under 14."""
TOO_YOUNG = ("age", "under14")
MOST_ANSWERS = 60
STILL = datetime(2026, 1, 1, tzinfo=UTC)
"""The questionnaire asks for no time, so the engine is given always the same."""


class WrongAnswer(ValueError):
    """An answer that the questionnaire does not offer at this place."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where somebody is.

    Attributes:
        place: The open question, or None at the end.
        said: What is said now, the question last.
        options: The offered answers by id.
    """

    place: Place | None
    said: tuple[str, ...]
    options: Mapping[str, str]
    answers: Mapping[str, Value]

    @property
    def several(self) -> bool:
        """Whether several answers may be chosen."""
        return self.place is not None and self.place.asks is Asks.SEVERAL

    @property
    def may_be_kept(self) -> bool:
        """Whether it is at its end, consented to, outside of danger, and by nobody under 14."""
        name, young = TOO_YOUNG
        agreed = all(self.answers.get(key) == value for key, value in STORED.items())
        return self.place is None and agreed and self.answers.get(name) != young


def shipped_survey() -> str:
    """Return the questionnaire that we ship."""
    return _text("experience.yaml")


def shipped_satisfaction() -> str:
    """Return the short questionnaire that she is asked to once after services."""
    return _text("satisfaction.yaml")


def _text(name: str) -> str:
    return (files("flows") / "surveys" / name).read_text(encoding="utf-8")


def compiled(script: str) -> CompiledFlow:
    """Compile a questionnaire: it stands alone and leads into no other flow.

    Raises:
        ScriptError: with every problem.
    """
    whole = shipped()
    scripts = {PHRASES: whole.scripts[PHRASES], "survey.yaml": script}
    return compile_sources(Sources(scripts, whole.directory, "survey"))


def sit(flow: CompiledFlow, given: Sequence[str], language: str) -> Sitting:
    """Play the answers given so far.

    Args:
        flow: The questionnaire.
        given: For each question the id of the choice, several joined by commas.
        language: `ko` or `en`.

    Raises:
        WrongAnswer: one of them is not offered there.
    """
    if len(given) > MOST_ANSWERS:
        raise WrongAnswer("too many answers")
    state, told = _heard(flow, begin(flow, language), Said(CHANNEL, Kind.OPEN))
    for answer in given:
        state, told = _answered(flow, state, answer)
    place = flow.places.get(state.step)
    hand = Hand(flow, state, Moment(STILL), CHANNEL)
    options = {one.id: one.label for one in hand.open_options(place)} if place else {}
    worded = {key: label.get(language) or label["ko"] for key, label in options.items()}
    return Sitting(place, told, worded, dict(state.answers))


def _answered(flow: CompiledFlow, state: State, answer: str) -> tuple[State, tuple[str, ...]]:
    asked, step = state.asked, state.step
    place = flow.places.get(step)
    told: tuple[str, ...] = ()
    chosen = [one for one in answer.split(",") if one]
    known = {option.id for option in place.options} if place else set()
    several = place is not None and place.asks is Asks.SEVERAL
    if not chosen or not set(chosen) <= known or (len(chosen) > 1 and not several):
        raise WrongAnswer("not offered here")
    for choice in chosen:
        if state.step == step:
            state, told = _heard(flow, state, _press(asked, choice))
    if state.step == step and several:
        state, told = _heard(flow, state, _press(asked, DONE))
    if state.step == step:
        raise WrongAnswer("not taken here")
    return state, told


def _press(asked: int, what: str) -> Said:
    return Said(CHANNEL, Kind.PRESS, press=f"{asked}:{what}")


def _heard(flow: CompiledFlow, state: State, event: Said) -> tuple[State, tuple[str, ...]]:
    try:
        turn = advance(flow, state, event, Moment(STILL))
    except EventNotAllowed:
        raise WrongAnswer("nothing is asked any more") from None
    said = [effect.message.text for effect in turn.effects if hasattr(effect, "message")]
    return turn.state, tuple(said) if turn.state.step != CLOSED or said else ()

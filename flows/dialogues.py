"""Saved conversations: read as a counselor writes them, replayed against a version."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from flows.compiled import CompiledFlow
from flows.effects import Effect, Erase, KeepWord, LookUp, Say, Submit, Summon
from flows.engine import advance, begin
from flows.events import (
    Closed,
    Event,
    EventNotAllowed,
    FlowError,
    Found,
    Moment,
    Released,
    Replied,
    Said,
    Ticked,
    Took,
)
from flows.messages import Button, Kind, Outbound
from flows.reading import read
from flows.script import CheckIn, Name, Part, Sentence, StepRef, validate
from flows.state import CLOSED, LIVE, WAITING, State
from flows.texts import fold

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENDER = "상담사 별"


class Expected(Part):
    """How the conversation must stand now."""

    step: StepRef | Literal["@waiting", "@live", "@closed"] | None = None
    risk: int | None = None
    summoned: Literal["R0", "R1", "R2", "R3"] | None = None
    status: Literal["bot", "waiting", "live", "closed"] | None = None
    answers: dict[Name, Any] | None = None
    submitted: bool | None = None
    erased: bool | None = None
    language: str | None = None


class CounselorAct(Part):
    """What a counselor does."""

    take: Literal[True] | None = None
    says: Sentence | None = None
    release: StepRef | Literal[True] | None = None
    close: Literal[True] | None = None


class Beat(Part):
    """One line of a dialogue; exactly one key."""

    she: str | None = None
    presses: Sentence | None = None
    presses_old: Sentence | None = None
    photo: str | bool | None = None
    edits: Sentence | None = None
    opens: Literal[True] | None = None
    sticker: Literal[True] | None = None
    bot: tuple[Sentence, ...] | None = None
    never: tuple[Sentence, ...] | None = None
    buttons: tuple[Sentence, ...] | None = None
    expects: Expected | None = None
    counselor: CounselorAct | None = None
    later: str | None = None
    timer: Name | None = None


class Dialogue(Part):
    """A conversation that must go as it is written."""

    title: Sentence
    channel: Literal["telegram", "kakao", "web"] = "web"
    script: Name = "opening"
    language: str | None = None
    talk: tuple[Beat, ...] = Field(min_length=1, max_length=400)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a replay went another way than the dialogue says.

    Attributes:
        beat: Which line, counted from 1.
        expected: What the dialogue says.
        found: What happened instead, as a conversation.
    """

    beat: int
    expected: str
    found: str


def read_dialogue(text: str, name: str) -> Dialogue:
    """Read one dialogue; raises `ScriptError` with every problem."""
    return validate(Dialogue, read(text, name))


def replay(flow: CompiledFlow, dialogue: Dialogue) -> list[Difference]:
    """Play a dialogue and return where it went another way; empty when it went as written."""
    player = Player(flow, dialogue.channel, dialogue.language)
    for number, beat in enumerate(dialogue.talk, start=1):
        try:
            wrong = player.play(beat)
        except (EventNotAllowed, FlowError) as error:
            wrong = (_wording(beat), f"{type(error).__name__}: {error}")
        if wrong:
            return [Difference(number, *wrong)]
    return []


@dataclass(slots=True)
class Player:
    """Plays one person's side; keeps a stand-in of what storage would answer."""

    flow: CompiledFlow
    channel: str
    language: str | None = None
    at: datetime = NOON
    state: State = field(init=False)
    bubbles: list[Outbound] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    older: list[Button] = field(default_factory=list)
    summoned: int | None = None
    submitted: bool = False
    erased: bool = False
    words: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    turns: int = 0
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin a conversation in which nothing was said."""
        self.state = begin(self.flow, self.language)

    def play(self, beat: Beat) -> tuple[str, str] | None:
        """Play one line; returns what was expected and found where they differ."""
        if (event := self._event(beat)) is not None:
            self.feed(event)
            return None
        if beat.presses is not None:
            return self._press(beat.presses, self.buttons)
        if beat.presses_old is not None:
            return self._press(beat.presses_old, self.older)
        if beat.later is not None:
            self.at += timedelta(seconds=CheckIn(after=beat.later).seconds)
        if beat.counselor is not None:
            self._counsel(beat.counselor)
        return self._compare(beat)

    def feed(self, event: Event) -> None:
        """Apply one event and what storage would answer to it."""
        self.turns += 1
        receipt = f"TEST{self.turns:04d}"
        moment = Moment(self.at, receipt=receipt, link=f"link{self.turns}")
        turn = advance(self.flow, self.state, event, moment)
        self.state = turn.state
        if not isinstance(event, Found):
            self.bubbles = []
        self.take_in(turn.effects)
        if looked := next((e for e in turn.effects if isinstance(e, LookUp)), None):
            self.feed(self._found(looked))

    def take_in(self, effects: Iterable[Effect]) -> None:
        """Note what a turn asks to be done, and which buttons she sees now."""
        for effect in effects:
            self.effects.append(effect)
            self._note(effect)
        newest = [(*bubble.choices, *bubble.fixed) for bubble in self.bubbles]
        if any(newest):
            self.older += self.buttons
            self.buttons = [button for row in newest for button in row]

    def _note(self, effect: Effect) -> None:
        match effect:
            case Say():
                self.bubbles.append(effect.message)
            case Summon():
                now = self.summoned
                self.summoned = effect.urgency if now is None else min(now, effect.urgency)
            case Submit():
                self.submitted = True
            case KeepWord():
                self.words[effect.kind] = effect.word
            case Erase():
                self.erased = True
            case _:
                """The others change nothing that a dialogue can see."""

    def _found(self, looked: LookUp) -> Found:
        code = self.state.memory.get("receipt", "")
        word = self.words.get("code_word")
        found = bool(code) and looked.code == code and looked.word == word and self.submitted
        return Found(self.channel, found, "received" if found else "")

    def _event(self, beat: Beat) -> Event | None:
        if beat.she is not None:
            return Said(self.channel, text=self._filled(beat.she))
        if beat.photo is not None:
            caption = beat.photo if isinstance(beat.photo, str) else ""
            return Said(self.channel, Kind.FILES, caption)
        if beat.edits is not None:
            return Said(self.channel, Kind.EDIT, beat.edits)
        if beat.opens:
            return Said(self.channel, Kind.OPEN)
        if beat.sticker:
            return Said(self.channel, Kind.OTHER)
        return Ticked(self.channel, beat.timer) if beat.timer else None

    def _filled(self, text: str) -> str:
        """Put the receipt code of this dialogue where it says `(receipt)`."""
        return text.replace("(receipt)", self.state.memory.get("receipt", "NONE00"))

    def _press(self, label: str, shown: list[Button]) -> tuple[str, str] | None:
        wanted = fold(label)
        for button in reversed(shown):
            if fold(button.label) == wanted:
                if button.path:
                    return None
                self.feed(Said(self.channel, Kind.PRESS, button.label, button.data))
                return None
        return f"a button {label!r}", ", ".join(button.label for button in shown)

    def _counsel(self, act: CounselorAct) -> None:
        if act.take:
            self.feed(Took(self.channel, SENDER))
        elif act.says:
            self.feed(Replied(act.says, SENDER))
        elif act.release is not None:
            self.feed(Released(self.channel, act.release if act.release is not True else None))
        elif act.close:
            self.feed(Closed(self.channel))

    def _compare(self, beat: Beat) -> tuple[str, str] | None:
        told = [bubble.text for bubble in self.bubbles]
        if beat.bot is not None and (missing := _missing(beat.bot, told)):
            return missing, " / ".join(told) or "(nothing)"
        if beat.never is not None:
            for words in beat.never:
                if any(words in text for text in told):
                    return f"never {words!r}", " / ".join(told)
        if beat.buttons is not None:
            labels = [button.label for button in self.buttons]
            if lacking := [label for label in beat.buttons if label not in labels]:
                return f"buttons {lacking}", ", ".join(labels)
        return self._stands(beat.expects) if beat.expects else None

    def _stands(self, expected: Expected) -> tuple[str, str] | None:
        summoned = None if self.summoned is None else f"R{self.summoned}"
        now = {
            "step": self.state.step,
            "risk": self.state.risk,
            "summoned": summoned,
            "status": status_of(self.state),
            "submitted": self.submitted,
            "erased": self.erased,
            "language": self.state.language,
        }
        for name in expected.model_fields_set - {"answers"}:
            if getattr(expected, name) != now[name]:
                return f"{name}: {getattr(expected, name)}", f"{name}: {now[name]}"
        for name, value in (expected.answers or {}).items():
            wanted = tuple(value) if isinstance(value, list) else value
            if self.state.answers.get(name) != wanted:
                return f"{name} = {wanted!r}", f"{name} = {self.state.answers.get(name)!r}"
        return None


def status_of(state: State) -> str:
    """Return the coarse status of a state."""
    return {WAITING: "waiting", LIVE: "live", CLOSED: "closed"}.get(state.step, "bot")


def _missing(wanted: Iterable[str], told: list[str]) -> str:
    """Return the first words that do not appear, in order, in the bubbles."""
    rest = "\n".join(told)
    for words in wanted:
        before, found, rest = rest.partition(words)
        if not found:
            return f"{words!r} after {before[-40:]!r}" if not rest and before else repr(words)
    return ""


def _wording(beat: Beat) -> str:
    return ", ".join(f"{name}: {getattr(beat, name)!r}" for name in beat.model_fields_set)

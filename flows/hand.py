"""The working copy of one conversation during one turn; also the model that the machine moves."""

from collections.abc import Iterable
from typing import Any

from flows.compiled import FLAGS, CompiledFlow, Option, Place
from flows.effects import Effect, Say, Summon, Turn
from flows.events import FlowError, Moment
from flows.languages import LANGUAGES
from flows.messages import Button, Outbound
from flows.state import BETWEEN, CLOSED, LIVE, WAITING, State, Value
from flows.texts import mask, said, spoken

MAX_STEPS_PER_TURN = 100
STANDING = "cover_stands"
"""In the memory: she was told what covering does and what it cannot clear; its button stands."""
COLLECTING = frozenset({"kakao"})
"""Channels on which a counselor's words come only with the person's next message."""
QUICK_REPLIES = 10
"""So many buttons such a channel shows; the cover yields its place to her choices."""


class Hand:
    """What a turn works with: the state's parts, changeable, and the effects so far."""

    __slots__ = (
        "answers",
        "asked",
        "because",
        "channel",
        "choice",
        "effects",
        "flags",
        "flow",
        "language",
        "last",
        "memory",
        "moment",
        "page",
        "picked",
        "redo",
        "resume",
        "risk",
        "secret",
        "stack",
        "step",
        "steps_left",
        "trail",
        "tries",
        "undone",
        "values",
    )  # fmt: skip

    def __init__(self, flow: CompiledFlow, state: State, moment: Moment, channel: str) -> None:
        """Open a state for changes."""
        self.flow = flow
        self.moment = moment
        self.channel = channel
        self.step = state.step
        self.language = state.language
        self.answers: dict[str, Value] = dict(state.answers)
        self.stack = list(state.stack)
        self.trail = list(state.trail)
        self.asked = state.asked
        self.last = state.last
        self.tries = state.tries
        self.page = state.page
        self.picked = list(state.picked)
        self.resume = state.resume
        self.redo = state.redo
        self.undone = list(state.undone)
        self.risk = state.risk
        self.because = list(state.because)
        self.flags = set(state.flags)
        self.memory = dict(state.memory)
        self.effects: list[Effect] = []
        self.choice: str | None = None
        self.secret = False
        self.steps_left = MAX_STEPS_PER_TURN
        self.values: dict[str, Any] = {
            **self.answers,
            "channel": channel,
            "language": self.language,
            "risk": self.risk,
            "found": self.memory.get("found", ""),
            "found_status": self.memory.get("found_status", ""),
            "found_services": self.memory.get("found_services", ""),
            **dict.fromkeys(self.flags & FLAGS, True),
        }

    def turn(self) -> Turn:
        """Close the hand."""
        return Turn(
            State(
                step=self.step,
                language=self.language,
                answers=self.answers,
                stack=tuple(self.stack),
                trail=tuple(self.trail),
                asked=self.asked,
                last=self.last,
                tries=self.tries,
                page=self.page,
                picked=tuple(self.picked),
                resume=self.resume,
                redo=self.redo,
                undone=tuple(self.undone),
                risk=self.risk,
                because=tuple(self.because),
                flags=frozenset(self.flags),
                memory=self.memory,
            ),
            tuple(self._tidy()),
            self.secret,
        )

    def _tidy(self) -> list[Effect]:
        """Let the ways out stand once, at the last bubble; without buttons she is never left."""
        bubbles = [at for at, effect in enumerate(self.effects) if isinstance(effect, Say)]
        for at in bubbles:
            message = self.effects[at].message  # type: ignore[union-attr]  # they are Say
            out = message.fixed if at == bubbles[-1] else ()
            if at == bubbles[-1] and not out and self.step != CLOSED and not message.choices:
                out = tuple(self.ways_out())
            if self.channel in COLLECTING and len(message.choices) + len(out) > QUICK_REPLIES:
                out = tuple(button for button in out if button.data != "!cover")
            if out != message.fixed:
                self.effects[at] = Say(message._replace(fixed=out))
        return self.effects

    # -- moving ---------------------------------------------------------------------------

    @property
    def place(self) -> Place | None:
        """The step of the script where she is, or None while waiting, live or closed."""
        return self.flow.places.get(self.step)

    def fire(self, trigger: str, choice: str | None = None) -> None:
        """Let the machine move; raises `FlowError` when no way is open."""
        self.steps_left -= 1
        if self.steps_left < 0:
            raise FlowError("more than 100 steps without waiting")
        self.choice = choice
        if not self.flow.machine.events[trigger].trigger(self):
            raise FlowError("no way on is open")

    def jump(self, step: str) -> None:
        """Go to any step, in two hops of the machine."""
        if step not in self.flow.places:
            raise FlowError("the step is gone")
        if self.step != BETWEEN:
            self.fire("leave")
        self.fire(f"enter {step}")

    # -- values ---------------------------------------------------------------------------

    def keep(self, name: str, value: Value) -> None:
        """Keep an answer."""
        self.answers[name] = value
        self.values[name] = value

    def drop(self, name: str) -> None:
        """Forget an answer."""
        self.answers.pop(name, None)
        self.values.pop(name, None)

    def flag(self, name: str) -> None:
        """Set something that holds for the whole conversation."""
        self.flags.add(name)
        self.values[name] = True

    def told(self, name: str) -> str:
        """Return a value as it may be told to her: masked where it identifies her."""
        if name in self.flow.facts:
            return self.flow.facts[name]
        if name in {"receipt", "counselor", "found_status", "found_services"}:
            return self.memory.get(name, "")
        value = self.values.get(name, "")
        place = self.flow.asked_at.get(name)
        if place is None:
            return str(value)
        shown = self._labels(name, place, value)
        return mask(shown) if place.private and not self.may_read else shown

    @property
    def may_read(self) -> bool:
        """Whether what identifies her may be shown in full: on the web, after her code word."""
        return self.channel == "web" and "verified" in self.flags

    def _labels(self, name: str, place: Place, value: Value) -> str:
        if isinstance(value, tuple):
            return ", ".join(filter(None, (self._labels(name, place, one) for one in value)))
        option = self.flow.option(name, str(value)) if place.options else None
        if option:
            return said(option.label, self.language)
        return f"{value:g}" if isinstance(value, float) else str(value)

    # -- speaking -------------------------------------------------------------------------

    def phrase(self, key: str) -> str:
        """Return one of the engine's own texts in her language."""
        return spoken(self.flow.phrases.texts[key], self.language).fill(self.told)

    def say(self, text: str, choices: Iterable[Button] = (), fixed: Iterable[Button] = ()) -> None:
        """Add a bubble."""
        self.effects.append(Say(Outbound(text, tuple(choices), tuple(fixed))))

    def summon(self, urgency: int, *because: str) -> None:
        """Ask for a counselor; the reasons stay with the conversation."""
        self.because += [reason for reason in because if reason not in self.because]
        self.effects.append(Summon(urgency, tuple(self.because)))

    def command_button(self, command: str) -> Button:
        """Return the button of a global command."""
        return self.flow.phrases.button(command, self.language)

    def ways_out(self) -> list[Button]:
        """Return the buttons that stand beside every question; the first is never cut."""
        buttons = [self.command_button("emergency")]
        if self.channel in COLLECTING and self.step in {WAITING, LIVE}:
            buttons.append(self.command_button("check"))
        if self.step == WAITING:
            if self.resume or "after_wait" in self.memory:
                buttons.append(self.command_button("continue"))
            buttons += self._tongues()
        elif self.step != LIVE:
            buttons.append(self.command_button("counselor"))
            if self.trail and self.place:
                buttons.append(self.command_button("back"))
        if STANDING in self.memory:
            buttons.append(self.command_button("cover"))
        return buttons

    def _tongues(self) -> list[Button]:
        """Return the languages of the scripts, for who speaks none of them."""
        known = self.flow.phrases.languages
        if self.language in known:
            return []
        return [Button(LANGUAGES[code], f"!language:{code}") for code in known]

    def open_options(self, place: Place) -> list[Option]:
        """Return the answers that are offered now."""
        return [o for o in place.options if o.when is None or o.when.holds(self.values)]

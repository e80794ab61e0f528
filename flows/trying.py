"""Trying a draft: played from any step, on any channel, with the faults that networks have."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from flows.compiled import CompiledFlow
from flows.dialogues import NOON, SENDER, Player, status_of
from flows.events import (
    Closed,
    Event,
    EventNotAllowed,
    FlowError,
    Moment,
    Released,
    Replied,
    Said,
    Ticked,
    Took,
)
from flows.hand import Hand
from flows.messages import Kind, Outbound
from flows.script import CheckIn, Part, StepRef
from flows.state import CLOSED, State
from flows.walk import walk

MOST_ACTS = 200
LATE = timedelta(hours=2)
SHOWN_CHARS = 24
MESSAGES = frozenset({"text", "press", "photo"})
"""What comes from her, and may be overtaken."""


class Act(Part):
    """One thing that is done at the phone.

    `text` is what she types or the label she presses, a span such as `2d` for `later`, the
    counselor's words for `reply`, a step for `release`; `data` is what the button carries.
    """

    kind: Literal[
        "text", "press", "open", "photo", "later", "take", "reply", "release", "close", "timer"
    ]
    text: str = Field(default="", max_length=4000)
    data: str = Field(default="", max_length=100)
    fault: Literal["", "twice", "late", "reordered"] = ""
    """`reordered`: it arrives only after the next one; what is no message cannot be."""


class Trial(Part):
    """What is played."""

    channel: Literal["telegram", "kakao", "web"] = "web"
    language: str = "ko"
    start: StepRef | None = None
    acts: tuple[Act, ...] = Field(default=(), max_length=MOST_ACTS)


@dataclass(frozen=True, slots=True)
class Turned:
    """What one act led to.

    Attributes:
        error: Why the script could not go on, or empty.
        travels: `late` when she sent it and it is still on its way, `arrives` when it comes now.
    """

    act: Act | None
    bubbles: tuple[Outbound, ...]
    effects: tuple[str, ...]
    error: str
    step: str
    travels: Literal["", "late", "arrives"] = ""


def tried(flow: CompiledFlow, trial: Trial) -> tuple[list[Turned], Player]:
    """Play every act in order; returns what each led to, and the player as it stands then."""
    player = Player(flow, trial.channel, trial.language)
    turns = []
    if trial.start is not None:
        turns.append(_opened(player, trial.start))
    held: Act | None = None
    for act in trial.acts:
        if act.fault == "reordered" and act.kind in MESSAGES and held is None:
            held = act
            turns.append(Turned(act, (), (), "", player.state.step, "late"))
            continue
        turns.append(_played(player, act))
        if held is not None and act.kind in MESSAGES:
            turns.append(replace(_played(player, held), travels="arrives"))
            held = None
    return turns, player


def enter(flow: CompiledFlow, step: str, channel: str, language: str) -> Hand:
    """Return a hand that has just come to a step and walked on until something is awaited."""
    hand = Hand(flow, State(step=CLOSED, language=language), Moment(NOON), channel)
    hand.jump(step)
    walk(hand)
    return hand


def dialogue_of(flow: CompiledFlow, trial: Trial, title: str) -> str:
    """Return what was played as a saved dialogue: what she did, and what the bot then says."""
    turns, player = tried(flow, trial)
    lines = [
        f"title: {_quoted(title)}",
        f"channel: {trial.channel}",
        f"script: {flow.start.partition('/')[0]}",
        f"language: {trial.language}",
        "talk:",
    ]
    for turn in turns:
        if turn.act is not None and turn.travels != "late":
            lines += [f"  - {one}" for one in _lines(turn.act)]
        told = [_beginning(bubble.text) for bubble in turn.bubbles]
        if shown := [one for one in told if one]:
            lines.append(f"  - bot: [{', '.join(map(_quoted, shown))}]")
    stands = f"status: {status_of(player.state)}"
    if not player.state.step.startswith("@"):
        stands = f"step: {player.state.step}, {stands}"
    return "\n".join([*lines, f"  - expects: {{{stands}}}", ""])


def _opened(player: Player, step: str) -> Turned:
    try:
        turn = enter(player.flow, step, player.channel, player.state.language).turn()
    except (FlowError, EventNotAllowed) as error:
        return Turned(None, (), (), str(error), player.state.step)
    player.state = turn.state
    player.take_in(turn.effects)
    names = tuple(type(effect).__name__ for effect in turn.effects)
    return Turned(None, tuple(player.bubbles), names, "", player.state.step)


def _played(player: Player, act: Act) -> Turned:
    before = len(player.effects)
    try:
        if act.fault == "late":
            player.at += LATE
        for event in _events(player, act):
            player.feed(event)
        error = ""
    except (FlowError, EventNotAllowed) as failed:
        error = str(failed)
        player.bubbles = []
    names = tuple(type(effect).__name__ for effect in player.effects[before:])
    bubbles = () if act.kind == "later" else tuple(player.bubbles)
    return Turned(act, bubbles, names, error, player.state.step)


def _events(player: Player, act: Act) -> Iterable[Event]:
    channel = player.channel
    said: dict[str, Event] = {
        "text": Said(channel, text=act.text),
        "press": Said(channel, Kind.PRESS, act.text, act.data),
        "open": Said(channel, Kind.OPEN),
        "photo": Said(channel, Kind.FILES),
        "take": Took(channel, SENDER),
        "reply": Replied(act.text, SENDER),
        "release": Released(channel, act.text or None),
        "close": Closed(channel),
        "timer": Ticked(channel, act.text or "check_in"),
    }
    if act.kind == "later":
        player.at = _later(player.at, act.text)
        return
    yield said[act.kind]
    if act.fault == "twice":
        yield said[act.kind]


def _later(at: datetime, span: str) -> datetime:
    try:
        return at + timedelta(seconds=CheckIn(after=span).seconds)
    except ValueError:
        raise EventNotAllowed("write a time such as 30m, 2h or 7d") from None


def _lines(act: Act) -> list[str]:
    press = "presses_old" if act.fault == "reordered" else "presses"
    once = {
        "text": f"she: {_quoted(act.text)}",
        "press": f"{press}: {_quoted(act.text)}",
        "open": "opens: true",
        "photo": "photo: true",
        "later": f"later: {act.text}",
        "take": "counselor: {take: true}",
        "reply": f"counselor: {{says: {_quoted(act.text)}}}",
        "release": f"counselor: {{release: {act.text or 'true'}}}",
        "close": "counselor: {close: true}",
        "timer": f"timer: {act.text or 'check_in'}",
    }[act.kind]
    return [once, once] if act.fault == "twice" else [once]


def _beginning(text: str) -> str:
    """Return so much of a bubble that a counselor knows it again; codes are left out."""
    first = text.strip().partition("\n")[0]
    return "" if "TEST" in first else first[:SHOWN_CHARS].strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""Leaving a version: where a conversation stands, said in the words of another version."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.compiled import CompiledFlow
from flows.state import CLOSED, State
from flows.walk import SEPARATOR

MENU = "menu"
_Now = Callable[[str], str | None]
"""The name of a step in the new version, or None when it is gone."""


def moved(flow: CompiledFlow, state: State, steps: Mapping[str, str]) -> State:
    """Return where a conversation goes on under another version.

    A step that is gone leads to the beginning with her next message; nothing she answered is
    lost.

    Args:
        flow: The version to go on under.
        state: Where it stood in the version before.
        steps: The old step to the new one, for those whose name changed.
    """
    places = flow.places

    def now(step: str) -> str | None:
        to = steps.get(step, step)
        return to if to in places or to.startswith("@") else None

    menu = f"{flow.start.partition('/')[0]}/{MENU}"
    fallback = menu if menu in places else flow.start
    step = now(state.step)
    place = places.get(step or "")
    offered = {option.id for option in place.options} if place else set()
    return replace(
        state,
        step=step or CLOSED,
        stack=tuple(now(one) or fallback for one in state.stack) if step else (),
        trail=_marks(state.trail, now),
        undone=_marks(state.undone, now) if state.redo and now(state.redo) else (),
        redo=now(state.redo) if state.redo else None,
        resume=now(state.resume) if state.resume else None,
        picked=tuple(one for one in state.picked if one in offered),
        memory=_memory(state, now),
    )


def _marks(trail: tuple[str, ...], now: _Now) -> tuple[str, ...]:
    """Return the marks whose steps are all there, in their new names."""
    kept = []
    for mark in trail:
        names = [now(step) for step in mark.split(SEPARATOR)]
        if all(names):
            kept.append(SEPARATOR.join(name for name in names if name))
    return tuple(kept)


def _memory(state: State, now: _Now) -> dict[str, str]:
    memory = dict(state.memory)
    waited = now(memory.pop("after_wait", ""))
    return memory | ({"after_wait": waited} if waited else {})

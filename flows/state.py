"""Where one conversation stands: an immutable value that the engine turns into the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

WAITING = "@waiting"
LIVE = "@live"
CLOSED = "@closed"
BETWEEN = "@between"
"""A jump is two hops, so that it needs two rows a step and not one for each pair of steps."""

UNKNOWN_RISK = 4
"""Nothing is known yet; 0 is danger now, 3 is support."""

Value = str | float | tuple[str, ...]
"""An answer: a choice or text, a number, or several choices."""


@dataclass(frozen=True, slots=True)
class State:
    """Where one conversation stands.

    Attributes:
        step: `flow/step`, or `@waiting`, `@live`, `@closed`.
        language: The language we speak with her.
        answers: What she answered, by name.
        stack: The steps to go on to when called flows end, outermost first.
        trail: The questions asked before this one, oldest first, for `back`.
        asked: The number of the open question; buttons carry it.
        last: The button that answered the question before, to know a double tap.
        tries: Answers in a row that were not understood.
        page: Which page of choices is shown.
        picked: What is chosen so far in a several-choice question.
        resume: The step that takeover or waiting interrupted.
        redo: While an answer is corrected: the step to come back to.
        undone: While an answer is corrected: the questions that came after it before.
        risk: 0 to 3, or 4 when nothing is known.
        because: The ids of the risk rules that hold.
        flags: What holds for the whole conversation, such as `submitted`.
        memory: Preferences and one-time values, such as the receipt code.
    """

    step: str
    language: str = "ko"
    answers: Mapping[str, Value] = ()  # type: ignore[assignment]  # replaced below: a frozen dataclass cannot default to {}
    stack: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    asked: int = 0
    last: str = ""
    tries: int = 0
    page: int = 0
    picked: tuple[str, ...] = ()
    resume: str | None = None
    redo: str | None = None
    undone: tuple[str, ...] = ()
    risk: int = UNKNOWN_RISK
    because: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    memory: Mapping[str, str] = ()  # type: ignore[assignment]  # as above

    def __post_init__(self) -> None:
        """Give the two mappings their empty value."""
        if not self.answers:
            object.__setattr__(self, "answers", {})
        if not self.memory:
            object.__setattr__(self, "memory", {})

    def pack(self) -> dict[str, Any]:
        """Return the parts that are not empty (a number never is), ready for JSON."""
        parts = zip(_NAMES, _parts(self), strict=True)
        packed = {name: part for name, part in parts if part or part == 0}
        if self.flags:
            packed["flags"] = sorted(self.flags)
        return packed

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "State":
        """Read back what `pack` gave; parts of an unknown name are left out."""
        known = {name: part for name, part in packed.items() if name in _KNOWN}
        for name in _TUPLES & known.keys():
            known[name] = tuple(known[name])
        if "flags" in known:
            known["flags"] = frozenset(known["flags"])
        if "answers" in known:
            known["answers"] = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in known["answers"].items()
            }
        return cls(**known)


_NAMES = tuple(field.name for field in fields(State))
_KNOWN = frozenset(_NAMES)
_TUPLES = frozenset({"stack", "trail", "picked", "undone", "because"})
_parts = attrgetter(*_NAMES)

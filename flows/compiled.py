"""A version of the scripts as the engine plays it: everything looked up, nothing parsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from transitions import Machine

from flows.conditions import Condition, Type
from flows.phrases import Phrases
from flows.script import Do, Text, TextAnswer
from flows.texts import Template

BUILT_IN: dict[str, Type] = {
    "channel": "text", "language": "text", "risk": "whole", "receipt_set": "flag",
    "word_set": "flag", "submitted": "flag", "verified": "flag", "returning": "flag",
    "offered_web": "flag", "found": "text", "found_status": "text", "found_services": "text",
}  # fmt: skip
"""What a condition may ask beside answers."""
FLAGS = frozenset(name for name, kind in BUILT_IN.items() if kind == "flag")


class Asks(Enum):
    """What a step waits for."""

    NOTHING = "nothing"
    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer.

    Attributes:
        words: Folded typed words that mean it, labels in every language included.
        when: Offered only then.
        alone: Excludes the other choices and finishes a several-choice question.
    """

    id: str
    label: Text
    words: frozenset[str]
    when: Condition | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A bubble of a step, in every language."""

    texts: Mapping[str, Template]
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Place:
    """A step, compiled.

    Attributes:
        name: `flow/step`.
        save: The name of its answer; empty when it asks nothing.
        call: The first step of the flow that it calls, or None.
    """

    name: str
    flow: str
    title: Text
    asks: Asks
    say: tuple[Line, ...]
    simpler: Mapping[str, Template] | None
    options: tuple[Option, ...]
    text: TextAnswer | None
    review: tuple[str, ...]
    save: str
    private: bool
    optional: bool
    depends: frozenset[str]
    link: Text | None
    do: tuple[Do, ...]
    set: tuple[tuple[str, Condition], ...]
    call: str | None
    end: str | None
    leads_on: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason for urgency, compiled: `urgency` 0 to 3, or None for one level up."""

    id: str
    when: Condition
    urgency: int | None
    because: Text


@dataclass(frozen=True, slots=True)
class CompiledFlow:
    """One version of all scripts.

    Attributes:
        start: The step at which a conversation opens.
        starts: The first step of every flow, by the flow's id.
        first_answers: The first message of a conversation is an answer to `start`.
        places: Every step by `flow/step`.
        asked_at: The step that asks for an answer, by the answer's name.
        dependents: The answers that are asked again when another one is corrected, by its name.
        rules: The risk rules; and by the names at which they look.
        facts: Dated facts for placeholders, such as `line:112`.
        provisional: Flows that clinicians have not signed off.
    """

    start: str
    starts: Mapping[str, str]
    first_answers: bool
    places: Mapping[str, Place]
    asked_at: Mapping[str, Place]
    dependents: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    rules_of: Mapping[str, tuple[Rule, ...]]
    machine: Machine
    phrases: Phrases
    facts: Mapping[str, str]
    titles: Mapping[str, Text]
    provisional: frozenset[str]

    def option(self, name: str, choice: str) -> Option | None:
        """Return an offered answer by the name of the answer and the id of the choice."""
        place = self.asked_at.get(name)
        options = place.options if place else ()
        return next((option for option in options if option.id == choice), None)

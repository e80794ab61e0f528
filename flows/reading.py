"""YAML as admins write it, read safely: plain values and the line on which each stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_NODES = 100_000
EXACT_DIGITS = 15

Path = tuple[str | int, ...]
"""Keys and positions from the root of a file down to one value."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with what an admin wrote.

    Attributes:
        file: The name of the file.
        line: Counted from 1; 0 when it is about the whole file.
        place: The keys down to the value, such as `steps.alone.choices.0.goto`.
        reason: What is wrong.
        remedy: What to do about it.
    """

    file: str
    line: int
    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one line for a terminal."""
        return (
            f"{self.file}:{self.line}: {self.place or 'the file'}: {self.reason} → {self.remedy}"
        )


class ScriptError(Exception):
    """What an admin wrote cannot be used; `problems` holds every reason at once."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems in the order of their lines."""
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Document:
    """A file that was read: plain values, and the line of each by its path."""

    name: str
    content: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def problem(self, path: Path, reason: str, remedy: str) -> Problem:
        """Return a problem at the nearest place that has a line."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(
            self.name, self.lines.get(known, 1), ".".join(map(str, path)), reason, remedy
        )


@lru_cache(maxsize=64)
def read(text: str, name: str) -> Document:
    """Read one file; the same text is read once, nobody changes what was read.

    Raises:
        ScriptError: not YAML, too large, too deep, or with a tag, an anchor or a key twice.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ScriptError(
            [Problem(name, 0, "", "the file is larger than 1 MB", "split it into several flows")]
        )
    try:
        reader = _read(text, name, fast=True)
    except (YAMLError, ValueError, RecursionError, ScriptError):
        reader = _read_or_say(text, name)  # the thorough parser knows more, and says where
    if reader.problems:
        raise ScriptError(reader.problems)
    return reader.read


def _read(text: str, name: str, *, fast: bool) -> "_Reader":
    reader = _Reader(Document(name))
    parser = YAML(typ="safe") if fast else YAML(typ="rt", pure=True)
    reader.read.content = reader.document(iter(parser.parse(text)))
    return reader


def _read_or_say(text: str, name: str) -> "_Reader":
    try:
        return _read(text, name, fast=False)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        reason = f"this is not YAML: {error.problem or error.context}"
        raise ScriptError(
            [Problem(name, line, "", reason, "look at the indent and the quotes of this line")]
        ) from None
    except (YAMLError, ValueError, RecursionError) as error:
        reason = f"this is not YAML: {type(error).__name__}"
        raise ScriptError(
            [Problem(name, 0, "", reason, "remove control characters, save the file as UTF-8")]
        ) from None


class _Reader:
    """Builds plain values from parser events; notes what is not allowed and goes on."""

    def __init__(self, document: Document) -> None:
        self.read = document
        self._nodes = 0
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Event]) -> object:
        """Return the one value of the file."""
        for event in events:
            if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)):
                return self._value(event, events, ())
        return None

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> object:
        self._nodes += 1
        self.read.lines[path] = event.start_mark.line + 1
        self._refuse(event, path)
        if len(path) > MAX_DEPTH or self._nodes > MAX_NODES:
            raise ScriptError(
                [
                    self.read.problem(
                        path, "too deep or too many values", "split it into several flows"
                    )
                ]
            )
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        return _scalar(event) if isinstance(event, ScalarEvent) else None

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = str(event.value) if isinstance(event, ScalarEvent) else ""
            here = (*path, key)
            if not isinstance(event, ScalarEvent):
                self._note(path, "a key must be a plain word", "write `key: value`")
                self._value(event, events, here)
            if key in mapping:
                self.read.lines[here] = event.start_mark.line + 1
                self._note(here, "the key stands here twice", "remove or rename one of the two")
            mapping[key] = self._value(next(events), events, here)
            self.read.lines[here] = event.start_mark.line + 1  # where its name stands
        return mapping

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            values.append(self._value(event, events, (*path, len(values))))
        return values

    def _refuse(self, event: Event, path: Path) -> None:
        if getattr(event, "anchor", None):
            self._note(path, "anchors and aliases are not allowed", "write the value out")
        if getattr(event, "tag", None) and not _implied(event):
            self._note(path, "tags are not allowed", "remove the word that begins with `!`")

    def _note(self, path: Path, reason: str, remedy: str) -> None:
        self.problems.append(self.read.problem(path, reason, remedy))


def _implied(event: Event) -> bool:
    """Say whether the parser itself gave the tag; for scalars it tells plain from quoted."""
    implicit = getattr(event, "implicit", True)
    return bool(implicit[0] if isinstance(implicit, tuple) else implicit)


_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def _scalar(event: ScalarEvent) -> object:
    """Resolve a plain scalar by YAML 1.2's core schema, numbers only in their plain form."""
    text = str(event.value)
    if event.style:  # quoted or folded; the fast parser says "" where the plain one says None
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and (digits == "0" or not digits.startswith("0")):
        return int(text) if len(digits) <= EXACT_DIGITS else text
    whole, dot, part = digits.partition(".")
    if dot and whole.isdigit() and part.isdigit() and digits.isascii():
        return float(text)
    return text

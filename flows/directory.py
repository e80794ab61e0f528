"""Dated facts: phone lines, laws, services, each with its source and the day it was checked."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from flows.reading import Document
from flows.script import Name, Part, Sentence, Text, validate


class Fact(Part):
    """One fact that may be told to a person."""

    id: str = Field(pattern=r"^[A-Za-z0-9_.+-]{1,40}$")
    number: str | int | None = None
    value: str | int | None = None
    name: Text
    purpose: Text | None = None
    hours: Text | None = None
    kind: Name | None = None
    source: Sentence
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    certainty: Literal["H", "M"]
    note: Text | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the fact may be told on a day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)

    @property
    def told(self) -> str:
        """What stands in a text: the number, else the value."""
        return str(self.number if self.number is not None else self.value or "")


class FactScript(Part):
    """One file of the directory."""

    gyeot: Literal[1]
    entries: tuple[Fact, ...]


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Check a document that was read as a file of the directory; raises `ScriptError`."""
    return validate(FactScript, document).entries


def placeholders(files: Mapping[str, tuple[Fact, ...]]) -> dict[str, str]:
    """Return the facts by placeholder: `lines` gives `line:…`, `laws` `law:…` and so on."""
    return {
        f"{kind.removesuffix('s')}:{fact.id}": fact.told
        for kind, facts in files.items()
        for fact in facts
    }

"""Her plan: ways that others found useful, from which she takes what fits, and her own.

The ways stand in ways.yaml, in our own words. What fits her answers comes first; nothing is
said to be needed, and what he might notice, or what wants a safe device, says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from flows.state import Value

FIRST = 4
"""So many are shown first."""

_FILE = Path(__file__).parent / "ways.yaml"


class Way(BaseModel):
    """One way that may fit.

    Attributes:
        when: Answers that make it fit, such as `home:entered`; none fits everybody a little.
        notice: That person might notice it and react.
        device: Better done on a device that person has never held.
        order: It ends with a protective measure and is looked at anew then.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    domain: str
    situation: dict[str, str]
    action: dict[str, str]
    when: tuple[str, ...] = ()
    notice: bool = False
    device: bool = False
    order: bool = False


class Item(BaseModel):
    """One line of her plan: taken from a way, or her own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    way: str | None = None
    situation: str = Field(default="", max_length=500)
    action: str = Field(default="", max_length=1000)
    helper: str = Field(default="", max_length=200)
    by: date | None = None
    done: bool = False
    until: date | None = None
    """The last day of the protective measure that it belongs to."""


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be looked at again: a measure that ends, or has ended."""

    way: str
    until: date
    over: bool


RENEW_DAYS = 28
"""So long before a measure ends its renewal is best asked for."""


@cache
def ways() -> tuple[Way, ...]:
    """Return the ways that we ship, read once."""
    raw = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    return tuple(Way.model_validate(one) for one in raw["ways"])


def fitting(answers: Mapping[str, Value], taken: Iterable[str]) -> list[Way]:
    """Return the ways that she has not taken, what fits her answers best first."""
    told = set(_told(answers))
    have = set(taken)
    free = [way for way in ways() if way.id not in have]
    return sorted(free, key=lambda way: -_weight(way, told))


def due(items: Sequence[Item], today: date) -> list[Due]:
    """Return what of her plan ends with a measure soon, or ended."""
    return [
        Due(item.way or "", item.until, item.until < today)
        for item in items
        if item.until is not None and (item.until - today).days <= RENEW_DAYS
    ]


def _weight(way: Way, told: set[str]) -> int:
    return 2 * sum(one in told for one in way.when) + (not way.when)


def _told(answers: Mapping[str, Value]) -> Iterable[str]:
    for name, value in answers.items():
        for one in value if isinstance(value, tuple) else (value,):
            yield f"{name}:{one}"

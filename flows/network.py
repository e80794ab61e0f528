"""The network around her: agencies, services, facilities and orders, each with source and date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from flows.orders import OrderKind
from flows.places import tells_a_place
from flows.reading import read
from flows.record_kinds import RecordKind
from flows.script import Language, Name, Part, Sentence, Text, validate

Sex = Literal["women", "men"]
RoomName = Annotated[str, Field(pattern=r"^[0-9A-Za-z가-힣]{1,12}$")]
RoomPlaces = Annotated[int, Field(ge=1, le=12)]
Kept = TypeVar("Kept", bound="Agency | Facility | OrderKind | RecordKind | ServiceKind")


class Limits(Part):
    """How much of it one person can be given."""

    guards: int = Field(ge=1, le=10)
    hours_a_day: int = Field(ge=1, le=24)
    days: int = Field(ge=1, le=60)


class Agency(Part):
    """One agency that gives services.

    Attributes:
        reach: How we get in touch with it.
        roles: Who speaks for it.
        answers_within_days: After so many days without an answer the referral is stuck.
        guards: Who can be booked, by the names that the agency gave us.
        demo: Invented: to be replaced before the first real case.
        ended: It is asked no more; what was asked of it before stays.
    """

    id: Name
    name: Text
    kind: Name
    services: tuple[Name, ...] = Field(min_length=1)
    languages: tuple[Language, ...]
    hours: Text
    area: Text
    capacity: int | None = None
    eligible: Text
    reach: Text
    roles: tuple[Sentence, ...]
    answers_within_days: int = 7
    guards: tuple[Sentence, ...] = ()
    limits: Limits | None = None
    source: Sentence
    checked_on: date
    certainty: Literal["H", "M"]
    demo: bool = False
    ended: bool = False


class ServiceKind(Part):
    """One service that she can apply for, and the answers it needs to know."""

    id: Name
    name: Text
    needs: tuple[Name, ...]
    sensitive: tuple[Name, ...] = ()


class Facility(Part):
    """One protection facility; no address and no district ever stands here.

    Attributes:
        rooms: How many places each room has, by its name there.
        ended: Nobody new is taken in; who stays there stays.
    """

    id: Name
    name: Text
    takes: Sex
    families: bool
    hold_hours: int = Field(ge=1, le=168)
    stay_days: int = Field(ge=1, le=730)
    rooms: dict[RoomName, RoomPlaces] = Field(min_length=1, max_length=60)
    programs: tuple[Sentence, ...]
    source: Sentence
    checked_on: date
    certainty: Literal["H", "M"]
    demo: bool = False
    ended: bool = False

    @model_validator(mode="after")
    def _says_no_place(self) -> Self:
        words = (*self.name.values(), *self.rooms, *self.programs, self.source)
        if any(tells_a_place(one) for one in words):
            raise ValueError("주소나 동네는 어디에도 적지 않아요. No address, no district.")
        return self

    def places(self) -> list[tuple[str, str]]:
        """Return every place with its room: `2-1` is the first place of room 2."""
        return [
            (room, f"{room}-{number}")
            for room, count in self.rooms.items()
            for number in range(1, count + 1)
        ]


class _Agencies(Part):
    gyeot: Literal[1]
    entries: tuple[Agency, ...]
    services: tuple[ServiceKind, ...]


class _Facilities(Part):
    gyeot: Literal[1]
    entries: tuple[Facility, ...]


class _Orders(Part):
    gyeot: Literal[1]
    entries: tuple[OrderKind, ...]


class _Records(Part):
    gyeot: Literal[1]
    entries: tuple[RecordKind, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Everything by its id."""

    agencies: dict[str, Agency]
    services: dict[str, ServiceKind]
    facilities: dict[str, Facility]
    orders: dict[str, OrderKind]
    records: dict[str, RecordKind]

    def agencies_for(self, service: str) -> list[Agency]:
        """Return who gives a service: those of the trade first, centers that pass on last."""
        here = [each for each in self.agencies.values() if not each.ended]
        found = [each for each in here if service in each.services]
        return sorted(found, key=lambda each: each.kind == "center")


def network() -> Network:
    """Return the network that we ship; raises `ScriptError` with every problem of a file."""
    agencies = validate(_Agencies, read(_text("agencies.yaml"), "agencies.yaml"))
    facilities = validate(_Facilities, read(_text("facilities.yaml"), "facilities.yaml"))
    orders = validate(_Orders, read(_text("orders.yaml"), "orders.yaml"))
    records = validate(_Records, read(_text("records.yaml"), "records.yaml"))
    return Network(
        agencies=_by_id(agencies.entries),
        services=_by_id(agencies.services),
        facilities=_by_id(facilities.entries),
        orders=_by_id(orders.entries),
        records=_by_id(records.entries),
    )


def _text(name: str) -> str:
    return (files("flows") / "directory" / "network" / name).read_text(encoding="utf-8")


def _by_id(entries: Iterable[Kept]) -> dict[str, Kept]:
    return {entry.id: entry for entry in entries}

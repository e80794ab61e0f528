"""What can hang on a case: the fields of each kind, and its ways from status to status."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from flows.cases import NotAllowed
from flows.script import Name, Part, Text

LENGTH = {"text": 200, "long": 4000, "phone": 40}
YEARS = range(1900, 2101)
FieldKind = Literal["text", "long", "date", "choice", "phone", "staff", "order"]


class RecordError(ValueError):
    """A record cannot be kept as it was filled in; `field` says where, the message what to do."""

    def __init__(self, field: str, text: str) -> None:
        """Keep the field."""
        super().__init__(text)
        self.field = field


class RecordField(Part):
    """One field of a record."""

    name: Name
    title: Text
    kind: FieldKind
    required: bool = False
    options: dict[str, Text] = Field(default_factory=dict)

    def read(self, value: object) -> str:
        """Return a value as it is kept; raises `RecordError`."""
        text = "" if value is None else str(value).strip()
        if not text:
            if self.required:
                raise RecordError(self.name, f"{self.title['ko']}: 채워 주세요. It is needed.")
            return ""
        if self.kind == "choice" and text not in self.options:
            raise RecordError(
                self.name, f"{self.title['ko']}: 고를 수 없는 값이에요. Not offered."
            )
        if self.kind == "date":
            return _day(self.name, text)
        if len(text) > LENGTH.get(self.kind, 100):
            raise RecordError(self.name, f"{self.title['ko']}: 너무 길어요. It is too long.")
        return text


class RecordKind(Part):
    """One kind of record.

    Attributes:
        start: Its first status.
        ways: The events, each named like the status it leads to, and the statuses before it.
        owned: Somebody must have it, and it has a day.
        form: A counselor fills it in; otherwise it comes about by itself.
    """

    id: Name
    title: Text
    start: str = "kept"
    ways: dict[Name, tuple[str, ...]] = Field(default_factory=dict)
    owned: bool = False
    form: bool = True
    fields: tuple[RecordField, ...] = Field(min_length=1)

    def read(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return the fields as they are kept; raises `RecordError`."""
        unknown = values.keys() - {field.name for field in self.fields}
        if unknown:
            raise RecordError(min(unknown), "모르는 칸이에요. There is no such field.")
        read = {field.name: field.read(values.get(field.name)) for field in self.fields}
        return {name: value for name, value in read.items() if value}

    def after(self, status: str, event: str) -> str:
        """Return the status that an event leads to; raises `NotAllowed`."""
        if status not in self.ways.get(event, ()):
            raise NotAllowed(status, event)
        return self.start if event == "reopen" else event

    def events_from(self, status: str) -> list[str]:
        """Return what may happen next."""
        return [event for event, sources in self.ways.items() if status in sources]


def _day(name: str, text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise RecordError(name, f"{text}: 날짜가 아니에요 (2026-11-24). This is no day.")
    return day.isoformat()

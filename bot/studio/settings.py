"""What admins set beside the scripts: opening hours and ready-made replies, each checked."""

from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from bot.studio.wrong import Wrong

Clock = Annotated[str, StringConstraints(pattern=r"^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]


class Day(BaseModel):
    """When the counselors are there on a day of the week; empty is closed."""

    model_config = ConfigDict(extra="forbid")

    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    opens: Clock
    closes: Clock


class Canned(BaseModel):
    """A ready-made reply of the desk."""

    model_config = ConfigDict(extra="forbid")

    title: Short
    text: Long


_SHAPES: dict[str, TypeAdapter[list[Day]] | TypeAdapter[list[Canned]]] = {
    "hours": TypeAdapter(list[Day]),
    "canned": TypeAdapter(list[Canned]),
}
NAMES = tuple(_SHAPES)
MOST = 100


def read(name: str, value: object) -> str:
    """Return a setting as it is kept; raises `Wrong`."""
    shape = _SHAPES.get(name)
    if shape is None or not isinstance(value, list) or len(value) > MOST:
        raise Wrong("그런 설정이 없어요. There is no such setting.")
    try:
        shape.validate_python(value)
    except ValidationError:
        raise Wrong("시간이나 글을 다시 봐 주세요. Look at the times and texts again.") from None
    return orjson.dumps(value).decode()

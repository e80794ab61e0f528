"""Say everything that is wrong with a skill response: Kakao itself would just show nothing."""

from collections.abc import Iterator

import orjson

from adapters.kakao.standin.cards import QUICK_REPLY, SIMPLE, cards
from adapters.kakao.standin.shapes import (
    Check,
    address,
    anything,
    both,
    flag,
    one_of,
    several,
    text,
    thing,
    whole,
)

MOST_BYTES = 30 * 1024
_CARDS = cards(in_carousel=False)
_CAROUSEL_CARDS = cards(in_carousel=True)
_LIST_CARDS = 5
_SMALL_IMAGES = ("thumbnail", "head", "profile", "imageTitle")


def problems(body: bytes) -> list[str]:
    """Return all problems of an answer, the empty list for one that is shown."""
    if len(body) > MOST_BYTES:
        return [f"the answer has {len(body)} bytes, {MOST_BYTES} are allowed"]
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ["the answer is no JSON in UTF-8"]
    return list(_answer(answer, "answer"))


def _answer(answer: object, place: str) -> Iterator[str]:
    yield from _FRAME(answer, place)
    if not isinstance(answer, dict):
        return
    promises = answer.get("useCallback") is True
    if promises and "template" in answer:
        yield f"{place}.template is ignored beside useCallback"
    if not promises and "template" not in answer:
        yield f"{place}.template is missing"


def _output(value: object, place: str) -> Iterator[str]:
    if not isinstance(value, dict) or len(value) != 1:
        yield f"{place} is no object with exactly one member"
        return
    (kind, content), *_ = value.items()
    check = _OUTPUTS.get(kind)
    if check is None:
        yield f"{place}.{kind} is unknown"
    else:
        yield from check(content, f"{place}.{kind}")


def _carousel_items(carousel: object, place: str) -> Iterator[str]:
    if not isinstance(carousel, dict):
        return
    kind, items = carousel["type"], carousel["items"]
    if kind == "listCard" and len(items) > _LIST_CARDS:
        yield f"{place}.items has {len(items)} list cards, {_LIST_CARDS} are allowed"
    if "header" in carousel and kind in {"textCard", "listCard"}:
        yield f"{place}.header is not allowed with {kind}"
    for index, item in enumerate(items):
        yield from _CAROUSEL_CARDS[kind](item, f"{place}.items[{index}]")
    if len({_picture_frame(item) for item in items}) > 1:
        yield f"{place}.items differ in the pictures that they have"


def _picture_frame(item: object) -> tuple[bool, ...]:
    """Return what must be the same on all cards of a carousel: which pictures, and their ratio."""
    if not isinstance(item, dict):
        return ()
    thumbnail = item.get("thumbnail")
    is_square = isinstance(thumbnail, dict) and thumbnail.get("fixedRatio") is True
    return (is_square, *(name in item for name in _SMALL_IMAGES))


_CAROUSEL = both(
    thing(
        {"type": one_of(*_CARDS), "items": several(anything, 1, 10)},
        {
            "header": thing(
                {
                    "title": text(),
                    "description": text(),
                    "thumbnail": thing({"imageUrl": address}, {}),
                },
                {},
            )
        },
    ),
    _carousel_items,
)
_OUTPUTS: dict[str, Check] = {**SIMPLE, **_CARDS, "carousel": _CAROUSEL}


def _strings(value: object, place: str) -> Iterator[str]:
    yield from anything(value, place)
    for name, member in value.items() if isinstance(value, dict) else ():
        yield from text(may_be_empty=True)(member, f"{place}.{name}")


_CONTEXT = thing({"name": text(), "lifeSpan": whole}, {"ttl": whole, "params": _strings})
_FRAME = thing(
    {"version": one_of("2.0")},
    {
        "template": thing(
            {"outputs": several(_output, 1, 3)},
            {"quickReplies": several(QUICK_REPLY, 0, 10)},
        ),
        "context": thing({"values": several(_CONTEXT, 0, 100)}, {}),
        "data": anything,
        "useCallback": flag,
    },
)

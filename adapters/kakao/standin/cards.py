"""What each kind of output may hold (facts: the skill guide's tables of fields and limits)."""

from collections.abc import Iterator, Mapping

from adapters.kakao.standin.shapes import (
    Check,
    address,
    anything,
    both,
    characters,
    flag,
    one_of,
    several,
    text,
    thing,
    whole,
)

_NEEDED = {
    "webLink": "webLinkUrl",
    "message": "messageText",
    "block": "blockId",
    "phone": "phoneNumber",
}
_HORIZONTAL_LABEL = 8
_SIDE_BY_SIDE = 2
_TEXT_CARD_TOGETHER = 400
_ITEM_CARD_TOGETHER = 200


def _action(value: object, place: str) -> Iterator[str]:
    """What an action needs, and who may carry `extra`."""
    if not isinstance(value, dict):
        return
    action = value.get("action")
    needed = _NEEDED.get(str(action))
    if needed is not None and needed not in value:
        yield f"{place}.{needed} is missing: its action is {action}"
    if "extra" in value and action not in {"message", "block"}:
        yield f"{place}.extra needs the action message or block"


_PRESSED: Mapping[str, Check] = {
    "webLinkUrl": address,
    "messageText": text(),
    "phoneNumber": text(),
    "blockId": text(),
    "extra": anything,
}
BUTTON = both(
    thing(
        {
            "label": text(14),
            "action": one_of("webLink", "message", "block", "phone", "share", "operator"),
        },
        _PRESSED,
    ),
    _action,
)
QUICK_REPLY = both(
    thing({"label": text(), "action": one_of("message", "block")}, _PRESSED), _action
)


def _side_by_side(value: object, place: str) -> Iterator[str]:
    """Hold the limits of buttons that stand side by side."""
    if not isinstance(value, dict):
        return
    thumbnail = value.get("thumbnail")
    is_square = isinstance(thumbnail, dict) and thumbnail.get("fixedRatio") is True
    layout = value.get("buttonLayout", "horizontal" if is_square else "vertical")
    buttons = value.get("buttons", [])
    if layout != "horizontal":
        return
    if len(buttons) > _SIDE_BY_SIDE:
        yield f"{place}.buttons are {len(buttons)} side by side, 2 are allowed"
    if any(characters(button["label"]) > _HORIZONTAL_LABEL for button in buttons[1:] and buttons):
        yield f"{place}.buttons have labels longer than 8 side by side"


def _text_card(value: object, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    if not value.keys() & {"title", "description"}:
        yield f"{place} has neither title nor description"
    yield from _together(value, place, _TEXT_CARD_TOGETHER)


def _together(value: dict[str, str], place: str, most: int) -> Iterator[str]:
    total = sum(characters(value.get(name, "")) for name in ("title", "description"))
    if total > most:
        yield f"{place} has {total} characters in title and description, {most} are allowed"


def _commerce_card(value: object, place: str) -> Iterator[str]:
    if isinstance(value, dict) and "discountRate" in value and "discountedPrice" not in value:
        yield f"{place}.discountRate needs discountedPrice"


def _item_card(value: object, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    if "head" in value and "profile" in value:
        yield f"{place} has head and profile, one is allowed"
    if "description" in value and "title" not in value:
        yield f"{place}.description needs title"
    yield from _together(value, place, _ITEM_CARD_TOGETHER)


_LINK = thing({}, {"web": address, "pc": address, "mobile": address})
THUMBNAIL = thing({"imageUrl": address}, {"altText": text(50), "link": _LINK, "fixedRatio": flag})
_BUTTONS: Mapping[str, Check] = {
    "buttons": several(BUTTON, 0, 3),
    "buttonLayout": one_of("vertical", "horizontal"),
}
_LIST_ITEM = both(
    thing(
        {"title": text()},
        {
            "description": text(),
            "imageUrl": address,
            "link": _LINK,
            "action": one_of("block", "message"),
            **_PRESSED,
        },
    ),
    _action,
)
_PROFILE = thing({}, {"nickname": text(), "imageUrl": address})
_ITEM = thing({"title": text(6), "description": text()}, {})

SIMPLE: Mapping[str, Check] = {
    "simpleText": thing({"text": text(1000)}, {}),
    "simpleImage": thing({"imageUrl": address}, {"altText": text(50)}),
}


def cards(*, in_carousel: bool) -> Mapping[str, Check]:
    """Return the checks of all cards; in a carousel some limits are tighter."""
    return {
        "textCard": both(
            thing(
                {},
                {
                    "title": text(50),
                    "description": text(128 if in_carousel else 400),
                    "forwardable": flag,
                    **_BUTTONS,
                },
            ),
            both(_text_card, _side_by_side),
        ),
        "basicCard": both(
            thing(
                {"thumbnail": THUMBNAIL},
                {
                    "title": text(50),
                    "description": text(230),
                    "profile": _PROFILE,
                    "social": anything,
                    "forwardable": flag,
                    **_BUTTONS,
                },
            ),
            _side_by_side,
        ),
        "commerceCard": both(_COMMERCE, both(_commerce_card, _side_by_side)),
        "listCard": both(
            thing(
                {
                    "header": thing({"title": text()}, {"imageUrl": address}),
                    "items": several(_LIST_ITEM, 1, 4 if in_carousel else 5),
                },
                _BUTTONS,
            ),
            _side_by_side,
        ),
        "itemCard": both(
            thing(
                {"itemList": several(_ITEM, 1, 5 if in_carousel else 10)},
                {**_ITEM_CARD, **_BUTTONS},
            ),
            both(_item_card, _side_by_side),
        ),
    }


_COMMERCE = thing(
    {"price": whole, "thumbnails": several(THUMBNAIL, 1, 1)},
    {
        "title": text(30),
        "description": text(40),
        "currency": one_of("won"),
        "discount": whole,
        "discountRate": whole,
        "discountedPrice": whole,
        "profile": _PROFILE,
        **_BUTTONS,
    },
)
_ITEM_CARD: dict[str, Check] = {
    "thumbnail": THUMBNAIL,
    "head": thing({"title": text()}, {}),
    "profile": thing({"title": text(15)}, {"imageUrl": address}),
    "imageTitle": thing({"title": text()}, {"description": text(), "imageUrl": address}),
    "itemListAlignment": one_of("left", "right"),
    "itemListSummary": thing({"title": text(6), "description": text(14)}, {}),
    "title": text(),
    "description": text(),
}

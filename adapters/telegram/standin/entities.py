"""Formatted text: entities given or parsed, with offsets and lengths in UTF-16 units."""

import re

from adapters.telegram.standin import detection, html_mode, markdown_mode
from adapters.telegram.standin.errors import bad_request
from adapters.telegram.standin.units import Entity, ParseError, arrange, place, units
from adapters.telegram.standin.values import Json, Value

MAX_INPUT_BYTES = 1 << 15
"""Longest text before parsing."""

_ODD = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_PLAIN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "blockquote",
        "expandable_blockquote",
        "date_time",
    }
)
_IGNORED = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
    }
)
_KEPT = {
    "pre": "language",
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_PARSERS = {
    "html": html_mode.parse,
    "markdown": markdown_mode.parse_legacy,
    "markdownv2": markdown_mode.parse,
}

Formatted = tuple[str, list[Entity]]
"""A text as it is shown, and its entities in order."""


def formatted(text: str, parse_mode: str, given: Value) -> Formatted:
    """Return the text as a message would carry it: parsed, cleaned, trimmed, links found.

    Args:
        text: As the bot wrote it.
        parse_mode: `HTML`, `MarkdownV2`, `Markdown`, empty; in any case.
        given: The `entities` parameter, which counts when there is no parse mode.

    Raises:
        ApiError: 400 `text is too long`, `can't parse entities: …` and the like.
    """
    if len(text.encode()) > MAX_INPUT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if text and mode and mode != "none":
        text, found = _parsed(text, mode)
    else:
        found = _given(given)
    text, found = _trimmed(*_cleaned(text, found))
    return text, detection.added(text, found)


def _parsed(text: str, mode: str) -> Formatted:
    parse = _PARSERS.get(mode)
    if parse is None:
        raise bad_request("unsupported parse_mode")
    try:
        return parse(text)
    except ParseError as error:
        reason = str(error)
        raise bad_request(f"can't parse entities: {reason[:1].upper()}{reason[1:]}") from None


def _given(given: Value) -> list[Entity]:
    if not isinstance(given, list):
        return []
    read = [_read(entity) for entity in given]
    return arrange([entity for entity in read if entity is not None and entity["length"]])


def _read(entity: Value) -> Entity | None:
    if not isinstance(entity, dict):
        raise _refused("expected an Object")
    kind = entity.get("type")
    offset, length = _whole(entity, "offset"), _whole(entity, "length")
    if kind in _IGNORED:
        return None
    if kind not in _PLAIN:
        raise _refused("Type is not specified" if not kind else "Unsupported type specified")
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    read: Entity = {"offset": offset, "length": length, "type": kind}
    extra = _KEPT.get(kind)
    if extra and entity.get(extra):
        read[extra] = entity[extra]
    elif extra and kind != "pre":
        raise _refused(f'Can\'t find field "{extra}"')
    return read


def _whole(entity: Json, name: str) -> int:
    value = entity.get(name)
    if value is None:
        raise _refused(f'Can\'t find field "{name}"')
    try:
        return int(value)
    except (TypeError, ValueError):
        raise _refused(f'Field "{name}" must be of type Number') from None


def _refused(reason: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {reason}")


def _cleaned(text: str, found: list[Entity]) -> Formatted:
    """Replace control characters and leave out what shows nothing, moving the entities along."""
    if found:
        _check_places(text, found)
    if not _ODD.search(text):
        return text, found
    dropped = [place(text, odd.start()) for odd in _ODD.finditer(text) if not _BLANK.match(odd[0])]
    for entity in found:
        end = entity["offset"] + entity["length"]
        entity["offset"] -= sum(at < entity["offset"] for at in dropped)
        entity["length"] = end - sum(at < end for at in dropped) - entity["offset"]
    kept = _ODD.sub(lambda odd: " " if _BLANK.match(odd[0]) else "", text)
    return kept, [entity for entity in found if entity["length"] > 0]


def _check_places(text: str, found: list[Entity]) -> None:
    end_of_text = units(text)
    middles = {place(text, at) + 1 for at, sign in enumerate(text) if sign > "\uffff"}
    for entity in found:
        offset, end = entity["offset"], entity["offset"] + entity["length"]
        if offset > end_of_text:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if end > end_of_text:
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} "
                f"ends after the end of the text at UTF-16 offset {end}"
            )
        if offset in middles:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {offset}")
        if end in middles:
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
            )


def _trimmed(text: str, found: list[Entity]) -> Formatted:
    """Take blanks off both ends; at the front only as far as no entity begins."""
    kept = text.rstrip(" \n")
    if not kept:
        return "", []
    end = units(kept)
    for entity in found:
        entity["length"] = min(entity["length"], end - entity["offset"])
    found = [entity for entity in found if entity["length"] > 0]
    first = min((entity["offset"] for entity in found), default=len(kept))
    lead = min(len(kept) - len(kept.lstrip(" \n")), first)
    for entity in found:
        entity["offset"] -= lead
    return kept[lead:], found

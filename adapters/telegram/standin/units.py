"""Counting in UTF-16 units, as Telegram does, and entities in their order."""

from adapters.telegram.standin.values import Json

Entity = Json
"""A MessageEntity: `offset`, `length`, `type` and what the type carries."""

WHOLE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
"""What cannot be cut in two; nothing is found inside."""

_SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_DEPTH = {"expandable_blockquote": 0, "blockquote": 0, "pre": 1, "code": 2, "text_link": 3}


class ParseError(ValueError):
    """Markup that makes no sense; the text is Telegram's."""


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def place(text: str, index: int) -> int:
    """Return where a character stands, in UTF-16 units."""
    return units(text[:index])


def byte_offset(text: str, index: int) -> int:
    """Return where a character stands, in bytes of UTF-8, as parse errors count."""
    return len(text[:index].encode("utf-8", "surrogatepass"))


def arrange(entities: list[Entity]) -> list[Entity]:
    """Sort by place, the longer first; nothing else overlaps code."""
    codes = [entity for entity in entities if entity["type"] in {"code", "pre"}]
    if codes:
        entities = [part for entity in entities for part in _outside(entity, codes)]
    return sorted(
        entities, key=lambda each: (each["offset"], -each["length"], _DEPTH.get(each["type"], 9))
    )


def _outside(entity: Entity, codes: list[Entity]) -> list[Entity]:
    if entity["type"] not in _SPLITTABLE:
        return [entity]
    spans = [(entity["offset"], entity["offset"] + entity["length"])]
    for code in codes:
        start, end = code["offset"], code["offset"] + code["length"]
        cut = [(a, min(b, start)) for a, b in spans] + [(max(a, end), b) for a, b in spans]
        spans = [(a, b) for a, b in cut if a < b]
    return [{**entity, "offset": a, "length": b - a} for a, b in spans]

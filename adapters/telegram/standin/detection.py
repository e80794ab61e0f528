"""What Telegram finds in a text by itself: commands, mentions, hashtags, links, addresses."""

import re

from adapters.telegram.standin.units import WHOLE, Entity, arrange, place, units

_TOP = (
    "com|net|org|edu|gov|info|io|dev|app|me|co|kr|jp|cn|vn|th|ru|uk|de|fr|us|eu|tv|biz|xyz|site"
    "|online|link|page|asia|한국"
)
_COMMAND = re.compile(r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?!#)")
_URL = re.compile(
    r"(?<![\w@.])(?:https?://[^\s<>\"'«»]+"
    rf"|(?:[\w-]+\.)+(?:{_TOP})(?![\w@-])(?::\d{{1,5}})?(?:[/?#][^\s<>\"'«»]*)?)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()-]{6,18}\d(?!\w)")
_KINDS = (
    ("@", "email", _EMAIL),
    (".", "url", _URL),
    ("://", "url", _URL),
    ("/", "bot_command", _COMMAND),
    ("@", "mention", _MENTION),
    ("#", "hashtag", _HASHTAG),
    ("+", "phone_number", _PHONE),
)
_TAIL = ".,:;!?)]}…。"


def added(text: str, given: list[Entity]) -> list[Entity]:
    """Return the given entities and, where none of the whole ones stands, what was found."""
    found = [
        entity
        for sign, kind, pattern in _KINDS
        if sign in text
        for entity in _matches(text, kind, pattern)
    ]
    if not found:
        return given
    taken = [_span(entity) for entity in given if entity["type"] in WHOLE]
    kept: list[Entity] = []
    for entity in found:
        start, end = _span(entity)
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            kept.append(entity)
    return arrange([*given, *kept])


def _matches(text: str, kind: str, pattern: re.Pattern[str]) -> list[Entity]:
    entities = []
    for match in pattern.finditer(text):
        shown = match[0].rstrip(_TAIL) if kind == "url" else match[0]
        entities.append(
            {"offset": place(text, match.start()), "length": units(shown), "type": kind}
        )
    return entities


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]

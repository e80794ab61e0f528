"""Texts in parse mode HTML."""

import re
from dataclasses import dataclass, field

from adapters.telegram.standin.links import checked, mentioned
from adapters.telegram.standin.units import Entity, ParseError, arrange, byte_offset, units
from adapters.telegram.standin.values import Json

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_OTHERS = frozenset({"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_START = re.compile(r"<([^\s>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_END = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(
    r"\s*([^\s=>/\"']+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]*)))?", re.DOTALL
)
_LAST_SIGN = 0x10FFFF


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    part: int


@dataclass(slots=True)
class _Reader:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Add text as it is shown."""
        self.parts.append(text)
        self.length += units(text)


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the text without its tags, and the entities they meant.

    Raises:
        ParseError: such as `Unclosed start tag at byte offset 7`.
    """
    reader = _Reader(source)
    at = 0
    while at < len(source):
        at = _step(reader, at)
    if reader.stack:
        tag = reader.stack[-1].tag
        raise ParseError(f'can\'t find end tag corresponding to start tag "{tag}"')
    for entity in reader.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return "".join(reader.parts), arrange(reader.entities)


def _step(reader: _Reader, at: int) -> int:
    source = reader.source
    plain = _PLAIN.match(source, at)
    if plain:
        reader.take(plain[0])
        return plain.end()
    if source[at] == "&":
        shown, end = _dereference(source, at)
        reader.take(shown)
        return end
    return _close(reader, at) if source.startswith("</", at) else _begin(reader, at)


def _dereference(source: str, at: int) -> tuple[str, int]:
    """Return the sign that stands for a reference; an unknown one stands for itself."""
    found = _REFERENCE.match(source, at)
    shown = _sign(found) if found else ""
    if not found or not shown:
        return "&", at + 1
    return shown, found.end()


def _sign(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED.get(found[3], "")
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < _LAST_SIGN else ""


def _begin(reader: _Reader, at: int) -> int:
    source = reader.source
    found = _START.match(source, at)
    if not found:
        raise _error("unclosed start tag", source, at)
    tag = found[1].lower()
    if tag not in _SIMPLE and tag not in _OTHERS:
        raise _error(f'unsupported start tag "{tag}"', source, at)
    attributes = _attributes(found[2])
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _error('tag "span" must have class "tg-spoiler"', source, at)
    reader.stack.append(_Open(tag, attributes, reader.length, len(reader.parts)))
    return found.end()


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare.lower()
        found[name] = _REFERENCE.sub(lambda reference: _sign(reference) or reference[0], value)
    return found


def _close(reader: _Reader, at: int) -> int:
    source = reader.source
    if not reader.stack:
        raise _error("unexpected end tag", source, at)
    found = _END.match(source, at)
    if not found:
        raise _error("unclosed end tag", source, at)
    opened = reader.stack.pop()
    tag = found[1].lower()
    if tag and tag != opened.tag:
        where = byte_offset(source, at)
        raise ParseError(
            f"unmatched end tag at byte offset {where}, "
            f'expected "</{opened.tag}>", found "</{tag}>"'
        )
    if reader.length > opened.offset:
        _finish(reader, opened)
    return found.end()


def _finish(reader: _Reader, opened: _Open) -> None:
    entity: Entity = {"offset": opened.offset, "length": reader.length - opened.offset}
    tag, attributes = opened.tag, opened.attributes
    if tag in _SIMPLE:
        entity["type"] = _SIMPLE[tag]
    elif tag in {"code", "pre"}:
        _finish_code(reader, entity, opened)
        return
    elif tag == "blockquote":
        wide = "expandable" in attributes
        entity["type"] = "expandable_blockquote" if wide else "blockquote"
    else:
        shown = "".join(reader.parts[opened.part :])
        entity.update(_pointing(tag, attributes, shown))
    if "type" in entity:
        reader.entities.append(entity)


def _finish_code(reader: _Reader, entity: Entity, opened: _Open) -> None:
    """Make `<pre><code class="language-x">` one entity."""
    last = reader.entities[-1] if reader.entities else {}
    same = last.get("offset") == entity["offset"] and last.get("length") == entity["length"]
    entity["type"] = opened.tag
    name = opened.attributes.get("class", "")
    if opened.tag == "code" and name.startswith("language-"):
        entity["language"] = name.removeprefix("language-")
    if same and {opened.tag, last["type"]} == {"code", "pre"}:
        language = last.get("language") or entity.get("language")
        reader.entities.pop()
        entity["type"] = "pre"
        if language:
            entity["language"] = language
    reader.entities.append(entity)


def _pointing(tag: str, attributes: dict[str, str], shown: str) -> Json:
    if tag == "a":
        return pointing(attributes.get("href") or shown)
    if tag == "tg-time":
        return timed(attributes.get("unix", ""), attributes.get("format", ""))
    number = attributes.get("emoji-id", "")
    if not number.isdigit() or not int(number):
        raise ParseError("invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": number}


def pointing(link: str) -> Json:
    """Return what an address makes of a text; nothing when Telegram takes no such address."""
    person = mentioned(link)
    if person:
        return {"type": "text_mention", "user": {"id": person}}
    try:
        return {"type": "text_link", "url": checked(link)}
    except ValueError:
        return {}


def timed(moment: str, shape: str) -> Json:
    """Return what a moment makes of a text; nothing when it is none."""
    if not moment.isdigit() or not int(moment):
        return {}
    entity: Json = {"type": "date_time", "unix_time": int(moment)}
    return {**entity, "date_time_format": shape} if shape else entity


def _error(reason: str, source: str, at: int) -> ParseError:
    return ParseError(f"{reason} at byte offset {byte_offset(source, at)}")

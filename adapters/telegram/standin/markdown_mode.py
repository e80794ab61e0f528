"""Texts in parse modes MarkdownV2 and (the older) Markdown."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from adapters.telegram.standin.html_mode import pointing, timed
from adapters.telegram.standin.units import Entity, ParseError, arrange, byte_offset, units

_RESERVED = "_*[]()~`>#+-=|{}.!"
_MARKS = (
    ("```", "pre"),
    ("`", "code"),
    ("__", "underline"),
    ("_", "italic"),
    ("||", "spoiler"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("![", "custom_emoji"),
    ("[", "text_link"),
)
_SHOWN = {
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "pre": "Pre",
    "blockquote": "BlockQuote",
}
_FENCE = re.compile(r"```(?:([^\s`]+)(?=[^`]))?(?:\r\n|\n\r|\n|\r)?")
_ASCII_END = "\x7e"
_LEGACY = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


@dataclass(slots=True)
class _Open:
    kind: str
    offset: int
    index: int
    part: int
    language: str = ""


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    quoting: bool = False
    line_start: bool = True

    def take(self, text: str, step: int) -> None:
        """Show text, and move on in the source."""
        self.parts.append(text)
        self.length += units(text)
        self.line_start = text == "\n"
        self.at += step

    def begin(self, kind: str, step: int, language: str = "") -> None:
        """Begin an entity here."""
        self.stack.append(_Open(kind, self.length, self.at, len(self.parts), language))
        self.at += step

    def starts(self, mark: str) -> bool:
        """Tell what comes next in the source."""
        return self.source.startswith(mark, self.at)


def parse(source: str) -> tuple[str, list[Entity]]:
    """Read MarkdownV2.

    Raises:
        ParseError: such as `Character '.' is reserved and must be escaped …`.
    """
    reader = _Reader(source)
    while reader.at < len(source):
        _step(reader)
    if reader.quoting:
        _end_quote(reader)
    if reader.stack:
        raise _endless(reader)
    return "".join(reader.parts), arrange(reader.entities)


def _step(reader: _Reader) -> None:
    sign = reader.source[reader.at]
    following = reader.source[reader.at + 1 : reader.at + 2]
    inside = reader.stack[-1].kind if reader.stack else ""
    if sign == "\\" and "\0" < following <= _ASCII_END:
        reader.take(following, 2)
    elif inside in {"code", "pre"} and sign != "`":
        reader.take(sign, 1)
    elif sign == "\n":
        _new_line(reader)
    elif sign == ">" and reader.line_start:
        _quote(reader)
    elif sign not in _RESERVED:
        reader.take(sign, 1)
    elif not _ends(reader, inside):
        _mark(reader)


def _new_line(reader: _Reader) -> None:
    if reader.quoting and not reader.source.startswith(">", reader.at + 1):
        _end_quote(reader)
    reader.take("\n", 1)


def _quote(reader: _Reader) -> None:
    if reader.quoting:
        reader.at += 1
    else:
        reader.quoting = True
        reader.begin("blockquote", 1)
    reader.line_start = False


def _end_quote(reader: _Reader) -> None:
    kind = "blockquote"
    if reader.stack[-1].kind == "spoiler" and reader.stack[-1].index == reader.at - 2:
        reader.stack.pop()
        kind = "expandable_blockquote"
    if not reader.stack or reader.stack[-1].kind != "blockquote":
        raise _endless(reader)
    opened = reader.stack.pop()
    reader.quoting = False
    _keep(reader, opened, {"type": kind})


def _ends(reader: _Reader, inside: str) -> bool:
    if not inside or not _is_end(reader, inside):
        return False
    opened = reader.stack.pop()
    if inside in {"text_link", "custom_emoji"}:
        reader.at += 1
        _end_link(reader, opened)
        return True
    reader.at += next(len(mark) for mark, kind in _MARKS if kind == inside)
    language = {"language": opened.language} if opened.language else {}
    _keep(reader, opened, {"type": inside, **language})
    return True


def _is_end(reader: _Reader, inside: str) -> bool:
    if inside in {"text_link", "custom_emoji"}:
        return reader.starts("]")
    if inside == "italic":
        return reader.starts("_") and not reader.starts("__")
    return any(kind == inside and reader.starts(mark) for mark, kind in _MARKS)


def _mark(reader: _Reader) -> None:
    found = next((each for each in _MARKS if reader.starts(each[0])), None)
    if found is None:
        sign = reader.source[reader.at]
        raise ParseError(
            f"character '{sign}' is reserved and must be escaped with the preceding '\\'"
        )
    mark, kind = found
    fence = _FENCE.match(reader.source, reader.at)
    if fence:
        reader.begin(kind, len(fence[0]), fence[1] or "")
    else:
        reader.begin(kind, len(mark))
    reader.line_start = False


def _end_link(reader: _Reader, opened: _Open) -> None:
    emoji = opened.kind == "custom_emoji"
    if not reader.starts("("):
        if emoji:
            raise ParseError("the entity must contain a tg://emoji or tg://time URL")
        _keep(reader, opened, pointing("".join(reader.parts[opened.part :])))
        return
    link = _address(reader)
    _keep(reader, opened, _emoji(link) if emoji else pointing(link))


def _address(reader: _Reader) -> str:
    found = re.compile(r"\(((?:\\.|[^)\\])*)\)", re.DOTALL).match(reader.source, reader.at)
    if not found:
        where = byte_offset(reader.source, reader.at + 1)
        raise ParseError(f"can't find end of a URL at byte offset {where}")
    reader.at = found.end()
    return re.sub(r"\\([\x01-\x7e])", r"\1", found[1])


def _emoji(link: str) -> Entity:
    parts = urlsplit(link)
    asked = parse_qs(parts.query)
    number = asked.get("id", [""])[0]
    if parts.scheme == "tg" and parts.netloc == "emoji" and number.isdigit():
        return {"type": "custom_emoji", "custom_emoji_id": number}
    moment = timed(asked.get("unix", [""])[0], asked.get("format", [""])[0])
    if parts.scheme == "tg" and parts.netloc == "time" and moment:
        return moment
    raise ParseError("invalid tg://emoji or tg://time URL specified")


def _keep(reader: _Reader, opened: _Open, what: Entity) -> None:
    length = reader.length - opened.offset
    if length and what:
        reader.entities.append({"offset": opened.offset, "length": length, **what})


def _endless(reader: _Reader) -> ParseError:
    opened = reader.stack[-1]
    kind = "PreCode" if opened.language else _SHOWN.get(opened.kind, opened.kind.capitalize())
    where = byte_offset(reader.source, opened.index)
    return ParseError(f"can't find end of {kind} entity at byte offset {where}")


def parse_legacy(source: str) -> tuple[str, list[Entity]]:
    """Read Markdown, which knows no nesting.

    Raises:
        ParseError: `Can't find end of the entity starting at byte offset …`.
    """
    reader = _Reader(source)
    while reader.at < len(source):
        sign = source[reader.at]
        following = source[reader.at + 1 : reader.at + 2]
        if sign == "\\" and following and following in _LEGACY:
            reader.take(following, 2)
        elif sign in _LEGACY:
            _legacy_entity(reader, sign)
        else:
            reader.take(sign, 1)
    return "".join(reader.parts), arrange(reader.entities)


def _legacy_entity(reader: _Reader, sign: str) -> None:
    fence = _FENCE.match(reader.source, reader.at)
    start = fence.end() if fence else reader.at + 1
    mark = "```" if fence else "]" if sign == "[" else sign
    end = reader.source.find(mark, start)
    if end < 0:
        where = byte_offset(reader.source, reader.at)
        raise ParseError(f"can't find end of the entity starting at byte offset {where}")
    opened = _Open("pre" if fence else _LEGACY[sign], reader.length, reader.at, len(reader.parts))
    shown = reader.source[start:end]
    reader.take(shown, 0)
    reader.at = end + len(mark)
    if sign == "[":
        _end_link(reader, opened)
    elif fence and fence[1]:
        _keep(reader, opened, {"type": "pre", "language": fence[1]})
    else:
        _keep(reader, opened, {"type": opened.kind})

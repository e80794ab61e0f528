"""Reading a call: wherever its parameters stand, and whatever form they have."""

import re
from dataclasses import dataclass, field

import orjson

from adapters.telegram.standin import multipart
from adapters.telegram.standin.errors import ApiError, bad_request
from adapters.telegram.standin.values import Json, Value

_MAX_FIELDS = 1000
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Query:
    """One call.

    Attributes:
        method: In small letters.
        args: Each value is a string, or what JSON made of it.
        files: Uploads by the name of their form field.
    """

    method: str
    args: Json = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a parameter as text; empty when it is not there."""
        value = self.args.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            return "" if isinstance(value, bytes) else orjson.dumps(value).decode()
        if not value.isascii():
            _check_utf8(value)
        return value

    def required(self, name: str) -> str:
        """Return a parameter as text; 400 when it is not there."""
        text = self.text(name)
        if not text:
            raise bad_request(f'parameter "{name}" is required')
        return text

    def number(self, name: str, default: int = 0) -> int:
        """Return a parameter as whole number; what is no number counts as absent."""
        value = self.args.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            return default

    def between(self, name: str, default: int, low: int, high: int) -> int:
        """Return a parameter as whole number, moved into its range."""
        return max(low, min(high, self.number(name, default)))

    def flag(self, name: str) -> bool:
        """Return whether a parameter says yes."""
        value = self.args.get(name)
        return value is True or (value is not None and str(value).strip().lower() in _TRUE)

    def json(self, name: str, what: str) -> Value:
        """Return a nested parameter, be it JSON or a string of JSON; None when it is absent.

        Raises:
            ApiError: 400 `can't parse … JSON object`.
        """
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def lenient_json(self, name: str) -> Value:
        """Return a nested parameter that counts as absent when it is no JSON."""
        try:
            return self.json(name, name)
        except ApiError:
            return None


def read(method: str, query_string: str, body: bytes, content_type: str) -> Query:
    """Put a call together; what stands in the address counts before what stands in the body.

    Args:
        method: From the path, in any case; empty when it is to come as a parameter.
        query_string: Still percent-encoded.
        body: Whole.
        content_type: The header, or empty.
    """
    query = Query(method.lower())
    if query_string:
        _fill(query, _pairs(query_string.encode()))
    if body:
        _read_body(query, body, content_type)
    if not query.method:
        query.method = query.text("method").lower()
    return query


def _read_body(query: Query, body: bytes, content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        _fill(query, _members(body))
    elif kind == "multipart/form-data":
        _fill_from_form(query, body, content_type)
    elif kind in {"application/x-www-form-urlencoded", ""}:
        _fill(query, _pairs(body))


def _fill(query: Query, pairs: list[tuple[str, Value]]) -> None:
    args = query.args
    for name, value in pairs:
        if value is not None:
            args.setdefault(name, value)


def _fill_from_form(query: Query, body: bytes, content_type: str) -> None:
    for part in multipart.parts(body, content_type):
        if part.filename is None:
            query.args.setdefault(part.name, part.content.decode("utf-8", "surrogateescape"))
        else:
            query.files.setdefault(part.name, Upload(part.filename, part.mime, part.content))


def _pairs(encoded: bytes) -> list[tuple[str, Value]]:
    fields = encoded.split(b"&")
    if len(fields) > _MAX_FIELDS:
        raise bad_request("too many parameters")
    return [(_decoded(name), _decoded(value)) for name, _, value in map(_halves, fields) if name]


def _halves(pair: bytes) -> tuple[bytes, bytes, bytes]:
    return pair.partition(b"=")


def _decoded(encoded: bytes) -> str:
    plain = encoded.replace(b"+", b" ")
    if b"%" in plain:
        plain = _unescaped(plain)
    return plain.decode("utf-8", "surrogateescape")


def _unescaped(plain: bytes) -> bytes:
    """Undo percent-encoding at the speed of C: Korean is nothing but escapes."""
    if _NO_ESCAPE.search(plain):
        plain = _NO_ESCAPE.sub(b"%25", plain)
    escaped = plain.replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    return escaped.decode("unicode_escape").encode("latin-1")


def _members(body: bytes) -> list[tuple[str, Value]]:
    try:
        value = orjson.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("expected a JSON object")
    return list(value.items())


def _check_utf8(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None

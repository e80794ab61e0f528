"""Parse a JSON body that somebody sent us."""

import json

import orjson

from adapters.base import ReadError


def parse(body: bytes) -> object:
    """Return what a body holds; lone surrogates pass, for `flows.messages.clean` to replace.

    Raises:
        ReadError: it is no JSON in UTF-8, or nested beyond reason.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return _parse_slowly(body)


def _parse_slowly(body: bytes) -> object:
    """Parse what the strict parser refuses: half an emoji, a number beyond 64 bits."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ReadError("the body is no JSON in UTF-8") from None


def _refuse(constant: str) -> None:
    raise ReadError(f"{constant} is no JSON")

"""Find the photos in a call of Kakao: from the secure image plugin, or sent freely."""

import re
from collections.abc import Iterator
from typing import Any

from adapters.base import ReadError
from adapters.bodies import parse
from adapters.kakao.addresses import is_image

_SECURE = "secureUrls"
_ADDRESS = re.compile(r"https?://[^\s,]+")
_MOST = 10
_PARAM_CHARS = 20_000


def photo_addresses(call: dict[str, Any], hosts: frozenset[str]) -> list[str] | None:
    """Return the addresses that we may fetch, or None when the call is not about photos."""
    found = list(_secure_images(call)) or list(_free_photo(call))
    if not found:
        return None
    return [address for address in found if is_image(address, hosts)][:_MOST]


def _secure_images(call: dict[str, Any]) -> Iterator[str]:
    action = call.get("action")
    if not isinstance(action, dict):
        return
    for value in _values(action):
        listed = _secure(value)
        if listed:
            yield from (match.rstrip(")") for match in _ADDRESS.findall(listed))
            return


def _values(action: dict[str, Any]) -> Iterator[object]:
    """Yield the values of all parameters; each stands in `params` and again in `detailParams`."""
    params, details = action.get("params"), action.get("detailParams")
    yield from params.values() if isinstance(params, dict) else ()
    for detail in details.values() if isinstance(details, dict) else ():
        if isinstance(detail, dict):
            yield detail.get("value")
            yield detail.get("origin")


def _secure(value: object) -> str:
    """Return the plugin's list of addresses: JSON in a string, with a list written in words."""
    if isinstance(value, str) and _SECURE in value and len(value) <= _PARAM_CHARS:
        try:
            value = parse(value.encode("utf-8", "replace"))
        except ReadError:
            return ""
    listed = value.get(_SECURE) if isinstance(value, dict) else None
    return listed if isinstance(listed, str) else ""


def _free_photo(call: dict[str, Any]) -> Iterator[str]:
    request = call.get("userRequest")
    params = request.get("params") if isinstance(request, dict) else None
    media = params.get("media") if isinstance(params, dict) else None
    address = media.get("url") if isinstance(media, dict) else None
    if isinstance(address, str):
        yield address

"""Which web addresses in a call of Kakao we may follow: no other, least of all in our network."""

import re

CALLBACK_BASE = "https://bot-api.kakao.com/"
_IMAGE_DOMAIN = ".kakaocdn.net"
_CHAT_PHOTO_HOST = "dn-m.talk.kakao.com"
"""Where photos lie that are sent into the chat freely, without the secure image plugin."""
_PLAIN = re.compile(r"(https?)://([a-z0-9.-]+(?::[0-9]{1,5})?)/[!-\[\]-~]*", re.IGNORECASE)
_ADDRESS_CHARS = 2_000


def is_image(address: str, extra_hosts: frozenset[str]) -> bool:
    """Say whether a photo may be fetched there; `extra_hosts` are written `host:port`."""
    match = _match(address)
    if match is None:
        return False
    host = match[2].lower()
    return host.endswith(_IMAGE_DOMAIN) or host == _CHAT_PHOTO_HOST or host in extra_hosts


def is_callback(address: str, extra_base: str | None) -> bool:
    """Say whether an answer may be posted there."""
    if _match(address) is None or "/../" in address:
        return False
    return any(address.startswith(base) for base in (CALLBACK_BASE, extra_base) if base)


def _match(address: str) -> re.Match[str] | None:
    """Accept only what every URL parser reads alike: no name before the host, no backslash."""
    return _PLAIN.fullmatch(address) if len(address) <= _ADDRESS_CHARS else None

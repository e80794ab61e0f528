"""Which addresses Telegram takes in buttons and links, and how it writes them."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", re.DOTALL)
_OWN = frozenset({"tg", "ton", "tonsite"})
_MENTION = re.compile(r"^tg:(?://)?user\?id=(\d+)$", re.IGNORECASE)


def checked(link: str) -> str:
    """Return the address as Telegram keeps it.

    Raises:
        ValueError: why it takes no such address: no `tel:`, no host without a dot.
    """
    scheme, rest = _split(link)
    if scheme in _OWN:
        return f"{scheme}://{rest.removeprefix('//')}"
    if scheme not in {"http", "https"}:
        raise ValueError("Unsupported URL protocol")
    parts = urlsplit(f"{scheme}:{rest}")
    host = (parts.hostname or "").lower()
    if not host or any(sign.isspace() for sign in parts.netloc):
        raise ValueError("URL host is empty" if not host else "Wrong HTTP URL")
    if "." not in host and ":" not in host:
        raise ValueError("Wrong HTTP URL")
    path = parts.path or "/"
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return f"{scheme}://{parts.netloc.lower()}{path}{tail}"


def mentioned(link: str) -> int | None:
    """Return whom a `tg://user?id=` address means."""
    found = _MENTION.match(link)
    return int(found[1]) if found else None


def _split(link: str) -> tuple[str, str]:
    found = _SCHEME.match(link)
    if found and not found[2][:1].isdigit():
        return found[1].lower(), found[2]
    if found and not re.match(r"^\d{1,5}(?:[/?#]|$)", found[2]):
        return found[1].lower(), found[2]
    return "http", f"//{link}"

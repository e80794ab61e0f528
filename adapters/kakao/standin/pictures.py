"""Photos that people send: behind addresses that expire, as those of the secure image plugin."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

VALID_S = 600.0
MOST = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo and until when it can be fetched."""

    content: bytes
    expires: float


class Pictures:
    """All photos that were sent."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._pictures: dict[str, Picture] = {}

    def keep(self, content: bytes) -> str:
        """Keep a photo and return the end of its address."""
        name = secrets.token_hex(12)
        self._pictures[name] = Picture(content, self._now() + VALID_S)
        signature = hashlib.sha256(name.encode()).hexdigest()[:27]
        expires = int(self._pictures[name].expires)
        return f"{name}.jpg?credential=standin&expires={expires}&signature={signature}%3D"

    def find(self, name: str) -> bytes | None:
        """Return a photo, or None when there is none or it has expired."""
        picture = self._pictures.get(name.removesuffix(".jpg"))
        return picture.content if picture and picture.expires >= self._now() else None


def secure_image(addresses: Sequence[str]) -> str:
    """Return the plugin's parameter: JSON in a string, with a list that is written in words."""
    return orjson.dumps(
        {
            "privacyAgreement": "Y",
            "imageQuantity": str(len(addresses)),
            "secureUrls": f"List({', '.join(addresses)})",
            "expire": str(int(VALID_S)),
        }
    ).decode()

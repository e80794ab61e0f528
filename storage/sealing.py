"""Sealing: what one key closes opens only with that key, and only where it was written."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.chance import fresh
from storage.errors import SealError

KEY_BYTES = 32
FORM = b"\x01"
"""The form of a ciphertext: this byte, a nonce of 12 bytes, AES-256-GCM-SIV with its tag."""

_NONCE = 12
_HEAD = len(FORM) + _NONCE


class Sealer:
    """One key; a wrong place or a changed byte does not open.

    Attributes:
        memo: Something sealed, and what it was once opened: good as long as the key is at hand.
    """

    __slots__ = ("_cipher", "memo")

    def __init__(self, key: bytes | None) -> None:
        """Take a key; None when it could not be opened itself: then all ends in `SealError`."""
        self._cipher = None if key is None else AESGCMSIV(key)
        self.memo: tuple[bytes, object] = b"", None

    def seal(self, place: str, body: bytes) -> bytes:
        """Close a body for its place, such as `transcript|body|17|3`.

        Raises:
            SealError: the key could not be opened.
        """
        if self._cipher is None:
            raise SealError(f"the key does not open at {place}")
        nonce = fresh(_NONCE)
        return FORM + nonce + self._cipher.encrypt(nonce, body, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """Return the body.

        Raises:
            SealError: it was altered, moved, or closed with another key.
        """
        if self._cipher is None:
            raise SealError(f"the key does not open at {place}")
        if sealed[:1] != FORM:
            raise SealError(f"an unknown form of ciphertext at {place}")
        try:
            return self._cipher.decrypt(sealed[1:_HEAD], sealed[_HEAD:], place.encode())
        except (InvalidTag, ValueError):
            raise SealError(f"a ciphertext does not open at {place}") from None

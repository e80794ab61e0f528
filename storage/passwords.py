"""Passwords: hashed with Argon2id in threads, two at once, never on the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each takes 64 MiB; more sign-ins than that wait."""


class Passwords:
    """Makes and checks hashes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
        self._threads = ThreadPoolExecutor(AT_ONCE, "gyeot-password")
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    async def check(self, kept: str | None, password: str) -> bool:
        """Say whether this is the password; it takes as long when there is none to compare."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._check, kept, password)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def _check(self, kept: str | None, password: str) -> bool:
        if self._nobodys is None:
            self._nobodys = self._hasher.hash(token_urlsafe())
        try:
            same = self._hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return same and kept is not None

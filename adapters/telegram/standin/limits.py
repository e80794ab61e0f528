"""Flood control: how fast a bot may send, in all and to one chat."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from adapters.telegram.standin.errors import too_many


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages a second on average, so many at once."""

    a_second: float
    at_once: float


ALL_CHATS = Rate(30.0, 30.0)
PRIVATE_CHAT = Rate(1.0, 5.0)
GROUP = Rate(20 / 60, 20.0)
EDITS = Rate(1.0, 10.0)
_PRUNE_ABOVE = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limits:
    """The soft, unpublished limits as they are known from the field; see facts: 30/s, 1/s, 20/min.

    Edits have buckets of their own. When any bucket is empty nothing is taken from the others.
    """

    def __init__(self, now: Callable[[], float], *, on: bool) -> None:
        self._now = now
        self._buckets: dict[tuple[int, bool], _Bucket] = {}
        self.on = on

    def charge(self, chat_id: int, messages: int = 1, *, edit: bool = False) -> None:
        """Count messages to one chat.

        Raises:
            ApiError: 429, with the whole seconds after which there is room again.
        """
        if not self.on:
            return
        self._prune()
        rate = EDITS if edit else PRIVATE_CHAT if chat_id > 0 else GROUP
        own = self._filled((chat_id, edit), rate)
        every = self._filled((0, False), ALL_CHATS)
        wait = max(_missing(own, rate, messages), _missing(every, ALL_CHATS, messages))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        own.tokens -= messages
        every.tokens -= messages

    def _filled(self, key: tuple[int, bool], rate: Rate) -> _Bucket:
        now = self._now()
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(rate.at_once, now)
        bucket.tokens = min(rate.at_once, bucket.tokens + (now - bucket.at) * rate.a_second)
        bucket.at = now
        return bucket

    def _prune(self) -> None:
        if len(self._buckets) > _PRUNE_ABOVE:
            old = self._now() - 120
            self._buckets = {
                key: bucket for key, bucket in self._buckets.items() if bucket.at > old
            }


def _missing(bucket: _Bucket, rate: Rate, messages: int) -> float:
    # An album larger than the bucket passes when the bucket is full.
    return (min(messages, rate.at_once) - bucket.tokens) / rate.a_second

"""Who wants to know that a conversation changed: ids only, never content."""

import asyncio
from collections.abc import Iterable

LOOK_AGAIN = 0
"""Rung in place of an id when some may have been missed: look at everything again."""


class Signals:
    """A bell for all who look at conversations in this process."""

    def __init__(self) -> None:
        self._subscribers: set[Subscription] = set()

    def subscribe(self) -> "Subscription":
        """Return a subscription; close it when you stop listening."""
        subscription = Subscription(self._subscribers)
        self._subscribers.add(subscription)
        return subscription

    def ring(self, ids: Iterable[int]) -> None:
        """Tell all subscribers; called in the event loop."""
        known = set(ids)  # what can be walked once must reach every one of them
        for subscription in self._subscribers:
            subscription.tell(known)


class Subscription:
    """An asynchronous iterator over sets of ids; many changes at once come as one set."""

    def __init__(self, subscribers: "set[Subscription]") -> None:
        self._subscribers = subscribers
        self._ids: set[int] = set()
        self._told = asyncio.Event()

    def tell(self, ids: Iterable[int]) -> None:
        """Take note of ids that changed."""
        self._ids.update(ids)
        self._told.set()

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> set[int]:
        await self._told.wait()
        self._told.clear()
        ids, self._ids = self._ids, set()
        return ids

    def take(self) -> set[int]:
        """Return what was told so far, without waiting."""
        ids, self._ids = self._ids, set()
        return ids

    def close(self) -> None:
        """Stop listening."""
        self._subscribers.discard(self)

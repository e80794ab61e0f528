"""How far an application, a case, a referral, a stay or an escort is: one rule book for each."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from transitions import Machine

logging.getLogger("transitions").setLevel(logging.ERROR)  # at INFO it prints where a case stands


Step = Callable[[str], str]
"""From a status to the one that follows; the store calls it under the lock of a row."""


class NotAllowed(Exception):
    """The status does not know this event; `status` and `event` name both."""

    def __init__(self, status: str, event: str) -> None:
        """Keep both."""
        super().__init__(f"{event} is not possible when it is {status}")
        self.status = status
        self.event = event


@dataclass(slots=True)
class _Place:
    """What a machine moves."""

    status: str


class Progress:
    """The statuses of one kind of thing, and the events that lead from one to another."""

    def __init__(self, start: str, *rows: tuple[str, str, str]) -> None:
        """Take the first status, and rows of event, statuses it starts from, and its end."""
        self.start = start
        self.statuses = tuple(dict.fromkeys([start, *_named(rows)]))
        transitions = [
            {"trigger": event, "source": source.split(), "dest": end}
            for event, source, end in rows
        ]
        self._machine = Machine(
            model=None,
            model_attribute="status",
            states=list(self.statuses),
            transitions=transitions,
            initial=None,
            auto_transitions=False,
        )

    def after(self, status: str, event: str) -> str:
        """Return the status that an event leads to.

        Raises:
            NotAllowed: it leads nowhere from here.
        """
        if event not in self.events_from(status):
            raise NotAllowed(status, event)
        place = _Place(status)
        self._machine.events[event].trigger(place)
        return place.status

    def step(self, event: str) -> Step:
        """Return what an event makes of a status; raises `NotAllowed` when it is called."""
        return lambda status: self.after(status, event)

    def step_if_allowed(self, event: str) -> Step:
        """Return what an event makes of a status: the same where it leads nowhere."""

        def moved(status: str) -> str:
            return self.after(status, event) if event in self.events_from(status) else status

        return moved

    def events_from(self, status: str) -> list[str]:
        """Return what may happen next, in the order of the rule book."""
        if status not in self.statuses:
            return []
        events: list[str] = self._machine.get_triggers(status)
        return events


def _named(rows: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    for _, sources, end in rows:
        yield from sources.split()
        yield end


APPLICATION = Progress(
    "draft",
    ("receive", "draft", "received"),
    ("review", "received", "reviewing"),
    ("arrange", "received reviewing", "arranged"),
    ("close", "received reviewing arranged", "closed"),
    ("reopen", "closed", "reviewing"),
)
"""What she is told of her application; she reads these words by receipt code and code word."""

CASE = Progress(
    "opened",
    ("begin", "opened", "active"),
    ("follow", "active", "followed"),
    ("recur", "followed closed", "active"),
    ("close", "opened active followed", "closed"),
)
"""A case is opened, worked on, followed, closed; what comes back from him reopens it."""

REFERRAL = Progress(
    "proposed",
    ("consent", "proposed", "consented"),
    ("send", "consented", "sent"),
    ("resend", "sent", "sent"),
    ("accept", "sent", "accepted"),
    ("decline", "sent", "declined"),
    ("appoint", "accepted appointed", "appointed"),
    ("miss", "appointed", "accepted"),
    ("deliver", "accepted appointed", "delivered"),
    ("close", "delivered declined", "closed"),
    ("withdraw", "proposed consented sent accepted appointed", "withdrawn"),
    ("recall", "delivered", "delivered"),
    ("recall", "closed", "closed"),
)
"""One service asked of one agency; without her consent for this one it cannot be sent.

What is over stays over when she takes her consent back: only what was given is recalled.
"""

STAY = Progress(
    "waiting",
    ("hold", "waiting", "held"),
    ("admit", "held", "in"),
    ("leave", "in", "left"),
    ("release", "waiting held", "released"),
    ("expire", "held", "expired"),
)
"""One place in a facility for one person; a hold expires by itself."""

ESCORT = Progress(
    "asked",
    ("book", "asked", "booked"),
    ("finish", "booked", "done"),
    ("cancel", "asked booked", "cancelled"),
)
"""Guards or company for a way: asked for, booked without overlap, done."""

MEETING = Progress("planned", ("hold", "planned", "held"))
"""A case meeting."""

OPEN_REFERRALS = ("consented", "sent", "accepted", "appointed")
"""While one of these stands, a case is not finished."""

FOLLOW_UPS = {"1d": 1, "1w": 7, "1m": 30, "3m": 91, "6m": 182}
"""The check-ins that she may choose, in days."""

"""One shared transitions Machine per version: the rule book of which step may follow which."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from transitions import Event, Machine, MachineError

from flows.conditions import Condition
from flows.state import BETWEEN, CLOSED, LIVE, WAITING

if TYPE_CHECKING:
    from flows.hand import Hand

Row = dict[str, Any]
Guard = Callable[["Hand"], bool]


class Way:
    """A way on from a step: where to, after which choice, and when."""

    __slots__ = ("choice", "to", "when")

    def __init__(self, to: str, choice: str | None = None, when: Condition | None = None) -> None:
        """Keep the way."""
        self.to = to
        self.choice = choice
        self.when = when

    def guard(self) -> Guard:
        """Return the function that says whether this way is open."""
        choice, when = self.choice, self.when

        def is_open(hand: "Hand") -> bool:
            if choice is not None and hand.choice != choice:
                return False
            return when is None or when.holds(hand.values)

        return is_open


class Trigger(Event):
    """A trigger that only moves: ours call nothing back, and a log would tell a person's steps."""

    def trigger(self, model: object, *_args: object, **_kwargs: object) -> bool:
        """Go the first way that is open; False when none is. Raises `MachineError`."""
        hand = cast("Hand", model)
        if hand.step not in self.transitions:
            raise MachineError(f"{self.name} is not possible here")
        for way in self.transitions[hand.step]:
            if all(cast("Guard", guard.func)(hand) for guard in way.conditions):
                if way.dest is not None:
                    hand.step = way.dest
                return True
        return False


class RuleBook(Machine):
    """Which step may follow which."""

    event_cls = Trigger


def rule_book(ways: dict[str, list[Way]], start: str) -> Machine:
    """Build the machine of one version.

    Args:
        ways: For every step its ways on, in the order in which they are tried.
        start: The step at which a conversation opens.
    """
    steps = list(ways)
    rows: list[Row] = [
        {"trigger": "open", "source": CLOSED, "dest": start},
        {"trigger": "call", "source": steps, "dest": WAITING},
        {"trigger": "take", "source": [*steps, WAITING, CLOSED], "dest": LIVE},
        {"trigger": "reply", "source": LIVE, "dest": None},
        {"trigger": "requeue", "source": LIVE, "dest": WAITING},
        {"trigger": "close", "source": [*steps, WAITING, LIVE], "dest": CLOSED},
        {"trigger": "leave", "source": [*steps, WAITING, LIVE, CLOSED], "dest": BETWEEN},
    ]
    rows += [{"trigger": f"enter {step}", "source": BETWEEN, "dest": step} for step in steps]
    for step, ways_on in ways.items():
        rows += _ways(step, ways_on)
    return RuleBook(
        model=None,
        model_attribute="step",
        states=[*steps, WAITING, LIVE, CLOSED, BETWEEN],
        transitions=rows,
        initial=None,
        auto_transitions=False,
    )


def _ways(step: str, ways: Iterable[Way]) -> list[Row]:
    return [
        {
            "trigger": "on",
            "source": step,
            "dest": way.to,
            "conditions": [way.guard()] if way.choice is not None or way.when else [],
        }
        for way in ways
    ]

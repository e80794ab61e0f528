"""The words for what a free text signals."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a person's free text asks of us, the most urgent first."""

    IMMINENT = "imminent"
    """He is here, on his way or holding someone: 112 now."""
    SELFHARM = "selfharm"
    """She speaks of dying, of hurting herself, of a last farewell."""
    DELETE = "delete"
    """She wants what she wrote, or what is kept of her, erased."""
    EXIT = "exit"
    """She wants to leave or hide the conversation now."""
    HUMAN = "human"
    """She wants a person instead of the bot."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Signal:
    """What one free text signals.

    Attributes:
        label: The most urgent thing it says.
        ask: It is not clear whether she is in danger: ask the one gentle question. Comes
            with any label but the two urgent ones; what the label asks is done as well.
        why: The names of the rules that decided with the words they found, for counselors;
            holds her own words, so it is kept and sealed like them and never logged.
    """

    label: Label
    ask: bool = False
    why: tuple[str, ...] = ()

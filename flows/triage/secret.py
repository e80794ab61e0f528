"""What a secret word signals: it may be any word, so only the rules are asked, never the model."""

from flows.triage.judge import by_rules
from flows.triage.normalise import other_keyboard
from flows.triage.reading import URGENT, read
from flows.triage.signals import Label, Signal


def cry(word: str) -> Signal:
    """Return an urgent signal of which the rules are sure; anything else signals nothing."""
    for text in (word, other_keyboard(word)):
        signal = by_rules(read(text)) if text else None
        if signal and signal.label in URGENT:
            return signal
    return Signal(Label.OTHER, ask=False, why=())

"""The verdict on one free text: rules first, then a model that can only raise it."""

from collections.abc import Sequence

from flows.triage.model import HEADS, model
from flows.triage.normalise import other_keyboard
from flows.triage.reading import URGENT, Finding, Reading, read
from flows.triage.signals import Label, Signal

_EARLIER_TEXTS = 4
_EARLIER_CHARS = 400
_REASONS = 5


def triage(text: str, earlier: Sequence[str] = ()) -> Signal:
    """Say what a free text signals.

    Args:
        text: What she wrote; at most 16,000 characters are read.
        earlier: Her last few free texts within the short window, oldest first: a thought
            sent in pieces is read as one. What they said alone is not said again.
    """
    alone = _judged(text)
    if alone.label in URGENT or not earlier:
        return alone
    before = " / ".join(piece[-_EARLIER_CHARS:] for piece in earlier[-_EARLIER_TEXTS:])
    together = _judged(f"{before} / {text}")
    if _weight(together) > max(_weight(alone), _weight(_judged(before))):
        return together
    return alone


def by_rules(reading: Reading) -> Signal:
    """What the rules alone say."""
    findings = reading.findings()
    sure = [one for one in findings if one.rule.sure and not _only_told(reading, one)]
    label = sure[0].rule.label if sure else Label.OTHER
    doubtful = any(finding.rule.label in URGENT for finding in findings)
    why = tuple(dict.fromkeys(_reason(reading, finding) for finding in findings[:_REASONS]))
    return Signal(label, doubtful and label not in URGENT, why)


def raised(signal: Signal, scores: Sequence[int]) -> Signal:
    """The same signal, or a more urgent one when the model is sure or in doubt."""
    if signal.label in URGENT:
        return signal
    sure, ask = model().sure, model().ask
    best = max(range(len(URGENT)), key=lambda head: scores[head] - sure[head])
    if scores[best] >= sure[best]:
        return Signal(HEADS[best], why=(*signal.why, f"model: {HEADS[best]}"))
    label, why = signal.label, signal.why
    wish = max(range(len(URGENT), len(HEADS)), key=lambda head: scores[head] - sure[head])
    if label is Label.OTHER and scores[wish] >= sure[wish]:
        label, why = HEADS[wish], (*why, f"model: {HEADS[wish]}")
    in_doubt = any(score >= least for score, least in zip(scores, ask, strict=False))
    if in_doubt and not signal.ask:
        why = (*why, "model: in doubt")
    return Signal(label, signal.ask or in_doubt, why)


def _judged(text: str) -> Signal:
    swapped = other_keyboard(text)
    if swapped is None:
        return _once(text)
    return max(by_rules(read(text)), _once(swapped), key=_weight)


def _once(text: str) -> Signal:
    reading = read(text)
    signal = by_rules(reading)
    return raised(signal, model().scores(reading)) if reading.parts else signal


def _weight(signal: Signal) -> tuple[int, bool]:
    """How urgent: a question whether she is in danger comes before any wish."""
    if signal.label in URGENT:
        return 3 + (signal.label is Label.IMMINENT), True
    return (2 if signal.ask else int(signal.label is not Label.OTHER)), signal.ask


def _only_told(reading: Reading, finding: Finding) -> bool:
    return finding.rule.label is Label.IMMINENT and reading.only_told(finding)


def _reason(reading: Reading, finding: Finding) -> str:
    words = ", ".join(reading.book.words(finding.rule, finding.place))
    return f"{finding.rule.name}: {words}" if words else finding.rule.name

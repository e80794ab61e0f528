"""The verdict on one free text: rules first, then a model that can only raise it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.triage.normalise import clauses, other_keyboard, whole
from flows.triage.rulebook import Rule, Rulebook, rulebook
from flows.triage.signals import Label, Signal

URGENT = (Label.IMMINENT, Label.SELFHARM)
_ORDER = tuple(Label)
_EARLIER_TEXTS = 4
_EARLIER_CHARS = 400
_REASONS = 5
_BRIEF = 12
_SHORT = 32


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


def _judged(text: str) -> Signal:
    signal = _read(clauses(text))
    swapped = other_keyboard(text)
    if swapped:
        signal = max(signal, _read(clauses(swapped)), key=_weight)
    return signal


def _weight(signal: Signal) -> tuple[int, bool]:
    """How urgent: a question whether she is in danger comes before any wish."""
    if signal.label in URGENT:
        return 3 + (signal.label is Label.IMMINENT), True
    return (2 if signal.ask else int(signal.label is not Label.OTHER)), signal.ask


@dataclass(frozen=True, slots=True)
class _Finding:
    """A rule that held, and where."""

    rule: Rule
    place: str

    @property
    def rank(self) -> tuple[bool, int]:
        """Sure ones first, then the more urgent label."""
        return (not self.rule.sure, _ORDER.index(self.rule.label))


def _read(parts: list[str]) -> Signal:
    book = rulebook()
    findings = sorted(_findings(book, parts), key=lambda finding: finding.rank)
    return _verdict(book, findings)


def _findings(book: Rulebook, parts: list[str]) -> Iterator[_Finding]:
    places = list(_places(book, parts))
    anywhere = length = _length(parts)
    for _, cues in places:
        anywhere |= cues
    for place, cues in places:
        for rule in book.holding(cues | length, anywhere):
            yield _Finding(rule, place)


def _length(parts: list[str]) -> int:
    """The built-in cues: how long the whole message is."""
    letters = sum(map(len, parts))
    return sum(1 << place for place, most in enumerate((_BRIEF, _SHORT)) if letters <= most)


def _places(book: Rulebook, parts: list[str]) -> Iterator[tuple[str, int]]:
    """Each clause, each two that follow each other, and a short text as a whole."""
    one = whole(parts)
    if one:
        yield one, book.cues_in(one)
    before = ""
    cues_before = 0
    for part in parts:
        cues = book.cues_in(part)
        yield part, cues
        if cues and cues_before:
            yield f"{before} {part}", cues | cues_before
        before, cues_before = part, cues


def _verdict(book: Rulebook, findings: list[_Finding]) -> Signal:
    sure = [finding for finding in findings if finding.rule.sure]
    doubtful = any(finding.rule.label in URGENT for finding in findings)
    label = sure[0].rule.label if sure else Label.OTHER
    why = tuple(dict.fromkeys(_reason(book, finding) for finding in findings[:_REASONS]))
    return Signal(label, doubtful and label not in URGENT, why)


def _reason(book: Rulebook, finding: _Finding) -> str:
    words = ", ".join(book.words(finding.rule, finding.place))
    return f"{finding.rule.name}: {words}" if words else finding.rule.name

"""Words that come split over several short texts."""

from flows.hand import Hand

SPLIT_S = 90
SPLIT_CHARS = 40
SPLIT_TEXTS = 3
"""A cry split over messages: so short, so many, so soon after each other."""


def earlier_texts(hand: Hand, text: str) -> tuple[str, ...]:
    """Return her short texts of just before, and remember this one: words come split."""
    now = int(hand.moment.at.timestamp())
    heard_at = int(hand.memory.get("heard_at", "0"))
    earlier = hand.memory.get("heard", "").splitlines() if now - heard_at <= SPLIT_S else []
    if len(text) <= SPLIT_CHARS:
        kept = [*earlier, " ".join(text.split())][-SPLIT_TEXTS:]
        hand.memory |= {"heard": "\n".join(kept), "heard_at": str(now)}
    else:
        hand.memory.pop("heard", None)
    return tuple(earlier)

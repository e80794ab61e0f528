"""What she is told of her place among those who wait, as far as it is known."""

from flows.hand import Hand

LONGEST_MINUTES = 120
"""Beyond that a number would be a guess."""


def told_to_wait(hand: Hand, phrase: str, urgency: int) -> str:
    """Return a phrase with her place and the expected wait, or with the opening hours."""
    outlook = hand.moment.outlook
    if outlook is None:
        return hand.phrase(phrase)
    if outlook.opens is not None:
        hand.values["opens"] = outlook.opens.get(hand.language, outlook.opens.get("ko", ""))
        return f"{hand.phrase(phrase)}\n\n{hand.phrase('off_hours')}"
    place = _ahead(outlook.ahead, urgency) + 1
    minutes = round(place * outlook.minutes)
    hand.values |= {"place": place, "minutes": max(1, minutes)}
    known = outlook.minutes > 0 and minutes <= LONGEST_MINUTES
    told = [hand.phrase(phrase), hand.phrase("queue_place" if known else "queue_place_long")]
    if phrase == "counselor_coming":
        told.append(hand.phrase("queue_meanwhile"))
    return "\n".join(told)


def _ahead(ahead: tuple[int, ...], urgency: int) -> int:
    return ahead[min(urgency, len(ahead) - 1)] if ahead else 0

"""Counting people at steps: nothing under five is told, so that nobody can be made out."""

from collections import Counter
from collections.abc import Iterable

from storage.whereabouts import Whereabouts

LEAST = 5
"""Smaller counts are shown as "fewer than five": the rule for every table of ours."""
SILENT_MS = 30 * 60 * 1000
SPANS = (0, 30, 7)
"""Days that may be chosen, 0 for all of them: the longest first."""
DAY_MS = 24 * 60 * 60 * 1000
Counts = dict[str, dict[str, int | None]]
"""By step and by what happened there; None is "1 to 4"."""


def hidden(count: int) -> int | None:
    """Return a count that may be shown; None when it is small and not zero."""
    return count if count == 0 or count >= LEAST else None


def over_days(places: Iterable[Whereabouts], now: int, days: int) -> Counts:
    """Count those who did something in the last `days`, 0 for ever.

    A shorter span is kept back where the longer ones, less it, would give a small count away.
    """
    known = list(places)
    spans = SPANS[: SPANS.index(days) + 1]
    told: dict[tuple[str, str], list[int]] = {}
    shown: Counts = {}
    for span in spans:  # the longest first
        since = now - span * DAY_MS if span else 0
        shown = {}
        for step, some in _counted((one for one in known if one.changed_at >= since), now).items():
            for what, number in some.items():
                longer = told.setdefault((step, what), [])
                rests = [number, *(other - number for other in longer)]
                small = any(hidden(rest) is None for rest in rests)
                shown.setdefault(step, {})[what] = None if small else number
                if not small:
                    longer.append(number)
    return shown


def by_step(places: Iterable[Whereabouts], now: int) -> Counts:
    """Count who passed each step, stands there, went silent there or asked for a counselor."""
    return {
        step: {what: hidden(number) for what, number in some.items()}
        for step, some in _counted(places, now).items()
    }


def _counted(places: Iterable[Whereabouts], now: int) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}

    def count(step: str, what: str) -> None:
        counted.setdefault(step, Counter())[what] += 1

    for place in places:
        for step in set(place.passed):
            count(step, "passed")
        at = place.resume or place.step
        if at.startswith("@"):
            continue
        if place.status in {"waiting", "live"}:
            count(at, "called")
        elif place.status == "closed":
            count(at, "stopped")
        elif now - place.changed_at > SILENT_MS:
            count(at, "silent")
        else:
            count(at, "here")
    return counted


def inside(places: Iterable[Whereabouts], steps: set[str]) -> dict[str, int | None]:
    """Count the conversations that stand inside changed steps right now.

    Neither number is told where the other and a difference would give a small one away.
    """
    at = [place.resume or place.step for place in places if place.status != "closed"]
    within = sum(step in steps for step in at)
    small = hidden(within) is None or hidden(len(at) - within) is None
    return {"open": hidden(len(at)), "inside": None if small else within}

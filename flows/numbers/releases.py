"""What two releases tell together: their difference is a table too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.numbers.algebra import solve
from flows.numbers.cells import LEAST, Key, Layout, order
from flows.numbers.hiding import Published, protect


@dataclass(frozen=True, slots=True)
class Release:
    """Tables that were published, about what began in `first <= day < until`."""

    first: date
    until: date
    cells: Mapping[Key, int]

    def overlaps(self, first: date, until: date) -> bool:
        """Say whether a time is in part the same: then a difference is about few."""
        return self.first < until and first < self.until


@dataclass(frozen=True, slots=True)
class Leak:
    """A cell whose change since an earlier release is a small number that can be computed."""

    key: Key
    change: int


def leaks(layout: Layout, cells: Mapping[Key, int], earlier: Release) -> list[Leak]:
    """Return what subtracting an earlier release from new tables would give away."""
    keys = set(layout.keys())
    known = {
        key: many - earlier.cells[key]
        for key, many in cells.items()
        if key in keys and key in earlier.cells
    }
    found = dict(known)
    hidden = keys - known.keys()
    for key, change in solve(layout.lines(), known, hidden).fixed.items():
        if change.denominator == 1:
            found[key] = int(change)
    small = [Leak(key, change) for key, change in found.items() if 0 < abs(change) < LEAST]
    return sorted(small, key=lambda leak: order(leak.key))


def release(
    layout: Layout,
    counts: Mapping[Key, int],
    period: tuple[date, date],
    earlier: Iterable[Release],
) -> Published:
    """Return what may be published beside all that was published before."""
    before = [one for one in earlier if one.overlaps(*period)]
    also: set[Key] = set()
    while True:
        published = protect(layout, counts, also)
        given = {leak.key for one in before for leak in leaks(layout, published.cells, one)}
        shown = given & published.cells.keys()
        if not given:
            return published
        if shown:
            also |= shown
            continue
        near = _near(layout, given) & published.cells.keys()
        also |= near or published.cells.keys()


def _near(layout: Layout, given: set[Key]) -> set[Key]:
    """Return the cells that stand in a sum with any of these."""
    lines = [line for line in layout.lines() if given & set(line.members)]
    return {key for line in lines for key in line.members}

"""Hiding small numbers, and as many others as it takes that none of them can be computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.numbers.algebra import solve
from flows.numbers.cells import EVERYBODY, Key, Layout, Line, least, order
from flows.numbers.reach import reaches

BASE = 30
"""No percentage of fewer."""


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown: the cells that are not in `cells` are hidden."""

    cells: Mapping[Key, int]

    def share(self, key: Key, base: Key = EVERYBODY) -> float | None:
        """Return a cell as a part of another, if both are shown and the base is large enough."""
        part, whole = self.cells.get(key), self.cells.get(base)
        if part is None or whole is None or whole < BASE:
            return None
        return part / whole


def protect(layout: Layout, counts: Mapping[Key, int], also: Iterable[Key] = ()) -> Published:
    """Return what may be published.

    Args:
        layout: The tables.
        counts: The true number of every cell.
        also: Cells that must be hidden for another reason.

    Small cells are hidden, zeros too: a zero says "none" and makes others "all". Then further
    cells, the smallest that help, until every small cell could be as large as the limit for all
    that anybody can work out from what is left.
    """
    work = _Work(layout.lines(), counts, _small(counts) | set(also))
    work.lean()
    while (open_cell := work.revealed()) is not None:
        if not work.hide_near(open_cell):
            work.hidden |= counts.keys()
            break
        work.lean()
    return Published({key: many for key, many in counts.items() if key not in work.hidden})


def _small(counts: Mapping[Key, int]) -> set[Key]:
    return {key for key, many in counts.items() if many < least(key)}


@dataclass(slots=True)
class _Work:
    lines: list[Line]
    counts: Mapping[Key, int]
    hidden: set[Key]
    by_cell: dict[Key, list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            for key in line.members:
                self.by_cell.setdefault(key, []).append(line)

    def lean(self) -> None:
        """Give every hidden cell company in each of its sums, large enough to hide behind."""
        again = True
        while again:
            again = False
            for line in self.lines:
                if self._bare(line) and (key := self._smallest([line])) is not None:
                    self.hidden.add(key)
                    again = True

    def revealed(self) -> Key | None:
        """Return a small hidden cell of which can be told that it is small."""
        known = {key: many for key, many in self.counts.items() if key not in self.hidden}
        solution = solve(self.lines, known, self.hidden)
        small = (key for key in self.hidden if self.counts[key] < least(key))
        for key in sorted(small, key=order):
            if not reaches(self.counts, solution.moves, key, least(key)):
                return key
        return None

    def hide_near(self, cell: Key) -> bool:
        """Hide one more cell in the sums of a cell, or of those hidden with it.

        The number of everybody goes last.
        """
        near, seen, everybody = [cell], {cell}, False
        while near:
            lines = [line for key in near for line in self.by_cell.get(key, ())]
            key = self._smallest(lines)
            if key is not None and key != EVERYBODY:
                self.hidden.add(key)
                return True
            everybody = everybody or key == EVERYBODY
            near = [key for line in lines for key in line.members if key not in seen]
            seen.update(near)
        if everybody:
            self.hidden.add(EVERYBODY)
        return everybody

    def _bare(self, line: Line) -> bool:
        hidden = [key for key in line.members if key in self.hidden]
        if not hidden or all(key in self.hidden for key in line.members):
            return False
        if len(hidden) == 1:
            return True
        if line.total in self.hidden:
            return False
        return sum(self.counts[key] for key in hidden) < max(map(least, hidden))

    def _smallest(self, lines: Iterable[Line]) -> Key | None:
        """Return the smallest shown cell of some sums; a part rather than a total."""
        shown = [
            (key == EVERYBODY, line.total == key, self.counts[key], order(key), key)
            for line in lines
            for key in line.members
            if key not in self.hidden
        ]
        return min(shown)[-1] if shown else None

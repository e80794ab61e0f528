"""How high a hidden number may be as far as anybody can tell: a small linear program."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flows.numbers.cells import Key

SMALL = 1e-9
PATIENCE = 200
NUDGE = 1e-7
MOST_PIVOTS = 4000


def reaches(
    counts: Mapping[Key, int], moves: Sequence[Mapping[Key, Fraction]], cell: Key, goal: int
) -> bool:
    """Say whether a hidden cell could be as high as the goal.

    Args:
        counts: The true numbers: a point at which to begin.
        moves: The directions in which the hidden numbers may change together.
        cell: The hidden cell.
        goal: A number above its true one.

    Only numbers of zero and more are possible. The simplex method with Bland's rule: variables
    are how far each move goes, forth and back; the true numbers are the slack.
    """
    chosen = _component(moves, cell)
    cells = sorted({key for move in chosen for key in move}, key=sorted)
    if not chosen:
        return False
    columns = [sign * 1.0 for sign in (1, -1)]
    table = [
        [-sign * float(move.get(key, 0)) for move in chosen for sign in columns]
        + [counts[key] + _nudge(number)]
        for number, key in enumerate(cells)
    ]
    gain = [sign * float(move.get(cell, 0)) for move in chosen for sign in columns] + [0.0]
    return _climb(_Table(table, gain), goal - counts[cell])


def _nudge(number: int) -> float:
    """Return a tiny room of each cell's own: zeros would let the climb step on the spot.

    What can be reached are small fractions, so so little never lifts one over a whole number.
    """
    return NUDGE * (1 + number * 7919 % 1009 / 1009)


def _component(moves: Sequence[Mapping[Key, Fraction]], cell: Key) -> list[Mapping[Key, Fraction]]:
    """Return the moves that have to do with a cell, at once or through others."""
    waiting, seen, found = [cell], {cell}, list[int]()
    holders: dict[Key, list[int]] = {}
    for number, move in enumerate(moves):
        for key in move:
            holders.setdefault(key, []).append(number)
    while waiting:
        for number in holders.get(waiting.pop(), ()):
            if number not in found:
                found.append(number)
                fresh = [key for key in moves[number] if key not in seen]
                seen.update(fresh)
                waiting += fresh
    return [moves[number] for number in sorted(found)]


class _Table:
    """A simplex table whose slack variables are the basis; each variable has its number."""

    def __init__(self, rows: list[list[float]], gain: list[float]) -> None:
        self.rows = rows
        self.gain = gain
        self.reached = 0.0
        self.still = 0
        moves = len(gain) - 1
        self.outside = list(range(moves))
        self.inside = list(range(moves, moves + len(rows)))

    def enter(self) -> int | None:
        """Return the column that gains most, or None at the top.

        After many steps on the spot the lowest variable that gains: so it ends (Bland).
        """
        if self.still < PATIENCE:
            most = max(range(len(self.gain) - 1), key=self.gain.__getitem__)
            return most if self.gain[most] > SMALL else None
        gains = [(self.outside[n], n) for n, one in enumerate(self.gain[:-1]) if one > SMALL]
        return min(gains)[1] if gains else None

    def leave(self, column: int) -> int | None:
        """Return the row that stops the climb first, or None when nothing does."""
        stops = [
            (row[-1] / row[column], self.inside[number], number)
            for number, row in enumerate(self.rows)
            if row[column] > SMALL
        ]
        return min(stops)[2] if stops else None

    def pivot(self, number: int, column: int) -> None:
        """Exchange a slack and a move; the slack takes the move's column."""
        row = self.rows[number]
        self.inside[number], self.outside[column] = self.outside[column], self.inside[number]
        factor = row[column]
        self.rows[number] = pivoted = [one / factor for one in row]
        pivoted[column] = 1.0 / factor
        for other, target in enumerate(self.rows):
            if other != number and abs(target[column]) > SMALL:
                _take(target, pivoted, column)
        step = self.gain[column] * pivoted[-1]
        self.reached += step
        self.still = 0 if step > SMALL else self.still + 1
        _take(self.gain, pivoted, column)


def _take(target: list[float], pivoted: list[float], column: int) -> None:
    factor = target[column]
    target[column] = 0.0
    for n, one in enumerate(pivoted):
        target[n] -= factor * one


def _climb(table: _Table, goal: float) -> bool:
    for _ in range(MOST_PIVOTS):
        if table.reached >= goal - SMALL:
            return True
        column = table.enter()
        if column is None:
            return False
        row = table.leave(column)
        if row is None:
            return True
        table.pivot(row, column)
    return False

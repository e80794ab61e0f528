"""What follows from published numbers: which hidden ones are fixed, and the freedom left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flows.numbers.cells import Key, Line, order

Row = dict[Key, Fraction]


@dataclass(frozen=True, slots=True)
class Solution:
    """A system of sums, solved as far as it can be.

    Attributes:
        fixed: The hidden cells that have only one possible value, negative ones not excluded.
        moves: What may change together while every published number stays: each a direction.
    """

    fixed: Mapping[Key, Fraction]
    moves: tuple[Mapping[Key, Fraction], ...]


def solve(lines: Iterable[Line], known: Mapping[Key, int], hidden: Iterable[Key]) -> Solution:
    """Solve the sums for the hidden cells by Gauss and Jordan, in exact fractions."""
    unknown = sorted(hidden, key=order)
    rows = _reduced([_equation(line, known) for line in lines])
    pivots = {pivot for pivot, _, _ in rows}
    free = [key for key in unknown if key not in pivots]
    moves = []
    for key in free:
        move: Row = {key: Fraction(1)}
        for pivot, row, _ in rows:
            if key in row:
                move[pivot] = -row[key]
        moves.append(move)
    fixed = {pivot: value for pivot, row, value in rows if not row}
    return Solution(fixed, tuple(moves))


def _equation(line: Line, known: Mapping[Key, int]) -> tuple[Row, Fraction]:
    """Return `hidden parts - hidden total = published total - published parts`."""
    row: Row = {}
    value = Fraction(0)
    for key, sign in ((line.total, -1), *((part, 1) for part in line.parts)):
        if key in known:
            value -= sign * known[key]
        else:
            row[key] = row.get(key, Fraction(0)) + sign
    return row, value


def _reduced(equations: list[tuple[Row, Fraction]]) -> list[tuple[Key, Row, Fraction]]:
    """Return rows `pivot + row = value`, each pivot in one row only."""
    done: dict[Key, tuple[Row, Fraction]] = {}
    holders: dict[Key, set[Key]] = {}
    for given, given_value in equations:
        row, value = _inserted(dict(given), given_value, done)
        if not row:
            continue
        pivot = min(row, key=order)
        factor = row.pop(pivot)
        row = {key: one / factor for key, one in row.items()}
        value /= factor
        for other in holders.pop(pivot, set()):
            target, target_value = done[other]
            if pivot not in target:  # it was cancelled since
                continue
            factor = target.pop(pivot)
            _subtract(target, row, factor)
            done[other] = target, target_value - factor * value
            _note(holders, other, target)
        done[pivot] = row, value
        _note(holders, pivot, row)
    return [(pivot, row, value) for pivot, (row, value) in done.items()]


def _inserted(
    row: Row, value: Fraction, done: Mapping[Key, tuple[Row, Fraction]]
) -> tuple[Row, Fraction]:
    """Put what is known of pivots into a row."""
    for key in [key for key in row if key in done]:
        factor = row.pop(key)
        other, other_value = done[key]
        _subtract(row, other, factor)
        value -= factor * other_value
    return row, value


def _subtract(row: Row, other: Row, factor: Fraction) -> None:
    for key, one in other.items():
        left = row.get(key, Fraction(0)) - factor * one
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _note(holders: dict[Key, set[Key]], pivot: Key, row: Row) -> None:
    for key in row:
        holders.setdefault(key, set()).add(pivot)

"""Somebody who has every published table and knows linear algebra; no code of the product.

The unknowns are the finest cells: how many people have each combination of all dimensions. Every
published number is a sum of them. A number is found out when its sum is a combination of
published sums, or when bounds that follow from "nothing is below zero" leave it no room.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

from flows.numbers.cells import Key

Vector = list[Fraction]
Values = Mapping[str, list[str]]


class Attacker:
    """Knows the dimensions and what was published."""

    def __init__(self, values: Values, published: Mapping[Key, int]) -> None:
        self.names = sorted(values)
        self.values = values
        self.atoms = [frozenset(zip(self.names, one, strict=True)) for one in self._products()]
        self.published = published
        self.basis: dict[int, tuple[Vector, Fraction]] = {}
        for key, number in published.items():
            self._learn(self._sum(key), Fraction(number))

    def finds(self) -> dict[Key, Fraction]:
        """Return every number that can be computed, of any combination of dimensions."""
        found = {}
        for key in self._all_keys():
            rest, value = self._reduce(self._sum(key), Fraction(0))
            if not any(rest):
                found[key] = -value
        return found

    def ceilings(self, hidden: list[Key], lines: list[tuple[Key, list[Key]]]) -> dict[Key, int]:
        """Return how high hidden cells can be by squeezing every sum again and again."""
        low = {key: self.published.get(key, 0) for one in lines for key in (one[0], *one[1])}
        high = {key: self.published.get(key, 10**9) for key in low}
        changed = True
        while changed:
            changed = False
            for total, parts in lines:
                changed |= _squeeze(low, high, total, parts)
        return {key: high[key] for key in hidden}

    def _products(self) -> Iterator[tuple[str, ...]]:
        return product(*(self.values[name] for name in self.names))

    def _all_keys(self) -> Iterator[Key]:
        for size in range(len(self.names) + 1):
            for chosen in combinations(self.names, size):
                for one in product(*(self.values[name] for name in chosen)):
                    yield frozenset(zip(chosen, one, strict=True))

    def _sum(self, key: Key) -> Vector:
        return [Fraction(int(key <= atom)) for atom in self.atoms]

    def _learn(self, vector: Vector, value: Fraction) -> None:
        rest, left = self._reduce(vector, value)
        place = next((n for n, one in enumerate(rest) if one), None)
        if place is not None:
            factor = rest[place]
            self.basis[place] = [one / factor for one in rest], left / factor

    def _reduce(self, vector: Vector, value: Fraction) -> tuple[Vector, Fraction]:
        rest = vector
        for place in sorted(self.basis):
            if rest[place]:
                factor = rest[place]
                other, other_value = self.basis[place]
                rest = [one - factor * two for one, two in zip(rest, other, strict=True)]
                value -= factor * other_value
        return rest, value


def _squeeze(low: dict[Key, int], high: dict[Key, int], total: Key, parts: list[Key]) -> bool:
    before = [(low[key], high[key]) for key in (total, *parts)]
    low[total] = max(low[total], sum(low[part] for part in parts))
    high[total] = min(high[total], sum(high[part] for part in parts))
    for part in parts:
        others = [one for one in parts if one != part]
        high[part] = min(high[part], high[total] - sum(low[one] for one in others))
        low[part] = max(low[part], low[total] - sum(high[one] for one in others))
    return before != [(low[key], high[key]) for key in (total, *parts)]

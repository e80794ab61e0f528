"""Counting records into tables: every cell, its margins, and how they add up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from flows.script import Text

Key = frozenset[tuple[str, str]]
"""A cell: its value in each of some dimensions; the empty key is everybody."""
Record = Mapping[str, str]
"""One counted thing: its value in every dimension."""

EVERYBODY: Key = frozenset()
UNKNOWN = "unknown"
LEAST = 5
"""What is fewer is never published."""
LEAST_DETAILED = 10
"""The same where three dimensions or more meet, such as district, type and age."""
DETAILED = 3


@dataclass(frozen=True, slots=True)
class Dimension:
    """One trait by which is counted: its values in their order, each with a label."""

    name: str
    label: Text
    values: Mapping[str, Text]

    def value(self, record: Record) -> str:
        """Return a record's value; what is missing or not known counts as unknown."""
        given = record.get(self.name, UNKNOWN)
        return given if given in self.values else UNKNOWN


@dataclass(frozen=True, slots=True)
class Line:
    """A sum: the total is what the parts add up to."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        """The total and the parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which tables are made: each a choice of dimensions; their margins come with them."""

    dimensions: Mapping[str, Dimension]
    tables: tuple[tuple[str, ...], ...]

    def groups(self) -> list[tuple[str, ...]]:
        """Return every choice of dimensions that a table or a margin of one has."""
        found = {
            chosen
            for table in self.tables
            for size in range(len(table) + 1)
            for chosen in combinations(sorted(table), size)
        }
        return sorted(found, key=lambda names: (len(names), names))

    def keys(self) -> list[Key]:
        """Return every cell, the margins first."""
        return [key for names in self.groups() for key in self.cells(names)]

    def cells(self, names: Sequence[str]) -> list[Key]:
        """Return the cells of one choice of dimensions."""
        values = [[(name, value) for value in self._values(name)] for name in names]
        return [frozenset(cell) for cell in product(*values)]

    def lines(self) -> list[Line]:
        """Return every sum that holds between the cells."""
        groups = set(self.groups())
        found = []
        for names in sorted(groups, key=lambda group: (len(group), group)):
            for name in sorted(self.dimensions):
                if name not in names and tuple(sorted((*names, name))) in groups:
                    found += [self._line(cell, name) for cell in self.cells(names)]
        return found

    def count(self, records: Iterable[Record]) -> dict[Key, int]:
        """Return how many records fall into each cell."""
        names = sorted(self.dimensions)
        kinds = Counter(
            tuple(self.dimensions[name].value(record) for name in names) for record in records
        )
        counts = dict.fromkeys(self.keys(), 0)
        for values, many in kinds.items():
            given = dict(zip(names, values, strict=True))
            for group in self.groups():
                counts[frozenset((name, given[name]) for name in group)] += many
        return counts

    def _line(self, cell: Key, name: str) -> Line:
        return Line(cell, tuple(cell | {(name, value)} for value in self._values(name)))

    def _values(self, name: str) -> list[str]:
        return [*self.dimensions[name].values]


def least(key: Key) -> int:
    """Return the smallest number that may be published in a cell."""
    return LEAST_DETAILED if len(key) >= DETAILED else LEAST


def order(key: Key) -> tuple[int, list[tuple[str, str]]]:
    """Return what keys are sorted by, so that every run decides alike."""
    return len(key), sorted(key)

"""Random towns for the tests of numbers."""

from random import Random

from flows.numbers.cells import Dimension, Layout, Record

TABLES = (
    (("a", "b"),),
    (("a", "b"), ("b", "c")),
    (("a", "b"), ("a", "c"), ("b", "c")),
    (("a", "b", "c"),),
    (("a",), ("b",), ("c",)),
    (("a", "b", "c"), ("c", "d")),
)


def dice(seed: int) -> Random:
    """Return chance that comes out the same again."""
    return Random(seed)  # noqa: S311  # nothing is kept secret by it


def layout_of(random: Random, sizes: tuple[int, ...] = (2, 3, 4)) -> Layout:
    names = "abcd"
    dimensions = {
        name: Dimension(name, {"ko": name}, {f"{name}{n}": {"ko": name} for n in range(size)})
        for name, size in zip(names, random.choices(sizes, k=4), strict=True)
    }
    tables = random.choice(TABLES)
    used = {name for table in tables for name in table}
    return Layout({name: dimensions[name] for name in sorted(used)}, tables)


def people_of(random: Random, layout: Layout, most: int = 300) -> list[Record]:
    weights = {
        name: [random.random() ** 3 + 0.01 for _ in dimension.values]
        for name, dimension in layout.dimensions.items()
    }
    return [
        {
            name: random.choices([*dimension.values], weights[name])[0]
            for name, dimension in layout.dimensions.items()
        }
        for _ in range(random.randrange(most))
    ]

"""No published set of tables gives a small number away, whoever computes."""

import pytest

from flows.numbers.cells import EVERYBODY, Dimension, Layout, least
from flows.numbers.hiding import protect
from tests.flows.numbers.attacker import Attacker
from tests.flows.numbers.making import dice, layout_of, people_of

TOWNS = 150


def table(**values: int) -> Layout:
    dimensions = {
        name: Dimension(name, {"ko": name}, {f"{name}{n}": {"ko": name} for n in range(size)})
        for name, size in values.items()
    }
    return Layout(dimensions, (tuple(values),))


def test_a_small_cell_hides_and_another_hides_with_it() -> None:
    layout = table(a=3)
    people = [{"a": "a0"}] * 40 + [{"a": "a1"}] * 9 + [{"a": "a2"}] * 2

    shown = protect(layout, layout.count(people)).cells

    assert shown == {EVERYBODY: 51, frozenset({("a", "a0")}): 40}


def test_a_zero_hides_because_it_says_none() -> None:
    layout = table(a=3)
    people = [{"a": "a0"}] * 40 + [{"a": "a1"}] * 20

    assert frozenset({("a", "a2")}) not in protect(layout, layout.count(people)).cells


def test_where_three_dimensions_meet_ten_is_the_least() -> None:
    layout = table(a=2, b=2, c=2)
    people = [
        {"a": f"a{n & 1}", "b": f"b{n >> 1 & 1}", "c": f"c{n >> 2 & 1}"}
        for n in range(8)
        for _ in range(9 if n == 5 else 50)
    ]

    shown = protect(layout, layout.count(people)).cells

    assert frozenset({("a", "a1"), ("b", "b0"), ("c", "c1")}) not in shown
    assert all(many >= least(key) for key, many in shown.items())


def test_nobody_and_few_people_show_nothing() -> None:
    layout = table(a=2, b=2)

    for people in ([], [{"a": "a0", "b": "b0"}] * 4):
        assert protect(layout, layout.count(people)).cells == {}


def test_a_share_needs_thirty_and_both_numbers() -> None:
    layout = table(a=2)
    of_thirty = protect(layout, layout.count([{"a": "a0"}] * 15 + [{"a": "a1"}] * 15))
    of_few = protect(layout, layout.count([{"a": "a0"}] * 15 + [{"a": "a1"}] * 14))

    first = frozenset({("a", "a0")})

    assert of_thirty.share(first) == 0.5
    assert of_few.cells[first] == 15
    assert of_few.share(first) is None


def test_what_is_not_known_is_counted_as_unknown() -> None:
    values = {"x": {"ko": "x"}, "unknown": {"ko": "모름"}}
    layout = Layout({"a": Dimension("a", {"ko": "a"}, values)}, (("a",),))

    counts = layout.count([{"a": "x"}, {}, {"a": "never heard"}])

    assert counts[frozenset({("a", "unknown")})] == 2


def test_enough_is_still_shown_to_be_of_use() -> None:
    random = dice(11)
    layout = table(a=4, b=5)
    people = [{"a": f"a{random.randrange(4)}", "b": f"b{random.randrange(5)}"} for _ in range(600)]

    shown = protect(layout, layout.count(people)).cells

    assert len(shown) == 30


@pytest.mark.parametrize("seed", range(10))
def test_no_cell_under_five_is_found_by_linear_algebra(seed: int) -> None:
    random = dice(seed)
    for _ in range(TOWNS // 10):
        layout = layout_of(random)
        counts = layout.count(people_of(random, layout))

        shown = protect(layout, counts).cells

        values = {name: [*one.values] for name, one in layout.dimensions.items()}
        attacker = Attacker(values, shown)
        found = attacker.finds()
        assert {key: n for key, n in found.items() if n < 5} == {}
        assert all(found[key] == many for key, many in shown.items())
        small = [key for key, many in counts.items() if many < 5]
        lines = [(line.total, list(line.parts)) for line in layout.lines()]
        low = {key: most for key, most in attacker.ceilings(small, lines).items() if most < 5}
        assert low == {}

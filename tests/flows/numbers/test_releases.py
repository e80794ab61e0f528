"""Two releases together give away no more than each alone; sheets run nothing."""

import csv
import io
from datetime import date

import pytest

from flows.numbers.cells import EVERYBODY, Key
from flows.numbers.hiding import protect
from flows.numbers.releases import Release, leaks, release
from flows.numbers.sheets import written
from tests.flows.numbers.attacker import Attacker
from tests.flows.numbers.making import dice, layout_of, people_of
from tests.flows.numbers.test_hiding import table

YEAR = date(2026, 1, 1), date(2027, 1, 1)
FIRST = frozenset({("a", "a0")})


def test_a_release_that_differs_by_two_hides_what_changed() -> None:
    layout = table(a=3)
    before = [{"a": f"a{n}"} for n in range(3) for _ in range(20)]
    first = Release(*YEAR, protect(layout, layout.count(before)).cells)

    after = layout.count([*before, {"a": "a0"}, {"a": "a0"}])

    assert [leak.change for leak in leaks(layout, protect(layout, after).cells, first)] == [2, 2]
    second = release(layout, after, YEAR, [first]).cells
    assert leaks(layout, second, first) == []
    assert FIRST not in second
    assert EVERYBODY not in second


def test_another_year_is_not_compared() -> None:
    layout = table(a=3)
    people = [{"a": f"a{n}"} for n in range(3) for _ in range(20)]
    first = Release(
        date(2025, 1, 1), date(2026, 1, 1), protect(layout, layout.count(people)).cells
    )

    second = release(layout, layout.count([*people, {"a": "a0"}]), YEAR, [first])

    assert second.cells[FIRST] == 21


@pytest.mark.parametrize("seed", range(6))
def test_no_small_change_is_found_by_subtracting_releases(seed: int) -> None:
    random = dice(seed + 100)
    for _ in range(8):
        layout = layout_of(random, (2, 3))
        people = people_of(random, layout)
        earlier: list[Release] = []
        for _ in range(3):
            cells = release(layout, layout.count(people), YEAR, earlier).cells
            values = {name: [*one.values] for name, one in layout.dimensions.items()}
            for one in earlier:
                change: dict[Key, int] = {
                    key: many - one.cells[key] for key, many in cells.items() if key in one.cells
                }
                found = Attacker(values, change).finds()
                assert {key: n for key, n in found.items() if 0 < abs(n) < 5} == {}
            assert {key: n for key, n in Attacker(values, cells).finds().items() if n < 5} == {}
            earlier.append(Release(*YEAR, cells))
            people = people + people_of(random, layout, 12)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "%0"])
def test_a_cell_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    (row,) = csv.reader(io.StringIO(written([[text, 5, None]]).lstrip("\ufeff")))

    assert row[0] == f"'{text}"
    assert row[1:] == ["5", ""]

"""Broken scripts made from those we ship: nearly all are refused at the right place."""

from collections.abc import Iterator

import pytest

from flows.bundle import PHRASES, Sources, shipped
from flows.checks import check
from tests.flows.mutations import Broken, broken_versions

HERE = 60
ALL = 300


def _unseen(versions: list[Broken]) -> list[str]:
    """Return those whose problem is not found where it is, as lines for a person."""
    return [
        f"{broken.kind}, wanted {broken.places[:2]}"
        for broken in versions
        if not any(
            f"{problem.file}: {problem.place}".startswith(place)
            for problem in check(broken.sources)
            for place in broken.places
        )
    ]


def test_what_we_ship_has_no_problem() -> None:
    assert check(shipped()) == []


def test_every_kind_of_broken_script_is_refused_at_the_right_place() -> None:
    unseen = _unseen(broken_versions(HERE))

    assert len(unseen) <= HERE // 100, unseen


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_of_three_hundred_broken_scripts_at_least_297_are_refused_at_the_right_place() -> None:
    versions = broken_versions(ALL)

    unseen = _unseen(versions)

    print(f"{len(versions) - len(unseen)} of {len(versions)} refused; not: {unseen}")  # noqa: T201  # asked for
    assert len(versions) == ALL
    assert len(unseen) <= ALL // 100


def _bad_texts() -> Iterator[tuple[str, str]]:
    deep = "".join("  " * n + "a:\n" for n in range(60))
    yield "a bomb of anchors", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    yield "a tag", "gyeot: !!python/object/apply:os.system [ls]\n"
    yield "a megabyte", "a: " + "x" * 1_000_001
    yield "deep nesting", deep
    yield "a key twice", "gyeot: 1\ngyeot: 1\n"
    yield "nothing", ""
    yield "a list", "- 1\n"
    yield "control characters", "a: \x00\x01"
    yield "no YAML", "a: [b\nc: }"


@pytest.mark.parametrize(("name", "text"), list(_bad_texts()))
def test_bad_files_are_refused_with_file_and_remedy(name: str, text: str) -> None:
    base = shipped()

    problems = check(Sources({**base.scripts, "bad.yaml": text}, base.directory))

    assert problems, name
    assert any(one.file == "bad.yaml" and one.remedy for one in problems)


def test_ten_thousand_steps_are_refused() -> None:
    base = shipped()
    steps = "".join(f"  s{n}: {{say: [{{ko: 가, en: a}}], end: close}}\n" for n in range(10_000))
    text = f"gyeot: 1\nflow: big\ntitle: {{ko: 큼, en: Big}}\nstart: s1\nsteps:\n{steps}"

    problems = check(Sources({**base.scripts, "big.yaml": text}, base.directory))

    assert any(one.file == "big.yaml" for one in problems)


def test_markup_in_a_text_stays_a_text() -> None:
    base = shipped()
    script = "<script>alert(1)</script> *a* [b](c)"
    text = base.scripts["opening.yaml"].replace("무엇부터 할까요?", script)

    assert check(Sources({**base.scripts, "opening.yaml": text}, base.directory)) == []
    assert PHRASES in base.scripts

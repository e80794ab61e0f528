"""What is wrong with a script is told at once: file, line, place, reason and remedy."""

from dataclasses import replace

import pytest

from flows.bundle import Sources, compile_sources, shipped
from flows.checks import check
from flows.reading import Problem, ScriptError
from flows.script import read_flow
from tests.flows.making import HEAD, version

GOOD = """start: a
steps:
  a:
    say: [{ko: 가, en: A}]
    choices:
      - {id: x, label: {ko: 엑스, en: X}, goto: b}
      - {id: y, label: {ko: 와이, en: Y}, goto: b}
  b: {say: [{ko: 끝, en: End}], end: close}
"""


def _problems(sources: Sources) -> list[Problem]:
    try:
        compile_sources(sources)
    except ScriptError as error:
        return error.problems
    return [one for one in check(sources) if not one.place.startswith("signals.")]


def _changed(old: str, new: str) -> list[Problem]:
    assert old in GOOD
    return _problems(version(GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("goto: b", "goto: nowhere", "steps.a.choices.0.goto", "no step 'nowhere'"),
        ("id: y", "id: x", "steps.a.choices.1", "twice"),
        ("say: [{ko: 가", "sai: [{ko: 가", "steps.a.sai", "not known"),
        ("id: x", "id: Ü", "steps.a.choices.0.id", "pattern"),
        ("start: a", "start: z", "", "not there"),
        (", end: close", "", "steps.b", "leads nowhere"),
        (", end: close", ", end: close, goto: a", "steps.b", "not both"),
        ("{ko: 끝, en: End}", "{ko: '{nobody}', en: End}", "steps.b.say.0.ko", "{nobody}"),
        ("{ko: 끝, en: End}", "{ko: 'a } b', en: End}", "steps.b.say.0", "brace"),
        ("{ko: 끝, en: End}", "{ko: 끝}", "steps.b.say.0", "no en"),
        ("{ko: 끝, en: End}", "{ko: 끝, en: End, when: b ==}", "steps.b.say.0.when", "condition"),
        ("{ko: 끝, en: End}", "{ko: 끝, en: End, when: nobody}", "steps.b.say.0.when", "nobody"),
        ("{ko: 끝, en: End}", "{ko: 끝, en: End, when: 1 + 1}", "steps.b.say.0.when", "gives"),
        ("end: close", "call: nothing, end: close", "steps.b.call", "no flow 'nothing'"),
        ("end: close", "do: [{submit: x, wait: true}], end: close", "steps.b.do.0", "exactly one"),
        (
            "end: close",
            "do: [{summon: {urgency: R3, because: {ko: 까닭}}}], end: close",
            "steps.b.do.0.summon.because",
            "no en",
        ),
        ("say: [{ko: 가", "depends: [nobody]\n    say: [{ko: 가", "steps.a.depends", "`nobody`"),
        ("say: [{ko: 가, en: A}]", "say: []", "steps.a", "must `say`"),
        ("{ko: 끝, en: End}", f"{{ko: {'길' * 401}, en: End}}", "steps.b.say.0.ko", "too long"),
    ],
)
def test_each_kind_of_problem_has_a_place_and_a_remedy(
    old: str, new: str, place: str, reason: str
) -> None:
    found = _changed(old, new)

    match = [one for one in found if one.place.startswith(place) and reason in one.reason]
    assert match, [str(one) for one in found]
    assert match[0].file == "t0.yaml"
    assert match[0].line > 0
    assert match[0].remedy


@pytest.mark.parametrize(
    "text",
    [
        "start: [",
        "start: a\nstart: b\nsteps: {}",
        "start: &x a",
        "start: *x",
        "start: !!python/object a",
        "a: " + "[" * 60 + "]" * 60,
        "\0",
        "- " * 200_000,
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ScriptError) as error:
        read_flow(text, "t.yaml")

    assert all(problem.remedy for problem in error.value.problems)


def test_every_problem_is_told_at_once() -> None:
    text = GOOD.replace("goto: b", "goto: nowhere").replace("End}", "End, when: nobody}")

    found = _problems(version(text))

    assert len(found) >= 3
    assert found == sorted(found)


def test_a_good_script_has_no_problem() -> None:
    assert _problems(version(GOOD)) == []


def test_the_checks_find_a_step_that_nothing_leads_to() -> None:
    found = _problems(version(GOOD + "  lonely: {say: [{ko: 혼자, en: Alone}], end: close}\n"))

    assert [one.place for one in found] == ["steps.lonely"]


def test_the_checks_find_a_loop_that_never_waits() -> None:
    loop = GOOD.replace("end: close", "goto: c") + "  c: {say: [{ko: 씨, en: C}], goto: b}\n"

    found = _problems(version(loop))

    assert {one.place for one in found} == {"steps.b", "steps.c"}
    assert all("without ever waiting" in one.reason for one in found)


def test_the_checks_find_a_card_that_lacks_a_language_or_a_number() -> None:
    base = shipped()
    phrases = base.scripts["phrases.yaml"]
    without = phrases.replace("{line:109}", "").replace("109", "")

    found = check(replace(base, scripts={**base.scripts, "phrases.yaml": without}))

    assert any("does not name 109" in one.reason for one in found)


def test_the_checks_find_a_fact_that_stands_twice() -> None:
    base = shipped()
    lines = base.directory["lines.yaml"]
    entry = lines.index("  - id:")
    end = lines.index("  - id:", entry + 5)

    found = check(
        replace(base, directory={**base.directory, "lines.yaml": lines + lines[entry:end]})
    )

    assert any("twice" in one.reason for one in found)


def test_two_flows_of_one_name_are_a_problem() -> None:
    base = version(GOOD)
    twin = HEAD.format(name="t0") + GOOD

    found = _problems(replace(base, scripts={**base.scripts, "twin.yaml": twin}))

    assert any("two flows" in one.reason for one in found)

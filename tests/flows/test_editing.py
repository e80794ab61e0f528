"""Changing a script by forms: what was not touched stays as it was, to the letter."""

import time
from difflib import unified_diff

import pytest

from flows.bundle import Sources, shipped
from flows.checks import check
from flows.cutting import cut
from flows.diff import changed_steps, difference
from flows.editing import Edit, EditError, edited
from flows.merging import ConflictError, merged
from flows.reading import read
from tests.flows.large import large

BASE = shipped()


def _lines(edit: Edit) -> list[str]:
    """Return the lines that a change takes away and brings."""
    found = []
    for name, text in edited(BASE.scripts, edit).items():
        before, after = BASE.scripts[name].splitlines(), text.splitlines()
        found += [
            line
            for line in unified_diff(before, after, n=0, lineterm="")
            if line[0] in "+-" and not line.startswith(("---", "+++"))
        ]
    return found


def test_nothing_but_the_changed_line_changes() -> None:
    edit = Edit("opening.yaml", "set", ("steps", "phone", "say", 0, "ko"), "다른 질문?")

    assert _lines(edit) == [
        '-      - ko: "이 휴대폰이나 이 대화를 볼 수 있는 사람이 있을까요?"',
        '+      - ko: "다른 질문?"',
    ]


@pytest.mark.parametrize("name", sorted(BASE.scripts))
def test_writing_a_title_of_every_file_touches_one_place(name: str) -> None:
    path = ("phrases", "done", "en") if name == "phrases.yaml" else ("title", "en")

    lines = _lines(Edit(name, "set", path, "Something else"))

    assert len(lines) == 2


def test_a_renamed_step_takes_every_way_to_it_along() -> None:
    changed = edited(BASE.scripts, Edit("danger.yaml", "rename", ("steps", "place"), "where"))

    assert "imminent: danger/where" in changed["phrases.yaml"]
    files = Sources({**BASE.scripts, **changed}, BASE.directory, BASE.start)
    assert check(files) == []


def test_a_renamed_question_keeps_the_name_of_its_answer() -> None:
    changed = edited(BASE.scripts, Edit("safety.yaml", "rename", ("steps", "threats"), "threat"))

    files = Sources({**BASE.scripts, **changed}, BASE.directory, BASE.start)
    assert "save: threats" in changed["safety.yaml"]
    assert check(files) == []


def test_a_step_is_added_and_copied_behind_its_like() -> None:
    step = {"say": [{"ko": "새 말", "en": "New"}], "goto": "menu"}
    added = edited(
        BASE.scripts,
        Edit("opening.yaml", "add", ("steps", "extra"), {"after": "phone", "step": step}),
    )
    copied = edited(BASE.scripts, Edit("opening.yaml", "duplicate", ("steps", "phone"), "again"))

    assert added["opening.yaml"].index("  extra:") < added["opening.yaml"].index("  watched:")
    assert copied["opening.yaml"].count("이 휴대폰이나 이 대화를 볼 수 있는") == 2


@pytest.mark.parametrize(
    "edit",
    [
        Edit("nowhere.yaml", "set", ("a",), 1),
        Edit("opening.yaml", "remove", ("steps", "nobody")),
        Edit("opening.yaml", "rename", ("steps", "phone"), "menu"),
        Edit("opening.yaml", "rename", ("steps", "phone"), "Not A Name"),
        Edit("opening.yaml", "add", ("steps", "menu"), {}),
        Edit("opening.yaml", "move", ("steps", "phone", "choices", 99), 1),
        Edit("opening.yaml", "set", (), 1),
        Edit("phrases.yaml", "duplicate", ("steps", "x"), "y"),
    ],
)
def test_what_cannot_be_changed_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError):
        edited(BASE.scripts, edit)


def test_changes_of_two_in_other_lines_are_put_together() -> None:
    base = "a\nb\nc\nd\n"

    assert merged(base, "A\nb\nc\nd\n", "a\nb\nc\nD\n") == "A\nb\nc\nD\n"
    assert merged(base, "A\nb\nc\nd\n", "A\nb\nc\nd\n") == "A\nb\nc\nd\n"
    with pytest.raises(ConflictError):
        merged(base, "1\nb\nc\nd\n", "2\nb\nc\nd\n")


def test_differences_begin_with_risk_and_name_what_she_reads() -> None:
    text = BASE.scripts["safety.yaml"].replace("urgency: R1", "urgency: R3", 1)
    opening = BASE.scripts["opening.yaml"].replace("지금 이야기해도 안전한가요?", "괜찮아요?", 1)
    scripts = {**BASE.scripts, "safety.yaml": text, "opening.yaml": opening}
    new = Sources(scripts, BASE.directory, BASE.start)

    found = difference(BASE, new)

    assert [change.about for change in found] == ["risk", "texts"]
    assert found[0].en == "urgency: “R1” → “R3”"
    assert "괜찮아요?" in found[1].ko
    assert changed_steps(BASE, new) == {"opening/start"}


@pytest.mark.parametrize("name", sorted(BASE.scripts))
def test_a_step_is_cut_out_and_put_back_to_the_letter(name: str) -> None:
    text = BASE.scripts[name]
    document = read(text, name)
    steps = [path[1] for path in document.lines if path[:1] == ("steps",) and len(path) == 2]

    for step in map(str, steps):
        part = cut(document, text, step)
        assert part is not None, step
        assert list(read(part.step, name).content["steps"]) == [step]
        assert part.with_step(part.step) == text


@pytest.mark.parametrize(
    "text", ["steps: {one: {}, two: {}}", "steps:\n    one: {}\n    two: {}\n"]
)
def test_steps_without_lines_of_their_own_are_not_cut_out(text: str) -> None:
    edit = Edit("odd.yaml", "set", ("steps", "one", "end"), "close")

    assert cut(read(text, "odd.yaml"), text, "one") is None
    assert read(edited({"odd.yaml": text}, edit)["odd.yaml"], "odd.yaml").content == {
        "steps": {"one": {"end": "close"}, "two": {}}
    }


def test_a_small_change_of_a_large_file_takes_no_time() -> None:
    scripts = large(300).scripts
    edit = Edit("large.yaml", "set", ("steps", "q150", "say", 0, "ko"), "다른 질문?")
    edited(scripts, edit)

    began = time.process_time()
    edited(scripts, edit)
    assert time.process_time() - began < 0.5

"""JSON lines in, JSON lines out; a bad line stops nothing."""

import json

from flows.triage import judge_lines


def test_each_line_is_answered_in_its_order() -> None:
    lines = ['{"id": "a", "text": "살려주세요"}\n', "\n", '{"id": 2, "text": "안녕하세요"}\n']

    answers = [json.loads(line) for line in judge_lines(lines)]

    assert [(one["id"], one["label"], one["ask"]) for one in answers] == [
        ("a", "imminent", False),
        (2, "other", False),
    ]
    assert answers[0]["why"]


def test_earlier_texts_are_read_with_a_line() -> None:
    line = json.dumps({"id": 1, "text": "계속 두드려요", "earlier": ["그 사람이", "현관문을"]})

    assert json.loads(next(judge_lines([line])))["label"] == "imminent"


def test_a_bad_line_is_answered_with_an_error_and_the_rest_go_on() -> None:
    lines = [
        "no json",
        "[1]",
        '{"id": 1}',
        '{"id": 2, "text": 5}',
        '{"id": 3, "text": "네", "earlier": "네"}',
        "[" * 100_000,
        '{"id": 4, "text": "\\ud800"}',
        '{"id": 5, "text": "살려주세요"}',
    ]

    answers = [json.loads(line) for line in judge_lines(lines)]

    assert len(answers) == len(lines)
    assert [answer["id"] for answer in answers if "error" in answer] == [None, None, 1, 2, 3, None]
    assert answers[-2]["label"] == "other"
    assert answers[-1]["label"] == "imminent"

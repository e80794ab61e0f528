"""Proving a large script stays quick enough to do it at every change."""

import time

import pytest

from flows.bundle import Sources, shipped
from flows.checks import checked
from flows.dialogues import read_dialogue, replay
from flows.triage import triage
from tests.sources import CHECKOUT

STEPS = 300
DIALOGUES = 200
MOST_S = 2.0
"""Of one processor that does nothing else."""


def _large() -> Sources:
    """Return what we ship with further questions, up to three hundred steps."""
    base = shipped()
    more = STEPS - 114
    steps = "".join(
        f"  q{n}:\n"
        f'    say: [{{ko: "질문 q{n}이에요?", en: "Question q{n}?"}}]\n'
        f"    choices:\n"
        f"      - {{id: yes_{n}, label: {{ko: 네 q{n}, en: Yes q{n}}}}}\n"
        f"      - {{id: no_{n}, label: {{ko: 아니요 q{n}, en: No q{n}}}}}\n"
        f"    goto:\n"
        f"      - {{when: \"q{n} == 'yes_{n}'\", to: q{n + 1}}}\n"
        f"      - {{to: q{n + 1}}}\n"
        for n in range(more)
    )
    end = f"  q{more}: {{say: [{{ko: 끝이에요., en: The end.}}], goto: opening/menu}}\n"
    text = (
        f"gyeot: 1\nflow: large\ntitle: {{ko: 큰 것, en: Large}}\nstart: q0\nsteps:\n{steps}{end}"
    )
    known = base.scripts["check_in.yaml"]
    way = "      - {id: large, label: {ko: 큰 것, en: Large}, goto: large/q0}\n"
    check_in = known.replace("    save: check_in_answer\n", f"{way}    save: check_in_answer\n")
    scripts = {**base.scripts, "check_in.yaml": check_in, "large.yaml": text}
    return Sources(scripts, base.directory, base.start)


@pytest.mark.bench
def test_three_hundred_steps_and_two_hundred_dialogues_are_proved_in_two_seconds() -> None:
    sources = _large()
    texts = [path.read_text("utf-8") for path in (CHECKOUT / "tests/dialogues").glob("*.yaml")]
    many = (texts * (DIALOGUES // len(texts) + 1))[:DIALOGUES]
    checked(sources)
    triage("안녕하세요")  # the house judges one text at its start: that loads the model

    began = time.process_time()
    flow = checked(sources)
    at_checks = time.process_time() - began
    dialogues = [read_dialogue(text, "one") for text in many]
    at_reading = time.process_time() - began
    for dialogue in dialogues:
        assert replay(flow, dialogue) == []
    took = time.process_time() - began

    print(f"\n{took:.2f} s: checks {at_checks:.2f}, reading until {at_reading:.2f}")  # noqa: T201  # asked for
    assert took < MOST_S

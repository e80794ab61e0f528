"""Proving a large script stays quick enough to do it at every change."""

import time

import pytest

from flows.checks import checked
from flows.dialogues import read_dialogue, replay
from flows.triage import triage
from tests.flows.large import large
from tests.sources import CHECKOUT

STEPS = 300
DIALOGUES = 200
MOST_S = 2.0
"""Of one processor that does nothing else."""


@pytest.mark.bench
def test_three_hundred_steps_and_two_hundred_dialogues_are_proved_in_two_seconds() -> None:
    sources = large(STEPS - 114)
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

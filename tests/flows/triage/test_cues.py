"""Trying only the patterns that can match finds the same as trying them all."""

import pytest
import re2

from flows.triage.corpus import corpus
from flows.triage.cues import CueFinder, parsed
from flows.triage.openings import openings
from flows.triage.reading import read
from flows.triage.scripts import scripts_of
from flows.triage.shelf import rulebook


def test_every_cue_that_re2_finds_is_found() -> None:
    book = rulebook()
    clauses = [part for message in corpus()[::40] for part in read(message.text).parts]

    for script, finder in book.finders.items():
        patterns = [(1 << line.cue, re2.compile(line.pattern)) for line in finder.lines]
        for clause in (clause for clause in clauses if script in scripts_of(clause)):
            slow = 0
            for bit, pattern in patterns:
                if not slow & bit and pattern.search(clause):
                    slow |= bit
            assert finder.bits(clause) == slow, clause


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("문앞", {"문앞"}),
        ("(문|집)앞", {"문앞", "집앞"}),
        ("문(을)?두", {"문을", "문두"}),
        ("(?:또|막)*왔어", {"또", "막", "왔어"}),
        ("[가나]다", {"가다", "나다"}),
        ("^왔다$", {"왔다"}),
        ("왔$", {"왔"}),
        ("[^가]나", {""}),
        ("\\d분", {""}),
        ("가{2}나", {"가"}),
        ("가{0,1}나다", {"가", "나다"}),
    ],
)
def test_the_ways_a_match_can_begin_are_known(pattern: str, expected: set[str]) -> None:
    assert openings(pattern, 2) == expected


def test_a_pattern_that_can_begin_with_anything_is_always_tried() -> None:
    finder = CueFinder([parsed(0, "[^가]앞", 2)], 2)

    assert finder.bits("문앞") == 1
    assert finder.bits("가앞") == 0

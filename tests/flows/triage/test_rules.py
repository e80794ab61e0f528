"""The rules mean what their examples say, and refuse nonsense with its place."""

import pytest

from flows.triage.pages import RuleError, compiled
from flows.triage.reading import read
from flows.triage.rulebook import Rule
from flows.triage.shelf import FILE, fresh, packed, rulebook

_RULES = rulebook().rules


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.name)
def test_a_rule_holds_for_its_examples_and_not_for_its_counter_examples(rule: Rule) -> None:
    held = [text for text in rule.yes if rule.name not in _names(text)]
    refused = [text for text in rule.no if rule.name in _names(text)]

    assert rule.yes
    assert held == []
    assert refused == []


def test_two_rules_do_not_share_a_name() -> None:
    names = [rule.name for rule in _RULES]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("script: hangul\ncues:\n  door: '(문'\n", "no RE2 pattern"),
        ("script: hangul\ncues:\n  door: '문.*앞'\n", "has a gap"),
        ("script: klingon\ncues:\n  door: 문\n", "script must be one of"),
        ("script: hangul\ncues:\n  door: '{him}문'\n", "him"),
        ("rules:\n  at the door:\n    label: imminent\n    all: [door]\n", "no such cue"),
        ("rules:\n  at the door:\n    label: maybe\n    all: [brief]\n", "no such cue or label"),
        ("rules:\n  at the door:\n    label: imminent\n", "needs `all`"),
        ("colour: blue\n", "unknown keys"),
        ("rules: [\n", "hand.yaml"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named_with_its_file(text: str, said: str) -> None:
    with pytest.raises(RuleError, match=r"hand\.yaml") as refused:
        compiled([("hand.yaml", text)])

    assert said in str(refused.value)


def test_a_pair_of_words_must_stand_near_each_other_and_in_order() -> None:
    book = compiled([("hand.yaml", "script: hangul\ncues:\n  dog: 개 & 짖\n")])

    assert book.names(book.cues_in("개가계속짖어요")) == ["dog"]
    assert book.names(book.cues_in("짖어요개가")) == []
    assert book.names(book.cues_in("개가" + "아" * 20 + "짖어요")) == []


def _names(text: str) -> set[str]:
    return {finding.rule.name for finding in read(text).findings()}


def test_the_rulebook_that_is_kept_is_what_the_files_say() -> None:
    assert FILE.read_text(encoding="utf-8") == packed(fresh())

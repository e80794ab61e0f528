"""The rulebook, read once: from the file that training leaves, when it fits the rules.

Reading 1,800 patterns from YAML takes more than a second, so `python -m flows.triage.train`
writes down what came of it. When a rule file was edited since, the rules are read as they
stand: what counselors wrote always counts.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.triage.cues import Line
from flows.triage.pages import compiled
from flows.triage.rulebook import Rule, Rulebook, bound
from flows.triage.signals import Label

FILE = Path(__file__).parent / "rulebook.json"

_RULES = Path(__file__).parent / "rules"


@cache
def rulebook() -> Rulebook:
    """Return the rules that are shipped, read once."""
    if FILE.exists():
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        if kept["of"] == _fingerprint():
            return _unpacked(kept)
    return fresh()


def fresh() -> Rulebook:
    """Read the rules as they stand in their files."""
    return compiled([(file.name, file.read_text(encoding="utf-8")) for file in _files()])


def packed(book: Rulebook) -> str:
    """Return what is written down of a rulebook."""
    rules = [
        [rule.name, rule.label, rule.sure, rule.every, rule.none, rule.nowhere, rule.yes, rule.no]
        for rule in book.rules
    ]
    lines = {
        script: [[line.cue, line.pattern, list(line.starts)] for line in finder.lines]
        for script, finder in book.finders.items()
    }
    kept = {"of": _fingerprint(), "cues": book.cues, "rules": rules, "lines": lines}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _unpacked(kept: dict[str, Any]) -> Rulebook:
    lines = {
        script: [Line(cue, pattern, tuple(starts)) for cue, pattern, starts in some]
        for script, some in kept["lines"].items()
    }
    rules = [_rule(*row) for row in kept["rules"]]
    return bound(tuple(kept["cues"]), rules, lines)


def _rule(name: str, label: str, *rest: Any) -> Rule:  # noqa: ANN401  # as `packed` wrote it
    sure, every, none, nowhere, yes, no = rest
    return Rule(name, Label(label), sure, every, none, nowhere, tuple(yes), tuple(no))


def _fingerprint() -> str:
    read = sha256()
    for file in _files():
        read.update(file.read_bytes())
    return read.hexdigest()


def _files() -> list[Path]:
    return sorted(_RULES.glob("*.yaml"))

"""Which step of a new version a step that is gone became: the one that says nearly the same."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from flows.bundle import Bundle
from flows.script import Step

ALIKE = 0.6
"""From 0, nothing in common, to 1, the same words."""


def proposed(before: Bundle, after: Bundle) -> dict[str, str]:
    """Return, for steps that are gone, the new step that is most like each; no step twice."""
    old, new = _steps(before), _steps(after)
    gone = {name: step for name, step in old.items() if name not in new}
    fresh = {name: step for name, step in new.items() if name not in old}
    pairs = sorted(
        (
            (_likeness(one, other), name, to)
            for name, one in gone.items()
            for to, other in fresh.items()
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for likeness, name, to in pairs:
        if likeness >= ALIKE and name not in found and to not in found.values():
            found[name] = to
    return found


def _steps(bundle: Bundle) -> Mapping[str, Step]:
    return {
        f"{flow}/{name}": step
        for flow, script in bundle.flows.items()
        for name, step in script.steps.items()
    }


def _likeness(one: Step, other: Step) -> float:
    matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _words(step: Step) -> str:
    """Return what a step says and offers, in its first language."""
    said = [next(iter(bubble.text.values())) for bubble in step.say]
    return "\n".join([*said, *(choice.id for choice in step.choices)])

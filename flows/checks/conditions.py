"""Conditions: over the finite answers none contradicts itself, and no branch is shut for ever."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.bundle import Bundle
from flows.checks.domains import Domains, own_values
from flows.compiled import CompiledFlow
from flows.conditions import Condition
from flows.reading import Path, Problem
from flows.script import Goto

_Group = tuple[Path, Goto | None, Mapping[str, tuple[Any, ...]]]
Conditions = Mapping[tuple[str, Path], Condition]
"""Every compiled condition, by its flow and its place in the file."""


def senseless(bundle: Bundle, flow: CompiledFlow, conditions: Conditions) -> Iterator[Problem]:
    """Yield conditions that name no answer there is, can never hold, or come too late."""
    domains = Domains.of(bundle, flow)
    shut: set[tuple[str, Path]] = set()
    for (name, path), condition in conditions.items():
        document = bundle.documents[name]
        strange = list(domains.strange(condition))
        for answer, word in strange:
            reason = f"`{answer}` has no answer {word!r}"
            shut.add((name, path))
            yield document.problem(path, reason, "use the `id` of one of its choices")
        if not strange and path[-1] == "when" and _never(domains, condition):
            shut.add((name, path))
            reason = "this condition contradicts itself: it can never hold"
            yield document.problem(path, reason, "correct it or remove what it guards")
    yield from _branches(bundle, flow, _Shut(conditions, shut, domains))
    yield from _empty_questions(bundle, flow, domains)


class _Shut:
    """What is known of the conditions while branches are looked at."""

    def __init__(
        self, conditions: Conditions, known: set[tuple[str, Path]], domains: Domains
    ) -> None:
        self.conditions = conditions
        self.known = known
        self.domains = domains

    def late(
        self, flow: str, path: Path, goto: Goto | None, fixed: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[int]:
        """Yield the branches of one `goto` that an earlier one always takes away."""
        if not isinstance(goto, tuple):
            return
        ways: list[Condition | None] = []
        for number, branch in enumerate(goto):
            here = (flow, (*path, number, "when"))
            when = self.conditions.get(here)
            if branch.when is not None and when is None:
                return  # it could not be read
            if when is not None and here not in self.known and not self._open(when, ways, fixed):
                yield number
            ways.append(when)

    def _open(
        self,
        when: Condition,
        before: Sequence[Condition | None],
        fixed: Mapping[str, tuple[Any, ...]],
    ) -> bool:
        earlier = [one for one in before if one is not None]
        if len(earlier) < len(before):
            return False  # one without a condition stands before it
        cases = self.domains.cases([when, *earlier], fixed)
        return cases is None or any(
            when.holds(case) and not any(one.holds(case) for one in earlier) for case in cases
        )


def _branches(bundle: Bundle, flow: CompiledFlow, shut: _Shut) -> Iterator[Problem]:
    for script in bundle.flows.values():
        document = bundle.documents[script.flow]
        for name, step in script.steps.items():
            own = own_values(flow.places[f"{script.flow}/{name}"])
            way: Path = ("steps", name, "goto")
            groups: list[_Group] = [(way, step.goto, own)]
            for number, choice in enumerate(step.choices):
                way = ("steps", name, "choices", number, "goto")
                groups.append((way, choice.goto, dict.fromkeys(own, (choice.id,))))
            for path, goto, fixed in groups:
                for number in shut.late(script.flow, path, goto, fixed):
                    reason = (
                        "no answer ever leads here: an earlier way or the answer itself shuts it"
                    )
                    remedy = "put it before, or correct the conditions"
                    yield document.problem((*path, number), reason, remedy)


def _empty_questions(bundle: Bundle, flow: CompiledFlow, domains: Domains) -> Iterator[Problem]:
    """Yield questions that can be left without any answer to choose."""
    for place in flow.places.values():
        whens = [option.when for option in place.options]
        asked = [when for when in whens if when is not None]
        if not asked or len(asked) < len(whens):
            continue
        cases = domains.cases(asked, {})
        if cases is not None and any(not any(w.holds(case) for w in asked) for case in cases):
            step = place.name.partition("/")[2]
            problem = bundle.documents[place.flow].problem
            reason = "there are answers after which this question offers none"
            yield problem(("steps", step, "choices"), reason, "let one choice have no `when`")


def _never(domains: Domains, condition: Condition) -> bool:
    if condition.gives != "flag":
        return False
    cases = domains.cases([condition], {})
    return cases is not None and not any(condition.holds(case) for case in cases)

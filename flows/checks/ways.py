"""Ways: every step reached and left, no circle without waiting, the cries for help led on."""

from collections import deque
from collections.abc import Iterator, Mapping

from flows.bundle import PHRASES, Bundle
from flows.reading import Problem
from flows.script import Branch, FlowScript, Step


def targets(flow: str, step: Step, flows: Mapping[str, FlowScript]) -> Iterator[str]:
    """Yield the steps that may come next, as `flow/step`."""
    ways: list[str | tuple[Branch, ...] | None] = [step.goto, *(c.goto for c in step.choices)]
    for way in ways:
        names = [way] if isinstance(way, str) else [branch.to for branch in way or ()]
        for name in names:
            yield name if "/" in name else f"{flow}/{name}"
    if step.call:
        yield f"{step.call}/{flows[step.call].start}"


def unreached(bundle: Bundle, start: str) -> Iterator[Problem]:
    """Every step can be reached from the opening, or from what the engine itself calls."""
    flows = bundle.flows
    signals = bundle.phrases.signals if bundle.phrases else None
    called = [f"{start}/{flows[start].start}", f"{start}/menu"]
    called += [
        f"{name}/{flows[name].start}"
        for name in ("opening", "counsel_end", "check_in")
        if name in flows
    ]
    called += [step for step in (signals.imminent, signals.selfharm) if step] if signals else []
    seen: set[str] = set()
    queue = deque(called)
    while queue:
        name = queue.popleft()
        flow, _, step_name = name.partition("/")
        step = flows[flow].steps.get(step_name) if flow in flows else None
        if step is None or name in seen:
            continue
        seen.add(name)
        queue.extend(targets(flow, step, flows))
    for flow_name, script in flows.items():
        for step_name in script.steps:
            if f"{flow_name}/{step_name}" not in seen:
                document = bundle.documents[flow_name]
                reason = "no way leads to this step"
                yield document.problem(("steps", step_name), reason, "lead to it or remove it")


def loops(bundle: Bundle) -> Iterator[Problem]:
    """No circle of steps that never waits for her."""
    silent = {
        f"{flow.flow}/{name}": step
        for flow in bundle.flows.values()
        for name, step in flow.steps.items()
        if not step.waits and not any(do.wait for do in step.do)
    }
    ways = {
        name: [to for to in targets(name.partition("/")[0], step, bundle.flows) if to in silent]
        for name, step in silent.items()
    }
    for name in _circling(ways):
        flow, _, step = name.partition("/")
        reason = "these steps lead back to here without ever waiting for an answer"
        yield bundle.documents[flow].problem(
            ("steps", step), reason, "let one of them ask something"
        )


def _circling(ways: Mapping[str, list[str]]) -> list[str]:
    """Return the names that stand on a circle: what is left when dead ends are taken away."""
    left = {name: set(to) for name, to in ways.items()}
    while dead := [name for name, to in left.items() if not to]:
        for name in dead:
            del left[name]
        for to in left.values():
            to.difference_update(dead)
    return sorted(name for name in left if _returns(name, left))


def _returns(name: str, ways: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    queue = deque(ways[name])
    while queue:
        here = queue.popleft()
        if here == name:
            return True
        if here not in seen:
            seen.add(here)
            queue.extend(ways.get(here, ()))
    return False


def dead_signals(bundle: Bundle) -> Iterator[Problem]:
    """A cry for help leads to a step that is there, and a typed way back to the menu too."""
    if bundle.phrases is None:
        return
    document = bundle.documents[PHRASES]
    for name in ("imminent", "selfharm"):
        step = getattr(bundle.phrases.signals, name)
        path = ("signals", name)
        if step is None:
            reason = f"a cry for help ({name}) leads to no step"
            yield document.problem(path, reason, f"add `{name}: flow/step`")
            continue
        flow, _, place = step.partition("/")
        if flow not in bundle.flows or place not in bundle.flows[flow].steps:
            yield document.problem(path, f"there is no step {step!r}", "correct the name")

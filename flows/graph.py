"""The scripts as a picture: steps in rows from the start, ways between them, what is missing."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from flows.bundle import Bundle
from flows.script import FlowScript, Goto, Step


@dataclass(frozen=True, slots=True)
class Node:
    """One step in the picture.

    Attributes:
        id: `flow/step`.
        row: Counted from the start of the flow, downwards.
        column: From the left within its row.
        kind: `asks`, `says`, `waits`, `calls`, `ends`.
        urgent: It shows the card or calls a counselor at R0.
        reached: A way leads to it from the start of its flow, or from another flow.
        line: Where it stands in its file.
    """

    id: str
    flow: str
    step: str
    file: str
    line: int
    row: int
    column: int
    kind: str
    urgent: bool
    reached: bool
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a step to another; `label` says after which choice or condition."""

    source: str
    target: str
    label: str
    kind: str
    missing: bool


def picture(bundle: Bundle) -> dict[str, Any]:
    """Return nodes and edges of every flow that could be read."""
    known = {f"{name}/{step}" for name, one in bundle.flows.items() for step in one.steps}
    edges = [edge for flow in bundle.flows.values() for edge in _edges(bundle, flow, known)]
    entered = {edge.target for edge in edges}
    nodes = [
        node for flow in bundle.flows.values() for node in _nodes(bundle, flow, edges, entered)
    ]
    return {
        "flows": [
            {"flow": flow.flow, "title": flow.title, "file": bundle.documents[name].name,
             "start": flow.start, "provisional": flow.provisional}
            for name, flow in bundle.flows.items()
        ],
        "nodes": [_plain(node, _NODE) for node in nodes],
        "edges": [_plain(edge, _EDGE) for edge in edges],
    }  # fmt: skip


_NODE = tuple(field.name for field in fields(Node))
_EDGE = tuple(field.name for field in fields(Edge))


def _plain(one: Node | Edge, names: tuple[str, ...]) -> dict[str, Any]:
    """Return it as a dictionary; `asdict` would copy every text of it."""
    return {name: getattr(one, name) for name in names}


def _nodes(
    bundle: Bundle, flow: FlowScript, edges: list[Edge], entered: set[str]
) -> Iterator[Node]:
    rows = _rows(flow, edges)
    columns: defaultdict[int, int] = defaultdict(int)
    document = bundle.documents[flow.flow]
    lost = max(rows.values(), default=0) + 1
    for name, step in flow.steps.items():
        full = f"{flow.flow}/{name}"
        row = rows.get(name, lost)
        yield Node(
            id=full,
            flow=flow.flow,
            step=name,
            file=document.name,
            line=document.lines.get(("steps", name), 1),
            row=row,
            column=columns[row],
            kind=_kind(step),
            urgent=any(do.card or (do.summon and do.summon.urgency == "R0") for do in step.do),
            reached=name in rows or full in entered,
            title=step.title or (step.say[-1].text if step.say else flow.title),
        )
        columns[row] += 1


def _rows(flow: FlowScript, edges: list[Edge]) -> dict[str, int]:
    """Return for each step how many steps lead to it from the start."""
    inside = f"{flow.flow}/"
    next_of: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.source.startswith(inside) and edge.target.startswith(inside):
            next_of[edge.source[len(inside) :]].append(edge.target[len(inside) :])
    rows = {flow.start: 0}
    queue = deque([flow.start])
    while queue:
        here = queue.popleft()
        for there in next_of[here]:
            if there not in rows and there in flow.steps:
                rows[there] = rows[here] + 1
                queue.append(there)
    return rows


def _edges(bundle: Bundle, flow: FlowScript, known: set[str]) -> Iterator[Edge]:
    for name, step in flow.steps.items():
        source = f"{flow.flow}/{name}"
        for target, label, kind in _ways(bundle, flow.flow, step):
            yield Edge(source, target, label, kind, target not in known)


def _ways(bundle: Bundle, flow: str, step: Step) -> Iterator[tuple[str, str, str]]:
    for choice in step.choices:
        label = choice.label.get("ko") or next(iter(choice.label.values()))
        for target, when in _targets(flow, choice.goto):
            yield target, f"{label} · {when}" if when else label, "choice"
    for target, when in _targets(flow, step.goto):
        yield target, when, "goto"
    if step.call:
        start = bundle.flows[step.call].start if step.call in bundle.flows else "?"
        yield f"{step.call}/{start}", "", "call"


def _targets(flow: str, goto: Goto | None) -> Iterator[tuple[str, str]]:
    if isinstance(goto, str):
        yield (goto if "/" in goto else f"{flow}/{goto}"), ""
    for branch in goto if isinstance(goto, tuple) else ():
        yield (branch.to if "/" in branch.to else f"{flow}/{branch.to}"), branch.when or ""


def _kind(step: Step) -> str:
    if step.waits:
        return "asks"
    if any(do.wait for do in step.do):
        return "waits"
    if step.call:
        return "calls"
    return "ends" if step.end else "says"

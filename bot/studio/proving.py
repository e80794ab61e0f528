"""Proving a draft: every check, and every saved dialogue played again."""

import time
from collections.abc import Iterable
from typing import Any

from flows.bundle import Sources, compile_sources
from flows.checks import checked
from flows.compiled import CompiledFlow
from flows.dialogues import read_dialogue, replay
from flows.reading import Problem, ScriptError
from storage.saved import SavedDialogue


def proved(sources: Sources, saved: Iterable[SavedDialogue]) -> dict[str, Any]:
    """Return every problem and every dialogue that goes another way now; runs in a thread."""
    began = time.perf_counter()
    problems: list[Problem] = []
    flow: CompiledFlow | None = None
    try:
        flow = checked(sources)
    except ScriptError as error:
        problems = error.problems
        flow = _playable(sources)
    dialogues = [_replayed(flow, one) for one in saved]
    return {
        "ok": not problems and all(one["ok"] for one in dialogues),
        "problems": [told(problem) for problem in problems],
        "dialogues": dialogues,
        "ms": round((time.perf_counter() - began) * 1000),
    }


def told(problem: Problem) -> dict[str, Any]:
    """Return a problem for the page."""
    return {
        "file": problem.file,
        "line": problem.line,
        "place": problem.place,
        "reason": problem.reason,
        "remedy": problem.remedy,
    }


def _playable(sources: Sources) -> CompiledFlow | None:
    try:
        return compile_sources(sources)
    except ScriptError:
        return None


def _replayed(flow: CompiledFlow | None, saved: SavedDialogue) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": saved.name, "title": saved.name, "ok": False}
    if flow is None:
        return shown | {"beat": 0, "expected": "", "found": ""}
    try:
        dialogue = read_dialogue(saved.text, saved.name)
    except ScriptError as error:
        return shown | {"beat": 0, "expected": "", "found": str(error.problems[0])}
    differences = replay(flow, dialogue)
    shown |= {"title": dialogue.title, "ok": not differences}
    if differences:
        first = differences[0]
        shown |= {"beat": first.beat, "expected": first.expected, "found": first.found}
    return shown

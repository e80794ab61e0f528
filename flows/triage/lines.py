"""Triage of JSON lines, for the command line and for measuring."""

import json
from collections.abc import Iterable, Iterator

from flows.triage.judge import triage


def judge_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line `{id, text}` with a line `{id, label, ask, why}`.

    A line that cannot be read is answered with `{id, error}` in its place; the rest go on.
    `earlier`, a list of texts, is optional in a line.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line), ensure_ascii=False)


def _answer(line: str) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "not a JSON object"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    text, earlier = asked.get("text"), asked.get("earlier", [])
    if not isinstance(text, str):
        return {"id": asked.get("id"), "error": "no text"}
    if not isinstance(earlier, list) or not all(isinstance(one, str) for one in earlier):
        return {"id": asked.get("id"), "error": "earlier is not a list of texts"}
    signal = triage(text, earlier)
    return {"id": asked.get("id"), "label": signal.label, "ask": signal.ask, "why": signal.why}

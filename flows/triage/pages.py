"""The rules that counselors read and edit: cues of each language and what they mean together.

A *cue* is a list of patterns (RE2, one a line, in the form that `normalise` makes); cues of
one name in several files count as one. A *rule* names the cues that must stand together in
a clause or in two that follow each other, and those that must not. See docs/triage.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from flows.triage.cues import Line, PatternError, parsed
from flows.triage.rulebook import Rule, Rulebook, bound
from flows.triage.scripts import SCRIPTS
from flows.triage.signals import Label

BUILT_IN = ("brief", "short")
"""Cues that are a matter of length: the whole message has at most 12 or 32 letters."""

_WORD = re.compile(r"\{([a-z_]+)\}")
_PAGE_KEYS = {"about", "script", "words", "cues", "rules"}
_RULE_KEYS = {"label", "sure", "all", "none", "nowhere", "yes", "no"}


class RuleError(Exception):
    """A rule file says something that cannot be used; the message names file and place."""


def compiled(files: Sequence[tuple[str, str]]) -> Rulebook:
    """Compile rule files, given as name and text.

    Raises:
        RuleError: A pattern that is no RE2, a cue nobody defines, an unknown label or key.
    """
    pages = [(name, _page(name, text)) for name, text in files]
    defined = [cue for _, page in pages for cue in page.get("cues") or {}]
    cues = {cue: index for index, cue in enumerate(dict.fromkeys([*BUILT_IN, *defined]))}
    lines: dict[str, list[Line]] = {script: [] for script in SCRIPTS}
    for name, page in pages:
        if page.get("cues"):
            lines[_script(name, page)].extend(_lines(name, page, cues))
    rules = [rule for name, page in pages for rule in _rules(name, page, cues)]
    return bound(tuple(cues), rules, lines)


def _page(name: str, text: str) -> Mapping[str, Any]:
    try:
        page = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise RuleError(f"{name}: {error}") from None
    unknown = set(page) - _PAGE_KEYS
    if unknown:
        raise RuleError(f"{name}: unknown keys {sorted(unknown)}; known are {sorted(_PAGE_KEYS)}")
    return dict(page)


def _script(name: str, page: Mapping[str, Any]) -> str:
    script = page.get("script")
    if script not in SCRIPTS:
        raise RuleError(f"{name}: script must be one of {', '.join(SCRIPTS)}")
    return str(script)


def _lines(name: str, page: Mapping[str, Any], cues: Mapping[str, int]) -> Iterator[Line]:
    words = page.get("words") or {}
    letters = SCRIPTS[_script(name, page)]
    for cue, block in page["cues"].items():
        for text in filter(None, map(str.strip, str(block).splitlines())):
            try:
                said = _WORD.sub(lambda word: f"(?:{words[word[1]]})", text)
                yield parsed(cues[cue], said, letters)
            except (PatternError, KeyError) as error:
                raise RuleError(f"{name}: {cue}: {error}") from None


def _rules(name: str, page: Mapping[str, Any], cues: Mapping[str, int]) -> Iterator[Rule]:
    for title, body in (page.get("rules") or {}).items():
        unknown = set(body) - _RULE_KEYS
        if unknown or not body.get("all"):
            raise RuleError(f"{name}: {title}: needs `all`, and knows no {sorted(unknown)}")
        try:
            yield _rule(title, body, cues)
        except (KeyError, ValueError) as error:
            raise RuleError(f"{name}: {title}: no such cue or label: {error}") from None


def _rule(title: str, body: Mapping[str, Any], cues: Mapping[str, int]) -> Rule:
    every, none, nowhere = (
        sum(1 << cues[cue] for cue in set(body.get(key) or ()))
        for key in ("all", "none", "nowhere")
    )
    yes, no = (tuple(map(str, body.get(key) or ())) for key in ("yes", "no"))
    return Rule(title, Label(body["label"]), body.get("sure", True), every, none, nowhere, yes, no)

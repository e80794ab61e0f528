"""Changing a script without retyping it: comments, order and quotes of the file survive."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from flows.bundle import PHRASES
from flows.cutting import Cut, cut
from flows.reading import Document, Path, read

WIDE = 100_000
SHORT = 80
"""A text in two languages that fits on one line."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FLOW = re.compile(r"^flow: *([a-z][a-z0-9_]*)", re.MULTILINE)


class EditError(ValueError):
    """The change cannot be made; the message says why, in Korean and English."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one file.

    Attributes:
        act: `set` a value, `remove` it, `insert` an item before a position, `move` an item by
            one place; `add`, `rename`, `duplicate` a step.
        path: Keys and positions down to what is changed; for steps only the name.
        value: The new value, the new name of a step, or -1 and 1 for `move`.
    """

    file: str
    act: Literal["set", "remove", "insert", "move", "add", "rename", "duplicate"]
    path: Path
    value: Any = None


def edited(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    """Return the files that a change touches, with their new text.

    Raises:
        EditError: the place is not there, or the name is taken.
        ScriptError: the file cannot be read as it stands.
    """
    text = files.get(edit.file)
    if text is None:
        raise EditError("그런 파일이 없어요. There is no such file.")
    document = read(text, edit.file)  # refuses anchors, tags, bombs before they are built
    if edit.act == "rename":
        return _renamed(files, edit)
    part = _cut(document, text, edit)
    root = _loaded(part.step if part else text)
    _ACTS[edit.act](root, edit)
    return {edit.file: part.with_step(_written(root)) if part else _written(root)}


def _cut(document: Document, text: str, edit: Edit) -> Cut | None:
    """Return the file cut at the step that alone is changed, or None to take it whole."""
    names = {path[1] for path in document.lines if path[0:1] == ("steps",) and len(path) > 1}
    if edit.act == "add":
        after = edit.value.get("after") if isinstance(edit.value, dict) else None
        return cut(document, text, str(after)) if edit.path[-1] not in names else None
    if edit.act == "duplicate":
        return cut(document, text, str(edit.path[-1])) if edit.value not in names else None
    inside = edit.path[:1] == ("steps",) and len(edit.path) > 2  # noqa: PLR2004  # below a step
    return cut(document, text, str(edit.path[1])) if inside else None


def flow_of(text: str) -> str:
    """Return the name of the flow in a file; empty when it has none."""
    found = _FLOW.search(text)
    return found[1] if found else ""


def _loaded(text: str) -> CommentedMap:
    try:
        root = _yaml().load(text)
    except YAMLError:
        raise EditError("파일을 읽을 수 없어요. The file cannot be read.") from None
    if not isinstance(root, CommentedMap):
        raise EditError("파일을 읽을 수 없어요. The file cannot be read.")
    return root


def _written(root: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(root, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = WIDE
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


# -- single values ------------------------------------------------------------------------


def _set(root: CommentedMap, edit: Edit) -> None:
    parent, key = _parent(root, edit.path, make=True)
    if isinstance(parent, CommentedSeq) and not (isinstance(key, int) and key < len(parent)):
        raise EditError("그 자리가 없어요. The place is not there.")
    parent[key] = _value(edit.value, flat=_is_flat(parent))


def _remove(root: CommentedMap, edit: Edit) -> None:
    parent, key = _parent(root, edit.path, make=False)
    try:
        del parent[key]
    except (KeyError, IndexError):
        raise EditError("이미 없어요. It is gone already.") from None


def _insert(root: CommentedMap, edit: Edit) -> None:
    parent, at = _parent(root, edit.path, make=True, seq=True)
    if not isinstance(parent, CommentedSeq) or not isinstance(at, int):
        raise EditError("목록이 아니에요. This is not a list.")
    like = parent[0] if parent else None
    flat = _is_flat(parent) or (isinstance(like, (CommentedMap, CommentedSeq)) and _is_flat(like))
    parent.insert(min(at, len(parent)), _value(edit.value, flat=flat))


def _move(root: CommentedMap, edit: Edit) -> None:
    parent, at = _parent(root, edit.path, make=False)
    if not isinstance(parent, CommentedSeq) or not isinstance(at, int) or at >= len(parent):
        raise EditError("그 자리가 없어요. The place is not there.")
    to = max(0, min(len(parent) - 1, at + (1 if edit.value == 1 else -1)))
    parent.insert(to, parent.pop(at))


# -- steps --------------------------------------------------------------------------------


def _add(root: CommentedMap, edit: Edit) -> None:
    steps, name = _steps(root), _new_name(root, edit.path[-1])
    after = edit.value.get("after") if isinstance(edit.value, dict) else None
    step = edit.value.get("step") if isinstance(edit.value, dict) else edit.value
    names = list(steps)
    at = names.index(after) + 1 if after in names else len(names)
    steps.insert(at, name, _value(step, flat=False))


def _duplicate(root: CommentedMap, edit: Edit) -> None:
    steps, old = _steps(root), str(edit.path[-1])
    if old not in steps:
        raise EditError("그런 단계가 없어요. There is no such step.")
    name = _new_name(root, edit.value)
    steps.insert(list(steps).index(old) + 1, name, _copied(steps[old]))


def _renamed(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    """Rename a step; every way to it follows, in every file."""
    old, new = str(edit.path[-1]), str(edit.value)
    root = _loaded(files[edit.file])
    steps = _steps(root)
    if old not in steps:
        raise EditError("그런 단계가 없어요. There is no such step.")
    _new_name(root, new)
    flow = str(root.get("flow", ""))
    if "save" not in steps[old] and any(k in steps[old] for k in ("choices", "text", "answers")):
        steps[old].insert(len(steps[old]), "save", old)  # the answer keeps its name
    position = list(steps).index(old)
    kept = steps.ca.items.pop(old, None)
    step = steps.pop(old)
    steps.insert(position, new, step)
    if kept is not None:
        steps.ca.items[new] = kept
    if root.get("start") == old:
        root["start"] = new
    _follow(root, old, new)
    _follow(root, f"{flow}/{old}", f"{flow}/{new}")
    changed = {edit.file: _written(root)}
    for name, text in files.items():
        if name != edit.file and f"{flow}/{old}" in text and _refers(name, text):
            other = _loaded(text)
            _follow(other, f"{flow}/{old}", f"{flow}/{new}")
            changed[name] = _written(other)
    return changed


def _refers(name: str, text: str) -> bool:
    return name == PHRASES or bool(flow_of(text))


def _follow(value: object, old: str, new: str) -> None:
    if isinstance(value, CommentedMap):
        for key, inner in value.items():
            if key in {"goto", "to", "imminent", "selfharm"} and inner == old:
                value[key] = new
            else:
                _follow(inner, old, new)
    elif isinstance(value, CommentedSeq):
        for inner in value:
            _follow(inner, old, new)


# -- helpers ------------------------------------------------------------------------------


def _steps(root: CommentedMap) -> CommentedMap:
    steps = root.get("steps")
    if not isinstance(steps, CommentedMap):
        raise EditError("단계가 없는 파일이에요. This file has no steps.")
    return steps


def _new_name(root: CommentedMap, name: object) -> str:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise EditError(
            "이름은 소문자로 시작하고 소문자, 숫자, _ 만 써요. "
            "A name begins with a small letter; then small letters, digits and _."
        )
    if name in _steps(root):
        raise EditError("같은 이름이 있어요. The name is taken.")
    return name


def _parent(
    root: CommentedMap, path: Path, *, make: bool, seq: bool = False
) -> tuple[Any, str | int]:
    """Return what holds the last part of a path; missing maps and lists are made if wanted."""
    if not path:
        raise EditError("그 자리가 없어요. The place is not there.")
    here: Any = root
    for number, part in enumerate(path[:-1]):
        last = number == len(path) - 2
        if isinstance(here, CommentedMap) and part not in here and make:
            here[part] = CommentedSeq() if last and seq else CommentedMap()
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            raise EditError("그 자리가 없어요. The place is not there.") from None
    if not isinstance(here, (CommentedMap, CommentedSeq)):
        raise EditError("그 자리가 없어요. The place is not there.")
    return here, path[-1]


def _is_flat(value: CommentedMap | CommentedSeq) -> bool:
    return bool(value.fa.flow_style())


def _value(value: object, *, flat: bool) -> object:
    """Return a plain value as the file writes it: texts in quotes, short maps on one line."""
    if isinstance(value, dict):
        made = CommentedMap((key, _value(inner, flat=flat)) for key, inner in value.items())
        texts = all(key in {"ko", "en"} for key in value)
        if flat or (texts and len(str(value)) < SHORT):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        listed = CommentedSeq(_value(inner, flat=flat) for inner in value)
        if flat:
            listed.fa.set_flow_style()
        return listed
    if isinstance(value, str) and not NAME.fullmatch(value.replace("/", "_")):
        return DoubleQuotedScalarString(value)
    return DoubleQuotedScalarString(value) if value in {"yes", "no", "true", "null"} else value


def _copied(step: CommentedMap) -> CommentedMap:
    out = io.StringIO()
    _yaml().dump(step, out)
    copied = _yaml().load(out.getvalue())
    if not isinstance(copied, CommentedMap):
        raise EditError("복사할 수 없어요. It cannot be copied.")
    return copied


_ACTS = {
    "set": _set,
    "remove": _remove,
    "insert": _insert,
    "move": _move,
    "add": _add,
    "duplicate": _duplicate,
}

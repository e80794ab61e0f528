"""The small, safe language of `when:` and `set:`: Google's CEL, checked when a script is read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel

SOURCE_CHARS = 500
Type = str
"""`text`, `list`, `number`, `whole` or `flag`."""

_TYPES = {
    "text": cel.Type.STRING,
    "list": cel.Type.List(cel.Type.STRING),
    "number": cel.Type.DOUBLE,
    "whole": cel.Type.INT,
    "flag": cel.Type.BOOL,
}
_NOTHING: dict[Type, Any] = {"text": "", "list": [], "number": 0.0, "whole": 0, "flag": False}
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAME = re.compile(r"(?<![.\w])[a-z_][a-z0-9_]*")
_WORDS = frozenset({"in", "true", "false", "null", "size", "has", "int", "double", "string"})


class ConditionError(ValueError):
    """An expression that cannot be used; the message says what and where in it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled expression.

    Attributes:
        source: As the admin wrote it.
        names: The values that it looks at, with what stands for each while it is unanswered.
        gives: The type of its result.
    """

    source: str
    names: tuple[tuple[str, Any], ...]
    gives: Type
    _expression: Any

    def of(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # any CEL value
        """Evaluate; a value that is missing counts as empty. Never raises: an error is False."""
        given = {name: _plain(values.get(name, nothing)) for name, nothing in self.names}
        result = self._expression.eval(data=given)
        return None if result.type() == cel.Type.ERROR else result.plain_value()

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Evaluate as a condition."""
        return self.of(values) is True


class Language:
    """The names that the conditions of one bundle may use."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        """Take the names with their types."""
        self._types = dict(types)
        self._env = cel.NewEnv(variables={name: _TYPES[kind] for name, kind in types.items()})

    def compile(self, source: str, wanted: Iterable[Type] = ("flag",)) -> Condition:
        """Check and compile one expression.

        Raises:
            ConditionError: it is too long, does not parse, uses an unknown name, or gives
                another type than wanted.
        """
        if len(source) > SOURCE_CHARS:
            raise ConditionError(f"longer than {SOURCE_CHARS} characters")
        bare = _LITERAL.sub("''", source)
        names = [n for n in dict.fromkeys(_NAME.findall(bare)) if n not in _WORDS]
        if unknown := [name for name in names if name not in self._types]:
            raise ConditionError(f"unknown name: {', '.join(unknown)}")
        try:
            expression = self._env.compile(source)
        except Exception as error:  # noqa: BLE001  # the wheel raises bare exceptions
            first = str(error).strip().splitlines()[0] if str(error).strip() else "cannot be read"
            raise ConditionError(first[:200]) from None
        gives = next((k for k, t in _TYPES.items() if t == expression.return_type()), "")
        if gives not in wanted:
            raise ConditionError(f"gives {gives or 'something else'}, not {' or '.join(wanted)}")
        used = tuple((name, _NOTHING[self._types[name]]) for name in names)
        return Condition(source, used, gives, expression)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value

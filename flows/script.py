"""What an admin writes: one flow in a file, read with every problem at once."""

import re
from functools import lru_cache
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from flows.reading import Document, Path, ScriptError, read

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
StepRef = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(/[a-z][a-z0-9_]{0,39})?$")
]
ChoiceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]
Text = dict[Language, Sentence]
"""One text in several languages."""

Model = TypeVar("Model", bound=BaseModel)
Urgency = Literal["R0", "R1", "R2", "R3"]
Flag = Literal["receipt_set", "word_set", "submitted", "verified", "returning", "offered_web"]
_SPAN = re.compile(r"^(\d{1,4})([smhdw])$")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class Part(BaseModel):
    """A piece of a script: closed to unknown keys, unchangeable once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bubble(Part):
    """One thing the bot says, in every language, perhaps only `when` something holds."""

    text: Text = Field(min_length=1)
    when: Expression | None = None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, written: object) -> object:
        """Accept the short form in which the languages stand beside `when`."""
        if not isinstance(written, dict) or "text" in written:
            return written
        text = {key: value for key, value in written.items() if key != "when"}
        return {"text": text} | ({"when": written["when"]} if "when" in written else {})


class Branch(Part):
    """A way on that is taken when its condition holds."""

    to: StepRef
    when: Expression | None = None


Goto = StepRef | tuple[Branch, ...]


class Choice(Part):
    """One of the answers that a question offers."""

    id: ChoiceName
    label: Text = Field(min_length=1)
    accepts: tuple[Sentence, ...] = Field(default=(), max_length=60)
    when: Expression | None = None
    goto: Goto | None = None
    alone: bool = False


class TextAnswer(Part):
    """A question that is answered in her own words."""

    kind: Literal["text", "number", "date", "phone", "word", "code"] = "text"
    chars: int = Field(default=2000, ge=1, le=16_000)
    min: float | None = None
    max: float | None = None


class Summon(Part):
    """A place in the counselors' queue."""

    urgency: Urgency | Literal["risk"]
    because: Text | None = None


class CheckIn(Part):
    """Ask again later, if she chose so."""

    after: Annotated[str, StringConstraints(pattern=_SPAN.pattern)]

    @property
    def seconds(self) -> int:
        """How long after now."""
        number, unit = _SPAN.fullmatch(self.after).groups()  # type: ignore[union-attr]  # the pattern was checked
        return int(number) * _SECONDS[unit]


class Do(Part):
    """One effect; exactly one key is given."""

    summon: Summon | None = None
    submit: Name | None = None
    receipt: Literal[True] | None = None
    wait: Literal[True] | None = None
    remember: dict[Name, Name] | None = None
    check_in: CheckIn | None = None
    forget: Literal["contact"] | None = None
    keep: Literal["code_word", "duress_word", "cover_word"] | None = None
    look_up: Name | None = None
    flag: Flag | None = None
    card: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("one effect has exactly one key; write each effect on its own line")
        return self


class Step(Part):
    """What the bot says at one place, what it waits for, and where it goes on."""

    title: Text | None = None
    say: tuple[Bubble, ...] = Field(default=(), max_length=8)
    simpler: Text | None = None
    choices: tuple[Choice, ...] = Field(default=(), max_length=40)
    several: bool = False
    answers: Name | None = None
    text: TextAnswer | None = None
    review: tuple[Name, ...] = Field(default=(), max_length=60)
    save: Name | None = None
    private: bool = False
    optional: bool = False
    depends: tuple[Name, ...] = ()
    link: Text | None = None
    do: tuple[Do, ...] = Field(default=(), max_length=12)
    set: dict[Name, Expression] = Field(default_factory=dict)
    call: Name | None = None
    goto: Goto | None = None
    end: Literal["return", "close"] | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        kinds = [bool(self.choices), bool(self.answers), bool(self.text), bool(self.review)]
        if sum(kinds) > 1:
            raise ValueError("a step waits for one thing: choices, answers, text or review")
        if self.waits and not self.say:
            raise ValueError("a step that waits must `say` what it asks")
        if self.waits and self.call:
            raise ValueError("a step that waits cannot `call`; put the call into the next step")
        if self.several and not self.choices:
            raise ValueError("`several` needs `choices`")
        if self.goto is not None and self.end is not None:
            raise ValueError("a step has `goto` or `end`, not both")
        if self.goto is None and self.end is None and not self._choices_lead_on():
            raise ValueError("the step leads nowhere: give it `goto` or `end`")
        if isinstance(self.goto, tuple) and (not self.goto or self.goto[-1].when):
            raise ValueError("the last branch of `goto` must have no `when`")
        return self

    def _choices_lead_on(self) -> bool:
        if any(effect.wait for effect in self.do):
            return True
        return bool(self.choices) and not self.several and all(c.goto for c in self.choices)

    @property
    def waits(self) -> bool:
        """Whether the step asks something."""
        return bool(self.choices or self.answers or self.text or self.review)


class RiskRule(Part):
    """A reason for urgency; rules only ever raise."""

    id: Name
    when: Expression
    urgency: Urgency | None = None
    lift: bool = False
    because: Text = Field(min_length=1)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.urgency is None) is not self.lift:
            raise ValueError("a rule has either `urgency` or `lift: true`")
        return self


class FlowScript(Part):
    """One flow: a file that an admin owns."""

    gyeot: Literal[1]
    flow: Name
    title: Text = Field(min_length=1)
    provisional: bool = False
    first: Literal["greets", "answers"] = "greets"
    note: Sentence | None = None
    waived: tuple[Language, ...] = ()
    start: Name
    risk: tuple[RiskRule, ...] = Field(default=(), max_length=200)
    steps: dict[Name, Step] = Field(min_length=1, max_length=2000)

    @model_validator(mode="after")
    def _starts(self) -> Self:
        if self.start not in self.steps:
            raise ValueError(f"`start` names the step {self.start!r}, which is not there")
        return self


@lru_cache(maxsize=64)
def read_flow(text: str, name: str) -> tuple[FlowScript, Document]:
    """Read one flow; the same text is read once, nobody changes what was read.

    Raises:
        ScriptError: with every problem, its line and its remedy.
    """
    document = read(text, name)
    return validate(FlowScript, document), document


def validate(model: type[Model], document: Document) -> Model:
    """Check the content of a document against a model."""
    try:
        return model.model_validate(document.content)
    except ValidationError as error:
        raise ScriptError(
            [document.problem(_path(e, document), _reason(e), _remedy(e)) for e in error.errors()]
        ) from None


_REMEDIES = {
    "extra_forbidden": "remove it or correct its spelling; docs/flows.md lists every key",
    "missing": "add it",
    "string_pattern_mismatch": "use small letters a-z, digits and _ , beginning with a letter",
    "string_too_long": "shorten it",
    "string_too_short": "write something or remove the key",
    "literal_error": "use one of the words that are named",
    "too_long": "split it over two steps",
    "dict_type": "write `key: value` pairs below it, indented by two spaces",
    "tuple_type": "write a list, each item after a dash",
    "string_type": "put it in quotes",
}


def _path(error: ErrorDetails, document: Document) -> Path:
    """Return the written keys of an error, without pydantic's words for alternatives."""
    path: Path = ()
    for part in error["loc"]:
        if (*path, part) in document.lines or error["type"] == "missing":
            path = (*path, part)
    return path


def _reason(error: ErrorDetails) -> str:
    name = error["loc"][-1] if error["loc"] else "the file"
    match error["type"]:
        case "extra_forbidden":
            return f"the key `{name}` is not known here"
        case "missing":
            return f"`{name}` is missing"
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
        case _:
            return str(error["msg"])


def _remedy(error: ErrorDetails) -> str:
    return _REMEDIES.get(error["type"], "see docs/flows.md for what may stand here")

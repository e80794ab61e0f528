"""The compiler: from flows as written to places, ways and the machine."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from flows.compiled import BUILT_IN, Asks, CompiledFlow, Line, Option, Place, Rule
from flows.conditions import Condition, ConditionError, Language, Type
from flows.machine import Way, rule_book
from flows.phrases import Phrases
from flows.reading import Document, Path, Problem, ScriptError
from flows.script import Choice, FlowScript, Goto, Step, Text
from flows.texts import Template, TextError, fold, templates

TOLD = frozenset({"receipt", "counselor", "found_status", "found_services"})
"""Values that a text may name beside answers and facts."""


class Compiler:
    """Links the flows of one bundle; notes every problem and goes on."""

    def __init__(
        self,
        flows: Mapping[str, FlowScript],
        documents: Mapping[str, Document],
        phrases: Phrases,
        facts: Mapping[str, str],
    ) -> None:
        """Take what was read."""
        self._flows = flows
        self._documents = documents
        self._phrases = phrases
        self._facts = facts
        self._problems: list[Problem] = []
        self.conditions: dict[tuple[str, Path], Condition] = {}
        self._steps = {
            f"{flow.flow}/{name}": step
            for flow in flows.values()
            for name, step in flow.steps.items()
        }
        self._types = self._answer_types()
        self._language = self._with_computed()

    def compile(self, start: str) -> CompiledFlow:
        """Return the version; raises `ScriptError` with every problem."""
        starts = {name: f"{name}/{flow.start}" for name, flow in self._flows.items()}
        places = {name: self._place(name, step) for name, step in self._steps.items()}
        ways = {name: self._ways(name, step, starts) for name, step in self._steps.items()}
        rules = tuple(self._rules())
        if self._problems:
            raise ScriptError(self._problems)
        return CompiledFlow(
            start=starts[start],
            starts=starts,
            first_answers=self._flows[start].first == "answers",
            places=places,
            asked_at={place.save: place for place in places.values() if place.save},
            dependents=_dependents(places.values()),
            rules=rules,
            rules_of=_by_name(rules),
            machine=rule_book(ways, starts[start]),
            phrases=self._phrases,
            facts=self._facts,
            titles={name: flow.title for name, flow in self._flows.items()},
            provisional=frozenset(n for n, flow in self._flows.items() if flow.provisional),
        )

    def _answer_types(self) -> dict[str, Type]:
        types = dict(BUILT_IN)
        for name, step in self._steps.items():
            if not step.waits or step.review:
                continue
            answer = step.save or name.partition("/")[2]
            kind = "list" if step.several else "text"
            if step.text and step.text.kind == "number":
                kind = "number"
            if types.setdefault(answer, kind) != kind:
                self._note(name, ("save",), f"`{answer}` has two kinds", "rename one of them")
        return types

    def _with_computed(self) -> Language:
        """Return the language of conditions once the computed values have found their types."""
        wanted = {
            value: (name, source)
            for name, step in self._steps.items()
            for value, source in step.set.items()
        }
        language = Language(self._types)
        while wanted:
            found: dict[str, Type] = {}
            for value, (_, source) in wanted.items():
                try:
                    found[value] = language.compile(
                        source, ("flag", "text", "whole", "number")
                    ).gives
                except ConditionError:
                    continue
            if not found:
                break
            self._types |= found
            wanted = {value: place for value, place in wanted.items() if value not in found}
            language = Language(self._types)
        return language

    def _place(self, name: str, step: Step) -> Place:
        flow = name.partition("/")[0]
        asks = _asks(step)
        choices = step.choices or self._preset(name, step)
        return Place(
            name=name,
            flow=flow,
            title=step.title or (step.say[-1].text if step.say else self._flows[flow].title),
            asks=asks,
            say=tuple(self._lines(name, step)),
            simpler=self._templates(name, ("simpler",), step.simpler) if step.simpler else None,
            options=tuple(self._options(name, choices)),
            text=step.text,
            review=tuple(self._known(name, ("review",), step.review)),
            save=(step.save or name.partition("/")[2]) if _keeps(step) else "",
            private=step.private,
            optional=step.optional,
            depends=frozenset(self._known(name, ("depends",), step.depends)),
            link=step.link,
            do=step.do,
            set=tuple(self._computed(name, step)),
            call=self._called(name, step),
            end=step.end,
            leads_on=step.goto is not None or step.end is not None,
        )

    def _preset(self, name: str, step: Step) -> tuple[Choice, ...]:
        if step.answers is None:
            return ()
        if step.answers not in self._phrases.presets:
            self._note(name, ("answers",), f"no preset {step.answers!r}", "see phrases.yaml")
            return ()
        return self._phrases.presets[step.answers]

    def _lines(self, name: str, step: Step) -> Iterable[Line]:
        for number, bubble in enumerate(step.say):
            path: Path = ("say", number)
            yield Line(
                self._templates(name, path, bubble.text), self._when(name, path, bubble.when)
            )

    def _options(self, name: str, choices: Iterable[Choice]) -> Iterable[Option]:
        seen: set[str] = set()
        for number, choice in enumerate(choices):
            path: Path = ("choices", number)
            if choice.id in seen:
                self._note(name, path, f"the choice {choice.id!r} is there twice", "rename one")
            seen.add(choice.id)
            words = frozenset(map(fold, (*choice.label.values(), *choice.accepts))) - {""}
            when = self._when(name, path, choice.when)
            yield Option(choice.id, choice.label, words, when, choice.alone)

    def _computed(self, name: str, step: Step) -> Iterable[tuple[str, Condition]]:
        for value, source in step.set.items():
            kinds = ("flag", "text", "whole", "number")
            if found := self._condition(name, ("set", value), source, kinds):
                yield value, found

    def _called(self, name: str, step: Step) -> str | None:
        if step.call is None:
            return None
        if step.call not in self._flows:
            self._note(name, ("call",), f"there is no flow {step.call!r}", "correct the name")
            return None
        return f"{step.call}/{self._flows[step.call].start}"

    def _known(self, name: str, path: Path, answers: Iterable[str]) -> Iterable[str]:
        for answer in answers:
            if answer not in self._types:
                self._note(name, path, f"no step asks for `{answer}`", "correct the name")
            yield answer

    def _ways(self, name: str, step: Step, starts: Mapping[str, str]) -> list[Way]:
        called = [step.call] if step.call and step.call in starts else []
        # a called flow comes back to this step, which is then left by its own ways
        ways = [Way(starts[flow], choice="@call") for flow in called]
        for number, choice in enumerate(step.choices):
            ways += self._branches(name, ("choices", number, "goto"), choice.goto, choice.id)
        return ways + self._branches(name, ("goto",), step.goto, None)

    def _branches(self, name: str, path: Path, goto: Goto | None, choice: str | None) -> list[Way]:
        if goto is None:
            return []
        if isinstance(goto, str):
            return [Way(self._target(name, path, goto), choice)]
        return [
            Way(
                self._target(name, (*path, number), branch.to),
                choice,
                self._when(name, (*path, number), branch.when),
            )
            for number, branch in enumerate(goto)
        ]

    def _target(self, name: str, path: Path, written: str) -> str:
        target = written if "/" in written else f"{name.partition('/')[0]}/{written}"
        if target not in self._steps:
            self._note(
                name, path, f"there is no step {written!r}", "correct the name or add the step"
            )
        return target

    def _rules(self) -> Iterable[Rule]:
        for flow in self._flows.values():
            for number, rule in enumerate(flow.risk):
                path: Path = ("risk", number)
                when = self._compiled(flow.flow, (*path, "when"), rule.when, ("flag",))
                urgency = int(rule.urgency[1]) if rule.urgency else None
                if when:
                    yield Rule(rule.id, when, urgency, rule.because)

    def _when(self, name: str, path: Path, source: str | None) -> Condition | None:
        return self._condition(name, (*path, "when"), source, ("flag",)) if source else None

    def _condition(
        self, name: str, path: Path, source: str, wanted: Iterable[Type]
    ) -> Condition | None:
        flow, _, step = name.partition("/")
        return self._compiled(flow, ("steps", step, *path), source, wanted)

    def _compiled(
        self, flow: str, path: Path, source: str, wanted: Iterable[Type]
    ) -> Condition | None:
        try:
            found = self._language.compile(source, wanted)
        except ConditionError as error:
            reason = f"the condition cannot be used: {error}"
            self._problems.append(
                self._documents[flow].problem(path, reason, "see docs/flows.md, conditions")
            )
            return None
        self.conditions[flow, path] = found
        return found

    def _templates(self, name: str, path: Path, text: Text) -> dict[str, Template]:
        try:
            found = templates(text)
        except TextError as error:
            self._note(name, path, str(error), "double the brace")
            return {}
        for language, words in found.items():
            for value in words.names:
                if value not in self._types and value not in TOLD and value not in self._facts:
                    reason = f"the text names {{{value}}}, which is not known"
                    self._note(name, (*path, language), reason, "use an answer or a fact")
        return found

    def _note(self, name: str, path: Path, reason: str, remedy: str) -> None:
        flow, _, step = name.partition("/")
        document = self._documents[flow]
        self._problems.append(document.problem(("steps", step, *path), reason, remedy))


def _asks(step: Step) -> Asks:
    found: list[tuple[Callable[[], bool], Asks]] = [
        (lambda: step.several, Asks.SEVERAL),
        (lambda: bool(step.choices or step.answers), Asks.ONE),
        (lambda: step.text is not None, Asks.TEXT),
        (lambda: bool(step.review), Asks.REVIEW),
    ]
    return next((asks for holds, asks in found if holds()), Asks.NOTHING)


def _keeps(step: Step) -> bool:
    secret = step.text is not None and step.text.kind == "word"
    return step.waits and not step.review and not secret


def _dependents(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for place in places:
        for name in place.depends:
            found[name].append(place.save)
    return {name: tuple(depending) for name, depending in found.items()}


def _by_name(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for name, _ in rule.when.names:
            found[name].append(rule)
    return {name: tuple(looking) for name, looking in found.items()}

"""Every text that a person may read, with its place in the files."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.bundle import PHRASES, Bundle
from flows.phrases import Phrases
from flows.reading import Document, Path, Problem
from flows.script import FlowScript, Step, Text
from flows.texts import TextError, template


@dataclass(frozen=True, slots=True)
class Shown:
    """One text in several languages, and where it stands.

    Attributes:
        what: `say`, `simpler`, `title`, `label`, `link`, `because`, `phrase` or `card`.
    """

    document: Document
    path: Path
    what: str
    text: Text

    def problem(self, language: str, reason: str, remedy: str) -> Problem:
        """Return a problem of this text in one language."""
        path = (*self.path, language)
        return self.document.problem(path, reason, remedy)


def shown(bundle: Bundle) -> Iterator[Shown]:
    """Yield every text of every file, as written."""
    for flow in bundle.flows.values():
        yield from _of_flow(bundle.documents[flow.flow], flow)
    if bundle.phrases is not None:
        yield from _of_phrases(bundle.documents[PHRASES], bundle.phrases)


def literal(text: str) -> str:
    """Return a text without its placeholders."""
    try:
        return " ".join(template(text).parts[::2])
    except TextError:
        return text


def _of_flow(document: Document, flow: FlowScript) -> Iterator[Shown]:
    yield Shown(document, ("title",), "title", flow.title)
    for number, rule in enumerate(flow.risk):
        yield Shown(document, ("risk", number, "because"), "because", rule.because)
    for name, step in flow.steps.items():
        yield from _of_step(document, ("steps", name), step)


def _of_step(document: Document, at: Path, step: Step) -> Iterator[Shown]:
    for key in ("title", "simpler", "link"):
        if (text := getattr(step, key)) is not None:
            yield Shown(document, (*at, key), key, text)
    for number, bubble in enumerate(step.say):
        yield Shown(document, (*at, "say", number), "say", bubble.text)
    for number, choice in enumerate(step.choices):
        yield Shown(document, (*at, "choices", number, "label"), "label", choice.label)
    for number, do in enumerate(step.do):
        if do.summon is not None and do.summon.because is not None:
            path = (*at, "do", number, "summon", "because")
            yield Shown(document, path, "because", do.summon.because)


def _of_phrases(document: Document, phrases: Phrases) -> Iterator[Shown]:
    content = document.content
    for key in phrases.texts:
        yield Shown(document, ("phrases", key), "phrase", content["phrases"][key])
    for key, label in phrases.labels.items():
        yield Shown(document, ("commands", key, "label"), "label", label)
    for number in range(len(phrases.card)):
        written = content["card"][number]
        text = {key: value for key, value in written.items() if key not in {"when", "text"}}
        yield Shown(document, ("card", number), "card", written.get("text", text))
    for name, choices in phrases.presets.items():
        for number, choice in enumerate(choices):
            path: Path = ("presets", name, number, "label")
            yield Shown(document, path, "label", choice.label)

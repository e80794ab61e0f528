"""Small versions for the tests of the engine: one flow, and the phrases that we ship."""

from flows.bundle import Sources, compile_sources, shipped
from flows.compiled import CompiledFlow
from flows.dialogues import Player
from flows.events import Said
from flows.messages import Kind

HEAD = "gyeot: 1\nflow: {name}\ntitle: {{ko: 시험, en: Test}}\n"


def version(*flows: str) -> Sources:
    """Return the files of a version; the first flow opens it."""
    base = shipped()
    kept = {"phrases.yaml": _without_signals(base.scripts["phrases.yaml"])}
    names = [f"t{number}" for number, _ in enumerate(flows)]
    scripts = {
        f"{name}.yaml": HEAD.format(name=name) + text
        for name, text in zip(names, flows, strict=True)
    }
    return Sources(kept | scripts, base.directory, "t0")


def made(*flows: str) -> CompiledFlow:
    """Compile a small version."""
    return compile_sources(version(*flows))


def player(*flows: str, channel: str = "web") -> Player:
    """Open a conversation on a small version."""
    opened = Player(made(*flows), channel)
    opened.feed(Said(channel, Kind.OPEN))
    return opened


def say(talk: Player, text: str) -> list[str]:
    """Let her write; returns what she is told."""
    talk.feed(Said(talk.channel, text=text))
    return [bubble.text for bubble in talk.bubbles]


def press(talk: Player, data: str) -> list[str]:
    """Let her press a button by its data; returns what she is told."""
    talk.feed(Said(talk.channel, Kind.PRESS, "", data))
    return [bubble.text for bubble in talk.bubbles]


def _without_signals(phrases: str) -> str:
    """Leave out the steps of flows that a small version does not have."""
    lines = phrases.splitlines(keepends=True)
    kept, skipping = [], False
    for line in lines:
        if line.startswith("signals:"):
            skipping = True
        elif skipping and line[:1] not in {" ", "\n"}:
            skipping = False
        if not skipping:
            kept.append(line)
    return "".join(kept)

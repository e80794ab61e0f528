"""Playing a script in the terminal: type, or press a button by its number after a slash."""

from datetime import UTC, datetime

import typer

from flows.bundle import Sources, compile_sources
from flows.dialogues import Player
from flows.events import Said
from flows.messages import Kind

HELP = "Type an answer, /3 presses the third button, /quit ends."


def play(sources: Sources, channel: str, language: str) -> None:
    """Play until the end of input or /quit."""
    player = Player(compile_sources(sources), channel, language, at=datetime.now(UTC))
    typer.echo(HELP)
    player.feed(Said(channel, Kind.OPEN))
    _show(player)
    while (line := _read()) is not None:
        if (
            line.startswith("/")
            and line[1:].isdigit()
            and 0 < int(line[1:]) <= len(player.buttons)
        ):
            button = player.buttons[int(line[1:]) - 1]
            player.feed(Said(channel, Kind.PRESS, button.label, button.data))
        else:
            player.feed(Said(channel, text=line))
        _show(player)


def _read() -> str | None:
    try:
        line = input("> ").strip()
    except EOFError:
        return None
    return None if line == "/quit" else line


def _show(player: Player) -> None:
    for bubble in player.bubbles:
        typer.echo(f"  {bubble.text}")
    for number, button in enumerate(player.buttons, start=1):
        typer.echo(f"    /{number} {'● ' if button.on else ''}{button.label}")
    urgency = "" if player.summoned is None else f", summoned R{player.summoned}"
    typer.echo(f"    [{player.state.step}, risk {player.state.risk}{urgency}]")

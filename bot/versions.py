"""Published versions of the scripts, compiled once and shared by all conversations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.logs import log
from flows.bundle import Sources, compile_sources
from flows.compiled import CompiledFlow
from flows.moving import moved
from flows.reading import ScriptError
from storage.conversation import Conversation
from storage.publications import Move


@dataclass(slots=True)
class Versions:
    """The versions that conversations run on.

    Attributes:
        newest: The number that new conversations begin with.
        moves: Versions whose conversations go on under another one with their next message.
    """

    newest: int = 0
    moves: Mapping[int, Move] = field(default_factory=dict)
    _flows: dict[int, CompiledFlow] = field(default_factory=dict)
    _sources: dict[int, Sources] = field(default_factory=dict)

    def add(self, number: int, sources: Sources, flow: CompiledFlow | None = None) -> None:
        """Make a version known that can be played; raises `ScriptError` when it cannot."""
        self._flows[number] = flow or compile_sources(sources)
        self._sources[number] = sources
        self.newest = max(self.newest, number)

    def keep(self, number: int, sources: Sources) -> None:
        """Know another version; it is compiled when a conversation asks for it, or by `warm`."""
        self._sources[number] = sources

    def knows(self, number: int) -> bool:
        """Say whether the files of a version are here."""
        return number in self._sources

    def warm(self) -> None:
        """Compile what is only kept yet, so that no conversation has to wait for it."""
        for number in sorted(self._sources, reverse=True):
            self.of(number)

    def of(self, number: int) -> CompiledFlow:
        """Return a version; one that is gone is played by the newest."""
        known = self._flows.get(number)
        return known or self._compiled(number)

    def lead(self, conversation: Conversation) -> CompiledFlow:
        """Return the version a conversation runs on; one that must leave its version does so."""
        for _ in self.moves:
            move = self.moves.get(conversation.version)
            if move is None or move.goal not in self._sources:
                break
            conversation.state = moved(self.of(move.goal), conversation.state, move.steps)
            conversation.version = move.goal
        return self.of(conversation.version)

    def _compiled(self, number: int) -> CompiledFlow:
        flow = self._flows[self.newest]
        if number not in self._sources:  # it may have been published by another process just now
            return flow
        try:
            flow = compile_sources(self._sources[number])
        except ScriptError as error:
            log().error("version not read", version=number, count=len(error.problems))
        self._flows[number] = flow
        return flow

    def sources(self, number: int) -> Sources:
        """Return the files of a version."""
        return self._sources[number]

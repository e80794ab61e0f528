"""Published versions of the scripts, compiled once and shared by all conversations."""

from dataclasses import dataclass, field

from bot.logs import log
from flows.bundle import Sources, compile_sources
from flows.compiled import CompiledFlow
from flows.reading import ScriptError


@dataclass(slots=True)
class Versions:
    """The versions that conversations run on.

    Attributes:
        newest: The number that new conversations begin with.
    """

    newest: int = 0
    _flows: dict[int, CompiledFlow] = field(default_factory=dict)
    _sources: dict[int, Sources] = field(default_factory=dict)

    def add(self, number: int, sources: Sources, flow: CompiledFlow | None = None) -> None:
        """Make a version known that can be played; raises `ScriptError` when it cannot."""
        self._flows[number] = flow or compile_sources(sources)
        self._sources[number] = sources
        self.newest = max(self.newest, number)

    def keep(self, number: int, sources: Sources) -> None:
        """Know an older version; it is compiled when a conversation asks for it, or by `warm`."""
        self._sources[number] = sources

    def warm(self) -> None:
        """Compile what is only kept yet, so that no conversation has to wait for it."""
        for number in sorted(self._sources, reverse=True):
            self.of(number)

    def of(self, number: int) -> CompiledFlow:
        """Return a version; one that is gone is played by the newest."""
        known = self._flows.get(number)
        return known or self._compiled(number)

    def _compiled(self, number: int) -> CompiledFlow:
        flow = self._flows[self.newest]
        if number in self._sources:
            try:
                flow = compile_sources(self._sources[number])
            except ScriptError as error:
                log().error("version not read", version=number, count=len(error.problems))
        self._flows[number] = flow
        return flow

    def sources(self, number: int) -> Sources:
        """Return the files of a version."""
        return self._sources[number]

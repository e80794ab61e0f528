"""Published versions of the scripts, compiled once and shared by all conversations."""

from dataclasses import dataclass, field

from flows.bundle import Sources, compile_sources
from flows.compiled import CompiledFlow


@dataclass(slots=True)
class Versions:
    """The versions that conversations run on.

    Attributes:
        newest: The number that new conversations begin with.
    """

    newest: int = 0
    _flows: dict[int, CompiledFlow] = field(default_factory=dict)
    _sources: dict[int, Sources] = field(default_factory=dict)

    def add(self, number: int, sources: Sources) -> CompiledFlow:
        """Compile a version and make it known; raises `ScriptError`."""
        flow = compile_sources(sources)
        self._flows[number] = flow
        self._sources[number] = sources
        self.newest = max(self.newest, number)
        return flow

    def of(self, number: int) -> CompiledFlow:
        """Return a version; one that is gone is played by the newest."""
        return self._flows.get(number) or self._flows[self.newest]

    def sources(self, number: int) -> Sources:
        """Return the files of a version."""
        return self._sources[number]

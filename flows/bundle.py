"""From files to one compiled version: every name looked up, every problem at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable

from flows.compiled import CompiledFlow
from flows.compiling import Compiler
from flows.directory import Fact, facts_of, placeholders
from flows.phrases import Phrases, phrases_of
from flows.reading import Document, Problem, ScriptError, read
from flows.script import FlowScript, read_flow

PHRASES = "phrases.yaml"
START = "opening"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one version, as text by name.

    Attributes:
        scripts: `phrases.yaml` and one file a flow.
        directory: `lines.yaml` and the like.
        start: The flow at which a conversation opens.
    """

    scripts: Mapping[str, str]
    directory: Mapping[str, str]
    start: str = START


@dataclass(slots=True)
class Bundle:
    """All files of one version, read but not yet linked.

    Attributes:
        documents: Flows by their name, the other files by the name of the file.
    """

    flows: dict[str, FlowScript] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    phrases: Phrases | None = None
    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def shipped(start: str = START) -> Sources:
    """Return the scripts and the directory that we ship."""
    root = files("flows")
    return Sources(
        scripts=dict(_texts(root / "scripts")),
        directory=dict(_texts(root / "directory")),
        start=start,
    )


def with_file(sources: Sources, text: str, name: str) -> Sources:
    """Return the same files with one file put in the place of the one it replaces.

    A flow that nothing leads to yet becomes the opening one.
    """
    if name == PHRASES:
        return Sources({**sources.scripts, name: text}, sources.directory, sources.start)
    flow, _ = read_flow(text, name)
    known = any(f"flow: {flow.flow}\n" in written for written in sources.scripts.values())
    begun = with_start(sources, text, name)
    return Sources(begun.scripts, begun.directory, sources.start if known else flow.flow)


def with_start(sources: Sources, text: str, name: str) -> Sources:
    """Return the same files with one flow put in as the opening script."""
    flow, _ = read_flow(text, name)
    kept = {
        file: written
        for file, written in sources.scripts.items()
        if file == PHRASES or f"flow: {flow.flow}\n" not in written
    }
    return Sources({**kept, name: text}, sources.directory, flow.flow)


def gather(sources: Sources) -> Bundle:
    """Read every file; the problems of all of them are kept in the bundle."""
    bundle = Bundle()
    for name, text in sources.directory.items():
        with _collecting(bundle):
            bundle.documents[name] = read(text, name)
            bundle.facts[name.removesuffix(".yaml")] = facts_of(bundle.documents[name])
    for name, text in sources.scripts.items():
        with _collecting(bundle):
            if name == PHRASES:
                bundle.documents[name] = read(text, name)
                bundle.phrases = phrases_of(bundle.documents[name])
            else:
                _add_flow(bundle, text, name)
    if PHRASES not in sources.scripts:
        bundle.problems.append(
            Problem(PHRASES, 0, "", "the file is missing", "every version needs its phrases")
        )
    return bundle


def compile_sources(sources: Sources) -> CompiledFlow:
    """Compile one version.

    Raises:
        ScriptError: with every problem of every file.
    """
    return compile_bundle(gather(sources), sources.start)


def compile_bundle(bundle: Bundle, start: str) -> CompiledFlow:
    """Link a bundle that was read; raises `ScriptError` with every problem."""
    return linker(bundle, start).compile(start)


def linker(bundle: Bundle, start: str) -> Compiler:
    """Return the compiler of a bundle; raises `ScriptError` when a file cannot be used."""
    if bundle.problems or bundle.phrases is None:
        raise ScriptError(bundle.problems)
    if start not in bundle.flows:
        raise ScriptError(
            [Problem(f"{start}.yaml", 0, "", f"there is no flow {start!r}", "add the file")]
        )
    return Compiler(bundle.flows, bundle.documents, bundle.phrases, placeholders(bundle.facts))


def _add_flow(bundle: Bundle, text: str, name: str) -> None:
    flow, document = read_flow(text, name)
    if flow.flow in bundle.flows:
        bundle.problems.append(
            document.problem(("flow",), f"there are two flows {flow.flow!r}", "rename one of them")
        )
        return
    bundle.flows[flow.flow] = flow
    bundle.documents[flow.flow] = document


def _texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_text(encoding="utf-8")


class _collecting:  # noqa: N801  # reads as a word in `with`
    """Turns a `ScriptError` of the block into problems of the bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, ScriptError):
            return False
        self._bundle.problems += error.problems
        return True

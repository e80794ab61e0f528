"""What must hold before a version may be published: every problem at once."""

from flows.bundle import Sources, gather, linker
from flows.checks.conditions import senseless
from flows.checks.consent import incomplete_consents
from flows.checks.numbers import card_problems, doubled_facts, loose_numbers
from flows.checks.privacy import echoes
from flows.checks.proof import cut_off
from flows.checks.ways import dead_signals, loops, unreached
from flows.checks.wording import alike, missing_languages, too_long
from flows.compiled import CompiledFlow
from flows.reading import Problem, ScriptError

__all__ = ["check", "checked"]


def check(sources: Sources) -> list[Problem]:
    """Return every problem of a version; empty when it may be published."""
    try:
        checked(sources)
    except ScriptError as error:
        return error.problems
    return []


def checked(sources: Sources) -> CompiledFlow:
    """Read, compile and check a version at once; raises `ScriptError` with every problem."""
    bundle = gather(sources)
    compiler = linker(bundle, sources.start)
    flow = compiler.compile(sources.start)
    circles = list(loops(bundle))
    found = [
        *circles,
        *missing_languages(bundle),
        *too_long(bundle),
        *alike(bundle),
        *unreached(bundle, sources.start),
        *dead_signals(bundle),
        *card_problems(bundle),
        *doubled_facts(bundle),
        *loose_numbers(bundle),
        *echoes(bundle, flow),
        *incomplete_consents(bundle),
        *senseless(bundle, flow, compiler.conditions),
        *([] if circles else cut_off(bundle, flow)),
    ]
    if found:
        raise ScriptError(list(dict.fromkeys(found)))
    return flow

"""How the linter describes JSON: small checks that name each problem with its place."""

from collections.abc import Callable, Iterator, Mapping

Check = Callable[[object, str], Iterator[str]]
"""Yields every problem of a value that stands at a place."""


def text(most: int | None = None, *, may_be_empty: bool = False) -> Check:
    """A string of at most so many characters, as phones count them."""

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{place} is no string"
        elif not value and not may_be_empty:
            yield f"{place} is empty"
        elif most is not None and characters(value) > most:
            yield f"{place} has {characters(value)} characters, {most} are allowed"

    return check


def characters(value: str) -> int:
    """Return the length in UTF-16 units."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def address(value: object, place: str) -> Iterator[str]:
    """A web address."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        yield f"{place} is no http or https address"


def whole(value: object, place: str) -> Iterator[str]:
    """A whole number."""
    if type(value) is not int:
        yield f"{place} is no whole number"


def flag(value: object, place: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{place} is neither true nor false"


def anything(value: object, place: str) -> Iterator[str]:
    """A JSON object whose members are free."""
    if not isinstance(value, dict):
        yield f"{place} is no object"


def one_of(*allowed: str) -> Check:
    """One of some words."""

    def check(value: object, place: str) -> Iterator[str]:
        if value not in allowed:
            yield f"{place} is none of {', '.join(allowed)}"

    return check


def several(each: Check, least: int, most: int) -> Check:
    """A list of so many."""

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place} is no list"
            return
        if not least <= len(value) <= most:
            yield f"{place} has {len(value)} entries, {least} to {most} are allowed"
        for index, entry in enumerate(value):
            yield from each(entry, f"{place}[{index}]")

    return check


def thing(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """An object with these members and no others."""
    known = {**optional, **required}

    def check(value: object, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        for name in required.keys() - value.keys():
            yield f"{place}.{name} is missing"
        for name, member in value.items():
            if name in known:
                yield from known[name](member, f"{place}.{name}")
            else:
                yield f"{place}.{name} is unknown"

    return check


def both(first: Check, then: Check) -> Check:
    """The first check and, when it finds nothing, the second."""

    def check(value: object, place: str) -> Iterator[str]:
        problems = list(first(value, place))
        yield from problems or then(value, place)

    return check

"""Times as the desk's JSON carries them."""

from datetime import UTC, datetime


def iso(milliseconds: int | None) -> str | None:
    """Return a time for JSON."""
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


def ms(at: str | None) -> int | None:
    """Return a time of `iso` in milliseconds."""
    return None if at is None else round(datetime.fromisoformat(at).timestamp() * 1000)
